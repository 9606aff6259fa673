"""Which numbers Word can count for itself, planned before anything is written.

A number becomes automatic only where Word's count shows exactly what is printed. All
others (`一、`, `㈠`, `3 bis`) stay text, and so does every number this module cannot read.

Lists are outlines: "1." with its "(a)" and "(i)" share one `w:num`, so that an editor who
inserts a paragraph sees all that follows move on. Where the printed number is not the next
one of its outline (a new section, a gap), a new `w:num` starts at the printed number. An
earlier `w:num` is never taken up again: Word counts by `w:abstractNum`, other programs by
`w:num`, and only in this order do both show the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.numbers import ROMAN_SIGNS, roman

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DEEPEST = 8
"""The last of the nine levels a Word list has."""

LARGEST = 9999
"""Numbers above are left as text; Word itself ends at 32767."""


class Form(NamedTuple):
    """How a number is printed: `kind` is the `w:numFmt` between `before` and `after`."""

    before: str
    kind: str
    after: str


class Place(NamedTuple):
    """Where Word counts a paragraph: its `w:numId` and `w:ilvl`."""

    number: int
    level: int


class Num(NamedTuple):
    """A `w:num`: its outline (an index), and the level and number it starts at."""

    outline: int
    level: int
    start: int


class Numbering(NamedTuple):
    """What `numbering.xml` has to say; `nums[0]` is `w:numId` 1."""

    outlines: tuple[dict[int, Form], ...]
    nums: tuple[Num, ...]


NUMBER = re.compile(r"([(（]?)(?:([0-9]{1,4})|([a-z]{1,15})|([A-Z]{1,15}))([.．)）、]?| ?[-–])")


class _Counter:
    """A `w:num` in use: what it has counted at each of its levels."""

    __slots__ = ("counts", "forms", "number")

    def __init__(self, number: int, forms: dict[int, Form]) -> None:
        self.number = number
        self.forms = forms
        self.counts: dict[int, int] = {}

    def follows(self, level: int, form: Form, value: int) -> bool:
        """Tell whether the next number Word shows at the level is this one."""
        return self.forms.get(level, form) == form and value == self.counts.get(level, 0) + 1

    def count(self, level: int, form: Form, value: int) -> Place:
        """Count a paragraph; the deeper levels begin again."""
        self.forms[level] = form
        self.counts = {at: count for at, count in self.counts.items() if at < level}
        self.counts[level] = value
        return Place(self.number, level)


def plan(items: Iterable[tuple[int | None, str | None]]) -> tuple[list[Place | None], Numbering]:
    """Plan the numbers of a document.

    In: (depth, printed number) of every paragraph in reading order; depth is `None` where
    the paragraph is no part of a list (a heading). Out: for each of them the place where
    Word counts it, or `None` where its number is text or it has none; and the numbering.
    """
    places: list[Place | None] = []
    outlines: dict[tuple[int, Form], int] = {}
    forms: list[dict[int, Form]] = []
    nums: list[Num] = []
    latest: dict[tuple[int, Form], _Counter] = {}
    above: list[_Counter | None] = []
    for depth, number in items:
        readings = [] if depth is None or depth > DEEPEST else sorted(_readings(number or ""), key=_value)
        above = above[: depth or 0]
        counter = None
        if depth is not None and readings:
            # A list that goes on after a shallower number is started anew: programs differ there.
            latest = {key: known for key, known in latest.items() if key[0] <= depth}
            parent = above[-1] if above else None
            counter, form, value = _continued(depth, readings, parent, latest) or (None, *readings[0])
            if counter is None:
                outline = outlines.setdefault((depth, form), len(forms))
                if outline == len(forms):
                    forms.append({})
                nums.append(Num(outline, depth, value))
                counter = latest[depth, form] = _Counter(len(nums), forms[outline])
            places.append(counter.count(depth, form, value))
        else:
            places.append(None)
        above.append(counter)
    return places, Numbering(tuple(forms), tuple(nums))


def _continued(
    depth: int,
    readings: list[tuple[Form, int]],
    parent: _Counter | None,
    latest: dict[tuple[int, Form], _Counter],
) -> tuple[_Counter, Form, int] | None:
    """Return the counter in use whose next number is the printed one, and how it reads it."""
    for form, value in readings:
        for known in (parent, latest.get((depth, form))):
            if known and known.follows(depth, form, value):
                return known, form, value
    return None


def _value(reading: tuple[Form, int]) -> int:
    return reading[1]


def _readings(number: str) -> Iterator[tuple[Form, int]]:
    """Yield every way Word could count the printed number: `(i)` is a letter and a Roman one."""
    match = NUMBER.fullmatch(number)
    if not match:
        return
    before, digits, lower, upper, after = match.groups()
    if digits:
        if digits[0] != "0":
            yield Form(before, "decimal", after), int(digits)
        return
    letters, case = (lower, "lower") if lower else (upper.lower(), "upper")
    if len(set(letters)) == 1 and len(letters) <= 2:  # a … z, aa, bb … zz
        yield Form(before, f"{case}Letter", after), 26 * (len(letters) - 1) + ord(letters[0]) - ord("a") + 1
    if value := _roman(letters):
        yield Form(before, f"{case}Roman", after), value


def _roman(letters: str) -> int:
    """Return the value of a Roman number in its one correct spelling, else 0."""
    value, at = 0, 0
    for worth, sign in ROMAN_SIGNS:
        while letters.startswith(sign, at):
            value += worth
            at += len(sign)
    return value if roman(value) == letters and value <= LARGEST else 0
