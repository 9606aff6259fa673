"""The numbers Word counts for paragraphs (ECMA-376 part 1, section 17.9).

A paragraph belongs to a level of a `w:num` by itself or by its style. A `w:num` counts
along with all others of its `w:abstractNum`; where it overrides a start, its first
paragraph begins there.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
DEEPEST = 64
"""So many styles are based one on the other, and no more."""
LARGEST = 32767
"""The largest number a list of Word's comes to."""
DIGITS = {"decimal", "decimalZero", "decimalFullWidth", "ideographDigital", "bullet", "none"}
HAN = "〇一二三四五六七八九"
ALPHABETS = {
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "russianLower": "абвгдежзиклмнопрстуфхцчшщэюя",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ",
}
ROWS = {"decimalEnclosedParen": "⑴", "decimalEnclosedFullstop": "⒈", "decimalEnclosedCircle": "①"}
"""Formats that have a character of their own for each number, up to 20; here the first."""
CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
}
BULLETS = frozenset("•‣▪●–—-")
PLACE = re.compile("%([1-9])")
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip

Element = Any  # lxml's elements, which its stubs keep private


class UnknownFormatError(ValueError):
    """A number format that this module does not write."""


class Level(NamedTuple):
    """A level of a list: where it starts, its format, its text (`(%1)`), and whether it restarts below `after`."""

    start: int
    form: str
    text: str
    after: int
    legal: bool = False
    """All numbers in it are written in digits."""


def counted(value: int, form: str) -> str:
    """Write a number in a `w:numFmt`. Raises UnknownFormatError for one that is not known here.

    >>> [counted(28, form) for form in ("decimal", "lowerLetter", "upperRoman", "none", "chineseCounting")]
    ['28', 'bb', 'XXVIII', '', '二十八']
    """
    if form not in DIGITS and not 0 < value <= LARGEST:
        raise UnknownFormatError(form)
    match form:
        case "decimal":
            return str(value)
        case "lowerLetter" | "upperLetter":
            letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
            return letters if form == "lowerLetter" else letters.upper()
        case "lowerRoman" | "upperRoman":
            written = ""
            for worth, sign in ROMAN:
                written += sign * (value // worth)
                value %= worth
            return written if form == "lowerRoman" else written.upper()
        case "decimalZero":
            return f"{value:02}"
        case "none":
            return ""
        case _:
            return _foreign(value, form)


def _foreign(value: int, form: str) -> str:
    """Write a number in a format of another script, as far as a list goes that is counted so."""
    if form in ALPHABETS and 0 < value <= len(ALPHABETS[form]):
        return ALPHABETS[form][value - 1]
    if form in ROWS and 0 < value <= 20:
        return chr(ord(ROWS[form]) + value - 1)
    if form in CHINESE and 0 < value < 100:
        tens, ones = divmod(value, 10)
        return (HAN[tens] if tens > 1 else "") + ("十" if tens else "") + (HAN[ones] if ones else "")
    if form == "ideographDigital":
        return "".join(HAN[int(digit)] for digit in str(value))
    if form == "decimalFullWidth":
        return "".join(chr(ord("０") + int(digit)) for digit in str(value))
    raise UnknownFormatError(form)


class Numbers:
    """Counts the paragraphs of a document, which have to be asked for in order."""

    def __init__(self, numbering: Element, styles: Element) -> None:
        self.faults: list[str] = []
        self._styles = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
        self._lists = {each.get(f"{W}abstractNumId"): each for each in numbering.iter(f"{W}abstractNum")}
        self._nums = {each.get(f"{W}numId"): each for each in numbering.iter(f"{W}num")}
        self._counts: dict[str, list[int | None]] = {}
        self._levels: dict[str, list[Level]] = {}
        self._begun: set[str] = set()

    def number(self, paragraph: Element) -> str:
        """Return the number Word shows before the paragraph; "" for none."""
        place = self._place(paragraph)
        if place is None:
            return ""
        num, at = place
        if num not in self._nums:
            self.faults.append(f"A paragraph is in list {num}, which the Word file does not have.")
            return ""
        name = value(self._nums[num], "abstractNumId") or ""
        counts = self._counts.setdefault(name, [None] * LEVELS)
        if num not in self._begun:
            self._begun.add(num)
            for override in self._nums[num].iter(f"{W}lvlOverride"):
                if override.find(f"{W}startOverride") is not None:
                    counts[int(override.get(f"{W}ilvl"))] = None
        levels = self._levels.get(num)
        if levels is None:
            levels = self._levels[num] = [self._level(num, name, level) for level in range(LEVELS)]
        self._count(counts, levels, at)
        return self._written(counts, levels, at)

    def _count(self, counts: list[int | None], levels: list[Level], at: int) -> None:
        for above in range(at):
            if counts[above] is None:
                counts[above] = levels[above].start
        before = counts[at]
        counts[at] = levels[at].start if before is None else before + 1
        for below in range(at + 1, LEVELS):
            if at < levels[below].after:
                counts[below] = None

    def _written(self, counts: list[int | None], levels: list[Level], at: int) -> str:
        level = levels[at]
        if level.form == "bullet":
            # Which sign it is, is a matter of its font; a resolution has only the one.
            return level.text if not level.text or level.text in BULLETS else "•"

        def written(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            return counted(counts[place] or 0, "decimal" if level.legal else levels[place].form)

        try:
            return PLACE.sub(written, level.text)
        except UnknownFormatError as error:
            self.faults.append(f"A list counts in {error}, which cannot be checked here.")
            return ""

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """Return the `w:numId` and the level of a paragraph: its own, or its style's."""
        num = value(paragraph, "pPr", "numPr", "numId")
        level = value(paragraph, "pPr", "numPr", "ilvl")
        style = self._styles.get(value(paragraph, "pPr", "pStyle"))
        for _ in range(DEEPEST):  # a style may be based on itself
            if style is None or (num is not None and level is not None):
                break
            num = value(style, "pPr", "numPr", "numId") if num is None else num
            level = value(style, "pPr", "numPr", "ilvl") if level is None else level
            style = self._styles.get(value(style, "basedOn"))
        return None if num is None or num == "0" else (num, int(level or 0))

    def _level(self, num: str, name: str, at: int) -> Level:
        levels = {each.get(f"{W}ilvl"): each for each in self._outline(name).findall(f"{W}lvl")}
        override = next((o for o in self._nums[num].iter(f"{W}lvlOverride") if o.get(f"{W}ilvl") == str(at)), None)
        own = None if override is None else override.find(f"{W}lvl")
        found = levels.get(str(at)) if own is None else own
        if found is None:
            return Level(0, "decimal", "", at)
        start = value(found, "start") if override is None else value(override, "startOverride") or value(found, "start")
        after = value(found, "lvlRestart")
        return Level(
            int(start or 0),
            value(found, "numFmt") or "decimal",
            value(found, "lvlText") or "",
            at if after is None else int(after),
            found.find(f"{W}isLgl") is not None,
        )

    def _outline(self, name: str) -> Element:
        """Return the list that has the levels: the one named, or the one whose style it refers to."""
        named = value(self._lists[name], "numStyleLink")
        linked = (each for each in self._lists.values() if value(each, "styleLink") == named)
        return self._lists[name] if named is None else next(linked, self._lists[name])


def value(element: Element, *path: str) -> str | None:
    """Return the `w:val` of the element at the path below; `None` if there is none."""
    found = element.find(_place_of(path))
    return None if found is None else found.get(f"{W}val", "")


@cache
def _place_of(path: tuple[str, ...]) -> str:
    return "/".join(W + name for name in path)
