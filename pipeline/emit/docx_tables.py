"""Tables of a Word file, as the paragraphs of their cells: the XML around them makes them one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.emit.docx_line import Line
from pipeline.emit.docx_looks import BODY
from pipeline.emit.docx_runs import escape
from pipeline.emit.figures import figure_columns
from pipeline.walk import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.model import Table

NARROWEST, WIDEST = 4, 40
"""A column counts as so many characters wide at least and at most when the width is shared out."""
LETTER, MARGINS = 4.8, 7
"""Points for a letter in the small type of tables, and for the margins of a cell."""
LOOKS = {False: "0600", True: "0620"}
"""How the style of a table is applied, by whether its first row names the columns: for programs that read but this."""
STYLES = {
    (False, False): "Table Text",
    (False, True): "Table Figure",
    (True, False): "Table Heading",
    (True, True): "Table Figure Heading",
}
"""The style of a cell, by whether it names a column, and whether its column holds figures."""


def table_opening(
    style: str, widths: Sequence[int], language: Language, *, indent: int = 0, headed: bool = True, caption: str = ""
) -> str:
    """Return the XML a table begins with; the widths of its columns are in twentieths of a point.

    `headed` tells that its first row names the columns; the caption is told to readers of a screen.
    """
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    mirrored = "<w:bidiVisual/>" if language.right_to_left else ""
    named = f'<w:tblCaption w:val="{escape(caption)}"/>' if caption else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>{mirrored}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{indent * 20}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{LOOKS[headed]}" w:firstRow="{int(headed)}" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{named}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def table_lines(table: Table, language: Language) -> Iterator[Line]:
    """Yield a table as the paragraphs of its cells; the XML around them makes it one.

    Word asks for a paragraph between two tables and after the last one.
    """
    if table.caption:
        yield Line("Table Caption", table.caption)
    widths, figures = _widths(table), figure_columns(table)
    headed, caption = table.rows[0].header, plain(table.caption)
    before = table_opening("TableRules", widths, language, indent=BODY[0], headed=headed, caption=caption)
    for row in table.rows:
        before += f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if row.header else ''}</w:trPr>"
        for at, (cell, width, figure) in enumerate(zip(row.cells, widths, figures, strict=True), 1):
            style = STYLES[row.header, figure]
            opening = f'{before}<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            yield Line(style, cell.inlines, None, None, opening, "</w:tc></w:tr>" if at == len(widths) else "</w:tc>")
            before = ""
    yield Line("Table Text", (), None, None, "</w:tbl>")


def _widths(table: Table) -> list[int]:
    """Share the width of the text among the columns, in twentieths of a point, by their longest cells.

    Each has room for its longest word, as far as all of them have.
    """
    columns = [
        [plain(cell.inlines) for cell in column] for column in zip(*(row.cells for row in table.rows), strict=True)
    ]
    words = [max((len(word) for text in column for word in text.split()), default=1) for column in columns]
    least = [LETTER * longest + MARGINS for longest in words]
    wanted = [min(max(*map(len, column), NARROWEST), WIDEST) for column in columns]
    spare = BODY[1] - sum(least)
    if spare < 0:
        return [int(BODY[1] * 20 * width / sum(least)) for width in least]
    return [int(20 * (room + spare * width / sum(wanted))) for room, width in zip(least, wanted, strict=True)]
