"""Plain text: one paragraph a line, a blank line between, for a search index, a diff or a mail.

Numbers as printed; items set in by four blanks a level; the cells of a row parted by a stroke; a mention of
a footnote is its printed mark in brackets, `[7]`, and the notes stand at the end, each after its mark.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from pipeline.emit.docx_notes import Notes
from pipeline.model import Indicator, OperativeParagraph, Paragraph, PreambularParagraph, Table
from pipeline.walk import block_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Block, Document, Inlines

INDENT = "    "
NO_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def emit_plain(document: Document) -> bytes:
    """Return the document as text, in UTF-8, ending in one line feed."""
    notes = Notes(document)
    head = (_line(None, line.inlines) for line in document.masthead.lines)
    title = [_line(document.title.number, document.title.inlines)] if document.title else []
    text = (line for block in document.blocks for line in _block(block))
    for inline in (inline for inlines in _all(document) for inline in inlines):
        if isinstance(inline, Indicator):
            notes.place(inline)
    unmentioned = (_line(note.mark, note.inlines) for note in notes.unplaced())
    placed = (_line(f"[{note.mark}]", note.inlines) for note in notes.placed)
    return "\n\n".join(line for line in chain(head, title, text, unmentioned, placed) if line.strip()).encode() + b"\n"


def _all(document: Document) -> Iterator[Inlines]:
    yield from (line.inlines for line in document.masthead.lines)
    if document.title:
        yield document.title.inlines
    yield from (inlines for block in document.blocks for _, inlines in block_texts(block))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Table():
            yield _line(None, block.caption)
            yield from (" | ".join(_line(None, cell.inlines) for cell in row.cells) for row in block.rows)
        case OperativeParagraph() | Paragraph() | PreambularParagraph():
            number = None if isinstance(block, PreambularParagraph) else block.number
            yield _line(number, block.inlines)
            yield from _items(block.children, INDENT)
        case _:
            yield from (_line(number, inlines) for number, inlines in block_texts(block))


def _items(children: tuple[Paragraph, ...], indent: str) -> Iterator[str]:
    for child in children:
        yield indent + _line(child.number, child.inlines)
        yield from _items(child.children, indent + INDENT)


def _line(number: str | None, inlines: Inlines) -> str:
    parts = [f"{number} " if number else ""]
    parts += [f"[{inline.mark}]" if isinstance(inline, Indicator) else inline.text for inline in inlines]
    return " ".join(NO_TEXT.sub("", "".join(parts)).split())
