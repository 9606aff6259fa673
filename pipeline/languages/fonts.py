"""Fonts whose letters stand at the code of other characters, as a language's file has them (FORMAT.md section 2.5)."""

from __future__ import annotations

import re
from functools import cache, cached_property
from string import ascii_letters
from typing import TYPE_CHECKING, Any

from pipeline.languages.files import data_of

if TYPE_CHECKING:
    from collections.abc import Mapping

RECOGNISED = 0.12
"""Pairs of a Latin letter and a mark, both small letters in a font, are at least this share of a text in it.

Of other texts they are a tenth of that at the most, whatever is in quotation marks.
"""
FEW = 5
"""Fewer such pairs are no evidence."""
BLANK = re.compile(r"\s+")


class Font:
    """A font of a language, by the table `font` of its file: `letters` are those that characters stand for.

    `short` are the usual words of one and two letters, the most frequent first, `words` others that a dictionary may
    lack. Patterns are compiled when they are first asked for: every text is asked whether it is in a font, and few are.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self.letters = {chr(ord(data["first"]) + at): letter for at, letter in enumerate(data["letters"])}
        self.short: tuple[str, ...] = tuple(data["short"].split())
        self.words: tuple[str, ...] = tuple(data["words"].split())

    def is_in(self, text: str) -> bool:
        """Tell whether a text, or much of it, is in the font: it has hardly any of the letters themselves."""
        share = self.share(text)
        return share >= RECOGNISED and sum(map(len, self.native.findall(text))) < share * len(text)

    def share(self, text: str) -> float:
        """Return what share of a text is pairs that only one in the font is full of; 0 where they are few."""
        pairs = len(self.pairs.findall(text))
        return 2 * pairs / len(BLANK.sub("", text)) if pairs >= FEW else 0

    @cached_property
    def pairs(self) -> re.Pattern[str]:
        """What only a text in the font is full of: a Latin letter beside a mark, both small letters."""
        small = [sign for sign, letter in self.letters.items() if letter.islower() and sign not in ",."]
        latin = "".join(filter(str.isalpha, small))
        marks = re.escape("".join(sign for sign in small if not sign.isalnum()))
        return re.compile(f"[{latin}][{marks}]|[{marks}][{latin}]")

    @cached_property
    def native(self) -> re.Pattern[str]:
        """The letters themselves."""
        return re.compile(f"[{''.join(self.letters.values())}]+")

    @cached_property
    def parts(self) -> re.Pattern[str]:
        """What joins the parts of a word."""
        return re.compile(f"([-/]|[^{re.escape(''.join(self.letters) + ascii_letters)}]+)")

    @cached_property
    def foreign(self) -> re.Pattern[str]:
        """The Latin letters that stand for none."""
        return re.compile(f"[{''.join(sign for sign in ascii_letters if sign not in self.letters)}]")

    @cached_property
    def no_ending(self) -> re.Pattern[str]:
        """What no word ends with."""
        return re.compile(f"(?:{self._data['no_ending']})$")

    @cached_property
    def governs(self) -> dict[str, re.Pattern[str]]:
        """What follows a short word, and no number."""
        return {word: re.compile(rf"(?:{after})(?!\w)") for word, after in self._data["governs"].items()}

    @cached_property
    def number_before(self) -> re.Pattern[str]:
        """What stands before a number."""
        return re.compile(rf"(?:^|\W)(?i:{self._data['number_before']})\Z")

    @cached_property
    def number_after(self) -> re.Pattern[str]:
        """What stands after a number."""
        return re.compile(rf"(?i:{self._data['number_after']})(?!\w)")

    @cached_property
    def comma_before(self) -> re.Pattern[str]:
        """What follows a comma."""
        return re.compile(self._data["comma_before"])

    @cached_property
    def no_comma_after(self) -> re.Pattern[str]:
        """What stands before a word that ends in a letter rather than in a comma."""
        return re.compile(self._data["no_comma_after"])


@cache
def font_of(code: str) -> Font | None:
    """Return the font that the file of a language tells of; None for most languages."""
    data = data_of(code).get("font")
    return None if data is None else Font(data)
