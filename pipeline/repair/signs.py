"""Vowel signs of right-to-left text: carried to the letter they are printed on, and closed up with it.

A sign has no width of its own; an extractor that sorts by where glyphs stand gives it before its letter, or
sets it apart with a blank. What can be on which letter is the evidence: the doubling sign is never on an alef,
the ending -in or -un only on the last letter, and a short vowel beside a doubling sign is on the same letter, which
has both in 193 of 196 places of the references, and in all 72 where the vowel is -i-.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text import Edit, Move, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language
    from pipeline.text import Text

SIGNS = "\u064b-\u0652"
SIGN = re.compile(f"[{SIGNS}]")
LETTER = "[\u0621-\u063a\u0641-\u064a]"
VOWEL = "[\u064e\u064f\u0650]"
DOUBLING = "\u0651"
HAMZA = "[\u0623\u0625]"
DISPLACED = re.compile(
    # Both signs of a letter, the vowel first and parted by a blank: they stand before it.
    f"(?P<both>{VOWEL} {DOUBLING})(?P<both_letter>{LETTER})"
    # A vowel set apart, its letter, and the doubling sign of that letter.
    f"|(?<= )(?P<vowel>{VOWEL})(?P<vowel_letter>{LETTER})(?= ?{DOUBLING}(?! ?{VOWEL}))"
    # A doubling sign, its letter, and the -i- of that letter.
    f"|(?P<double>{DOUBLING})(?P<double_letter>{LETTER})(?= ?\u0650(?! ?{DOUBLING}))"
    # A doubling sign on an alef or a letter that only ends words. The alef of `la` takes it in print.
    f"|(?<=[\u0622\u0623\u0625\u0629\u0649])\\s{{0,4}}(?P<never>{DOUBLING})(?P<never_letter>{LETTER})"
    # The ending -un or -in before the last letter.
    f"|(?P<ending>[\u064c\u064d])(?P<ending_letter>{LETTER})(?![\u0621-\u0652])"
    # A vowel before the alef that a word begins with, which some fonts draw twice.
    f"|(?<=[\\s(“])(?P<first>{VOWEL})(?P<first_letter>{HAMZA})(?P<again>{HAMZA}| )?(?={LETTER}(?! ?{DOUBLING}))"
)
FINAL_AIN = re.compile(f" (?P<vowel>{VOWEL})(?P<letter>\u0639)(?![{SIGNS}\u0621-\u064a])")
JOINED = re.compile("[\u0626\u0628\u062a\u062b\u062c-\u062e\u0633-\u063a\u0641-\u0647\u064a] \\Z")
APART = re.compile(f"(?<={LETTER}) +(?=[{SIGNS}])|(?<=[{SIGNS}]) +(?=[{SIGNS}])")


def carry_signs(text: Text, language: Language) -> Iterator[Move]:
    """Carry a vowel set apart before an ain at a word's end behind it: both were one glyph with the letter before.

    Leaves alone an ain that is not joined to that letter, and every other letter: there either may have the sign.
    """
    if not language.right_to_left:
        return
    for match in FINAL_AIN.finditer(text.value):
        if JOINED.search(text.value, match.start() - 1, match.start() + 1):
            yield Move((Span(*match.span("vowel")),), match.end(), 0.8)


def place_signs(text: Text, language: Language) -> Iterator[Edit | Move]:
    """Carry vowel signs behind the letter they belong to.

    Leaves alone a sign that may be on either of two letters (`جمي َع`).
    """
    if not language.right_to_left or not SIGN.search(text.value):
        return
    for match in DISPLACED.finditer(text.value):
        kind = next(name for name in KINDS if match[name])
        start, end = match.span(kind)
        # The blank between two signs goes: it would have them carried once more.
        yield Move(
            (Span(start, start + 1), *((Span(end - 1, end),) if kind == "both" else ())),
            match.end(f"{kind}_letter"),
            0.9,
        )
        if kind == "both":
            yield Edit(Span(start + 1, end - 1), "", 0.9)
        if match["again"]:
            yield Edit(Span(*match.span("again")), "", 0.9)


def close_signs(text: Text, language: Language) -> Iterator[Edit]:
    """Drop the blanks before a vowel sign: it stands on the letter before.

    Leaves alone a sign that a line or a word begins with.
    """
    if not language.right_to_left:
        return
    for match in APART.finditer(text.value):
        yield Edit(Span(*match.span()), "", 0.95)


KINDS = ("both", "vowel", "double", "never", "ending", "first")
