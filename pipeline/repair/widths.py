"""How wide a line is printed: the advance widths of Times, in which the United Nations sets (FORMAT.md section 2.1).

Widths are in half-width units: a digit is 1, a Han character 2.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.repair.page import BLANK, INDICATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

GROUPS = {
    180: "'",
    200: "|",
    250: " ,.\u060c\u061b",
    278: "/:;\\\\ijltіјı",
    320: '"ªº°',
    333: "!()-I[]`frІ‐‑‘’",
    392: "JsзЈѕ",
    410: "г",
    436: "тэє",
    444: "?acezаес¿“”",
    458: "вья",
    476: "^{}к",
    506: "бдчЗ",
    517: "ъ",
    538: "инпцџ~",
    560: "FPSЅР+<=>",
    576: "БГЬ",
    611: "ELTZЕТ",
    633: "м",
    649: "фЧ",
    667: "BCRВКСЯ",
    677: "ДЛЭыЄ",
    691: "ж",
    707: "УЪ",
    722: "ADGHKNOQUVXYwАИНОПХЦœ",
    747: "ю",
    774: "&mшщ",
    790: "Ф",
    833: "%",
    880: "MМЫ",
    921: "@",
    948: "W№",
    896: "Ж",
    1000: "—…",
    1015: "ШЩЮ",
}
"""Thousandths of an em; what is not here is as wide as a digit, 500."""
FREE = {
    215: "ا",
    265: "أإرز",
    300: "وؤ",
    330: "ةهءم",
    410: "دذآيىئ",
    440: "عغ",
    530: "لن",
    560: "جحخق",
    700: "سشك",
    740: "بتثفطظ",
    900: "صض",
}
JOINED = {170: "بتثنيئل", 225: "م", 300: "فق", 330: "ه", 360: "عغ", 430: "جحخك", 480: "سشطظ", 600: "صض"}
"""Arabic letters by themselves or at the end of their word, and those that are joined to the next, in Naskh."""
WIDE = re.compile("[\u2e80-\uffef]")
USUAL = 1.0
BLANK_WIDTH = 0.5
UNWRAPPED = 150
"""No page has lines as wide as this."""
NARROW_LETTERS = 0.82
FIRST_UNIT = re.compile(r"[^\s-]*-?")


class _Units(dict[str, float]):
    """The width of each character; an accent adds nothing, and the rest is as wide as a digit."""

    def __missing__(self, character: str) -> float:
        base = unicodedata.normalize("NFD", character)[0]
        mark = unicodedata.combining(character) > 0
        found = 0.0 if mark else 2.0 if WIDE.match(character) else self[base] if base != character else USUAL
        self[character] = found
        return found


def _units(groups: Mapping[int, str]) -> Iterator[tuple[str, float]]:
    return ((character, width / 500) for width, characters in groups.items() for character in characters)


UNITS = _Units([*_units(GROUPS), *_units(FREE)])
SAVED = {character: UNITS[character] - width for character, width in _units(JOINED)}
"""How much narrower a letter is where it is joined to the next."""
JOINING = re.compile(f"[{''.join(SAVED)}](?=[\u064b-\u0652]*[\u0621-\u063a\u0640-\u064a])")


@lru_cache(maxsize=8192)
def width(text: str) -> float:
    """Return the printed width of a line, its indicators and doubled blanks apart."""
    printed = BLANK.sub(" ", INDICATOR.sub("", text))
    return sum(map(UNITS.__getitem__, printed)) - sum(map(SAVED.__getitem__, JOINING.findall(printed)))


def extent(text: str, *, right_to_left: bool) -> float:
    """Return how long a line is beside `UNWRAPPED`; Arabic letters are narrow, and so many more go in a line."""
    return len(text) * NARROW_LETTERS if right_to_left else width(text)


def usual_width(texts: Iterable[str]) -> float:
    """Return the width of the full lines among some; 0 for none."""
    widths = sorted(map(width, texts))
    return widths[len(widths) * 9 // 10] if widths else 0


def first_unit(text: str) -> str:
    """Return what a line cannot be broken within: its first word, up to a hyphen; of Han characters the first."""
    return text[:1] if WIDE.match(text) else FIRST_UNIT.match(text)[0]  # type: ignore[index]
