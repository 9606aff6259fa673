"""PDF (`.pdf`): a tagged one by its structure, any other by where its lines stand.

The reader writes repaired text (DESIGN.md section 2). The source of a PDF is its text in the
order it is read, white space apart; spans count its code points. What the pages only repeat
stands at the end of it, and is dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import ReadError
from pipeline.limits import USUAL_LIMITS, InputLimits, refuse_longer
from pipeline.read.pdf_glyphs import pages_of
from pipeline.read.pdf_tagged import is_told, read_tagged
from pipeline.read.pdf_tree import blocks_of
from pipeline.read.pdf_untagged import read_untagged

if TYPE_CHECKING:
    from pipeline.read.source import Read


def read_pdf(data: bytes, name: str, limits: InputLimits = USUAL_LIMITS) -> Read:
    """Read a PDF. `data` are its bytes, `name` is what messages call it.

    Raises ReadError for a file that is too large, damaged, encrypted or without text.
    """
    refuse_longer(data, name, limits.pdf_bytes, "pdf_bytes")
    blocks = blocks_of(data, name, limits)  # first, since it refuses what PDFium would take without end
    pages = pages_of(data, name, limits)
    pieces = [page.pieces for page in pages]
    if not any(piece.text.strip() for page in pieces for piece in page):
        msg = f"{name}: the PDF has no text, only pictures of it; run OCR first: ocrmypdf IN.pdf OUT.pdf"
        raise ReadError(msg)
    return read_tagged(pieces, blocks) if is_told(pieces, blocks) else read_untagged(pages)
