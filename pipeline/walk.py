"""The one traversal of a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from pipeline.model import (
    AnnexStart,
    Block,
    Closing,
    Document,
    Enacting,
    Heading,
    Indicator,
    Inline,
    Inlines,
    OperativeParagraph,
    Paragraph,
    PartStart,
    PreambularParagraph,
    Table,
    Unclassified,
    Vote,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Target


DRAFT_SYMBOL = re.compile(r"/L\.\d")


def is_draft(document: Document) -> bool:
    """Tell whether a document is a draft: its symbol says so, or its sponsors (FORMAT.md section 1.5)."""
    masthead = document.masthead
    if masthead.number:
        return False
    sponsored = any(line.role == "sponsors" for line in masthead.lines)
    return sponsored or DRAFT_SYMBOL.search(masthead.symbol or "") is not None


def plain(inlines: Inlines) -> str:
    """Return the text of inlines, without footnote indicators."""
    return "".join(inline.text for inline in inlines if not isinstance(inline, Indicator))


def cited(target: Target) -> str:
    """Name what a reference points to: by its symbol, a decision, which has none, by organ and number."""
    return target.symbol or f"{target.kind} {target.organ} {target.number}"


def block_texts(block: Block | Paragraph) -> Iterator[tuple[str | None, Inlines]]:
    """Yield every (printed number, inlines) of a block, in reading order."""
    match block:
        case Heading() | OperativeParagraph() | Paragraph() | PreambularParagraph():
            yield (None if isinstance(block, PreambularParagraph) else block.number), block.inlines
            if not isinstance(block, Heading):
                for child in block.children:
                    yield from block_texts(child)
        case Enacting() | Unclassified():
            yield None, block.inlines
        case Closing() | Vote():
            for line in block.lines:
                yield None, line.inlines
        case Table():
            if block.caption:
                yield None, block.caption
            for row in block.rows:
                for cell in row.cells:
                    yield None, cell.inlines
        case PartStart():
            yield block.number, block.title
        case AnnexStart():
            yield None, block.inlines
            if block.title:
                yield None, block.title
        case _:
            assert_never(block)


def body_texts(document: Document) -> Iterator[tuple[str | None, Inlines]]:
    """Yield every (printed number, inlines) from the title to the last annex."""
    if document.title:
        yield document.title.number, document.title.inlines
    for block in document.blocks:
        yield from block_texts(block)


def in_repaired_order(document: Document) -> Iterator[tuple[int, str | None, Inlines]]:
    """Yield every (place in the document, printed number, inlines) but the footnotes, as the repaired text has them.

    Only the title may be elsewhere there: among the lines of the masthead, after those it has before it in the source.
    """
    lines, title = document.masthead.lines, document.title
    found = [*((None, line.inlines) for line in lines), *body_texts(document)]
    order = list(range(len(found)))
    if title:
        before = sum(line.span.start < title.span.start for line in lines)
        order.insert(before, order.pop(len(lines)))
    for at in order:
        yield at, *found[at]


def texts(document: Document) -> Iterator[tuple[str | None, Inlines]]:
    """Yield every (printed number, inlines): masthead, title, blocks, then footnotes."""
    for line in document.masthead.lines:
        yield None, line.inlines
    yield from body_texts(document)
    for footnote in document.footnotes:
        yield footnote.mark, footnote.inlines


def inlines_of(document: Document) -> Iterator[Inline]:
    """Yield every inline of the document in reading order."""
    for _, inlines in texts(document):
        yield from inlines
