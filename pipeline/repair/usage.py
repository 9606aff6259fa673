"""Which words a text has in a row, as evidence for the order of pieces of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.repair.widths import width

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pipeline.repair.page import Line

    Row = tuple[str, ...]

LONGEST = 4
"""Rows of so many words are compared."""
FULL = 0.9
"""After a line of this share of the usual width, the next one goes on with it."""
AHEAD, TIMES = 2, 1.5
"""By how much, and how many times, the best order has more rows of words than any other."""


def rows_of(page: Sequence[Line], usual: float) -> frozenset[Row]:
    """Return the rows of two and more words that the text has within its lines, and across them where they are full."""
    found: set[Row] = set()
    words: list[str] = []
    full = False
    for line in page:
        if not full or line.gap or line.page:
            found.update(_rows(words))
            words = []
        words += _words(line.text)
        full = width(line.text) > FULL * usual
    found.update(_rows(words))
    return frozenset(found)


def usual_order(orders: Sequence[Sequence[str]], known: Collection[Row]) -> int | None:
    """Return which of these orders of pieces, with the lines around them, joins words as the text does elsewhere.

    None in doubt: where another does so as well, or the text has the two words of less than half of the joints.
    """
    joints = [[row for row in _crossing(order) if row in known] for order in orders]
    counts = [len(rows) for rows in joints]
    best = max(range(len(orders)), key=lambda at: counts[at])
    others = max((count for at, count in enumerate(counts) if at != best), default=0)
    pairs = sum(len(row) == 2 for row in joints[best])
    if counts[best] < others + AHEAD or counts[best] < others * TIMES or pairs * 2 < len(orders[best]) - 1:
        return None
    return best


def _crossing(pieces: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of words that go across the joints of the pieces."""
    words: list[str] = []
    ends: list[int] = []
    for piece in pieces:
        words += _words(piece)
        ends.append(len(words))
    for end in ends[:-1]:
        for long in range(2, LONGEST + 1):
            for first in range(max(0, end - long + 1), min(end, len(words) - long + 1)):
                yield tuple(words[first : first + long])


def _rows(words: Sequence[str]) -> Iterator[Row]:
    for long in range(2, LONGEST + 1):
        for first in range(len(words) - long + 1):
            yield tuple(words[first : first + long])


def _words(text: str) -> list[str]:
    return text.lower().split()
