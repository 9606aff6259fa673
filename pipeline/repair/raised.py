"""Indicators that an extractor took for a line of their own, since they are raised, carried back.

They leave a hole: a blank before a comma, which no other stands before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.repair.furniture import text_start
from pipeline.repair.indicators import BRACKETED
from pipeline.repair.page import NOTE, body_end, lines
from pipeline.text import Move, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.repair.page import Line
    from pipeline.text import Text

ONE = BRACKETED.pattern.replace("?P<number>", "?:")
RAISED = re.compile(f"{ONE}(?: {ONE})*")
HOLE = re.compile(r"(?<=\S) (?=[\u060c\u061b])")


def return_lowered(text: Text, language: Language) -> Iterator[Move]:  # noqa: ARG001 - of every language
    """Carry an indicator that began its line, and stands below it on a line of its own, before that line.

    The line is set in by as much as the indicator took. Leaves alone a number with no footnote of its own, and
    one behind which the text is set in instead: that one begins the next line, and stands where it should.
    """
    value = text.value
    end = body_end(value)
    notes = {match[1] for match in NOTE.finditer(value, end)}
    page = lines(value[:end])
    for last, before, line, after in zip(page, page[1:], page[2:], page[3:], strict=False):
        if line.text not in notes or before.page or line.page or after.page:
            continue
        if 0 < after.indent <= line.indent < before.indent <= line.indent + len(line.text):
            yield Move((Span(line.start, line.end),), last.end, 0.8)


def return_raised(text: Text, language: Language) -> Iterator[Move]:
    """Carry indicators that stand on lines of their own to the holes between their neighbours, in order.

    Leaves alone indicators for which there are not just as many holes above, and all of a language that sets
    their numbers without brackets.
    """
    if not language.bracketed_notes:
        return
    value = text.value
    page = lines(value[: body_end(value)])
    start = page[text_start(page, language)].start if page else 0
    at = 0
    while at < len(page):
        end = at
        while end < len(page) and RAISED.fullmatch(page[end].text):
            end += 1
        marks = _marks(value, page[at:end])
        holes = _holes(value, start, page[at].start, min(marks), max(marks)) if marks and page[at].start > start else []
        if len(holes) == len(marks):
            for number, hole in zip(sorted(marks), holes, strict=True):
                yield Move((marks[number],), hole, 0.8)
        at = max(end, at + 1)


def _marks(value: str, raised: Sequence[Line]) -> dict[int, Span]:
    return {
        int(match["number"]): Span(*match.span())
        for line in raised
        for match in BRACKETED.finditer(value, line.start, line.end)
    }


def _holes(value: str, start: int, end: int, first: int, last: int) -> list[int]:
    """Return the holes between the indicator before the first of some and the one behind the last."""
    for match in BRACKETED.finditer(value, start, end):
        if int(match["number"]) == first - 1:
            start = match.end()
        elif int(match["number"]) == last + 1:
            end = match.start()
            break
    return [match.start() for match in HOLE.finditer(value, start, end)]
