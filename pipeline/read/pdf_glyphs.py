"""The text of a PDF as its pages show it: pieces of glyphs with their size, place and content mark.

Read with PDFium. A piece is what one text object of the page shows on one line.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, NamedTuple

from pipeline.bidi import LETTERS
from pipeline.errors import ReadError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

MOST_PAGES = 500
"""The longest resolution has under 100 pages; more is a collection, or an attack."""
MOST_CHARACTERS = 4_000_000
LINE_HYPHEN = "\x02"
"""What PDFium gives for a hyphen at the end of a line."""


class Piece(NamedTuple):
    """What a text object shows: text, size in points, box, base line; the marked content it belongs to (-1: none).

    `breaks` tells that a line ends after it.
    """

    text: str
    size: float
    left: float
    bottom: float
    right: float
    top: float
    base: float
    mark: int
    breaks: bool


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
    from pypdfium2 import raw  # noqa: PLC0415 - loaded by now

    text = page.get_textpage()
    count = raw.FPDFText_CountChars(text.raw)
    if LETTERS.search(text.get_text_range()):
        return _single_pieces(text)
    pieces: list[Piece] = []
    letters: list[str] = []
    current: object = None
    key = 0
    ended = False

    def close(*, breaks: bool) -> None:
        nonlocal letters
        if letters:
            pieces.append(_piece(raw, current, "".join(letters), breaks=breaks))
            letters = []
        elif breaks and pieces:
            pieces[-1] = pieces[-1]._replace(breaks=True)

    for at in range(count):
        code = raw.FPDFText_GetUnicode(text.raw, at)
        found = raw.FPDFText_GetTextObject(text.raw, at)
        if code in (10, 13):
            if not ended:
                close(breaks=True)
            ended = True
            continue
        if found:
            address = ctypes.cast(found, ctypes.c_void_p).value or 0
            if address != key or ended:
                close(breaks=False)
                current, key = found, address
        ended = False
        if code:
            letters.append("-" if code == ord(LINE_HYPHEN) else chr(code))
    close(breaks=False)
    text.close()
    return pieces


def _single_pieces(text: PdfTextPage) -> list[Piece]:
    """Return a piece for every glyph of a page with text from right to left.

    PDFium puts such text in reading order by guesses; where the glyphs stand is no guess.
    """
    from pypdfium2 import raw  # noqa: PLC0415 - loaded by now

    pieces: list[Piece] = []
    objects: dict[int, Piece] = {}
    left, y = ctypes.c_double(), ctypes.c_double()
    for at in range(raw.FPDFText_CountChars(text.raw)):
        code = raw.FPDFText_GetUnicode(text.raw, at)
        found = raw.FPDFText_GetTextObject(text.raw, at)
        if not code or not found or code in (10, 13) or raw.FPDFText_IsGenerated(text.raw, at) == 1:
            continue
        address = ctypes.cast(found, ctypes.c_void_p).value or 0
        if address not in objects:
            objects[address] = _piece(raw, found, "", breaks=False)
        raw.FPDFText_GetCharOrigin(text.raw, at, left, y)
        letter = "-" if code == ord(LINE_HYPHEN) else chr(code)
        pieces.append(objects[address]._replace(text=letter, left=left.value, right=left.value))
    text.close()
    return pieces


def _piece(raw: object, found: object, text: str, *, breaks: bool) -> Piece:
    size, left, bottom, right, top = (ctypes.c_float() for _ in range(5))
    raw.FPDFTextObj_GetFontSize(found, size)  # type: ignore[attr-defined]
    raw.FPDFPageObj_GetBounds(found, left, bottom, right, top)  # type: ignore[attr-defined]
    mark = raw.FPDFPageObj_GetMarkedContentID(found)  # type: ignore[attr-defined]
    matrix = raw.FS_MATRIX()  # type: ignore[attr-defined]
    raw.FPDFPageObj_GetMatrix(found, matrix)  # type: ignore[attr-defined]
    return Piece(
        text, size.value * abs(matrix.d), left.value, bottom.value, right.value, top.value, matrix.f, mark, breaks
    )
