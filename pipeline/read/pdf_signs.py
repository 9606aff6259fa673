"""Vowel signs to the letters they stand over.

A PDF has them as glyphs of their own, some in a text object of their own with a base line of its own; PDFium mostly
gives a sign after its letter, but not where it stands apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from pipeline.bidi import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.read.pdf_piece import Piece

SIGN = re.compile("[\u064b-\u0655\u0670]")
"""An Arabic vowel sign."""
KASHIDA = "\u0640"
"""A typed character that draws a letter out."""
CONNECTOR = "\u200d"
"""Stands for a line that draws a letter out and is no character of the text."""
RECENT = 4
"""A sign is that of one of so many glyphs before it."""
REACH = 0.3
"""A sign stands over its letter, or beside it by at most this part of the size."""
HIGHER = 0.6
"""The base of a sign is that of its letter, or differs by at most this part of the size."""


def with_signs(glyphs: Iterable[Piece]) -> list[Piece]:
    """Put vowel signs to the letters they stand over; the box of a sign is where its ink is.

    A sign with no letter under it stays as it is.
    """
    pieces: list[Piece] = []
    apart: list[int] = []
    for glyph in glyphs:
        if not SIGN.match(glyph.text):
            pieces.append(glyph)
            continue
        places = range(len(pieces) - 1, max(len(pieces) - RECENT, 0) - 1, -1)
        at = next((at for at in places if LETTERS.match(pieces[at].text)), None)
        if at is not None and _is_over(glyph, pieces[at]):
            pieces[at] = pieces[at]._replace(text=pieces[at].text + glyph.text)
        else:
            apart.append(len(pieces))
            pieces.append(glyph)
    return _placed(pieces, apart) if apart else pieces


def _placed(pieces: list[Piece], apart: Sequence[int]) -> list[Piece]:
    """Put the signs at some places of a page to letters by where they stand alone."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at in set(range(len(pieces))).difference(apart):
        cells[_cell(pieces[at])].append(at)
    placed = set()
    for at in apart:
        sign = pieces[at]
        under = [at for at in _around(sign, cells) if _is_over(sign, pieces[at])]
        if under:
            owner = min(under, key=lambda at: abs(_middle(sign) - _middle(pieces[at])))
            pieces[owner] = pieces[owner]._replace(text=pieces[owner].text + sign.text)
            placed.add(at)
    return [piece for at, piece in enumerate(pieces) if at not in placed]


def _cell(piece: Piece) -> tuple[int, int]:
    return int(_middle(piece) // max(piece.size, 1)), int(piece.base // max(piece.size, 1))


def _around(sign: Piece, cells: dict[tuple[int, int], list[int]]) -> Iterator[int]:
    column, row = _cell(sign)
    for x in (column - 1, column, column + 1):
        for y in (row - 1, row, row + 1):
            yield from cells.get((x, y), ())


def _is_over(sign: Piece, letter: Piece) -> bool:
    reach = REACH * letter.size
    return (
        bool(LETTERS.match(letter.text))
        and abs(sign.base - letter.base) < HIGHER * letter.size
        and letter.left - reach < _middle(sign) < letter.right + reach
    )


def _middle(piece: Piece) -> float:
    return (piece.left + piece.right) / 2
