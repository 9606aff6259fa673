"""Tables in Akoma Ntoso (AKN.md section 5): caption, rows, cells of paragraphs; no `thead` or `tbody`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.emit.akn_inlines import Writing
    from pipeline.model import Row, Table


def table(writing: Writing, context: str, block: Table) -> str:
    """Write a table inside the element whose eId is `context`."""
    eid = writing.named(block, writing.ids.next(f"{context}__table"))
    caption = writing.inlines(block.caption)
    caption = f"<caption>{caption}</caption>" if caption.strip() else ""
    return f'<table eId="{eid}">{caption}{"".join(_row(writing, row) for row in block.rows)}</table>'


def _row(writing: Writing, row: Row) -> str:
    name = "th" if row.header else "td"
    cells = (writing.p(cell.inlines) for cell in row.cells)
    return f"<tr>{''.join(f'<{name}>{cell}</{name}>' for cell in cells)}</tr>"
