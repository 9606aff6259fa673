"""Footnotes at the end of a page without a rule: numbered lines that follow one another (FORMAT.md section 2.4)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.repair.note_lines import (
    FIRST,
    GOING_ON,
    LONGEST,
    LOST,
    MISSING,
    OPERATIVE,
    START,
    Lifted,
    announces,
    opens,
)
from pipeline.repair.page import is_closed
from pipeline.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.languages import Language
    from pipeline.repair.page import Line

MOST = 300
"""No page has so many footnotes, nor has a text whose pages are not told."""


def read_unruled(page: Sequence[Line], expected: int, language: Language) -> tuple[list[Lifted], int]:
    """Read the footnotes at the end of a page that has no rule, and return the number to come next."""
    chain = next(filter(None, (_chain(page, number, language) for number in ((expected,) if expected else FIRST))), [])
    shuffled = _shuffled(page, expected or FIRST[0], language)
    if chain or shuffled:
        found = max(chain, shuffled, key=len)
        return found, _last_number(page, found) + 1
    for number, at in sorted(_announced(page, language).items()) if expected else ():
        chain = _chain(page, number, language) if expected < number <= expected + LOST else []
        if chain and chain[0].mark.start == page[at].start:
            return chain, _last_number(page, chain) + 1
    return [], expected


def _shuffled(page: Sequence[Line], expected: int, language: Language) -> list[Lifted]:
    """Read footnotes that a page has out of order (9, 8, 11): each opens beyond doubt, and few are missing."""
    found = _announced(page, language)
    numbers = sorted(number for number in found if expected <= number < expected + LONGEST)
    if len(numbers) < 2 or numbers[-1] - expected - len(numbers) + 1 > MISSING:
        return []
    return _read_chain(page, sorted(found[number] for number in numbers), language)


def _announced(page: Sequence[Line], language: Language) -> dict[int, int]:
    """Return the numbers of lines that open as footnotes do beyond doubt, with the last such line of each."""
    return {
        int(start[1]): at
        for at, line in enumerate(page)
        if (start := START.match(line.text)) and start[1].isdecimal() and announces(page, at, int(start[1]), language)
    }


def _last_number(page: Sequence[Line], notes: list[Lifted]) -> int:
    """Return the greatest of the numbers that some footnotes have."""
    texts = {line.start: line.text for line in page}
    return max(int(texts[note.mark.start][: note.mark.end - note.mark.start]) for note in notes)


def _chain(page: Sequence[Line], expected: int, language: Language) -> list[Lifted]:
    """Find the longest run of numbered lines, from `expected` on, that fills the page's end."""
    starts: dict[int, list[int]] = {}
    for at, line in enumerate(page):
        if language.date.match(line.text):
            continue
        match = START.match(line.text)
        if match is None or not match[1].isdecimal() or language.counts_on("", line.text[match.end() :]):
            continue
        if line.text != match[1] or at + 1 < len(page):
            starts.setdefault(int(match[1]), []).append(at)
    counted: list[int] = []
    at, number = -1, expected
    while (
        len(counted) < MOST
        and (step := _next(page, starts, number, at, language, gap=MISSING if counted else 0)) is not None
    ):
        number, at = step
        counted.append(number)
        number += 1
    for top in range(len(counted), 0, -1):
        chain = [max(starts[counted[top - 1]])]
        for before in reversed(counted[: top - 1]):
            chain.insert(0, max((at for at in starts[before] if at < chain[0]), default=-1))
        if chain[0] >= 1 and (block := _read_chain(page, chain, language)):
            return block
    return []


def _next(
    page: Sequence[Line], starts: dict[int, list[int]], number: int, at: int, language: Language, *, gap: int
) -> tuple[int, int] | None:
    """Return the next number after line `at`, and its line; up to `gap` may be missing before one that is sure."""
    for found in range(number, number + 1 + gap):
        after = next((line for line in starts.get(found, ()) if line > at), None)
        if after is not None and (found == number or announces(page, after, found, language)):
            return found, after
    return None


def _read_chain(page: Sequence[Line], chain: list[int], language: Language) -> list[Lifted]:
    block: list[Lifted] = []
    for at, end in pairwise([*chain, len(page)]):
        line = page[at]
        start = START.match(line.text)
        if start is None or not 0 < end - at <= LONGEST:
            return []
        following = START.match(page[end].text) if end < len(page) else None
        announced = following and announces(page, end, int(following[1]), language)
        # A footnote may lack its full stop: one line that opens as footnotes do, below its number or beside it.
        whole = end - at == 1 + (start.end() == len(line.text)) and announces(page, at, int(start[1]), language)
        if not announced and not whole and (not is_closed(page[end - 1].text) or page[end - 1].text[-1] in GOING_ON):
            return []
        # A number alone on a footnote's last line is the end of a citation: "par.\n99."
        last = end - 1 if OPERATIVE.fullmatch(page[end - 1].text) else end
        if any(is_closed(page[i - 1].text) and opens(page[i], language) for i in range(at + 1, last)):
            return []
        rest = len(line.text) - len(line.text[start.end(1) :].lstrip())
        if rest == len(line.text) and end - at == 1:
            return []
        text = Span(line.start + rest if rest < len(line.text) else page[at + 1].start, page[end - 1].end)
        above = () if block else _above(page, at, language)
        block.append(Lifted(Span(line.start, line.start + start.end(1)), (*above, text)))
    return block


def _above(page: Sequence[Line], at: int, language: Language) -> tuple[Span, ...]:
    """Return the first line of a footnote that stands above its mark: a wide line, its mark, a gap, the rest."""
    mark, before = page[at], page[at - 1]
    parted = START.fullmatch(mark.text) and at + 1 < len(page) and page[at + 1].gap > mark.gap
    if at == 0 or not parted or is_closed(before.text) or not language.note.search(before.text):
        return ()
    return (Span(before.start, before.end),)
