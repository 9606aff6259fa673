"""What a page of a PDF links to, and which of its pieces (ISO 32000-1, section 12.5.6.5)."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdfium2 import PdfPage

    from pipeline.read.pdf_piece import Piece

SCHEMES = ("https:", "http:", "mailto:")
"""What a link may lead to: nothing that runs, and nothing on the reader's machine."""
LONGEST = 2000
ROW = 20
"""Links are looked up by rows of the page so high, in points."""


class _Link(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float
    href: str


def with_links(pieces: Sequence[Piece], page: PdfPage) -> list[Piece]:
    """Tell each piece what the page links it to: the link on which its middle lies."""
    rows: dict[int, list[_Link]] = defaultdict(list)
    for link in _links(page):
        for row in range(int(link.bottom // ROW), min(int(link.top // ROW), int(link.bottom // ROW) + ROW) + 1):
            rows[row].append(link)
    if not rows:
        return list(pieces)
    return [piece._replace(link=_href(piece, rows)) for piece in pieces]


def _href(piece: Piece, rows: dict[int, list[_Link]]) -> str:
    x, y = (piece.left + piece.right) / 2, (piece.bottom + piece.top) / 2
    found = (link for link in rows.get(int(y // ROW), ()) if link.left <= x <= link.right)
    return next((link.href for link in found if link.bottom <= y <= link.top), "")


def _links(page: PdfPage) -> Iterator[_Link]:
    from pypdfium2 import raw  # noqa: PLC0415 - loaded by now

    position, link, box = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    while raw.FPDFLink_Enumerate(page.raw, position, link):
        action = raw.FPDFLink_GetAction(link)
        length = raw.FPDFAction_GetURIPath(page.pdf.raw, action, None, 0) if action else 0
        if not 0 < length < LONGEST or not raw.FPDFLink_GetAnnotRect(link, box):
            continue
        path = ctypes.create_string_buffer(length)
        raw.FPDFAction_GetURIPath(page.pdf.raw, action, path, length)
        href = path.value.decode("ascii", "replace")
        if href.lower().startswith(SCHEMES):
            yield _Link(box.left, box.bottom, box.right, box.top, href)
