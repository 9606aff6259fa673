"""Which columns of a table hold figures: they are set to the right, as the United Nations does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.walk import plain

if TYPE_CHECKING:
    from pipeline.model import Table

FIGURE = re.compile(r"[(+–—-]?\d(?:[\d.,]|[ \u00a0](?=\d))*[)%]?")
NONE = ("", "-", "–", "—")
"""What stands for no figure."""


def figure_columns(table: Table) -> list[bool]:
    """Tell of each column whether all that stands in it under the head are figures, and at least one is."""
    rows = [[plain(cell.inlines).strip() for cell in row.cells] for row in table.rows if not row.header]
    return [
        not set(column) <= set(NONE) and all(text in NONE or FIGURE.fullmatch(text) for text in column)
        for column in zip(*rows, strict=True)
    ] or [False] * len(table.rows[0].cells)
