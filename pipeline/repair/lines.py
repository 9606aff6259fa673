"""Lines to paragraphs, and footnotes to one line each."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.numbers import is_broken
from pipeline.repair.evidence import parted
from pipeline.repair.furniture import text_start
from pipeline.repair.layout import on_pages
from pipeline.repair.measure import measure_lines
from pipeline.repair.openings import ITEM, NUMBER, Progress
from pipeline.repair.page import NOTE, body_end, lines
from pipeline.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language
    from pipeline.text import Text

THOUSANDS = re.compile(r"(?:^|\s)\d{1,3}(?:(?:,\d{3})+,\|\d{3}|,\|\d{3}(?:,\d{3})+)(?![\d/])")
"""A figure broken at one of its commas: the other commas tell that it is one."""


@on_pages
def join_lines(text: Text, language: Language) -> Iterator[Edit]:
    """Join the lines of each paragraph, and set the paragraphs apart by one blank line.

    Leaves alone a text whose lines are paragraphs already.
    """
    value = text.value
    end = body_end(value)
    page = lines(value[:end])
    first = text_start(page, language)
    body = page[first:]
    # A resolution in parts begins with the letter of the first.
    opening = body[0].text if body else ""
    progress = Progress(heading=language.section.search(opening) is not None, acts=language.opens_act(opening))
    measure = measure_lines(body, language)
    for at, (before, line) in enumerate(pairwise(body)):
        apart = parted(before, body[at + 1 : at + 5], measure, progress)
        yield Edit(Span(before.end, line.start), "\n\n" if apart else joint(before.text, line.text, language))
    # The masthead is joined already; it has other lines now where the text starts later than it seemed.
    for before, line in pairwise(page[: first + 1]):
        yield Edit(Span(before.end, line.start), "\n\n")
    if body:
        notes = lines(value[end:])
        yield Edit(Span(body[-1].end, end + (notes[0].start if notes else len(value) - end)), "\n\n" if notes else "\n")
    yield from _join_notes(value, end, language)
    if page and page[0].start:
        yield Edit(Span(0, page[0].start), "")


def _join_notes(value: str, end: int, language: Language) -> Iterator[Edit]:
    notes = [line._replace(start=line.start + end, end=line.end + end) for line in lines(value[end:])]
    for before, line in pairwise(notes):
        new = "\n\n" if NOTE.match(line.text) else joint(before.text, line.text, language)
        yield Edit(Span(before.end, line.start), new)
    if notes:
        yield Edit(Span(notes[-1].end, len(value)), "\n")


def joint(left: str, right: str, language: Language) -> str:
    """Return what stands between two lines that are joined.

    A hyphen at a line's end is real and stays (FORMAT.md section 2.5); a symbol broken
    after a stroke, hyphen or stop goes on without a blank, and so does a figure after a comma. A sign
    that stands on a letter stands on the last one before it.
    """
    if NUMBER.fullmatch(left) or ITEM.fullmatch(left):
        return " "
    if unicodedata.combining(right[0]):
        return ""
    if left.endswith("-") and left[-2:-1].isalnum():
        return "" if right[0].isalnum() and not right.startswith(language.suspending) else " "
    if is_broken(left, right) or (left.endswith("–") and left[-2:-1].isdigit() and right[0].isdigit()):
        return ""
    if THOUSANDS.search(f"{left[-12:]}|{right[:12]}"):
        return ""
    if language.joins_without_space and not (_is_latin(left[-1]) and _is_latin(right[0])):
        return ""
    return " "


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
