"""Footnotes of a text cut out of a volume, which count on from the pages before it (FORMAT.md section 1.2)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.numbers import PARAGRAPH
from pipeline.repair.furniture import RULE_LINE, text_start
from pipeline.repair.layout import on_pages
from pipeline.repair.page import Line, body_end, is_closed, lines
from pipeline.text import Move, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.text import Proposal, Text

START = re.compile(r"([1-9]\d{0,2}) (?![-–](?!\S))(?=\S)")
"""Before a hyphen a number is that of a paragraph, as Arabic has it."""
OPERATIVE = re.compile(PARAGRAPH)
COUNTED_ON = 4
"""The least number that tells of footnotes on pages before; with a lesser one they are the text's own."""


@on_pages
def lift_volume_footnotes(text: Text, language: Language) -> Iterator[Proposal]:
    """Carry the footnotes after the last paragraph of a text to its end as footnotes.

    Their numbers rise, from whichever number the volume had reached; each stands in the text
    before, or its footnote opens as footnotes do. Leaves alone a text with rules or with
    footnotes that begin with 1, and numbered lines inside a paragraph.
    """
    end = body_end(text.value)
    page = lines(text.value)
    if end < len(text.value) or any(_is_of_pages(line, language) for line in page):
        return
    starts = _starts(page, text_start(page, language), language)
    if not starts:
        return
    body = text.value[: page[starts[0]].start]
    for first in starts:
        mark = START.match(page[first].text)
        if mark is None or not _is_known(mark, page[first].text, body, language):
            return
    for first, after in pairwise([*starts, len(page)]):
        line = page[first]
        digits = line.text.index(" ")
        note = Span(line.start + digits + 1, page[after - 1].end)
        yield Move(("\n\n[^", Span(line.start, line.start + digits), "]: ", note), end, 0.9)


def _is_of_pages(line: Line, language: Language) -> bool:
    """Tell whether a line shows that the footnotes stand at the feet of the text's own pages."""
    mark = START.match(line.text)
    first = mark is not None and int(mark[1]) < COUNTED_ON and language.note.search(line.text[mark.end() :]) is not None
    return first or line.text.isdecimal() or RULE_LINE.fullmatch(line.text) is not None


def _starts(page: Sequence[Line], start: int, language: Language) -> list[int]:
    """Return the lines that begin a footnote, below the last line that is surely the text's."""
    found: list[int] = []
    least = 1000
    for at in range(len(page) - 1, start, -1):
        line = page[at]
        if _is_body(line, language):
            break
        mark = START.match(line.text)
        free = line.gap > 0 or is_closed(page[at - 1].text)
        if mark and free and not language.date.match(line.text) and COUNTED_ON <= int(mark[1]) < least:
            found.insert(0, at)
            least = int(mark[1])
    return found


def _is_body(line: Line, language: Language) -> bool:
    return bool(
        OPERATIVE.match(line.text)
        or language.opens_preambular(line.text)
        or language.vote.search(line.text)
        or language.meeting.search(line.text)
    )


def _is_known(mark: re.Match[str], line: str, body: str, language: Language) -> bool:
    """Tell whether the text mentions a footnote's number, or the footnote opens as one."""
    cited = re.search(rf"(?<![\d/.])(?:(?:19|20)\d\d)?{mark[1]}(?![\d/])", body)
    return cited is not None or language.note.search(line[mark.end() :]) is not None
