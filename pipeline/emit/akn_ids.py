"""Identifiers of Akoma Ntoso: numbers in one spelling for all languages, eIds, IRI segments.

Rules: AKN.md section 3 (numbers in an IRI) and section 7 (eIds).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from pipeline.numbers import roman

PUNCTUATION = re.compile(r"[\W_]+")
CHINESE_NUMERAL = re.compile("[一二三四五六七八九十]+")
CHINESE_DIGITS = {character: value for value, character in enumerate("一二三四五六七八九", 1)}
IRI_PARENTHESIS = re.compile(r"\s*\(\s*([^()]*?)\s*\)")
IRI_FOREIGN = re.compile(r"[^A-Za-z0-9._-]+")
TATWEEL = "\u0640"


def chinese_number(numeral: str) -> int:
    """Return the value of a Chinese numeral from 1 to 99.

    >>> chinese_number("九"), chinese_number("十一"), chinese_number("六十九")
    (9, 11, 69)
    """
    tens, ten, units = numeral.rpartition("十")
    if not ten:
        tens = ""
    return (CHINESE_DIGITS.get(tens, 1) * 10 if ten else 0) + CHINESE_DIGITS.get(units[:1], 0)


CANONICAL = str.maketrans(
    dict(zip("أبجدهوزحطيكلمنسعفصقرشتثخذض", "abcdefghijklmnopqrstuvwxyz", strict=True))
    | dict(zip("абвгдежзиклмнопрстуфхцчшщэ", "abcdefghijklmnopqrstuvwxyz", strict=True))
    | {chr(zero + digit): str(digit) for zero in (0x660, 0x6F0) for digit in range(10)}
    | {chr(0x3220 + value): roman(value + 1) for value in range(10)}
)


def num_id(printed: str, *, capital: bool = False) -> str:
    """Return the part of an eId that a printed number gives, the same in all languages.

    Out: "" where nothing but punctuation is printed (a bullet). Letters keep their case;
    Chinese numerals have none, so `capital` says which one the other languages print.

    >>> [num_id(number) for number in ("12.", "(aa)", "(أ)", "б)", "㈡", "(十一)", "1 -", "•")]
    ['12', 'aa', 'a', 'b', 'ii', 'xi', '1', '']
    >>> num_id("二", capital=True), num_id("a", capital=True)
    ('II', 'a')
    """
    text = "".join(unicodedata.normalize("NFC", printed).replace(TATWEEL, "").split())
    text = PUNCTUATION.sub("-", text).strip("-").translate(CANONICAL)

    def western(match: re.Match[str]) -> str:
        numeral = roman(chinese_number(match[0]))
        return numeral.upper() if capital else numeral

    return CHINESE_NUMERAL.sub(western, text)


def iri_number(printed: str) -> str:
    """Return a number or symbol as a segment of an IRI (AKN.md section 3); "" for none.

    >>> [iri_number(number) for number in ("69/60", "2722 (2024)", "2758 (XXVI)", "68/247 B", "A/C.1/69/L.5")]
    ['69-60', '2722-2024', '2758-XXVI', '68-247B', 'A-C.1-69-L.5']
    """
    dashed = IRI_PARENTHESIS.sub(r"-\1", printed).replace("/", "-")
    return IRI_FOREIGN.sub("", dashed).strip("-._")


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

    def numbered(self, context: str, name: str, number: str | None, *, capital: bool = False) -> str:
        """Return the eId of an element in a context ("" for the top): its number, else its place."""
        base = f"{context}__{name}" if context else name
        self._counts[base] += 1
        last = num_id(number, capital=capital) if number else ""
        return self.claim(f"{base}_{last or self._counts[base]}")
