"""Identifiers of Akoma Ntoso: eIds.

Rules: AKN.md section 7.
"""

from __future__ import annotations

from collections import Counter

from pipeline.numbers import canonical

UNNUMBERED = "nn"
"""Stands for the number of what has none beside what has one, as the converters of Indigo write it."""


def within(context: str, name: str) -> str:
    """Return the eId of an element that stands once in its context ("" for the top).

    >>> within("", "body"), within("att_1", "body")
    ('body', 'att_1__body')
    """
    return f"{context}__{name}" if context else name


class Ids:
    """Hands out the eIds of one file, each once."""

    __slots__ = ("_counts", "_taken")

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: Counter[str] = Counter()

    def claim(self, wanted: str) -> str:
        """Return the eId wanted, with `_2`, `_3` … after it where it is taken already."""
        found, copies = wanted, 1
        while found in self._taken:
            copies += 1
            found = f"{wanted}_{copies}"
        self._taken.add(found)
        return found

    def next(self, name: str) -> str:
        """Return `name_1`, `name_2` … in the order of the calls."""
        self._counts[name] += 1
        return self.claim(f"{name}_{self._counts[name]}")

    def numbered(
        self, context: str, name: str, number: str | None, *, capital: bool = False, beside: bool = False
    ) -> str:
        """Return the eId of an element in a context ("" for the top): its number, else its place.

        What has no number, but stands `beside` elements of its kind that have one, is `para_nn_1`, `para_nn_2` …: no
        printed number can be taken for it, nor it for one, and it stays what it is where a number is inserted.
        """
        base = within(context, name)
        last = canonical(number, capital=capital) if number else ""
        if beside and not last:
            return self.next(f"{base}_{UNNUMBERED}")
        self._counts[base] += 1
        return self.claim(f"{base}_{last or self._counts[base]}")
