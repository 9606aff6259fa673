"""What a document cites: each citation with its target, its place, and what the document does with it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipeline.cites.paragraphs import paragraph_cited
from pipeline.cites.relations import Relation, relation
from pipeline.emit.akn_inlines import Notes
from pipeline.emit.akn_links import cited_dates, work_iri
from pipeline.emit.anchors import Anchors
from pipeline.emit.html_inlines import address
from pipeline.languages import language
from pipeline.model import (
    AnnexStart,
    Indicator,
    OperativeParagraph,
    Paragraph,
    PartStart,
    PreambularParagraph,
    Reference,
    Run,
)
from pipeline.walk import block_texts, cited

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.languages import Language
    from pipeline.model import Block, Document, Inlines, Source, TargetKind

Zone = Literal["masthead", "title", "preamble", "operative", "body", "annex", "footnote"]
"""The part of a document that a citation stands in; `body` is what is none of the others."""
ZONES: dict[type, Zone] = {PreambularParagraph: "preamble", OperativeParagraph: "operative"}


class Citation(NamedTuple):
    """One citation; its fields are as `docs/citations.md` tells them. What is not known is None, or no text."""

    target: str
    kind: TargetKind
    text: str
    paragraph: str | None
    relation: Relation
    zone: Zone
    eid: str
    mentioned_in: str
    page: int | None
    date: str | None
    iri: str | None
    url: str | None


class Stretch(NamedTuple):
    """Text of one place, and what the lead phrase there says; a footnote has those of the paragraph that mentions it.

    `eid` is that of the paragraph, the item or the footnote in our Akoma Ntoso.
    """

    zone: Zone
    eid: str
    relation: Relation
    inlines: Inlines
    mentioned_in: str = ""


def citations(document: Document) -> tuple[Citation, ...]:
    """Return the citations of a document in reading order, those of its footnotes last."""
    words, dates, anchors = language(document.language), cited_dates(document), Anchors(document)
    stretches = [*_head(document), *_body(document.blocks, words, anchors)]
    return tuple(
        Citation(
            target=cited(inline.target),
            kind=inline.target.kind,
            text=inline.text,
            paragraph=paragraph_cited(stretch.inlines, at, words),
            relation=stretch.relation,
            zone=stretch.zone,
            eid=stretch.eid,
            mentioned_in=stretch.mentioned_in,
            page=_page(document.source, inline.span.start),
            date=inline.target.date,
            iri=work_iri(inline.target, dates),
            url=address(inline.target.symbol, words) if inline.target.symbol else None,
        )
        for stretch in (*stretches, *_notes(document, stretches, anchors))
        for at, inline in enumerate(stretch.inlines)
        if isinstance(inline, Reference)
    )


def _head(document: Document) -> Iterator[Stretch]:
    for line in document.masthead.lines:
        yield Stretch("masthead", "", "cites", line.inlines)
    if document.title:
        yield Stretch("title", "", "cites", document.title.inlines)


def _body(blocks: Iterable[Block], words: Language, anchors: Anchors) -> Iterator[Stretch]:
    annexed = False
    for block in blocks:
        annexed = isinstance(block, AnnexStart) or (annexed and not isinstance(block, PartStart))
        if isinstance(block, PreambularParagraph | OperativeParagraph | Paragraph):
            stretches = _paragraph(block, ZONES.get(type(block), "body"), "cites", words, anchors)
        else:
            eid = anchors.take(block)
            stretches = (Stretch("body", eid, "cites", inlines) for _, inlines in block_texts(block))
        # What an annexed text recalls or decides, the document itself does not.
        yield from (each._replace(zone="annex", relation="cites") if annexed else each for each in stretches)


def _paragraph(
    block: PreambularParagraph | OperativeParagraph | Paragraph,
    zone: Zone,
    above: Relation,
    words: Language,
    anchors: Anchors,
) -> Iterator[Stretch]:
    """Yield a paragraph and its items, which do what their paragraph does where they do not say something else."""
    lead = "".join(inline.text for inline in block.inlines if isinstance(inline, Run) and inline.emphasis == "lead")
    told = relation(lead, words) if lead else above
    yield Stretch(zone, anchors.take(block), told, block.inlines)
    for child in block.children:
        yield from _paragraph(child, zone, told, words, anchors)


def _notes(document: Document, stretches: Iterable[Stretch], anchors: Anchors) -> Iterator[Stretch]:
    """Yield the footnotes, each with the place and the relation of its first mention."""
    waiting = Notes(document.footnotes)
    mentions: dict[int, Stretch] = {}
    for stretch in stretches:
        for inline in stretch.inlines:
            if isinstance(inline, Indicator) and (index := waiting.take(inline)) is not None:
                mentions[index] = stretch
    for index, footnote in enumerate(document.footnotes):
        by = mentions.get(index, Stretch("body", "", "cites", ()))
        yield Stretch("footnote", anchors.take(footnote), by.relation, footnote.inlines, by.eid)


def _page(source: Source, at: int) -> int | None:
    """Return the page that a place of the source is on, if the source has pages."""
    places = source.places or ()
    before = bisect_right(places, at, key=lambda place: place.span.start)
    return places[before - 1].page if before else None
