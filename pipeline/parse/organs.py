"""Whose resolutions a text cites: the organ that is named with them (FORMAT.md section 4.5, "Organ")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.parse.targets import STEMS

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from pipeline.model import Organ
    from pipeline.parse.chains import Chain
    from pipeline.parse.grammar import Grammar

COUNCILS: tuple[Organ, ...] = ("unsc", "unecosoc", "unga-hrc")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a name is read with: the grammar, the enacting organ, and those that "Council" can mean."""

    patterns: Grammar
    organ: Organ | None
    councils: tuple[Organ, ...]


def with_organs(text: str, chains: list[Chain], patterns: Grammar, organ: Organ | None, lead: int) -> Iterator[Chain]:
    """Yield the chains with the organs they can be of.

    `organ` is the one that adopts the document, `lead` where the lead phrase of the paragraph ends.
    """
    # "Council" alone is the Human Rights Council only where that is named, or adopts the document.
    named = organ == "unga-hrc" or any(match.lastgroup == "unga_hrc" for match in patterns.names.finditer(text))
    reading = Reading(patterns, organ, COUNCILS if named else COUNCILS[:-1])
    previous: Chain | None = None
    named_for: dict[tuple[int, int], tuple[Organ, ...] | None] = {}  # by the place of the noun
    for chain in chains:
        start = max(lead, previous.end if previous else 0)
        organs = _organs_of(text, chain, reading, start)
        if organs is None and chain.resumed:
            organs = named_for.get(chain.noun, previous.organs if previous else None)
        elif organs is None and previous and _goes_on(text, previous, chain, patterns):
            organs = previous.organs
        named_for[chain.noun] = organs
        previous = replace(chain, organs=organs)
        yield previous


def _organs_of(text: str, chain: Chain, reading: Reading, start: int) -> tuple[Organ, ...] | None:
    """Return the organs named with a citation: between its noun and number, after it, or before it from `start` on."""
    patterns = reading.patterns
    if not patterns.noun_first:
        return _before(text[start : chain.start], reading)
    noun, number = chain.noun
    organs = None if chain.resumed else _after(patterns.of_organ.match(text, number), reading)
    if organs is not None:
        return organs
    # "… 70/1 of the General Assembly of 2 May 2016", or "… 70/1 of 2 May 2016 of the General Assembly"
    follow = _after(patterns.organ_follows.match(text, chain.numbers[-1].end), reading)
    follow = follow or _after(patterns.organ_follows.match(text, chain.end), reading)
    if follow:
        return follow
    organs = _before(text[start : number if patterns.noun_owns else noun], reading)
    return follow if organs is None else organs


def _before(head: str, reading: Reading) -> tuple[Organ, ...] | None:
    patterns = reading.patterns
    match = patterns.organ_before.search(head)
    if match:
        organs = _named(match, reading)
        while match := patterns.organ_joined.search(head[: match.start()]):
            organs += _named(match, reading)
        return organs
    if patterns.foreign.search(head):
        return ()
    own = patterns.own.get(reading.organ)
    return (reading.organ,) if reading.organ and own and own.search(head) else None


def _after(match: re.Match[str] | None, reading: Reading) -> tuple[Organ, ...] | None:
    """Return the organs of a match of `of_organ` or `organ_follows`, and of the names joined to it."""
    if match is None:
        return None
    patterns, text = reading.patterns, match.string
    if not match.lastgroup:
        return () if patterns.foreign_after.match(text, match.end()) else None
    organs = _named(match, reading)
    while match := patterns.organ_also.match(text, match.end()):
        organs += _named(match, reading)
    return organs


def _named(match: re.Match[str], reading: Reading) -> tuple[Organ, ...]:
    """Return the organs that a name can mean."""
    if match.lastgroup == "short":
        return reading.councils
    return tuple(organ for organ in STEMS if organ.replace("-", "_") == match.lastgroup)


def _goes_on(text: str, previous: Chain, chain: Chain, patterns: Grammar) -> bool:
    """Tell whether a citation that names no organ follows another directly: "…第64/151号决议和第10/11号决议"."""
    if patterns.noun_first:
        return patterns.goes_on.fullmatch(text, previous.end, chain.noun[0]) is not None
    noun = patterns.noun.match(text, previous.end)
    return patterns.goes_on.fullmatch(text, noun.end() if noun else previous.end, chain.start) is not None
