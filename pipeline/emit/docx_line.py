"""A paragraph of a Word file, before it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.model import Inlines


class Line(NamedTuple):
    """A paragraph of the Word file. `depth` is its depth in a list, `None` where it is in none.

    `before` and `after` are the XML of the table around it, where it begins or ends a cell.
    """

    style: str
    inlines: Inlines
    number: str | None = None
    depth: int | None = None
    before: str = ""
    after: str = ""
