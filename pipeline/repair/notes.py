"""Footnotes: their texts lifted out of the pages, to the end, as `[^7]: …` (FORMAT.md section 2.4)."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from pipeline.repair.furniture import RULE_LINE, text_start
from pipeline.repair.layout import on_pages
from pipeline.repair.note_blocks import read_block, read_displaced
from pipeline.repair.note_chains import read_unruled
from pipeline.repair.note_lines import FIRST, number_alone
from pipeline.repair.note_tails import read_tail
from pipeline.repair.page import body_end, is_closed, lines
from pipeline.text import Move

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.repair.note_lines import Lifted
    from pipeline.repair.page import Line
    from pipeline.text import Proposal, Text

LAST = 1000
"""Footnotes with other marks than numbers come after those with numbers."""


@on_pages
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

    def order(note: Lifted) -> tuple[int, int]:
        mark = text.value[note.mark.start : note.mark.end]
        return (int(mark), 0) if mark.isdecimal() else (LAST, note.mark.start)

    for note in sorted(_footnotes(page, language), key=order):
        stretches = [part for stretch in note.text for part in ("\n", stretch)][1:]
        yield Move(("\n\n[^", note.mark, "]: ", *stretches), end, 0.95)


def _footnotes(page: Sequence[Line], language: Language) -> list[Lifted]:
    """Find the footnotes page by page; `expected` is the number to come, 0 before the first."""
    found: list[Lifted] = []
    expected = 0
    start = text_start(tuple(page), language)
    ruled = any(RULE_LINE.fullmatch(line.text) for line in page)
    breaks = [start, *(at for at, line in enumerate(page) if line.page and at > start), len(page)]
    done = -1
    for first, last in pairwise(breaks):
        free = next((at for at in range(first, last) if page[at].start > done), last)
        if free == last:
            continue
        notes, expected = _on_page(page, free, last, expected, language, ruled=ruled)
        done = max((stretch.end for note in notes for stretch in (note.mark, *note.text)), default=done)
        found += notes
    return found


def _on_page(
    page: Sequence[Line], first: int, last: int, expected: int, language: Language, *, ruled: bool
) -> tuple[list[Lifted], int]:
    """Read the footnotes of the page from line `first` to `last`, and return the number to come next.

    `ruled` tells whether the text has rules; a page of such a text that has none has no footnotes.
    """
    rules = [at for at in range(first, last) if RULE_LINE.fullmatch(page[at].text)]
    for at in rules:
        under = [read(page, at + 1, expected, language) for read in (read_block, read_displaced)]
        notes, after = max(under, key=lambda reading: len(reading[0]))
        if notes:
            return notes, after
    if ruled and not rules:
        return [], expected
    bare = [line for line in page[first:last] if line.text[0] != "_"]
    readings = [read_tail(bare, expected, language), read_unruled(bare, expected, language)]
    if not ruled and _is_doubtful(page, first, last, readings[1][0], language):
        begin = _scattered(page, first, last, expected, language)
        readings.insert(1, read_displaced(page, begin, expected, language) if begin is not None else ([], expected))
    return max(readings, key=lambda reading: len(reading[0]))


def _is_doubtful(page: Sequence[Line], first: int, last: int, notes: list[Lifted], language: Language) -> bool:
    """Tell whether numbers without a text, or a text without a number, speak against the footnotes found."""
    before = _line_before(page, notes)
    if before is None or (language.note.search(before.text) and is_closed(before.text)):
        return True
    return any(
        page[at].text.isdecimal() and (at + 1 == last or page[at + 1].text.isdecimal()) for at in range(first, last)
    )


def _line_before(page: Sequence[Line], notes: list[Lifted]) -> Line | None:
    """Return the line above the first of some footnotes; None where there is none."""
    at = bisect_left(page, notes[0].mark.start, key=attrgetter("end")) if notes else 0
    return page[at - 1] if at else None


def _scattered(page: Sequence[Line], first: int, last: int, expected: int, language: Language) -> int | None:
    """Find where footnotes begin on a page without a rule whose numbers stand apart from their texts.

    The numbers, on lines of their own, rise from the expected one; texts that have none yet
    stand above the first of them. Leaves alone a page where they do not open as footnotes do.
    """
    found = [at for at in range(first, last) if number_alone(page[at])]
    numbers = sorted({number_alone(page[at]) for at in found})
    if not numbers or len(numbers) < len(found) or numbers[-1] - numbers[0] >= len(numbers):
        return None
    if numbers[0] not in ((expected,) if expected else FIRST):
        return None
    start = found[0]
    texts = sum(is_closed(page[at].text) and at not in found for at in range(start, last))
    texts = max(texts, sum(language.note.search(page[at].text) is not None for at in range(start, last)))
    wanted = len(numbers) - texts if texts else 0
    while wanted > 0 and start > first and is_closed(page[start - 1].text):
        start -= 1
        while start > first and not language.note.search(page[start].text) and not is_closed(page[start - 1].text):
            start -= 1
        wanted -= 1
    opens = language.note.search(page[start].text) or start == found[0]
    return start if wanted <= 0 and opens and start > first else None
