"""Fonts whose letters stand at the code of other characters, as a language's file has them (FORMAT.md section 2.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from string import ascii_letters

from pipeline.languages.files import data_of

RECOGNISED = 0.12
"""Pairs of a Latin letter and a mark, both small letters in a font, are at least this share of a text in it.

Of other texts they are a tenth of that at the most, whatever is in quotation marks.
"""
FEW = 5
"""Fewer such pairs are no evidence."""
BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, eq=False)
class Font:
    """A font of a language: `letters` are those that characters stand for.

    `pairs` matches what only a text in the font is full of, `parts` what joins the parts of a word, `foreign` the
    Latin letters that stand for none, `native` the letters themselves. `short` are the usual words of one and two
    letters, the most frequent first, `words` others that a dictionary may lack; `no_ending` matches what no word ends
    with.
    What stands beside a word tells what it may be: `governs` matches what follows a short word and no number,
    `number_before` and `number_after` what stands beside a number, `comma_before` what follows a comma, and
    `no_comma_after` what stands before a word that ends in a letter rather than in a comma.
    """

    letters: dict[str, str]
    pairs: re.Pattern[str]
    parts: re.Pattern[str]
    foreign: re.Pattern[str]
    native: re.Pattern[str]
    short: tuple[str, ...]
    words: tuple[str, ...]
    no_ending: re.Pattern[str]
    governs: dict[str, re.Pattern[str]]
    number_before: re.Pattern[str]
    number_after: re.Pattern[str]
    comma_before: re.Pattern[str]
    no_comma_after: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        """Tell whether a text, or much of it, is in the font: it has hardly any of the letters themselves."""
        share = self.share(text)
        return share >= RECOGNISED and sum(map(len, self.native.findall(text))) < share * len(text)

    def share(self, text: str) -> float:
        """Return what share of a text is pairs that only one in the font is full of; 0 where they are few."""
        pairs = len(self.pairs.findall(text))
        return 2 * pairs / len(BLANK.sub("", text)) if pairs >= FEW else 0


@cache
def font_of(code: str) -> Font | None:
    """Return the font that the file of a language tells of; None for most languages."""
    data = data_of(code).get("font")
    if data is None:
        return None
    letters = {chr(ord(data["first"]) + at): letter for at, letter in enumerate(data["letters"])}
    small = [sign for sign, letter in letters.items() if letter.islower() and sign not in ",."]
    latin, marks = ("".join(filter(kind, small)) for kind in (str.isalpha, lambda sign: not sign.isalnum()))
    marks = re.escape(marks)
    signs = re.escape("".join(letters) + ascii_letters)
    return Font(
        letters=letters,
        pairs=re.compile(f"[{latin}][{marks}]|[{marks}][{latin}]"),
        parts=re.compile(f"([-/]|[^{signs}]+)"),
        foreign=re.compile(f"[{''.join(sign for sign in ascii_letters if sign not in letters)}]"),
        native=re.compile(f"[{''.join(letters.values())}]+"),
        short=tuple(data["short"].split()),
        words=tuple(data["words"].split()),
        no_ending=re.compile(f"(?:{data['no_ending']})$"),
        governs={word: re.compile(rf"(?:{after})(?!\w)") for word, after in data["governs"].items()},
        number_before=re.compile(rf"(?:^|\W)(?i:{data['number_before']})\Z"),
        number_after=re.compile(rf"(?i:{data['number_after']})(?!\w)"),
        comma_before=re.compile(data["comma_before"]),
        no_comma_after=re.compile(data["no_comma_after"]),
    )
