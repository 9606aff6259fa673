"""Pieces of a printed line put together, and the vowel signs at which it was torn put on their letters.

A line tears just before the letter that a sign is printed on: `المن ّ` and `ظمة` are `المنظّمة`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.text import Edit, Move, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LETTERS = "\u0621-\u063a\u0641-\u064a"
SIGNS_END = re.compile("(?<=[\u0621-\u064a])(?P<signs>(?: {1,3}[\u064b-\u0652]+)+)$")
ENDING = re.compile(" \u064b$")
"""The ending -an at a line's end is only set apart from its word."""
SIGNS = re.compile("[\u064b-\u0652]+")
LONE = re.compile("[\u064b-\u0652]+(?: [\u064b-\u0652]+)*")
FIRST_WORD = re.compile(f"[{LETTERS}](?:[{LETTERS}]| ?[\u064b-\u0652])*")
LETTER = re.compile(f"[{LETTERS}]")
VOWELS = frozenset("\u064e\u064f\u0650")
LAST_ONLY = frozenset("\u064c\u064d")
"""The endings -un and -in are on the last letter."""
BARE_DOUBLING = re.compile("(?<![\u064e-\u0650])\u0651(?! ?[\u064e-\u0650])")


class Piece(NamedTuple):
    """A stretch of a printed line."""

    start: int
    end: int
    text: str


class Sign(NamedTuple):
    """Signs that stand apart from any word; `near` is the letter of the piece's text they are printed at, if known."""

    start: int
    end: int
    near: int | None = None


def tearing(piece: Piece) -> re.Match[str] | None:
    """Return the signs out of place that a piece ends with."""
    return None if ENDING.search(piece.text) else SIGNS_END.search(piece.text)


def has_room(signs: str, text: str) -> bool:
    """Tell whether the first word of a text lacks just the vowel of a doubled letter."""
    word = FIRST_WORD.search(text)
    return word is not None and set(signs) <= VOWELS and BARE_DOUBLING.search(word.group()) is not None


def put_together(
    value: str, pieces: Sequence[Piece], glues: Sequence[str], lone: Mapping[int, Sequence[Sign]], confidence: float
) -> Iterator[Edit | Move]:
    """Make one line of pieces in reading order, and put the signs between them on letters.

    `glues` is what goes between each two; `lone` holds the signs apart that belong to the piece of that number.
    """
    parts: list[Span | str] = []
    carried: list[Sign] = []
    for number, piece in enumerate(pieces):
        match = tearing(piece) if number + 1 < len(pieces) else None
        stop = piece.start + match.start() if match else piece.end
        places = [(piece.start + _place(value, sign, piece, carried=True), sign) for sign in carried]
        places += [(piece.start + _place(value, sign, piece, carried=False), sign) for sign in lone.get(number, ())]
        at = piece.start
        for place, sign in sorted(places, key=lambda pair: pair[0]):
            parts += [Span(at, min(place, stop)), *_only_signs(value, sign)]
            at = min(place, stop)
        parts.append(Span(at, stop))
        carried = [Sign(piece.start + match.start(), piece.end)] if match else []
        parts += glues[number : number + 1]
    parts = [part for part in parts if isinstance(part, str) or part.start < part.end]
    spans = sorted(part for part in parts if isinstance(part, Span))
    yield Move(tuple(part for part in parts if part != ""), spans[0].start, confidence)
    for before, after in pairwise(spans):
        if before.end < after.start:
            yield Edit(Span(before.end, after.start), "", confidence)


def _only_signs(value: str, sign: Sign) -> list[Span]:
    return [Span(*match.span()) for match in SIGNS.finditer(value, sign.start, sign.end)]


def _place(value: str, sign: Sign, piece: Piece, *, carried: bool) -> int:
    """Return behind which character of a piece's text a sign goes: on a letter of its first word.

    Signs that the piece before ended with are on the first letter; others on the one they are printed at, or the last.
    """
    near = sign.near or 0
    word = next((word for word in FIRST_WORD.finditer(piece.text) if word.end() > near), None)
    if word is None:
        return len(piece.text)
    letters = [match.end() for match in LETTER.finditer(piece.text, *word.span())]
    signs = set(value[sign.start : sign.end]) - {" "}
    if signs <= LAST_ONLY:
        return letters[-1]
    if signs <= VOWELS and (doubling := BARE_DOUBLING.search(piece.text, *word.span())):
        return doubling.end()
    if sign.near is not None:
        return min(letters, key=lambda end: abs(end - 1 - near))
    return letters[0] if carried else letters[-1]
