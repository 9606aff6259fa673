"""Footnotes: their texts lifted out of the pages, their indicators marked where they stand.

FORMAT.md section 2.4. A text is lifted to the end as `[^7]: …`, an indicator becomes
`[^7]`. A number is an indicator only if a footnote of that number was lifted, and if it
stands on that footnote's page, in sequence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.repair.furniture import RULE_LINE, text_start
from pipeline.repair.page import INDICATOR, NOTE, Line, body_end, is_closed, lines
from pipeline.text import Edit, Move, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.text import Proposal, Text

START = re.compile(r"(\d{1,3}|(?:\\\*){1,3})(?!\S)")
OPERATIVE = re.compile(r"\d{1,3}\.(?!\d)")
MARK = re.compile(r"\d{1,3}(?!\d)")
NUMBER_GOES_ON = re.compile(r"[%/°A-Za-z]|[.:–-]\d| \d{3}(?!\d)")
NEXT_NUMBER = re.compile(r", ?(\d+)")
CITATION_END = re.compile(r"\d/\d{1,3}$")
NAMED_NUMBER = re.compile(r"[A-Z][a-z]+ \d{1,2}$")
ACRONYM = re.compile(r"(?<![A-Za-z])[A-Z]{3,}$")
YEAR_END = re.compile(r"(?:19|20)\d\d$")
ABBREVIATED = re.compile(r"(?:(?<![A-Za-z])(?:Nos?|Add|Corr|Rev|[Vv]ols?|[Pp]aras?|[Cc]hap|[Ss]ect|[Aa]rt|pp?|[A-Z])|[/(.][A-Za-z]{0,5})\.$")
WORD_BEFORE = re.compile(r"(?<![A-Za-z])[A-Za-z]?[a-z]{2,}$")
AFTER_MARK = ",;:.!?”’\"')]）］】、，；：。！？》〉」』"
GOING_ON = ",;:，；："
"""A footnote does not end with these."""
FIRST = (1, 2, 3)
"""A text cut at its beginning, or whose first footnote is lost, begins with another number."""
LATER = 4.1
"""A later mention must look like an indicator at least so much."""
LONGEST = 25
"""A footnote of more lines than this is not one."""


class Lifted(NamedTuple):
    """A footnote found in the page: its mark, and its text in one stretch or more."""

    mark: Span
    text: tuple[Span, ...]


def lift_footnotes(text: Text, language: Language) -> Iterator[Proposal]:
    """Carry the footnotes from the feet of the pages to the end of the text.

    Under a rule every line is a footnote's until the page ends or the body goes on;
    without rules the footnotes are the numbered lines that fill the end of a page.
    Leaves alone numbers out of sequence, and a text whose footnotes are lifted.
    """
    end = body_end(text.value)
    page = lines(text.value[:end])
    if len(page) < 2 or end < len(text.value):
        return
    for note in sorted(_footnotes(page, language), key=lambda note: (text.value[note.mark.start] == "\\", note.mark)):
        stretches = [part for stretch in note.text for part in ("\n", stretch)][1:]
        yield Move(("\n\n[^", note.mark, "]: ", *stretches), end, 0.95)


def _footnotes(page: Sequence[Line], language: Language) -> list[Lifted]:
    """Find the footnotes page by page; `expected` is the number to come, 0 before the first."""
    found: list[Lifted] = []
    expected = 0
    start = text_start(tuple(page), language)
    ruled = any(RULE_LINE.fullmatch(line.text) for line in page)
    breaks = [start, *(at for at, line in enumerate(page) if line.page and at > start), len(page)]
    for first, last in pairwise(breaks):
        rules = [at for at in range(first, last) if RULE_LINE.fullmatch(page[at].text)]
        notes: list[Lifted] = []
        for at in rules:
            block, expected = _block(page, at + 1, expected, language)
            if not block:
                block, expected = _displaced(page, at + 1, expected, language)
            notes += block
        if not notes and (rules or not ruled):
            notes, expected = _unruled([line for line in page[first:last] if line.text[0] != "_"], expected, language)
        found += notes
    return found


def _unruled(page: Sequence[Line], expected: int, language: Language) -> tuple[list[Lifted], int]:
    """Read the footnotes at the end of a page that has no rule, and return the number to come next."""
    for number in (expected,) if expected else FIRST:
        if chain := _chain(page, number, language):
            return chain, number + len(chain)
    return [], expected


def _block(page: Sequence[Line], at: int, expected: int, language: Language) -> tuple[list[Lifted], int]:
    """Read the footnotes under a rule, from line `at` on, and return the number to come next.

    `expected` is the number to begin with; 0 where it may be any of the first few.
    """
    found: list[Lifted] = []
    first = expected
    mark: Span | None = None
    text: Span | None = None
    closed = False
    cut = at >= 2 and not is_closed(page[at - 2].text)
    paged = any(line.page for line in page[at:])
    for line in page[at:]:
        start = START.match(line.text)
        starts = start and (not start[1].isdigit() or int(start[1]) in ((expected,) if expected else FIRST))
        if text and (line.page or RULE_LINE.fullmatch(line.text)):
            break
        if text and closed and not starts and (_opens(line, language) or (cut and not paged)):
            break
        if start and starts and (mark is None or text):
            if mark and text:
                found.append(Lifted(mark, (text,)))
            mark = Span(line.start, line.start + start.end(1))
            rest = len(line.text) - len(line.text[start.end(1) :].lstrip())
            text = Span(line.start + rest, line.end) if rest < len(line.text) else None
            expected = int(start[1]) + 1 if start[1].isdigit() else expected
        elif mark is None or (line.text.isdigit() and len(line.text) < 4) or _opens(line, language):
            return [], first
        else:
            text = Span(text.start if text else line.start, line.end)
        closed = text is not None and is_closed(line.text) and line.text[-1] not in GOING_ON
    if mark and text:
        found.append(Lifted(mark, (text,)))
    if not closed and not _fills_page(page, text):
        return [], first
    return found, expected


def _displaced(page: Sequence[Line], at: int, expected: int, language: Language) -> tuple[list[Lifted], int]:
    """Read footnotes whose numbers an extractor put beside their texts out of turn.

    Every number stands on a line of its own, and there are as many texts as numbers; the
    texts are in order. Leaves alone a block where that cannot be made out.
    """
    numbers: dict[int, Span] = {}
    texts: list[list[Line]] = []
    parted = True
    for line in page[at:]:
        number = int(line.text) if line.text.isdigit() and len(line.text) < 4 else 0
        done = bool(numbers) and len(texts) >= len(numbers) and is_closed(texts[-1][-1].text)
        if RULE_LINE.fullmatch(line.text) or (done and (line.page or _opens(line, language))) or len(texts) > LONGEST:
            break
        if _opens(line, language):
            return [], expected
        if number and number not in numbers and abs(number - (expected or 1)) < LONGEST:
            numbers[number] = Span(line.start, line.end)
            parted = not texts or is_closed(texts[-1][-1].text)
        elif parted or is_closed(texts[-1][-1].text):
            texts.append([line])
            parted = False
        else:
            texts[-1].append(line)
    texts = _merge(texts, len(numbers))
    marks = sorted(numbers)
    rising = bool(marks) and marks == list(range(marks[0], marks[-1] + 1))
    if not rising or len(texts) != len(marks) or marks[0] not in ((expected,) if expected else FIRST):
        return [], expected
    stretches = [tuple(Span(line.start, line.end) for line in text) for text in texts]
    return [Lifted(numbers[mark], text) for mark, text in zip(marks, stretches, strict=True)], marks[-1] + 1


def _merge(texts: list[list[Line]], wanted: int) -> list[list[Line]]:
    """Join texts that an abbreviation at a line's end parted, the fullest lines first."""
    while wanted and len(texts) > wanted:
        at = max(range(len(texts) - 1), key=lambda i: len(texts[i][-1].text))
        texts[at : at + 2] = [texts[at] + texts[at + 1]]
    return texts


def _fills_page(page: Sequence[Line], text: Span | None) -> bool:
    """Tell whether a text runs to the end of its page."""
    after = next((line for line in page if text and line.start >= text.end), None)
    return text is not None and (after is None or after.page)


def _opens(line: Line, language: Language) -> bool:
    """Tell whether a line opens a paragraph of the body."""
    return bool(
        OPERATIVE.match(line.text)
        or language.opens_preambular(line.text)
        or language.meeting.search(line.text)
        or language.annex.search(line.text)
    )


def _chain(page: Sequence[Line], expected: int, language: Language) -> list[Lifted]:
    """Find the longest run of numbered lines, from `expected` on, that fills the page's end."""
    starts: dict[int, list[int]] = {}
    for at, line in enumerate(page):
        if (match := START.match(line.text)) and match[1].isdigit() and (line.text != match[1] or at + 1 < len(page)):
            starts.setdefault(int(match[1]), []).append(at)
    last, at = expected, -1
    while (after := next((found for found in starts.get(last, ()) if found > at), None)) is not None:
        last, at = last + 1, after
    for top in range(last - 1, expected - 1, -1):
        chain = [max(starts[top])]
        for number in range(top - 1, expected - 1, -1):
            chain.insert(0, max((at for at in starts[number] if at < chain[0]), default=-1))
        if chain[0] >= 1 and (block := _read_chain(page, chain, language)):
            return block
    return []


def _read_chain(page: Sequence[Line], chain: list[int], language: Language) -> list[Lifted]:
    block: list[Lifted] = []
    for at, end in pairwise([*chain, len(page)]):
        line = page[at]
        start = START.match(line.text)
        if start is None or not 0 < end - at <= LONGEST or not is_closed(page[end - 1].text):
            return []
        if page[end - 1].text[-1] in GOING_ON:
            return []
        if any(is_closed(page[i - 1].text) and _opens(page[i], language) for i in range(at + 1, end)):
            return []
        rest = len(line.text) - len(line.text[start.end(1) :].lstrip())
        if rest == len(line.text) and end - at == 1:
            return []
        text = Span(line.start + rest if rest < len(line.text) else page[at + 1].start, page[end - 1].end)
        block.append(Lifted(Span(line.start, line.start + start.end(1)), (text,)))
    return block


def mark_indicators(text: Text, language: Language) -> Iterator[Edit]:
    """Mark the indicators of the footnotes that were lifted, first and later mentions.

    The first mentions are the rising sequence of numbers that looks most like
    indicators: set apart, on a line of their own, or glued to a word, a mark or a year.
    A later mention must be glued to a mark or stand on a line of its own.
    Leaves alone numbers that belong to a citation, a figure or a date, and a text whose
    indicators are marked.
    """
    value = text.value
    end = body_end(value)
    notes = {match[1]: text.source_span(match.start() + 2, match.start() + 3).start for match in NOTE.finditer(value)}
    numbers = sorted(int(mark) for mark in notes if mark.isdigit())
    if not numbers or INDICATOR.search(value, 0, end):
        return
    page = lines(value[:end])
    first = page[text_start(page, language)].start if page else 0
    candidates = _candidates(value, first, end, set(numbers), language)
    chosen = _sequence(numbers, candidates, _limits(text, {number: notes[str(number)] for number in numbers}, end))
    for number, found in candidates.items():
        known = chosen.get(number)
        for at, score in found:
            later = known is not None and at > known and score >= LATER
            if at == known or later:
                yield from _mark(value, at, number, 0.9 if score >= 3 else 0.7)


def _mark(value: str, at: int, number: int, confidence: float) -> Iterator[Edit]:
    digits = len(str(number))
    before = len(value[:at].rstrip(" \n\f"))
    if before < at:
        yield Edit(Span(before, at), "", confidence)
    yield Edit(Span(at, at), "[^", confidence)
    yield Edit(Span(at + digits, at + digits), "]", confidence)


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
    for match in MARK.finditer(value, first, end):
        for at in range(match.start(), match.end()):
            number = int(value[at : match.end()])
            if value[at] != "0" and number in numbers and (score := _score(value, at, match.end(), language)) > 0:
                found[number].append((at, score))
    return found


def _score(value: str, at: int, stop: int, language: Language) -> float:
    """Say how much digits look like an indicator: 5 for certain, 0 for not at all."""
    before = value[max(0, at - 32) : at].rpartition("\n")[2].rpartition("\f")[2]
    after = value[stop : stop + 32].partition("\n")[0].partition("\f")[0]
    if not before.strip() and not after.strip():
        return 5.0
    if not before.strip():
        goes_on = after[0] == " " and not NUMBER_GOES_ON.match(after) and not language.counts_on("", after)
        return 1.5 if goes_on else 0.0
    if before[-1] == " " and YEAR_END.search(before.rstrip()) and not NUMBER_GOES_ON.match(after):
        return 2.5
    if NUMBER_GOES_ON.match(after) or language.counts_on(before, after):
        return 0.0
    close = before[-1]
    if close == " ":
        return _spaced_score(before.rstrip(), int(value[at:stop]), after)
    if close.isdigit():
        return 3.0 if YEAR_END.search(before) else 1.2 if NAMED_NUMBER.search(before) else 0.0
    if close in ",.":
        figure = before[-2:-1].isdigit()
        if (figure and (close == "." or stop - at == 3)) or ABBREVIATED.search(before):
            return 0.0
        return 4.0 if figure else 4.8
    if close.isalpha():
        wide = not close.isascii()
        return 4.2 if wide else 4.0 if WORD_BEFORE.search(before) else 2.5 if ACRONYM.search(before) else 0.0
    return 4.8 if close in AFTER_MARK else 0.0


def _spaced_score(before: str, number: int, after: str) -> float:
    """Score a number set apart from what is before it; one of a row of numbers is none."""
    row = NEXT_NUMBER.match(after)
    if row and int(row[1]) != number + 1:
        return 0.0
    if before[-1:].isdigit():
        return 2.0 if CITATION_END.search(before) else 0.0
    return 3.5 if before[-1:] in AFTER_MARK else 1.5


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
