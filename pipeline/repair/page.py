"""A text seen as the lines of its pages: what the fixers look at for evidence."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline import languages
from pipeline.tables import is_row

LINE = re.compile(r"\S(?:[^\n\f]*\S)?")
INDICATOR = re.compile(r"\[\^([^\]\s]{1,6})\]")
STARS = re.compile(r"\\(\*)|\*")
"""An asterisk of the text, or one that only tells of emphasis."""
MARKS_AFTER = ".;:,。；：，،؛"
"""What may stand between the last indicator of a line and its end."""
NOTE = re.compile(r"^\[\^([^\]\s]{1,6})\]: ", re.MULTILINE)
BLANK = re.compile(r"\s+")
ORPHAN = re.compile(r"(?:[^\W\d_]|\d{4}|\))[,;] \d{1,3}$")
"""The end of a paragraph with the indicator of a footnote that the text has not."""


class Line(NamedTuple):
    """A line that is not blank.

    `start` and `end` bound its text without outer blanks; `indent` counts the blanks
    before it, `gap` the blank lines before it; `page` tells of a page break before it.
    """

    start: int
    end: int
    text: str
    indent: int
    gap: int
    page: bool


@lru_cache(maxsize=4)
def lines(value: str) -> tuple[Line, ...]:
    """Return the lines of a text that are not blank, in order."""
    found: list[Line] = []
    last = 0
    for match in LINE.finditer(value):
        start, end = match.span()
        between = value[last:start]
        blank = len(between) - len(between.rstrip(" "))
        gap = max(0, between.count("\n") - 1) if found else 0
        found.append(Line(start, end, match.group(), blank, gap, "\f" in between))
        last = end
    return tuple(found)


def body_end(value: str) -> int:
    """Return where the body ends and the lifted footnotes begin."""
    match = NOTE.search(value)
    return match.start() if match else len(value)


def bare(text: str) -> str:
    """Return the text without white space and hyphens, for comparison: extractors lose either."""
    return "".join(text.split()).replace("-", "")


def as_printed(text: str) -> str:
    """Return a line as the page has it: without indicators and emphasis, its asterisks without escapes."""
    return STARS.sub(r"\1", INDICATOR.sub("", text)) if "*" in text or "[^" in text else text


def without_indicators(text: str) -> str:
    """Return a line without the indicators at its end, and without the blanks before them."""
    line = text.rstrip()
    mark = line[-1:] if line[-1:] in MARKS_AFTER else ""
    end = start = len(line) - len(mark)
    while indicator := INDICATOR.fullmatch(line, max(0, line.rfind("[^", 0, end)), end):
        start = end = indicator.start()
        end -= line[end - 1 : end] == " "
        end -= line[end - 1 : end] in {"、", ","}
    return (line[:start] + mark).rstrip()


@lru_cache(maxsize=8192)
def is_closed(text: str) -> bool:
    """Tell whether a line ends the way a paragraph ends, indicators apart; a row of a table ends of itself."""
    return languages.is_closed(without_indicators(text)) or is_row(text)


def is_orphaned(before: Line, line: Line) -> bool:
    """Tell whether a paragraph ends with the indicator of a footnote that the text has not."""
    return line.gap > 0 and ORPHAN.search(before.text) is not None
