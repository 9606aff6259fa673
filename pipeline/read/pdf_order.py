"""Glyphs in the order they stand on the page to the order they are read (Unicode Standard Annex 9, backwards)."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.read.pdf_text import SMALL, usual

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.read.pdf_glyphs import Piece

LATIN = "A-Za-z\u00c0-\u024f"
EMBEDDED = re.compile(
    rf"[{LATIN}](?:[^\u0590-\u060b\u0620-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]*[{LATIN}\d])?"  # a symbol, a foreign title
    r"|\d+(?:[/.,:]\d+)*"  # a number, a symbol, a date in figures; the years of a range stand from the right
    r"|.[\u064b-\u0655\u0670]+"  # a letter and its vowel signs
    r"|.",
    re.DOTALL,
)
"""What is read from left to right in text that is read from right to left; any other sign by itself."""
MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def in_reading_order(row: Iterable[Piece], *, from_the_right: bool) -> list[Piece]:
    """Return the glyphs of a line in the order they are read.

    `from_the_right` says so of the page: a line of it is read from the right, but numbers and
    foreign words in it from the left, and a bracket opens on its right. Raised figures are a
    word of their own.
    """
    glyphs = sorted(row, key=lambda piece: piece.left)
    if not from_the_right:
        return glyphs
    raised = SMALL * usual(glyphs)
    groups = [list(group) for _, group in groupby(glyphs, lambda piece: piece.size <= raised)]
    return [piece for group in reversed(groups) for piece in _from_the_right(group)]


def _from_the_right(glyphs: Sequence[Piece]) -> Iterator[Piece]:
    visual = "".join(piece.text for piece in glyphs)
    for match in reversed(list(EMBEDDED.finditer(visual))):
        run = glyphs[match.start() : match.end()]
        if len(run) == 1:
            yield run[0]._replace(text=run[0].text.translate(MIRRORED))
        else:
            yield from run
