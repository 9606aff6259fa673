"""How wide a line is printed: the advance widths of Times, in which the United Nations sets (FORMAT.md section 2.1).

Widths are in half-width units: a digit is 1, a Han character 2.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.repair.page import BLANK, INDICATOR

GROUPS = {
    0.5: " .,;:'|\u060c\u061b",
    0.56: "iljt/-IІі\u2010\u2011",
    0.66: "fr()[]!’‘`ا",
    0.78: "sJz?",
    0.86: 'aceгтзсаеэ“”"',
    1.1: "ицнйпкъ",
    1.2: "FPSЗ",
    1.28: "LTZEВЕТыфю",
    1.38: "wжм",
    1.42: "ABCDGHKNOQRUVXYАБДИЙКЛНОПРСУХЦЧЭЯ№",
    1.56: "mшщ",
    1.84: "MWЖМФШЩЫЮ",
    2.0: "—…",
}
WIDE = re.compile("[\u2e80-\uffef]")
USUAL = 1.0
BLANK_WIDTH = 0.5
UNWRAPPED = 150
"""No page has lines as wide as this."""
FIRST_UNIT = re.compile(r"[^\s-]*-?")


class _Units(dict[str, float]):
    """The width of each character; an accent adds nothing, and the rest is as wide as a digit."""

    def __missing__(self, character: str) -> float:
        base = unicodedata.normalize("NFD", character)[0]
        mark = unicodedata.combining(character) > 0
        found = 0.0 if mark else 2.0 if WIDE.match(character) else self[base] if base != character else USUAL
        self[character] = found
        return found


UNITS = _Units({character: width for width, characters in GROUPS.items() for character in characters})


@lru_cache(maxsize=8192)
def width(text: str) -> float:
    """Return the printed width of a line, its indicators and doubled blanks apart."""
    return sum(map(UNITS.__getitem__, BLANK.sub(" ", INDICATOR.sub("", text))))


def first_unit(text: str) -> str:
    """Return what a line cannot be broken within: its first word, up to a hyphen; of Han characters the first."""
    return text[:1] if WIDE.match(text) else FIRST_UNIT.match(text)[0]  # type: ignore[index]
