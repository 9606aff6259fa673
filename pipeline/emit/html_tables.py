"""Tables in HTML. A wide one scrolls in a frame of its own, which a keyboard can reach."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.emit.figures import figure_columns

if TYPE_CHECKING:
    from pipeline.emit.html_inlines import Writing
    from pipeline.model import Row, Table


def table(writing: Writing, block: Table) -> str:
    """Write a table. The rows that name the columns, where they stand first, are its head."""
    identity, caption = writing.id_of(block), writing.numbered(None, block.caption)
    figures = figure_columns(block)
    parts = [f"<caption>{caption}</caption>" if caption else ""]
    for at, (is_header, rows) in enumerate(groupby(block.rows, key=lambda row: row.header)):
        tag = "thead" if is_header and not at else "tbody"
        parts.append(f"<{tag}>{''.join(_row(writing, row, figures) for row in rows)}</{tag}>")
    return f'<div class="table" tabindex="0"><table{identity}>{"".join(parts)}</table></div>'


def _row(writing: Writing, row: Row, figures: list[bool]) -> str:
    cells = (writing.numbered(None, cell.inlines) for cell in row.cells)
    # An empty cell names no column.
    written = (
        _cell(cell, is_header=row.header and bool(cell), is_figure=figure)
        for cell, figure in zip(cells, figures, strict=True)
    )
    return f"<tr>{''.join(written)}</tr>"


def _cell(text: str, *, is_header: bool, is_figure: bool) -> str:
    look = ' class="figure"' if is_figure else ""
    return f'<th scope="col"{look}>{text}</th>' if is_header else f"<td{look}>{text}</td>"
