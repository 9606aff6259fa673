"""The names of the sides of a recorded vote, each set on a line of its own (FORMAT.md section 1.4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.repair.page import body_end, lines
from pipeline.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.repair.page import Line
    from pipeline.text import Text

BROKEN = re.compile(r"(?:(?<! ) +)?\n\s*")
LONGEST = 60
"""How many lines a vote may take."""


def part_votes(text: Text, language: Language) -> Iterator[Edit]:
    """Set the name of a side ("Against:") apart from the list or sentence it ran into, and on one line.

    Leaves alone names that begin a line, what follows a name, and all text outside a vote.
    """
    value = text.value
    page = lines(value[: body_end(value)])
    end = 0
    for at, line in enumerate(page):
        if line.start < end or not language.vote.search(line.text):
            continue
        end = _vote_end(page, at, language)
        for match in language.vote_side.finditer(value, line.start, end):
            before = match.start()
            while value[before - 1] == " ":
                before -= 1
            if value[before - 1] not in "\n\f":
                yield Edit(Span(before, match.start()), "\n\n")
            for broken in BROKEN.finditer(value, match.start(), match.end()):
                yield Edit(Span(*broken.span()), " ")


def _vote_end(page: Sequence[Line], first: int, language: Language) -> int:
    """Return where the vote ends that line `first` opens: at its bracket, else before the next heading."""
    end = page[first].end
    for line in page[first : first + LONGEST]:
        if language.annex.search(line.text) or language.is_enacting(line.text):
            break
        end = line.end
        if line.text.endswith("]"):
            break
    return end
