"""The paragraphs of a Word file in their order, each with its style: what the blocks of the model become."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pipeline.emit.docx_line import Line
from pipeline.emit.docx_looks import SUBPARAGRAPHS
from pipeline.emit.docx_masthead import masthead_lines
from pipeline.emit.docx_tables import table_lines
from pipeline.model import (
    AnnexStart,
    Block,
    Closing,
    Document,
    Enacting,
    Footnote,
    Heading,
    OperativeParagraph,
    Paragraph,
    PartStart,
    PreambularParagraph,
    Run,
    Table,
    Unclassified,
    Vote,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language


def unplaced(note: Footnote) -> Line:
    """Return the paragraph of a footnote that nothing points to."""
    return Line("Footnote Without Indicator", (Run(f"{note.mark} ", note.span), *note.inlines))


def document_lines(document: Document, language: Language) -> Iterator[Line]:
    """Yield the paragraphs of a document, its footnotes apart."""
    yield from masthead_lines(document.masthead.lines, language)
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
            style = f"Heading {min(max(block.level, 1), 3)}"
            yield Line(style if block.number else f"Unnumbered {style}", block.inlines, block.number)
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
            yield from table_lines(block, language)
        case Unclassified():
            yield Line("Unclassified Paragraph", block.inlines)
        case _:
            assert_never(block)


def _children(paragraphs: tuple[Paragraph, ...], depth: int) -> Iterator[Line]:
    for paragraph in paragraphs:
        yield Line(f"Sub-paragraph {min(depth, SUBPARAGRAPHS)}", paragraph.inlines, paragraph.number, depth)
        yield from _children(paragraph.children, depth + 1)
