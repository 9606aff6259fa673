"""Akoma Ntoso 3.0 in the United Nations profile (AKN4UN), written from a document.

Rules: AKN.md. The XML is built as text, in one pass in reading order, since the place of a
footnote depends on what was mentioned before; the metadata is written last, when the terms
and citations used are known.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.emit.akn_annexes import annex_labels, body
from pipeline.emit.akn_facts import facts, real_date
from pipeline.emit.akn_front import front
from pipeline.emit.akn_inlines import Unmentioned, Writing, unmentioned
from pipeline.emit.akn_meta import meta
from pipeline.emit.akn_parts import collection, split_parts
from pipeline.languages import language
from pipeline.model import (
    AnnexStart,
    Block,
    Closing,
    Document,
    OperativeParagraph,
    Paragraph,
    PartStart,
    PreambularParagraph,
    Table,
    Unclassified,
    Vote,
)
from pipeline.walk import body_texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.emit.akn_inlines import NoteRefs

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
SCHEMA = "http://docs.oasis-open.org/legaldocml/akn-core/v1.0/os/part2-specs/schemas/akomantoso30.xsd"
Nested = OperativeParagraph | Paragraph | PreambularParagraph
ROOT = (
    f'<akomaNtoso xmlns="{NAMESPACE}" xmlns:akn4un="http://un.org/akn4un" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    f'xsi:schemaLocation="{NAMESPACE} {SCHEMA}">'
)


def emit_akn(document: Document, *, markup_date: str | None = None, note_refs: NoteRefs = "noteRef") -> bytes:
    """Write a document as Akoma Ntoso: UTF-8 with an XML declaration, the same bytes each time.

    `markup_date` (YYYY-MM-DD) is the day of the conversion; without one, or with one the
    calendar does not have, it is the date of the work itself: of adoption, else of issue,
    else `0001-01-01`, which stands for an unknown date throughout. The clock is never read.
    `note_refs` is the element of later mentions of a footnote (AKN.md section 6).
    """
    written, _ = _written(document, _with_unmentioned(document), markup_date, note_refs)
    xml = ['<?xml version="1.0" encoding="UTF-8"?>', ROOT, *filter(None, written), "</akomaNtoso>\n"]
    return "\n".join(xml).encode()


def eids(document: Document) -> Mapping[int, Sequence[str]]:
    """Return the eIds of the parts of a document in its Akoma Ntoso, by the `id()` of each part.

    Blocks, items, footnotes and inlines are parts. One that stands at several places has as many
    eIds, in reading order; one that is no element of its own there has none.
    """
    blocks = _with_unmentioned(document)
    _, writing = _written(document, blocks, None)
    for ours, theirs in zip(reversed(document.blocks), reversed(blocks), strict=False):
        _rename(writing.eids, ours, theirs)
    return writing.eids


def _rename(known: dict[int, list[str]], ours: Block, theirs: Block) -> None:
    """Give a block the eIds of the one that was written for it, to which the place of a note was added."""
    if ours is theirs:
        return
    known[id(ours)] = known[id(theirs)]
    if isinstance(ours, Nested) and isinstance(theirs, Nested) and ours.children:
        _rename(known, ours.children[-1], theirs.children[-1])


def _written(
    document: Document, blocks: tuple[Block, ...], markup_date: str | None, note_refs: NoteRefs = "noteRef"
) -> tuple[list[str], Writing]:
    words = language(document.language)
    known = facts(document, words)
    parts = split_parts(blocks)
    if parts and document.masthead.number:
        known = replace(known, number=document.masthead.number)  # with the letters of all parts
    writing = Writing(document, words, known, note_refs)
    when = real_date(markup_date) or known.date
    if parts:
        return collection(writing, document, parts, when), writing
    opening = front(writing, document)
    text = body(writing, known, blocks, when)
    return [
        f'<statement name="{known.name}" contains="originalVersion">',
        meta(writing, document.source, annex_labels(blocks), when),
        opening,
        *text,
        "</statement>",
    ], writing


def _with_unmentioned(document: Document) -> tuple[Block, ...]:
    """Return the blocks with every footnote that is never mentioned at the end of the body.

    No text is lost so, and the place invents no mention: the note says `class="unmentioned"`.
    """
    lines = [line.inlines for line in document.masthead.lines] + [inlines for _, inlines in body_texts(document)]
    if not (notes := unmentioned(document, (inline for inlines in lines for inline in inlines))):
        return document.blocks
    blocks = list(document.blocks)
    end = next((at for at, block in enumerate(blocks) if isinstance(block, AnnexStart)), len(blocks))
    while end and isinstance(blocks[end - 1], Closing | Vote | Table | PartStart):
        end -= 1
    if not end:
        return (Unclassified(notes, notes[0].span), *blocks)
    blocks[end - 1] = _ending_with(blocks[end - 1], notes)
    return tuple(blocks)


def _ending_with(block: Block, notes: tuple[Unmentioned, ...]) -> Block:
    """Return a block with notes after its last words, which may be those of an item."""
    match block:
        case AnnexStart() | Closing() | Vote() | Table() | PartStart():
            return block
        case OperativeParagraph() | Paragraph() | PreambularParagraph() if block.children:
            return replace(block, children=_last_with(block.children, notes))
        case _:
            return replace(block, inlines=(*block.inlines, *notes))


def _last_with(children: tuple[Paragraph, ...], notes: tuple[Unmentioned, ...]) -> tuple[Paragraph, ...]:
    last = children[-1]
    if last.children:
        return (*children[:-1], replace(last, children=_last_with(last.children, notes)))
    return (*children[:-1], replace(last, inlines=(*last.inlines, *notes)))
