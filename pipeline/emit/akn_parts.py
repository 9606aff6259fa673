"""A resolution in several parts under one number (AKN.md section 9): a collection and a statement for each part.

The collection carries the number with all letters (`99/96 A-B`), the common title and the terms
all parts point to; each part is a resolution of its own, with its letter, title, date and vote.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.emit.akn_annexes import annex_labels, body
from pipeline.emit.akn_facts import real_date
from pipeline.emit.akn_front import front
from pipeline.emit.akn_inlines import attribute, escape
from pipeline.emit.akn_meta import meta, part_meta
from pipeline.model import Block, Closing, Document, PartStart
from pipeline.numbers import canonical, iri_number
from pipeline.walk import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.emit.akn_facts import Facts
    from pipeline.emit.akn_inlines import Writing

LETTERS = re.compile(r" ?[A-Z](?: ?[-–—] ?[A-Z])?$")


def split_parts(blocks: Sequence[Block]) -> list[Sequence[Block]]:
    """Split the blocks at the start of each part; nothing where they do not begin with one, or there is one only."""
    starts = [at for at, block in enumerate(blocks) if isinstance(block, PartStart)]
    if len(starts) < 2 or starts[0] != 0:
        return []
    return [blocks[start:end] for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True)]


def collection(writing: Writing, document: Document, parts: Sequence[Sequence[Block]], markup_date: str) -> list[str]:
    """Write the collection, and its parts as components beside it."""
    opening = front(writing, document)
    components = [_component(writing, blocks, order, markup_date) for order, blocks in enumerate(parts, 1)]
    return [
        '<documentCollection name="publication">',
        meta(writing, document.source, [], markup_date),
        opening,
        "<collectionBody>",
        *(_reference(blocks, order) for order, blocks in enumerate(parts, 1)),
        "</collectionBody>",
        "</documentCollection>",
        '<components eId="cmpnts">',
        *components,
        "</components>",
    ]


def _reference(blocks: Sequence[Block], order: int) -> str:
    return (
        f'<component eId="cmp_{order}"><documentRef eId="cmp_{order}__dref_1" href="#cmpnts__cmp_{order}" '
        f'showAs="{attribute(_letter(blocks))}"/></component>'
    )


def _component(writing: Writing, blocks: Sequence[Block], order: int, markup_date: str) -> str:
    eid = f"cmpnts__cmp_{order}"
    whole = writing.facts
    writing.facts = facts = _part_facts(writing, blocks)
    preface = _preface(writing, blocks, eid)
    text = body(writing, facts, blocks[1:], markup_date, eid)
    parts = [
        f'<component eId="{eid}"><statement name="{facts.name}" contains="originalVersion">',
        part_meta(writing, whole, annex_labels(blocks), markup_date, eid),
        preface,
        *text,
        "</statement></component>",
    ]
    writing.facts = whole
    writing.votes.clear()
    return "\n".join(filter(None, parts))


def _preface(writing: Writing, blocks: Sequence[Block], context: str) -> str:
    start = blocks[0]
    writing.named(start, context)
    title = writing.inlines(start.title) if isinstance(start, PartStart) else ""
    letter = f"<docNumber {writing.refers('resolutionPart')}>{escape(_letter(blocks))}</docNumber>"
    named = f'<p xml:space="preserve"><docTitle>{title}</docTitle></p>' if title.strip() else ""
    return f'<preface eId="{context}__preface"><p xml:space="preserve">{letter}</p>{named}</preface>'


def _letter(blocks: Sequence[Block]) -> str:
    return blocks[0].number if isinstance(blocks[0], PartStart) else ""


def _part_facts(writing: Writing, blocks: Sequence[Block]) -> Facts:
    """Return the facts of a part: its own letter, title, date and meeting, the rest of the whole resolution."""
    whole, start = writing.facts, blocks[0]
    letter = _letter(blocks)
    number = f"{LETTERS.sub('', whole.number)} {letter}"
    segment = iri_number(f"{LETTERS.sub('', whole.number)}{canonical(letter)}")
    lines = [line for block in blocks if isinstance(block, Closing) for line in block.lines]
    dates = (writing.language.first_date(plain(line.inlines)) for line in lines if line.role == "date")
    meetings = (writing.language.meeting_number(plain(line.inlines)) for line in lines if line.role == "meeting")
    adopted = next(filter(None, map(real_date, dates)), whole.adopted)
    date = adopted or whole.date
    work = f"/akn/un/statement/deliberation/{whole.actor}/{date}/{segment}"
    return replace(
        whole,
        number=number,
        segment=segment,
        symbol=f"{LETTERS.sub('', whole.symbol)} {letter}" if whole.symbol else None,
        title=" ".join(plain(start.title).split()) if isinstance(start, PartStart) else "",
        date=date,
        date_name="adoption" if adopted else whole.date_name,
        adopted=adopted,
        meeting=next(filter(None, meetings), whole.meeting),
        work=work,
        expression=f"{work}/{whole.language}@",
    )
