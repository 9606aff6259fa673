"""The text of a PDF as its pages show it: pieces of glyphs with their size, place and content mark.

Read with PDFium. A piece is what one text object of the page shows on one line.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, NamedTuple

from pipeline.bidi import LETTERS
from pipeline.errors import ReadError
from pipeline.read.pdf_piece import Piece
from pipeline.read.pdf_signs import CONNECTOR, KASHIDA, SIGN, with_signs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

MOST_PAGES = 500
"""The longest resolution has under 100 pages; more is a collection, or an attack."""
MOST_CHARACTERS = 4_000_000
FLAT = 0.13
"""A letter less high than this part of its size is a line that only connects letters."""
FIRST_UNKNOWN = "\U000f0000"
"""A glyph that the file does not say the character of is given as one of private use, its number counted from here."""
RAISED = 0.4
"""A glyph that is so much of its size above the base line is a sign over a letter."""
LINE_END = "\n"
LINE_HYPHEN = "\x02"
"""What PDFium gives for a hyphen at the end of a line."""


def pages_of(data: bytes, name: str) -> list[list[Piece]]:
    """Return the pieces of every page, in the order PDFium reads them.

    Raises ReadError for a file that is damaged, encrypted or too long.
    """
    # Heavy, and only a PDF needs it.
    import pypdfium2  # noqa: PLC0415

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        msg = f"{name}: not a PDF that can be opened ({_cause(str(error))}"
        raise ReadError(msg) from error
    try:
        return _pages(document, name)
    finally:
        document.close()


def _cause(error: str) -> str:
    if "password" in error.lower():
        return "it is encrypted); save it without a password, for example with qpdf --decrypt"
    return "it is damaged or cut short); fetch it again, or repair it with qpdf or mutool"


def _pages(document: PdfDocument, name: str) -> list[list[Piece]]:
    import pypdfium2  # noqa: PLC0415 - loaded by now

    if len(document) > MOST_PAGES:
        msg = f"{name}: {len(document)} pages are more than a resolution can have; split it into its documents"
        raise ReadError(msg)
    pages: list[list[Piece]] = []
    count = 0
    for at in range(len(document)):
        try:
            page = document[at]
        except pypdfium2.PdfiumError as error:
            msg = f"{name}: page {at + 1} cannot be read; repair the file with qpdf or mutool"
            raise ReadError(msg) from error
        pages.append(_pieces(page))
        page.close()
        count += sum(len(piece.text) for piece in pages[-1])
        if count > MOST_CHARACTERS:
            msg = f"{name}: more text by page {at + 1} than a resolution can have; split it into its documents"
            raise ReadError(msg)
    return pages


def _pieces(page: PdfPage) -> list[Piece]:
    text = page.get_textpage()
    try:
        # PDFium puts text from right to left in order by guesses; where the glyphs stand is no guess.
        return _glyphs(text) if LETTERS.search(text.get_text_range()) else _runs(text)
    finally:
        text.close()


class _Character(NamedTuple):
    """A character as PDFium numbers them: `LINE_END` is one where a line ends. `source` is 0 where it made it up."""

    at: int
    letter: str
    shown: object
    source: int


def _characters(text: PdfTextPage) -> Iterator[_Character]:
    from pypdfium2 import raw  # noqa: PLC0415 - loaded by now

    for at in range(raw.FPDFText_CountChars(text.raw)):
        code = raw.FPDFText_GetUnicode(text.raw, at)
        shown = raw.FPDFText_GetTextObject(text.raw, at)
        source = ctypes.addressof(shown.contents) if shown else 0
        letter = LINE_END if code in (10, 13) else "-" if code == ord(LINE_HYPHEN) else chr(code) if code else ""
        if source and raw.FPDFText_HasUnicodeMapError(text.raw, at) == 1:
            letter = chr(ord(FIRST_UNKNOWN) + code % 0xFFFE)
        yield _Character(at, letter, shown, source)


def _runs(text: PdfTextPage) -> list[Piece]:
    """Return a piece for what each text object shows on a line."""
    pieces: list[Piece] = []
    letters: list[str] = []
    current: object = None
    source = 0
    ended = False

    def close(*, breaks: bool) -> None:
        nonlocal letters
        if letters:
            pieces.append(_piece(current, "".join(letters), breaks=breaks))
            letters = []
        elif breaks and pieces:
            pieces[-1] = pieces[-1]._replace(breaks=True)

    for character in _characters(text):
        if character.letter == LINE_END:
            if not ended:
                close(breaks=True)
            ended = True
            continue
        if character.source and (character.source != source or ended):
            close(breaks=False)
            current, source = character.shown, character.source
        ended = False
        if character.letter:
            letters.append(character.letter)
    close(breaks=False)
    return pieces


class _Place(NamedTuple):
    """Where a glyph stands: the box of its ink (left, right, bottom, top), its origin and its end, in points."""

    ink: tuple[float, float, float, float]
    left: float
    right: float


def _glyphs(text: PdfTextPage) -> list[Piece]:
    """Return a piece for every glyph with its vowel signs; its box reaches from its origin to where it ends."""
    from pypdfium2 import raw  # noqa: PLC0415 - loaded by now

    pieces: list[Piece] = []
    objects: dict[int, Piece] = {}
    before: tuple[float, ...] = ()
    for at, letter, shown, source in _characters(text):
        if not source or letter in ("", LINE_END) or raw.FPDFText_IsGenerated(text.raw, at) == 1:
            continue
        if source not in objects:
            objects[source] = _piece(shown, "", breaks=False)
        place = _place(text, at)
        left, right, *_ = place.ink
        if letter == " " and right <= left:
            continue  # PDFium takes a sign that stands alone for a blank with a sign
        if place.ink == before and (SIGN.match(letter) or SIGN.match(pieces[-1].text)):
            pieces[-1] = _glyph(objects[source], "".join(sorted(pieces[-1].text + letter)), place)
        else:
            pieces.append(_glyph(objects[source], letter, place))
        before = place.ink
    return with_signs(pieces)


def _glyph(piece: Piece, text: str, place: _Place) -> Piece:
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


def _place(text: PdfTextPage, at: int) -> _Place:
    from pypdfium2 import raw  # noqa: PLC0415 - loaded by now

    x, y, left, right, bottom, top = (ctypes.c_double() for _ in range(6))
    loose = raw.FS_RECTF()
    raw.FPDFText_GetCharBox(text.raw, at, left, right, bottom, top)
    raw.FPDFText_GetCharOrigin(text.raw, at, x, y)
    raw.FPDFText_GetLooseCharBox(text.raw, at, loose)
    return _Place((left.value, right.value, bottom.value, top.value), x.value, loose.right)


def _piece(shown: object, text: str, *, breaks: bool) -> Piece:
    from pypdfium2 import raw  # noqa: PLC0415 - loaded by now

    size, left, bottom, right, top = (ctypes.c_float() for _ in range(5))
    matrix = raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(shown, size)
    raw.FPDFPageObj_GetBounds(shown, left, bottom, right, top)
    raw.FPDFPageObj_GetMatrix(shown, matrix)
    mark = raw.FPDFPageObj_GetMarkedContentID(shown)
    return Piece(
        text, size.value * abs(matrix.d), left.value, bottom.value, right.value, top.value, matrix.f, mark, breaks
    )
