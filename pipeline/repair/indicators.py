"""Footnote indicators, marked where they stand (FORMAT.md section 2.4).

A number is an indicator only if a footnote of that number was lifted, and if it stands
on that footnote's page, in sequence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from pipeline.numbers import LEADING_DIGIT
from pipeline.repair.furniture import text_start
from pipeline.repair.page import INDICATOR, NOTE, body_end, lines
from pipeline.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language
    from pipeline.text import Text

MARK = re.compile(r"\d{1,3}(?!\d)")
BRACKETED = re.compile(rf"[()]\s*(?P<number>{LEADING_DIGIT}\d{{0,2}})\s*[()]")
NUMBER_GOES_ON = re.compile(r" ?[%°]|[/A-Za-z]|[.:–-]\d| \d{3}(?!\d)")
FIGURE_GOES_ON = re.compile(r"[%/°]|[.:–-]\d| \d{3}(?!\d)")
WORD_MARKED = re.compile(r"[^\W\d_]{3}[”’»\"]?[,;”’»][”’»]?$")
"""A word and a mark, to which no figure is ever glued."""
INSIDE_WORDS = re.compile(r"[^\W\d_][^\W\dA-Z_\u2e80-\uffff]{3}$")
"""Small letters before a number that small letters follow: no word has figures in it."""
SET_BEFORE_WORD, BEGINS_WORD = re.compile(r"[^\W\d_], $"), re.compile(r"[^\W\dA-Z_\u2e80-\uffff]{4}")
"""After a comma and a blank, a number glued to the next word (`oil, 5lighting`) has the blank on the wrong side."""
GLUED_CITATION = re.compile(r"(?:(?<=[^\W\d_],)|(?<=[12]\d{3},))\d{2,5}(?=/\d{1,3}(?!\d))")
"""After a comma without a blank, the first figures of a citation are the indicator: `of 2013,129/11 of 2015`."""
NEXT_NUMBER = re.compile(r", ?(\d+)")
CITATION_END = re.compile(r"\d/\d{1,3}$")
GLUED_NUMBER = re.compile(r"(?:/\d{1,2}|[^\W\d_]-\d{1,2})$")
CITED_SERIAL = re.compile(r"(?:\d|(?P<conference>[IVXLC]))/(?P<serial>\d{1,2})$")
LAST_SERIAL, LAST_OF_CONFERENCE = 400, 100
"""No session has so many resolutions: `6/929` is resolution 6/9 and footnote 29; no conference so many decisions."""
NAMED_NUMBER = re.compile(r"[A-Z][a-z]+ \d{1,2}$")
ACRONYM = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,}$")
YEAR_END = re.compile(r"(?:19|20)\d\d$")
LONE_YEAR_END = re.compile(r"(?:(?<!\d)(?:19|20)\d\d[–-]\s*|(?<!\S))(?:19|20)\d\d$")
"""A year to which nothing is glued, or the second of two: a figure of five digits has a mark or a blank in it."""
ABBREVIATED = re.compile(
    r"(?:(?<![A-Za-z])(?:Nos?|Add|Corr|Rev|[Vv]ols?|[Pp]aras?|[Cc]hap|[Ss]ect|[Aa]rt|pp?|[A-Z])|[/(.][A-Za-z]{0,5})\.$"
)
WORD_BEFORE = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}$")
WIDE = "\u2e80"
"""From here on a letter is as wide as it is high, and words are not set apart."""
AFTER_MARK = ",;:.!?”’\"')]»）］】、，；：。！？》〉」』،؛؟"
ALONE = 5.0
"""The score of a number on a line of its own: sure where this text sets indicators so, else it may be a table's."""
BRACKETED_SCORE = 4.8
LATER = 4.0
"""A later mention must look like an indicator at least so much."""


def mark_indicators(text: Text, language: Language) -> Iterator[Edit]:
    """Mark the indicators of the footnotes that were lifted, first and later mentions.

    The first mentions are the rising sequence of numbers that looks most like
    indicators: set apart, on a line of their own, or glued to a word, a mark or a year.
    A later mention must be glued to a word or mark, or stand on a line of its own where
    the first mentions do.
    Leaves alone numbers that belong to a citation, a figure or a date, and a text whose
    indicators are marked.
    """
    value = text.value
    end = body_end(value)
    notes = {
        int(match[1]): text.source_span(match.start() + 2, match.start() + 3).start
        for match in NOTE.finditer(value)
        if match[1].isdecimal()
    }
    if not notes or INDICATOR.search(value, 0, end):
        return
    page = lines(value[:end])
    first = page[text_start(page, language)].start if page else 0
    candidates = _candidates(value, first, end, set(notes), language)
    chosen = _sequence(sorted(notes), candidates, _limits(text, notes, end))
    scores = {number: dict(candidates[number])[at] for number, at in chosen.items()}
    apart = sum(score == ALONE for score in scores.values()) * 2 > len(scores)
    taken = {place for number, at in chosen.items() for place in _places(at, number)}
    later = sorted(
        (at, number)
        for number, found in candidates.items()
        for at, score in found
        if number in chosen and at > chosen[number] and LATER <= score <= (ALONE if apart else ALONE - 0.1)
    )
    for number, at in chosen.items():
        confidence = 0.9 if scores[number] >= 3 else 0.7
        yield from _mark(value, at, number, confidence, bracketed=language.bracketed_notes)
    for at, number in later:
        # Of `XIII/127` with footnotes 7 and 27, the last figure alone is no mention.
        if taken.isdisjoint(_places(at, number)):
            taken.update(_places(at, number))
            yield from _mark(value, at, number, 0.9, bracketed=language.bracketed_notes)


def _places(at: int, number: int) -> range:
    """Return the places of the digits of a number."""
    return range(at, at + len(str(number)))


def _mark(value: str, at: int, number: int, confidence: float, *, bracketed: bool) -> Iterator[Edit]:
    end = _places(at, number).stop
    before = len(value[:at].rstrip(" \n\f"))
    if bracketed and (match := BRACKETED.match(value, at)):
        yield Edit(Span(before, match.start("number")), "[^", confidence)
        if match["number"] != str(number):
            yield Edit(Span(*match.span("number")), str(number), confidence)
        yield Edit(Span(match.end("number"), match.end()), "]", confidence)
        return
    if before < at:
        yield Edit(Span(before, at), "", confidence)
    yield Edit(Span(at, at), "[^", confidence)
    aside = (before < at and BEGINS_WORD.match(value, end)) or value[end : end + 1].isdigit()
    yield Edit(Span(end, end), "] " if aside else "]", confidence)


def _limits(text: Text, notes: dict[int, int], end: int) -> dict[int, int]:
    """Return for each footnote the place in the body where it stood before it was lifted.

    `notes` gives the source offset of each; the body keeps the order of the source.
    """
    body = [piece for piece in text.pieces if piece.start < end]
    sources = [piece.source for piece in body]
    limits: dict[int, int] = {}
    for number, source in notes.items():
        piece = body[max(0, bisect_right(sources, source) - 1)]
        limits[number] = min(end, piece.start + max(0, source - piece.source if piece.copied else 0))
    return limits


def _candidates(
    value: str, first: int, end: int, numbers: set[int], language: Language
) -> dict[int, list[tuple[int, float]]]:
    """Find the places where a footnote's number may be its indicator, each with its score."""
    found: dict[int, list[tuple[int, float]]] = {number: [] for number in sorted(numbers)}
    if language.bracketed_notes:
        for match in BRACKETED.finditer(value, first, end):
            if (number := int(match["number"])) in numbers:
                found[number].append((match.start(), BRACKETED_SCORE))
        return found
    for match in MARK.finditer(value, first, end):
        for at in range(match.start(), match.end()):
            number = int(value[at : match.end()])
            if value[at] != "0" and number in numbers and (score := _score(value, at, match.end(), language)) > 0:
                found[number].append((at, score))
    for match in GLUED_CITATION.finditer(value, first, end):
        for stop in range(match.start() + 1, match.end()):
            if value[stop] != "0" and (number := int(value[match.start() : stop])) in numbers:
                found[number].append((match.start(), 3.0))
    for places in found.values():
        places.sort()
    return found


def _score(value: str, at: int, stop: int, language: Language) -> float:
    """Say how much digits look like an indicator: 5 for certain, 0 for not at all."""
    before = value[max(0, at - 32) : at].rpartition("\n")[2].rpartition("\f")[2]
    after = value[stop : stop + 32].partition("\n")[0].partition("\f")[0]
    if not before.strip() and not after.strip():
        return ALONE
    if before.endswith("| ") and after.startswith(" |"):
        return 0.0  # the figure in a cell of a table
    if not before.strip():
        if BEGINS_WORD.match(after):
            return 3.5
        apart = after[0] == " " or after[0] >= WIDE
        goes_on = NUMBER_GOES_ON.match(after) or language.counts_on("", after)
        return 1.5 if apart and not goes_on else 0.0
    if before[-1] == " " and YEAR_END.search(before.rstrip()) and not NUMBER_GOES_ON.match(after):
        return 2.5
    close = before[-1]
    if close in AFTER_MARK and WORD_MARKED.search(before) and not FIGURE_GOES_ON.match(after):
        return 4.0 if NUMBER_GOES_ON.match(after) else 4.8
    if INSIDE_WORDS.search(before) and after[:1].islower():
        return 4.0
    if SET_BEFORE_WORD.search(before) and BEGINS_WORD.match(after):
        return 4.0
    if NUMBER_GOES_ON.match(after):
        return 0.0
    if close.isdigit():
        if YEAR_END.search(before):
            return 4.0 if LONE_YEAR_END.search(value[max(0, at - 32) : at]) else 3.0
        if serial := CITED_SERIAL.search(before):
            last, score = (LAST_OF_CONFERENCE, 4.0) if serial["conference"] else (LAST_SERIAL, 2.5)
            return score if int(serial["serial"] + value[at:stop]) > last else 0.0
        return 1.2 if NAMED_NUMBER.search(before) else 0.8 if GLUED_NUMBER.search(before) else 0.0
    if close == "," and YEAR_END.search(before[:-1]) and stop - at < 3:
        return 4.0
    if language.counts_on(before, after):
        return 0.0
    if close == " ":
        return _spaced_score(before.rstrip(), int(value[at:stop]), after)
    if close in ",.":
        figure = before[-2:-1].isdigit()
        if (figure and (close == "." or stop - at == 3)) or ABBREVIATED.search(before):
            return 0.0
        return 4.8 if not figure else 4.0 if CITATION_END.search(before[:-1]) else 2.0
    if close.isalpha():
        if close >= WIDE:
            return 4.2
        if language.counts_on(before + " ", after):
            return 0.0
        word = WORD_BEFORE.search(before)
        return 4.0 if word and word.group()[1:].islower() else 2.5 if ACRONYM.search(before) else 0.0
    return 4.8 if close in AFTER_MARK else 0.0


def _spaced_score(before: str, number: int, after: str) -> float:
    """Score a number set apart from what is before it; one of a row of numbers is none."""
    row = NEXT_NUMBER.match(after)
    if row and int(row[1]) != number + 1:
        return 0.0
    if before[-1:].isdigit():
        return 2.0 if CITATION_END.search(before) else 1.4 if NAMED_NUMBER.search(before) else 0.0
    if before[-1:] not in AFTER_MARK:
        return 1.5
    return LATER if not after or before[-1:] >= WIDE else 3.5


class _Step(NamedTuple):
    """A place chosen for a footnote's indicator, and the step before it."""

    number: int
    at: int
    before: int


def _sequence(
    numbers: list[int], candidates: dict[int, list[tuple[int, float]]], limit: dict[int, int]
) -> dict[int, int]:
    """Choose at most one place a number, rising, with the greatest sum of scores.

    A place after the footnote's own page costs it most of its score. `ends`, `totals` and
    `links` are the best sums so far by where they end, so each candidate costs a bisection.
    """
    steps: list[_Step] = []
    ends, totals, links = [-1], [0.0], [-1]
    for number in numbers:
        fresh: list[tuple[int, float, int]] = []
        for at, score in candidates[number]:
            before = bisect_right(ends, at - 1) - 1
            fresh.append((at, totals[before] + (score if at < limit[number] else score * 0.2) + 0.5, links[before]))
        for at, total, link in fresh:
            slot = bisect_right(ends, at)
            if total <= totals[slot - 1]:
                continue
            stop = slot
            while stop < len(ends) and totals[stop] <= total:
                stop += 1
            steps.append(_Step(number, at, link))
            ends[slot:stop], totals[slot:stop], links[slot:stop] = [at], [total], [len(steps) - 1]
    chosen: dict[int, int] = {}
    link = links[-1]
    while link >= 0:
        step = steps[link]
        chosen[step.number], link = step.at, step.before
    return chosen
