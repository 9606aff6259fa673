"""What a line of a footnote looks like: how it opens, how it ends, what is none (FORMAT.md section 2.4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline import numbers
from pipeline.repair.page import Line, is_closed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.languages import Language
    from pipeline.text import Span

START = re.compile(r"([1-9][0-9]{0,2}|(?:\\\*){1,3})(?!\S)(?! [-–](?!\S))")
OPERATIVE = re.compile(numbers.PARAGRAPH)
GOING_ON = ",;:，；：،؛"
"""A footnote does not end with these."""
FIRST = (1, 2, 3)
"""A text cut at its beginning, or whose first footnote is lost, begins with another number."""
MISSING = 2
"""So many footnotes in a row may have been lost on the way; the next must then read as one."""
LOST = 25
"""So many may stand on pages that could not be read; all of the next must then read as footnotes."""
LONGEST = 25
"""A footnote of more lines than this is not one."""


class Lifted(NamedTuple):
    """A footnote found in the page: its mark, and its text in one stretch or more."""

    mark: Span
    text: tuple[Span, ...]


def number_alone(line: Line) -> int:
    """Return the footnote's number that stands on a line alone, 0 where there is none."""
    return int(line.text) if line.text.isdecimal() and len(line.text) < 4 else 0


def announces(page: Sequence[Line], at: int, number: int, language: Language) -> bool:
    """Tell whether a line is the footnote's of that number beyond doubt: what follows opens as footnotes do."""
    start = START.match(page[at].text)
    if start is None or start[1] != str(number):
        return False
    rest = page[at].text[start.end() :].lstrip() or (page[at + 1].text if at + 1 < len(page) else "")
    return language.note.search(rest) is not None


def opens(line: Line, language: Language) -> bool:
    """Tell whether a line opens a paragraph of the body."""
    return bool(
        OPERATIVE.match(line.text)
        or language.opens_preambular(line.text)
        or language.meeting.search(line.text)
        or language.annex.search(line.text)
    )


def ends(line: Line) -> bool:
    """Tell whether a line ends as a footnote does."""
    return is_closed(line.text) and line.text[-1] not in GOING_ON
