"""Which indicator of a Word file carries which footnote, and which of the marks Word can count."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from pipeline.model import Document, Footnote, Indicator
from pipeline.walk import inlines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMBER = re.compile("[1-9][0-9]{0,3}")


class Notes:
    """Gives every indicator its footnote: the first mention places it, a later one points to it.

    Footnotes are known by their identifier in the Word file, which counts from 1 as they are placed.
    """

    __slots__ = ("_again", "_footnotes", "_latest", "_unplaced", "automatic", "first", "placed")

    def __init__(self, document: Document, first: int = 1) -> None:
        """Prepare the notes of a document; `first` is the number that counting begins with."""
        self.first = first
        marks = Counter(inline.mark for inline in inlines_of(document) if isinstance(inline, Indicator))
        self._again = {mark for mark, count in marks.items() if count > 1}
        self._footnotes = document.footnotes
        self._unplaced: dict[str, list[int]] = {}
        for at in reversed(range(len(document.footnotes))):
            self._unplaced.setdefault(document.footnotes[at].mark, []).append(at)
        self._latest: dict[str, int] = {}
        self.placed: list[Footnote] = []
        self.automatic: set[int] = set()

    def place(self, indicator: Indicator) -> int | None:
        """Return the footnote placed here; `None` where it is a later mention or has no text."""
        unplaced = self._unplaced.get(indicator.mark)
        if not unplaced or (indicator.repeated and indicator.mark in self._latest):
            return None
        self.placed.append(self._footnotes[unplaced.pop()])
        identifier = self._latest[indicator.mark] = len(self.placed)
        # Word counts 1, 2, 3 and passes over the marks it is given; what it would show decides.
        if indicator.mark == str(len(self.automatic) + self.first):
            self.automatic.add(identifier)
        return identifier

    def latest(self, mark: str) -> int | None:
        """Return the footnote placed last under the mark."""
        return self._latest.get(mark)

    def is_mentioned_again(self, mark: str) -> bool:
        """Tell whether another indicator has the same mark."""
        return mark in self._again

    def unplaced(self) -> list[Footnote]:
        """Return the footnotes no indicator has placed."""
        return [self._footnotes[at] for at in sorted(chain.from_iterable(self._unplaced.values()))]


def first_number(document: Document) -> int:
    """Return the number from which most footnotes can be counted: 1, or that of the first one mentioned.

    Those of resolutions of the Human Rights Council often begin with 2.
    """
    noted = {footnote.mark for footnote in document.footnotes}
    marks = [inline.mark for inline in inlines_of(document) if isinstance(inline, Indicator) and inline.mark in noted]
    begins = next((int(mark) for mark in marks if NUMBER.fullmatch(mark)), 1)
    return max(1, begins, key=lambda first: _counted(marks, first))


def _counted(marks: Sequence[str], first: int) -> int:
    """Return how many of the marks are what counting from `first` gives."""
    count = 0
    for mark in marks:
        count += mark == str(first + count)
    return count
