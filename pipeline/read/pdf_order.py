"""Glyphs in the order they stand on the page to the order they are read."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.bidi import LETTERS, read
from pipeline.read.pdf_text import SMALL, usual

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.read.pdf_glyphs import Piece

SIGN = re.compile("[\u064b-\u0655\u0670]")
"""A vowel sign; it stands a little to the right of where its letter ends."""
MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def in_reading_order(row: Iterable[Piece], *, from_the_right: bool) -> list[Piece]:
    """Return the glyphs of a line in the order they are read.

    `from_the_right` says so of the page: a line of it is read from the right, but numbers and
    foreign words in it from the left (`pipeline.bidi`), and a bracket opens on its right. Raised
    figures are a word of their own.
    """
    glyphs = sorted(row, key=lambda piece: piece.left)
    if not from_the_right:
        return glyphs
    mixed = any(LETTERS.match(piece.text) for piece in glyphs)
    raised = SMALL * usual(glyphs)
    groups = [list(group) for _, group in groupby(glyphs, lambda piece: piece.size <= raised)]
    return [piece for group in reversed(groups) for piece in _from_the_right(group, mixed=mixed)]


def _from_the_right(glyphs: Sequence[Piece], *, mixed: bool) -> Iterator[Piece]:
    signed = _with_signs(glyphs)
    order = read("".join(piece.text[0] for piece in signed), range(len(signed)), mixed=mixed)
    for at, place in enumerate(order):
        piece = signed[place]
        # What goes from left to right has a neighbour that does; all else is mirrored.
        if place + 1 in order[at + 1 : at + 2] or (place and place - 1 in order[max(at - 1, 0) : at]):
            yield piece
        else:
            yield piece._replace(text=piece.text.translate(MIRRORED))


def _with_signs(glyphs: Iterable[Piece]) -> list[Piece]:
    """Put vowel signs to the letters they belong to."""
    signed: list[Piece] = []
    for piece in glyphs:
        if signed and SIGN.match(piece.text):
            signed[-1] = signed[-1]._replace(text=signed[-1].text + piece.text)
        else:
            signed.append(piece)
    return signed
