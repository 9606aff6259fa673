"""The glyphs of a page that is read from the right: each a piece of its own, signs with their letters."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.bidi import LETTERS
from pipeline.read.pdf_piece import Piece
from pipeline.read.pdf_signs import CONNECTOR, KASHIDA, SIGN, with_signs
from pipeline.read.pdfium import FIRST_UNKNOWN

if TYPE_CHECKING:
    from pipeline.read.pdfium import Characters, Place

RAISED = 0.4
"""A glyph that is so much of its size above the base line is a sign over a letter."""
FLAT = 0.13
"""A letter less high than this part of its size is a line that only connects letters."""
NO_LETTERS = "\0\n\r"
LINE = re.compile("[^\n\r]+")
QUOTES, TURNED = "\u2018\u2019\u201c\u201d", "\u2019\u2018\u201d\u201c"
QUOTED = re.compile(f"[{QUOTES}]")
TURN = str.maketrans(QUOTES, TURNED)
WAYS = {"L": 1, "R": -1, "AL": -1}
"""The way that letters of a class go, to the right or to the left (UAX #9, table 4)."""


def letters_of(characters: Characters) -> list[Piece]:
    """Return a piece for every glyph with its vowel signs; its box reaches from its origin to where it ends."""
    pieces: list[Piece] = []
    before: tuple[float, ...] = ()
    text = with_quotes(characters.text)
    for at, (letter, source) in enumerate(zip(text, characters.sources, strict=True)):
        if not source or letter in NO_LETTERS or characters.is_generated(at):
            continue
        place = characters.place(at)
        left, right, *_ = place.ink
        if letter == " " and right <= left:
            continue  # PDFium takes a sign that stands alone for a blank with a sign
        said = characters.shown(source)
        shown = Piece("", *said[:-1], breaks=False, page=characters.number, stars=said.stars)
        if place.ink == before and (SIGN.match(letter) or SIGN.match(pieces[-1].text)):
            pieces[-1] = _glyph(shown, "".join(sorted(pieces[-1].text + letter)), place)
        else:
            pieces.append(_glyph(shown, letter, place))
        before = place.ink
    return with_signs(pieces)


def with_quotes(text: str) -> str:
    """Turn back the quotation marks that PDFium turned where it took text to go from the right, as it does brackets.

    A quotation mark has no mirrored form (UAX #9, L4): it is the one that the file says it is. PDFium reads marks in
    the direction of the letters it puts before them in a line; those before all letters, in that of most of its words.
    """
    return LINE.sub(lambda line: _quoted(line[0]) if QUOTED.search(line[0]) else line[0], text)


def _quoted(line: str) -> str:
    ways = [0 if each >= FIRST_UNKNOWN else WAYS.get(unicodedata.bidirectional(each), 0) for each in line]
    words = [way for way, _ in groupby(ways)]
    way = -1 if 0 < words.count(-1) >= words.count(1) else 1
    letters: list[str] = []
    for letter, own in zip(line, ways, strict=True):
        way = own or way
        letters.append(letter.translate(TURN) if way < 0 else letter)
    return "".join(letters)


def _glyph(piece: Piece, text: str, place: Place) -> Piece:
    """Return the piece of a glyph; `text` is what the file says that it shows, letters before signs."""
    left, right, bottom, top = place.ink
    apart = bottom - piece.base > RAISED * piece.size or top < piece.base
    if apart and SIGN.match(text[-1]):
        # Whatever letter it names, it shows signs: one glyph shows them over all letters.
        return piece._replace(text="".join(SIGN.findall(text)), left=left, right=right)
    drawn_out = LETTERS.match(text) and text != KASHIDA and top - bottom < FLAT * piece.size
    if drawn_out or (apart and text >= FIRST_UNKNOWN):
        text = CONNECTOR  # a line that some fonts call a letter, or a sign whose text is given with its letter
    return piece._replace(text=text, left=place.left, right=max(place.left, place.right))
