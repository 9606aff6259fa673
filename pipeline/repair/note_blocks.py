"""Footnotes that stand together, under a rule or where their numbers begin (FORMAT.md section 2.4)."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

from pipeline.repair.furniture import RULE_LINE
from pipeline.repair.note_lines import (
    FIRST,
    GOING_ON,
    LONGEST,
    MISSING,
    START,
    Lifted,
    announces,
    ends,
    number_alone,
    opens,
)
from pipeline.repair.page import is_closed
from pipeline.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.languages import Language
    from pipeline.repair.page import Line


def read_block(page: Sequence[Line], at: int, expected: int, language: Language) -> tuple[list[Lifted], int]:
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
            or any(announces(page, here, expected + step, language) for step in range(1, 1 + MISSING) if expected)
        )
        starts = counts and not language.date.match(line.text)
        if text and (line.page or RULE_LINE.fullmatch(line.text)):
            break
        if text and closed and not starts and (opens(line, language) or (cut and not _has_break(page, at))):
            break
        if start and starts and (mark is None or text):
            if mark and text:
                found.append(Lifted(mark, (text,)))
            mark = Span(line.start, line.start + start.end(1))
            rest = len(line.text) - len(line.text[start.end(1) :].lstrip())
            text = Span(line.start + rest, line.end) if rest < len(line.text) else None
            expected = int(start[1]) + 1 if start[1].isdecimal() else expected
        elif mark is None or number_alone(line) or opens(line, language):
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


def read_displaced(page: Sequence[Line], at: int, expected: int, language: Language) -> tuple[list[Lifted], int]:
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
        number = number_alone(line)
        done = bool(numbers) and len(texts) >= len(numbers) and ends(texts[-1][-1])
        if RULE_LINE.fullmatch(line.text) or (done and (line.page or opens(line, language))) or len(texts) > LONGEST:
            break
        if opens(line, language):
            return [], expected
        if number and number not in numbers and abs(number - (expected or 1)) < LONGEST:
            below = below and len(texts) == len(numbers)
            numbers[number] = Span(line.start, line.end)
            parted = not texts or ends(texts[-1][-1])
        elif parted or ends(texts[-1][-1]):
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
