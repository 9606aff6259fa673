"""Paragraphs with items in HTML: lists that count nothing, since the numbers are text as printed."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.model import OperativeParagraph, Paragraph, PreambularParagraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.emit.html_inlines import Writing

KINDS = {OperativeParagraph: "operative", Paragraph: "plain", PreambularParagraph: "preambular"}


def paragraphs(writing: Writing, block: OperativeParagraph | Paragraph | PreambularParagraph) -> Iterator[str]:
    """Yield a paragraph with what stands under it."""
    number = None if isinstance(block, PreambularParagraph) else block.number
    identity, kind = writing.id_of(block), KINDS[type(block)]
    text = writing.numbered(number, block.inlines)
    if not block.children:
        yield f'<p{identity} class="{kind}">{text}</p>'
        return
    yield f'<div{identity} class="{kind}">'
    yield f"<p>{text}</p>"
    yield from _children(writing, block.children)
    yield "</div>"


def _children(writing: Writing, children: tuple[Paragraph, ...]) -> Iterator[str]:
    """Yield items, each run of numbered ones as a list, and the words before and after them."""
    for is_item, group in groupby(children, key=lambda child: bool(child.number)):
        if is_item:
            yield "<ol>"
        for child in group:
            tag = "li" if is_item else "div"
            yield f"<{tag}{writing.id_of(child)}><p>{writing.numbered(child.number, child.inlines)}</p>"
            yield from _children(writing, child.children)
            yield f"</{tag}>"
        if is_item:
            yield "</ol>"
