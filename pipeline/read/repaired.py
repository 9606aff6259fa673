r"""Repaired text, as the readers of structured files write it (DESIGN.md section 2, `pipeline.tables`).

A structured file tells its paragraphs, footnotes, emphasis and tables; written down as repaired text,
they need no repair, and nothing after the reader knows what kind of file they came from.
"""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.plain import MARKUP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BLANKS = re.compile(r"[ \t\r\n]+")
MARK = re.compile(r"[^\]\s\\*]{1,6}|(?:\\\*){1,3}")
"""What can be the mark of a footnote, as repaired text writes it."""


NUMBER = re.compile(r"\s*+(?:\d\S*(?: ?[-–])?|\(\S{1,5}\)|\S{1,4}[.)、])?\s*")
"""A number before the words that open a paragraph, or nothing."""


class Piece(NamedTuple):
    """A stretch of a paragraph: escaped text, and the stars around it, if it is emphasised."""

    text: str
    stars: str = ""


def escape(text: str) -> str:
    r"""Write text so that none of it is taken for markup.

    >>> print(escape("a * b | c [^1]"))
    a \* b \| c \[^1]
    """
    return MARKUP.sub(r"\\\g<0>", text)


def paragraph(pieces: Iterable[Piece]) -> str:
    """Write the pieces of a paragraph on one line, with no stars around the words that open it.

    What opens a paragraph is emphasised as its lead phrase, its title, the name of a column: what it is, the
    parser finds out itself. Blanks stand outside the stars.

    >>> paragraph([Piece("Recalling", "*"), Piece(" the "), Piece("Yearbook ", "*"), Piece("of "), Piece("1994")])
    'Recalling the *Yearbook* of 1994'
    """
    return _line(pieces, opening=True)


def inlines(pieces: Iterable[Piece]) -> str:
    """Write the pieces of a footnote on one line, with all their emphasis.

    >>> inlines([Piece("Yearbook", "*"), Piece(" of 1994, p. 3.")])
    '*Yearbook* of 1994, p. 3.'
    """
    return _line(pieces, opening=False)


def _line(pieces: Iterable[Piece], *, opening: bool) -> str:
    """Write pieces on one line; `opening` says that the words that open it bear no stars."""
    written: list[str] = []
    for stars, group in groupby(_apart(pieces), key=lambda piece: piece.stars):
        text = "".join(piece.text for piece in group)
        bare = text.strip()
        begun = not opening
        opening = opening and bool(stars or NUMBER.fullmatch(text))
        if stars and begun and bare:
            before, _, after = text.partition(bare)
            text = f"{before}{stars}{bare}{stars}{after}"
        written.append(text)
    return BLANKS.sub(" ", "".join(written)).strip()


def _apart(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces, so that a bracket that ends one and a caret that begins the next are no indicator."""
    before = Piece("")
    for piece in filter(itemgetter(0), pieces):
        if before.text.endswith("[") and piece.text.startswith("^"):
            before = before._replace(text=f"{before.text[:-1]}\\[")
        yield before
        before = piece
    yield before


def note(mark: str, text: str) -> str:
    """Write a footnote."""
    return f"[^{mark}]: {text}"


def rows(caption: str, table: Sequence[tuple[bool, Sequence[str]]]) -> Iterator[str]:
    """Write a table: its caption, and its rows as (whether it names the columns, cells).

    >>> list(rows("Scale", [(True, ["State", "Share"]), (False, ["Ruritania", ""])]))
    ['| Scale |', '| State | Share |', '| --- | --- |', '| Ruritania | |']
    """
    if caption:
        yield f"| {caption} |"
    headed = False
    for header, cells in table:
        if headed and not header:
            yield _rule(cells)
        headed = header
        yield BLANKS.sub(" ", f"| {' | '.join(cells)} |")
    if headed:
        yield _rule(table[-1][1])


def _rule(cells: Sequence[str]) -> str:
    return f"|{' --- |' * len(cells)}"
