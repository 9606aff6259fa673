"""The paragraphs of a Word file in their order, each with its style: what the blocks of the model become."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, assert_never

from pipeline.emit.docx_styles import BODY, SUBPARAGRAPHS
from pipeline.model import (
    AnnexStart,
    Block,
    Closing,
    Document,
    Enacting,
    Footnote,
    Heading,
    Inlines,
    OperativeParagraph,
    Paragraph,
    PartStart,
    PreambularParagraph,
    Run,
    Table,
    Unclassified,
    Vote,
)
from pipeline.walk import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language

RULED = '<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0"/></w:tcBorders>'
NARROWEST, WIDEST = 4, 40
"""A column counts as so many characters wide at least and at most when the width is shared out."""


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


def unplaced(note: Footnote) -> Line:
    """Return the paragraph of a footnote that nothing points to."""
    return Line("Footnote Without Indicator", (Run(f"{note.mark} ", note.span), *note.inlines))


def document_lines(document: Document, language: Language) -> Iterator[Line]:
    """Yield the paragraphs of a document, its footnotes apart."""
    for line in document.masthead.lines:
        yield Line(f"Masthead {line.role.replace('_', ' ').title()}", line.inlines)
    if document.title:
        yield Line("Resolution Title", document.title.inlines, document.title.number)
    for block in document.blocks:
        yield from _block_lines(block, language)


def _block_lines(block: Block, language: Language) -> Iterator[Line]:
    match block:
        case PreambularParagraph():
            yield Line("Preambular Paragraph", block.inlines, depth=0)
            yield from _children(block.children, 1)
        case OperativeParagraph():
            yield Line("Operative Paragraph", block.inlines, block.number, 0)
            yield from _children(block.children, 1)
        case Paragraph():
            yield Line("Plain Paragraph", block.inlines, block.number, 0)
            yield from _children(block.children, 1)
        case Enacting():
            yield Line("Enacting Line", block.inlines)
        case Heading():
            yield Line(f"Heading {min(max(block.level, 1), 3)}", block.inlines, block.number)
        case AnnexStart():
            yield Line("Annex Heading", block.inlines)
            if block.title:
                yield Line("Annex Title", block.title)
        case PartStart():
            yield Line("Part Heading", block.title, block.number)
        case Closing():
            for line in block.lines:
                yield Line("Closing Line", line.inlines)
        case Vote():
            for printed in block.lines:
                yield Line("Vote Line", printed.inlines)
        case Table():
            yield from _table_lines(block, language)
        case Unclassified():
            yield Line("Unclassified Paragraph", block.inlines)
        case _:
            assert_never(block)


def _children(paragraphs: tuple[Paragraph, ...], depth: int) -> Iterator[Line]:
    for paragraph in paragraphs:
        yield Line(f"Sub-paragraph {min(depth, SUBPARAGRAPHS)}", paragraph.inlines, paragraph.number, depth)
        yield from _children(paragraph.children, depth + 1)


def _table_lines(table: Table, language: Language) -> Iterator[Line]:
    """Yield a table as the paragraphs of its cells; the XML around them makes it one.

    Word asks for a paragraph between two tables and after the last one.
    """
    if table.caption:
        yield Line("Table Caption", table.caption)
    widths = _widths(table)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    mirrored = "<w:bidiVisual/>" if language.right_to_left else ""
    before = (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableRules"/>{mirrored}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{BODY[0] * 20}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )
    for row in table.rows:
        before += f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if row.header else ''}</w:trPr>"
        style = "Table Heading" if row.header else "Table Text"
        for at, (cell, width) in enumerate(zip(row.cells, widths, strict=True), 1):
            ruled = RULED if row.header else ""
            opening = f'{before}<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{ruled}</w:tcPr>'
            yield Line(style, cell.inlines, None, None, opening, "</w:tc></w:tr>" if at == len(widths) else "</w:tc>")
            before = ""
    yield Line("Table Text", (), None, None, "</w:tbl>")


def _widths(table: Table) -> list[int]:
    """Share the width of the text among the columns, in twentieths of a point, by their longest cells."""
    columns = zip(*(row.cells for row in table.rows), strict=True)
    longest = [max(len(plain(cell.inlines)) for cell in column) for column in columns]
    wanted = [min(max(length, NARROWEST), WIDEST) for length in longest]
    return [BODY[1] * 20 * width // sum(wanted) for width in wanted]
