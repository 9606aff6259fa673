"""The text of a PDF as its pages show it: pieces of glyphs with their size, place and content mark, and lines drawn.

Read with PDFium. A piece is what one text object of the page shows on one line.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.bidi import LETTERS
from pipeline.errors import ReadError
from pipeline.limits import too_much
from pipeline.read.pdf_letters import letters_of
from pipeline.read.pdf_links import with_links
from pipeline.read.pdf_piece import Page, Piece
from pipeline.read.pdf_rules import rules_of
from pipeline.read.pdfium import Characters

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

    from pipeline.limits import InputLimits

LINE = re.compile("[^\n\r]+")
LARGEST_PAGE = 1_000_000
"""Points; a page has at most 14,400 (ISO 32000-1, annex C), and PDFium takes room for each point of one."""


def pages_of(data: bytes, name: str, limits: InputLimits) -> list[Page]:
    """Return what every page shows.

    Raises ReadError for a file that is damaged, encrypted or too long.
    """
    # Heavy, and only a PDF needs it.
    import pypdfium2  # noqa: PLC0415

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        msg = f"{name}: not a PDF that can be opened ({cause(str(error))}"
        raise ReadError(msg) from error
    try:
        return _pages(document, name, limits)
    finally:
        document.close()


def cause(error: str) -> str:
    """Return why a PDF cannot be opened, by what a library says, and what to do."""
    if "password" in error.lower():
        return "it is encrypted); save it without a password, for example with qpdf --decrypt"
    return "it is damaged or cut short); fetch it again, or repair it with qpdf or mutool"


def _pages(document: PdfDocument, name: str, limits: InputLimits) -> list[Page]:
    import pypdfium2  # noqa: PLC0415 - loaded by now

    if len(document) > limits.pdf_pages:
        msg = f"{name}: {len(document)} pages are more than a resolution can have; split it into its documents"
        raise too_much(msg, "pdf_pages")
    pages: list[Page] = []
    count = 0
    for at in range(len(document)):
        try:
            page = document[at]
        except pypdfium2.PdfiumError as error:
            msg = f"{name}: page {at + 1} cannot be read; repair the file with qpdf or mutool"
            raise ReadError(msg) from error
        if max(page.get_size()) > LARGEST_PAGE:
            msg = f"{name}: page {at + 1} is larger than a page can be; print it to PDF anew, or save its text"
            raise ReadError(msg)
        pages.append(Page(with_links(_pieces(page, at + 1), page), rules_of(page)))
        page.close()
        count += sum(len(piece.text) for piece in pages[-1].pieces)
        if count > limits.pdf_characters:
            msg = f"{name}: more text by page {at + 1} than a resolution can have; split it into its documents"
            raise too_much(msg, "pdf_characters")
    return pages


def _pieces(page: PdfPage, number: int) -> list[Piece]:
    text = page.get_textpage()
    try:
        characters = Characters(text, number)
        # PDFium puts text from right to left in order by guesses; where the glyphs stand is no guess.
        return letters_of(characters) if LETTERS.search(characters.text) else _runs(characters)
    finally:
        text.close()


def _runs(characters: Characters) -> list[Piece]:
    """Return a piece for what each text object shows on a line."""
    pieces: list[Piece] = []
    current = 0
    for line in LINE.finditer(characters.text):
        start = at = line.start()
        for source, run in groupby(characters.sources[at : line.end()]):
            # What PDFium made up belongs to what stands before it.
            if source and source != current:
                if at > start:
                    pieces.append(_piece(characters, current, start, at))
                current, start = source, at
            at += len(list(run))
        pieces.append(_piece(characters, current, start, at, breaks=at < len(characters.text)))
    return pieces


def _piece(characters: Characters, source: int, start: int, end: int, *, breaks: bool = False) -> Piece:
    text = characters.text[start:end].replace("\0", "")
    shown = characters.shown(source)
    return Piece(text, *shown[:-1], breaks, characters.number, stars=shown.stars)
