"""Where a finding is, for those who show it beside the source: the line of a text, the page of a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.batch.shown import shown

if TYPE_CHECKING:
    from pipeline.model import Finding


OUTDATED = "This file is not what it would be."
"""What is told of a file that is out of date, at the file itself."""


def position(found: Finding) -> tuple[int, int]:
    """Return the line and the column in the file, zeros where its lines are none that a reader has: it has pages."""
    return (found.line, found.column) if found.page is None else (0, 0)


def message(found: Finding) -> str:
    """Return what was found, with the page where there are pages."""
    page = "" if found.page is None else f" (page {found.page})"
    return shown(found.message) + page
