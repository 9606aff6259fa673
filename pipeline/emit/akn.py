"""Akoma Ntoso 3.0 in the United Nations profile (AKN4UN), written from a document.

Rules: AKN.md. The XML is built as text, in one pass in reading order, since the place of a
footnote depends on what was mentioned before; the metadata is written last, when the terms
and citations used are known.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.emit.akn_body import conclusions, main_body, preamble, split_main
from pipeline.emit.akn_facts import facts, real_date
from pipeline.emit.akn_front import front
from pipeline.emit.akn_inlines import Unmentioned, Writing, unmentioned
from pipeline.emit.akn_meta import annex_meta, meta
from pipeline.languages import language
from pipeline.model import (
    AnnexStart,
    Block,
    Closing,
    Document,
    OperativeParagraph,
    Paragraph,
    PreambularParagraph,
    Unclassified,
)
from pipeline.walk import body_texts, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
SCHEMA = "http://docs.oasis-open.org/legaldocml/akn-core/v1.0/os/part2-specs/schemas/akomantoso30.xsd"
ROOT = (
    f'<akomaNtoso xmlns="{NAMESPACE}" xmlns:akn4un="http://un.org/akn4un" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    f'xsi:schemaLocation="{NAMESPACE} {SCHEMA}">'
)


def emit_akn(document: Document, *, markup_date: str | None = None) -> bytes:
    """Write a document as Akoma Ntoso: UTF-8 with an XML declaration, the same bytes each time.

    `markup_date` (YYYY-MM-DD) is the day of the conversion; without one, or with one the
    calendar does not have, it is the date of the work itself: of adoption, else of issue,
    else `0001-01-01`, which stands for an unknown date throughout. The clock is never read.
    """
    words = language(document.language)
    known = facts(document, words)
    writing = Writing(document, words, known)
    when = real_date(markup_date) or known.date
    main, annexes = _annexes(_with_unmentioned(document))
    opening, body, end = split_main(main)
    parts = [
        front(writing, document),
        preamble(writing, opening),
        main_body(writing, body),
        conclusions(writing, end),
        _attachments(writing, annexes, when),
    ]
    labels = [plain(blocks[0].inlines) for blocks in annexes if isinstance(blocks[0], AnnexStart)]
    xml = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        ROOT,
        f'<statement name="{known.name}" contains="originalVersion">',
        meta(writing, document.source, labels, when),
        *filter(None, parts),
        "</statement>",
        "</akomaNtoso>\n",
    ]
    return "\n".join(xml).encode()


def _annexes(blocks: Sequence[Block]) -> tuple[Sequence[Block], list[Sequence[Block]]]:
    """Split the blocks at the start of each annex."""
    starts = [at for at, block in enumerate(blocks) if isinstance(block, AnnexStart)]
    ends = [*starts[1:], len(blocks)]
    main = blocks[: starts[0]] if starts else blocks
    return main, [blocks[start:end] for start, end in zip(starts, ends, strict=False)]


def _attachments(writing: Writing, annexes: Sequence[Sequence[Block]], markup_date: str) -> str:
    parts = [_annex(writing, blocks, order, markup_date) for order, blocks in enumerate(annexes, 1)]
    return "\n".join(["<attachments>", *parts, "</attachments>"]) if parts else ""


def _annex(writing: Writing, blocks: Sequence[Block], order: int, markup_date: str) -> str:
    """Write an annex: its label as heading, its title as preface, the rest as its main body."""
    eid = f"att_{order}"
    start = blocks[0]
    label = writing.inlines(start.inlines) if isinstance(start, AnnexStart) else ""
    title = writing.inlines(start.title) if isinstance(start, AnnexStart) else ""
    parts = [
        f'<attachment eId="{eid}">',
        f'<heading eId="{eid}__heading">{label}</heading>' if label.strip() else "",
        '<doc name="annex" contains="originalVersion">',
        annex_meta(writing.facts, f"!annex_{order}", order, markup_date),
        f'<preface eId="{eid}__preface"><p xml:space="preserve"><docTitle>{title}</docTitle></p></preface>'
        if title.strip()
        else "",
        main_body(writing, blocks[1:], eid),
        "</doc>",
        "</attachment>",
    ]
    return "\n".join(filter(None, parts))


def _with_unmentioned(document: Document) -> tuple[Block, ...]:
    """Return the blocks with every footnote that is never mentioned at the end of the body.

    No text is lost so, and the place invents no mention: the note says `class="unmentioned"`.
    """
    lines = [line.inlines for line in document.masthead.lines] + [inlines for _, inlines in body_texts(document)]
    if not (notes := unmentioned(document, (inline for inlines in lines for inline in inlines))):
        return document.blocks
    blocks = list(document.blocks)
    end = next((at for at, block in enumerate(blocks) if isinstance(block, AnnexStart)), len(blocks))
    while end and isinstance(blocks[end - 1], Closing):
        end -= 1
    if not end:
        return (Unclassified(notes, notes[0].span), *blocks)
    blocks[end - 1] = _ending_with(blocks[end - 1], notes)
    return tuple(blocks)


def _ending_with(block: Block, notes: tuple[Unmentioned, ...]) -> Block:
    """Return a block with notes after its last words, which may be those of an item."""
    match block:
        case AnnexStart() | Closing():
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
