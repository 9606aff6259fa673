"""Footnotes: their texts lifted out of the pages, to the end, as `[^7]: …` (FORMAT.md section 2.4)."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from pipeline import numbers
from pipeline.repair.furniture import RULE_LINE, text_start
from pipeline.repair.layout import on_pages
from pipeline.repair.page import Line, body_end, is_closed, lines
from pipeline.text import Move, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.text import Proposal, Text

START = re.compile(r"([1-9][0-9]{0,2}|(?:\\\*){1,3})(?!\S)(?! [-–](?!\S))")
OPERATIVE = re.compile(numbers.PARAGRAPH)
GOING_ON = ",;:，；：،؛"
"""A footnote does not end with these."""
FIRST = (1, 2, 3)
"""A text cut at its beginning, or whose first footnote is lost, begins with another number."""
MISSING = 2
"""So many footnotes in a row may have been lost on the way; the next must then read as one."""
LAST = 1000
"""Footnotes with other marks than numbers come after those with numbers."""
MOST = 300
"""No page has so many footnotes, nor has a text whose pages are not told."""
LONGEST = 25
"""A footnote of more lines than this is not one."""


class Lifted(NamedTuple):
    """A footnote found in the page: its mark, and its text in one stretch or more."""

    mark: Span
    text: tuple[Span, ...]


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
        for read in (_block, _displaced):
            notes, after = read(page, at + 1, expected, language)
            if notes:
                return notes, after
    if ruled and not rules:
        return [], expected
    notes, after = _unruled([line for line in page[first:last] if line.text[0] != "_"], expected, language)
    if not ruled and _is_doubtful(page, first, last, notes, language):
        begin = _scattered(page, first, last, expected, language)
        scattered, further = _displaced(page, begin, expected, language) if begin is not None else ([], expected)
        if scattered and len(scattered) >= len(notes):
            return scattered, further
    return notes, after


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
    found = [at for at in range(first, last) if page[at].text.isdecimal() and len(page[at].text) < 4]
    numbers = sorted({int(page[at].text) for at in found})
    if not numbers or len(numbers) < len(found) or numbers[-1] - numbers[0] >= len(numbers):
        return None
    if numbers[0] not in ((expected,) if expected else FIRST):
        return None
    start = found[0]
    texts = sum(is_closed(page[at].text) and at not in found for at in range(start, last))
    wanted = len(numbers) - texts if texts else 0
    while wanted > 0 and start > first and is_closed(page[start - 1].text):
        start -= 1
        while start > first and not language.note.search(page[start].text) and not is_closed(page[start - 1].text):
            start -= 1
        wanted -= 1
    opens = language.note.search(page[start].text) or start == found[0]
    return start if wanted <= 0 and opens and start > first else None


def _unruled(page: Sequence[Line], expected: int, language: Language) -> tuple[list[Lifted], int]:
    """Read the footnotes at the end of a page that has no rule, and return the number to come next."""
    chain = next(filter(None, (_chain(page, number, language) for number in ((expected,) if expected else FIRST))), [])
    shuffled = _shuffled(page, expected or FIRST[0], language)
    if chain or shuffled:
        found = max(chain, shuffled, key=len)
        return found, _last_number(page, found) + 1
    for number in range(expected + 1, expected + 1 + MISSING) if expected else ():
        starts = [at for at in range(len(page)) if _announces(page, at, number, language)]
        if starts and (chain := _chain(page, number, language)) and chain[0].mark.start == page[starts[-1]].start:
            return chain, _last_number(page, chain) + 1
    return [], expected


def _shuffled(page: Sequence[Line], expected: int, language: Language) -> list[Lifted]:
    """Read footnotes that a page has out of order (9, 8, 11): each opens beyond doubt, and few are missing."""
    found = {
        int(start[1]): at
        for at, line in enumerate(page)
        if (start := START.match(line.text)) and start[1].isdecimal() and _announces(page, at, int(start[1]), language)
    }
    numbers = sorted(number for number in found if expected <= number < expected + LONGEST)
    if len(numbers) < 2 or numbers[-1] - expected - len(numbers) + 1 > MISSING:
        return []
    return _read_chain(page, sorted(found[number] for number in numbers), language)


def _last_number(page: Sequence[Line], notes: list[Lifted]) -> int:
    """Return the greatest of the numbers that some footnotes have."""
    texts = {line.start: line.text for line in page}
    return max(int(texts[note.mark.start][: note.mark.end - note.mark.start]) for note in notes)


def _announces(page: Sequence[Line], at: int, number: int, language: Language) -> bool:
    """Tell whether a line is the footnote's of that number beyond doubt: what follows opens as footnotes do."""
    start = START.match(page[at].text)
    if start is None or start[1] != str(number):
        return False
    rest = page[at].text[start.end() :].lstrip() or (page[at + 1].text if at + 1 < len(page) else "")
    return language.note.search(rest) is not None


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
    for here in range(at, len(page)):
        line = page[here]
        start = START.match(line.text)
        counts = start and (
            not start[1].isdecimal()
            or int(start[1]) in ((expected,) if expected else FIRST)
            or any(_announces(page, here, expected + step, language) for step in range(1, 1 + MISSING) if expected)
        )
        starts = counts and not language.date.match(line.text)
        if text and (line.page or RULE_LINE.fullmatch(line.text)):
            break
        if text and closed and not starts and (_opens(line, language) or (cut and not _has_break(page, at))):
            break
        if start and starts and (mark is None or text):
            if mark and text:
                found.append(Lifted(mark, (text,)))
            mark = Span(line.start, line.start + start.end(1))
            rest = len(line.text) - len(line.text[start.end(1) :].lstrip())
            text = Span(line.start + rest, line.end) if rest < len(line.text) else None
            expected = int(start[1]) + 1 if start[1].isdecimal() else expected
        elif mark is None or (line.text.isdecimal() and len(line.text) < 4) or _opens(line, language):
            return [], first
        else:
            text = Span(text.start if text else line.start, line.end)
        closed = text is not None and is_closed(line.text) and line.text[-1] not in GOING_ON
    if mark and text:
        found.append(Lifted(mark, (text,)))
    if not closed and not _fills_page(page, text):
        return [], first
    return found, expected


def _has_break(page: Sequence[Line], first: int) -> bool:
    """Tell whether a page ends at a line from `first` on."""
    return any(page[at].page for at in range(first, len(page)))


def _displaced(page: Sequence[Line], at: int, expected: int, language: Language) -> tuple[list[Lifted], int]:
    """Read footnotes whose numbers an extractor put beside their texts out of turn.

    Every number stands on a line of its own, and there are as many texts as numbers; the
    texts are in order, unless each stands right below its number. Leaves alone a block where
    that cannot be made out.
    """
    numbers: dict[int, Span] = {}
    below = True
    texts: list[list[Line]] = []
    parted = True
    for line in (page[here] for here in range(at, len(page))):
        number = int(line.text) if line.text.isdecimal() and len(line.text) < 4 else 0
        done = bool(numbers) and len(texts) >= len(numbers) and _ends(texts[-1][-1])
        if RULE_LINE.fullmatch(line.text) or (done and (line.page or _opens(line, language))) or len(texts) > LONGEST:
            break
        if _opens(line, language):
            return [], expected
        if number and number not in numbers and abs(number - (expected or 1)) < LONGEST:
            below = below and len(texts) == len(numbers)
            numbers[number] = Span(line.start, line.end)
            parted = not texts or _ends(texts[-1][-1])
        elif parted or _ends(texts[-1][-1]):
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
    paired = zip(numbers if below else marks, stretches, strict=True)
    return [Lifted(numbers[mark], text) for mark, text in sorted(paired)], marks[-1] + 1


def _ends(line: Line) -> bool:
    """Tell whether a line ends as a footnote does."""
    return is_closed(line.text) and line.text[-1] not in GOING_ON


def _merge(texts: list[list[Line]], wanted: int) -> list[list[Line]]:
    """Join texts that an abbreviation at a line's end parted, the fullest lines first."""
    while wanted and len(texts) > wanted:
        at = max(range(len(texts) - 1), key=lambda i: len(texts[i][-1].text))
        texts[at : at + 2] = [texts[at] + texts[at + 1]]
    return texts


def _fills_page(page: Sequence[Line], text: Span | None) -> bool:
    """Tell whether a text runs to the end of its page."""
    if text is None:
        return False
    after = bisect_left(page, text.end, key=attrgetter("start"))
    return after == len(page) or page[after].page


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
        if after is not None and (found == number or _announces(page, after, found, language)):
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
        announced = following and _announces(page, end, int(following[1]), language)
        # The last footnote of a page may lack its full stop: one line that opens as footnotes do.
        whole = end == len(page) and end - at == 1 and _announces(page, at, int(start[1]), language)
        if not announced and not whole and (not is_closed(page[end - 1].text) or page[end - 1].text[-1] in GOING_ON):
            return []
        # A number alone on a footnote's last line is the end of a citation: "par.\n99."
        last = end - 1 if OPERATIVE.fullmatch(page[end - 1].text) else end
        if any(is_closed(page[i - 1].text) and _opens(page[i], language) for i in range(at + 1, last)):
            return []
        rest = len(line.text) - len(line.text[start.end(1) :].lstrip())
        if rest == len(line.text) and end - at == 1:
            return []
        text = Span(line.start + rest if rest < len(line.text) else page[at + 1].start, page[end - 1].end)
        block.append(Lifted(Span(line.start, line.start + start.end(1)), (text,)))
    return block
