"""The numbers that an OpenDocument text counts for its lists and headings (ODF 1.3 part 3, 5.3 and 19.880)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.docx_numbers import BULLETS, UnknownFormatError, counted
from pipeline.read.odt_styles import TEXT

if TYPE_CHECKING:
    from pipeline.read.odt_styles import Element, Level, Styles

FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none",
    "一, 二, 三, ...": "chineseCounting", "أ, ب, ت, ...": "arabicAlpha", "أ, ب, ج, ...": "arabicAbjad",
    "А, Б, .., Аа, Аб, ... (ru)": "russianUpper", "а, б, .., аа, аб, ... (ru)": "russianLower",
    "01, 02, 03, ...": "decimalZero", "１, ２, ３, ...": "decimalFullWidth", "①, ②, ③, ...": "decimalEnclosedCircle",
    "〇, 一, 二, ...": "ideographDigital",
}  # fmt: skip
DEEPEST = 10
"""Lists and outlines have so many levels."""
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


class Lists:
    """Counts list items as they come; `faults` says which numbers could not be written."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._counts: dict[str | None, list[int]] = {}
        self._ended: dict[str, tuple[str | None, list[int]]] = {}
        self._open: list[tuple[str | None, list[int]]] = []
        self.faults: list[str] = []

    def begin(self, element: Element) -> None:
        """Begin a list: a new one, one that goes on with another, or a level inside the one that is open."""
        style = element.get(f"{TEXT}style-name") or (self._open[-1][0] if self._open else None)
        if self._open:
            self._open.append((style, self._open[-1][1]))
            return
        before = self._ended.get(element.get(f"{TEXT}continue-list", ""))
        if before is None and element.get(f"{TEXT}continue-numbering") == "true":
            before = (style, self._counts.get(style, []))
        counts = list(before[1]) if before else []
        self._open.append((style, counts))
        self._counts[style] = counts
        if identifier := element.get(XML_ID):
            self._ended[identifier] = (style, counts)

    def end(self) -> None:
        """End the list that was begun last."""
        self._open.pop()

    def item(self, element: Element) -> str:
        """Return the number of an item."""
        if element.tag == f"{TEXT}list-header":
            return ""
        style, counts = self._open[-1]
        return self._number(style, counts, len(self._open), element.get(f"{TEXT}start-value"))

    def heading(self, element: Element) -> str:
        """Return the number of a heading that is in no list."""
        if self._open or element.get(f"{TEXT}is-list-header") == "true":
            return ""
        counts = self._counts.setdefault("", [])
        depth = min(max(int(element.get(f"{TEXT}outline-level", "1")), 1), DEEPEST)
        return self._number(None, counts, depth, element.get(f"{TEXT}start-value"))

    def _number(self, style: str | None, counts: list[int], depth: int, start: str | None) -> str:
        levels = [self._styles.level(style, at) for at in range(1, depth + 1)]
        for at, level in enumerate(levels):
            if at >= len(counts):
                counts.append((level.start if level else 1) - (at == depth - 1))
        del counts[depth:]
        counts[-1] = int(start) if start is not None else counts[-1] + 1
        return self._written(levels, counts)

    def _written(self, levels: list[Level | None], counts: list[int]) -> str:
        level = levels[-1]
        if level is None:
            return ""
        if level.bullet:
            return level.bullet if level.bullet in BULLETS else "•"
        if not level.form:
            return ""
        shown = [(each, count) for each, count in zip(levels, counts, strict=True) if each and each.form][
            -level.shown :
        ]
        try:
            number = ".".join(counted(count, FORMS[each.form]) for each, count in shown)
        except (KeyError, UnknownFormatError):
            self.faults.append(f"a list counts in “{level.form}”, which is not known here.")
            return ""
        return f"{level.before}{number}{level.after}"
