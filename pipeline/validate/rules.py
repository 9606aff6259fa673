"""What a schema cannot say: the findings an editor should look at, one small function a rule."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.kinds import kind_of
from pipeline.languages import CLOSERS, ENDS, language
from pipeline.model import (
    AnnexStart,
    Closing,
    Enacting,
    Finding,
    Heading,
    Indicator,
    OperativeParagraph,
    PartStart,
    PreambularParagraph,
    Unclassified,
    Vote,
)
from pipeline.text import CERTAIN, Span, Text, line_and_column, line_starts
from pipeline.validate.joined import doubtful_joins
from pipeline.validate.links import links_that_differ
from pipeline.validate.order import decoded_font, doubtful_digits, doubtful_order, lost_letters
from pipeline.validate.scanned import doubtful_signs, hyphens_kept, orphan_numbers
from pipeline.walk import inlines_of, is_draft, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pipeline.model import Document
    from pipeline.text import Repair

    Rule = Callable[[Document], Iterator[Finding]]

SHOWN = 60
OUT_OF_ORDER = "Out of order ({name}): “{old}” has no certain place and was left."
LEFT = {"decode_fonts": "Uncertain ({name}): “{old}” may be a word in the font or what it reads, and was left."}
"""What is said of text that a fixer left as it is."""
SUBMITTED = {"sponsors", "proponent"}
UNREADABLE = re.compile("[\ue000-\uf8ff\ufffd\u25a1]")
"""Private use characters, and the signs for one that could not be decoded or of which only the glyph is known."""


def find(
    document: Document,
    repairs: Sequence[Repair],
    source: str,
    read: Iterable[Finding] = (),
    text: Text | None = None,
) -> tuple[Finding, ...]:
    """Return the findings on a document, those of its reader (`read`) among them, in the order of the source.

    All have their line and column. `text` is the repaired text that the document was read from.
    """
    found = [*read]
    found += [finding for rule in RULES for finding in rule(document)]
    found += uncertain_repairs(repairs)
    found += doubtful_joins((repair for repair in repairs if repair.confidence < CERTAIN), text or Text.of(""))
    found += hyphens_kept(document, repairs, source)
    found += doubtful_order(document, repairs, source)
    found += lost_letters(document, repairs)
    found += decoded_font(repairs)
    starts = line_starts(source)
    places = document.source.places or ()
    placed = []
    for finding in found:
        line, column = line_and_column(starts, finding.span.start)
        at = bisect_right(places, finding.span.start, key=lambda place: place.span.start)
        page = places[max(at - 1, 0)].page if places else None
        placed.append(replace(finding, line=line, column=column, page=page))
    return tuple(sorted(placed, key=lambda finding: (finding.span, finding.rule)))


def is_resolution(document: Document) -> bool:
    """Tell whether anything in a document is of a resolution: a symbol, a lead phrase, the name of an organ."""
    organs = tuple(line for _, line in language(document.language).enacting)
    texts = [getattr(inline, "text", "") for inline in inlines_of(document)]
    return (
        document.masthead.symbol is not None
        or (document.masthead.organ is not None and kind_of(document) != "resolution")
        or any(getattr(inline, "emphasis", None) == "lead" for inline in inlines_of(document))
        or any(organ in text for text in texts for organ in organs)
    )


def missing_parts(document: Document) -> Iterator[Finding]:
    """Find which of the parts that every resolution has are missing."""
    start = Span(0, 0)
    kinds = {type(block) for block in document.blocks}
    kind = kind_of(document)
    if document.masthead.symbol is None:
        yield Finding("masthead.symbol", "warning", "No document symbol was found on the first page.", start)
    if document.masthead.adopted is None and not is_draft(document):
        yield Finding("masthead.adopted", "warning", "No date of adoption was found.", start)
    if (
        document.title is None
        and is_draft(document)
        and not any(line.role in SUBMITTED for line in document.masthead.lines)
    ):
        message = "It was not found who submits this draft; its title may be in another line of the first page."
        yield Finding("masthead.title", "warning", message, start)
    if Enacting not in kinds and kind == "resolution":
        yield Finding("body.enacting", "warning", "No enacting line (“The General Assembly,”) was found.", start)
    if OperativeParagraph not in kinds and kind != "presidentialStatement":
        yield Finding("body.operative", "warning", "No operative paragraph was found.", start)


def unclassified_paragraphs(document: Document) -> Iterator[Finding]:
    """Find paragraphs whose role is not known."""
    for block in document.blocks:
        if isinstance(block, Unclassified):
            text = plain(block.inlines)[:SHOWN]
            yield Finding(
                "body.unclassified", "warning", f"The role of this paragraph is not known: “{text}”.", block.span
            )


def number_gaps(document: Document) -> Iterator[Finding]:
    """Find operative numbers that do not follow one another (they may restart in a section or annex)."""
    last = 0
    for block in document.blocks:
        if isinstance(block, Heading | AnnexStart | PartStart | Enacting):
            last = last if isinstance(block, Heading) else 0
        elif isinstance(block, OperativeParagraph) and block.number:
            digits = "".join(character for character in block.number if character.isdigit())
            number = int(digits) if digits else last
            if number not in {last, last + 1, 1}:
                message = f"Paragraph {block.number} follows paragraph {last}; one may be missing or run together."
                yield Finding("body.numbers", "warning", message, block.span)
            last = number


def unfinished_paragraphs(document: Document) -> Iterator[Finding]:
    """Find paragraphs that end without a mark: lines of theirs may be lost or out of order."""
    for block in document.blocks:
        if isinstance(block, PreambularParagraph | OperativeParagraph) and not block.children:
            text = plain(block.inlines).rstrip(CLOSERS)
            if text and not text.endswith(ENDS):
                message = (
                    f"This paragraph ends without a mark: “…{text[-SHOWN:]}”; lines may be missing or out of order."
                )
                yield Finding("body.unfinished", "warning", message, block.span)


def lone_indicators(document: Document) -> Iterator[Finding]:
    """Find indicators without a footnote."""
    known = {footnote.mark for footnote in document.footnotes}
    for inline in inlines_of(document):
        if isinstance(inline, Indicator) and inline.mark not in known:
            yield Finding("notes.missing", "warning", f"Indicator {inline.mark} has no footnote.", inline.span)


def lone_footnotes(document: Document) -> Iterator[Finding]:
    """Find footnotes no indicator was found for."""
    mentioned = {inline.mark for inline in inlines_of(document) if isinstance(inline, Indicator)}
    for footnote in document.footnotes:
        if footnote.mark not in mentioned:
            message = f"No place was found in the text for the indicator of footnote {footnote.mark}."
            yield Finding("notes.unplaced", "warning", message, footnote.span)


def dates_that_differ(document: Document) -> Iterator[Finding]:
    """Find a closing whose date is not the date of adoption on the first page; parts have dates of their own."""
    ours = language(document.language)
    parts = any(isinstance(block, PartStart) for block in document.blocks)
    for block in () if parts else document.blocks:
        for line in block.lines if isinstance(block, Closing) else ():
            date = ours.first_date(plain(line.inlines)) if line.role == "date" else None
            if date and document.masthead.adopted not in {None, date}:
                message = (
                    f"The first page gives {document.masthead.adopted} as the date of adoption, the closing {date}."
                )
                yield Finding("closing.date", "warning", message, line.span)


def votes_that_differ(document: Document) -> Iterator[Finding]:
    """Find sides of a vote whose list has more or fewer States than the sentence gives them votes."""
    for block in document.blocks:
        tallies = block.tallies if isinstance(block, Vote) else ()
        listed = bool(tallies and tallies[0].voters)  # else States stand in the sentence, if any do
        for tally in tallies:
            count = len(tally.voters)
            if tally.total not in {None, count} and (listed or count):
                side = tally.side.replace("_", " ")
                message = f"The vote counts {tally.total} {side}, the list has {count}; a comma or a State may be lost."
                yield Finding("vote.count", "warning", message, block.span)


def unreadable_characters(document: Document) -> Iterator[Finding]:
    """Find characters the extractor could not read."""
    for inline in inlines_of(document):
        text = getattr(inline, "text", "")
        if UNREADABLE.search(text):
            message = f"The extractor could not read a character here: “{text[:SHOWN]}”."
            yield Finding("text.unreadable", "warning", message, inline.span)


def uncertain_repairs(repairs: Sequence[Repair]) -> Iterator[Finding]:
    """Find repairs that rest on little evidence, and text that a fixer left where it is for want of it."""
    for repair in repairs:
        if repair.confidence < CERTAIN and (repair.old or repair.new).strip():
            name = repair.fixer.replace("_", " ")
            message = f"Uncertain repair ({name}): “{repair.old[:SHOWN]}” was made “{repair.new[:SHOWN]}”."
            if not repair.confidence:
                message = LEFT.get(repair.fixer, OUT_OF_ORDER).format(name=name, old=repair.old[:SHOWN])
            yield Finding("repair.uncertain", "note", message, repair.source)


RULES: tuple[Rule, ...] = (
    missing_parts,
    unclassified_paragraphs,
    unfinished_paragraphs,
    number_gaps,
    lone_indicators,
    lone_footnotes,
    dates_that_differ,
    votes_that_differ,
    links_that_differ,
    unreadable_characters,
    doubtful_signs,
    orphan_numbers,
    doubtful_digits,
)
