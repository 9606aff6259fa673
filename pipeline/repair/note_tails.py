"""Footnotes whose numbers an extractor set behind them, at the end of the page (FORMAT.md section 2.4).

The texts of 1 and 2, then "3", a line alone, with its text below it, and so on; last the lines "1" and "2".
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.repair.note_lines import FIRST, LONGEST, LOST, MISSING, Lifted, ends, number_alone, opens
from pipeline.repair.widths import width
from pipeline.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.languages import Language
    from pipeline.repair.page import Line

WIDE, WIDER = 1.05, 1.1
"""Footnotes are set smaller, so that a full line of one holds more than a line of the text does: by a fifth. A line
above one that opens as footnotes do must hold so much more."""
TOGETHER = 1.5
"""Lines so much wider than most were set together by an extractor."""


def read_tail(page: Sequence[Line], expected: int, language: Language) -> tuple[list[Lifted], int]:
    """Read the footnotes of a page at whose end numbers stand without texts, and return the number to come next.

    As many texts stand without a number above the first number that has one. Leaves alone a page where the numbers
    leave a gap, or where the first text cannot be told from the body.
    """
    stop = len(page)
    while stop and number_alone(page[stop - 1]):
        stop -= 1
    tail = [number_alone(line) for line in page[stop:]]
    numbered = _numbered(page, stop, max(tail) + 1, language) if tail else []
    bare = _split(page, numbered[0] if numbered else stop, len(tail), language)
    first = min(tail, default=0)
    sure = all(language.note.search(page[at].text) for at, _ in bare)
    if not bare or max(tail) - first >= len(set(tail)) + MISSING * sure or len(set(tail)) < len(tail):
        return [], expected
    if first not in (range(expected, expected + 1 + LOST * sure) if expected else FIRST):
        return [], expected
    found = [
        *((page[stop + at], lines) for at, lines in enumerate(bare)),
        *((page[at], (at + 1, end)) for at, end in pairwise([*numbered, stop]) if numbered),
    ]
    notes = [
        Lifted(Span(mark.start, mark.end), (Span(page[start].start, page[end - 1].end),))
        for mark, (start, end) in found
    ]
    return notes, max(number_alone(mark) for mark, _ in found) + 1


def _numbered(page: Sequence[Line], stop: int, first: int, language: Language) -> list[int]:
    """Return the lines of numbers that stand above their texts, from `first` or one close by to those before `stop`."""
    found: list[int] = []
    for at in range(stop - 1, -1, -1):
        number, below = number_alone(page[at]), found[0] if found else stop
        if opens(page[at], language) or below - at > LONGEST:
            break
        if number < first or (found and number != number_alone(page[below]) - 1):
            continue
        if at + 1 == below:
            return []
        found.insert(0, at)
        if number == first:
            break
    return found if found and number_alone(page[found[0]]) - first <= MISSING else []


def _split(page: Sequence[Line], stop: int, count: int, language: Language) -> list[tuple[int, int]]:
    """Return first lines and ends of the last `count` texts before line `stop`; none where they cannot be told."""
    running = sorted(width(line.text) for line in page[:stop] if not ends(line))
    single = [wide for wide in running if wide < TOGETHER * running[len(running) // 2]]
    wide = WIDE * single[len(single) * 3 // 4] if single else 0
    found: list[tuple[int, int]] = []
    for _ in range(count):
        start = stop - 1
        while start > 0 and _goes_on(page[start - 1], page[start], wide, language):
            start -= 1
        first = page[start]
        smaller, noted = width(first.text) > wide, language.note.search(first.text) is not None
        plain = stop - start == 1 and not opens(first, language)
        whole = ends(page[stop - 1]) or noted
        if start < 1 or first.text[0].islower() or not whole or not (smaller or noted or plain):
            return []
        found.insert(0, (start, stop))
        stop = start
    return found


def _goes_on(above: Line, line: Line, wide: float, language: Language) -> bool:
    """Tell whether a footnote that has a line has the one above it too."""
    noted = language.note.search(line.text) is not None
    full = width(above.text) > wide * (WIDER / WIDE if noted else 1)
    return full and not line.gap and not (noted and ends(above))
