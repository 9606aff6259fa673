"""PDFs of a language written from right to left, as PDFium gives their glyphs. All texts are invented."""

from __future__ import annotations

import io
import string

import pikepdf
import pytest

from pipeline.read.pdf import read_pdf
from pipeline.read.pdf_order import in_reading_order
from pipeline.read.pdf_piece import Piece
from pipeline.read.pdf_signs import CONNECTOR

CODES = string.ascii_letters.encode()
"""Codes of glyphs that have the height of a letter."""
CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange
{count} beginbfchar
{letters}
endbfchar endcmap end end"""


def pdf(*lines: str) -> bytes:
    """Return a PDF of one page with lines as they are printed, from left to right, in a font that names its letters."""
    letters = sorted(set("".join(lines)))
    codes = dict(zip(letters, CODES, strict=False))
    names = "\n".join(f"<{codes[letter]:02x}> <{ord(letter):04x}>" for letter in letters)
    shown = [bytes(codes[letter] for letter in line).hex() for line in lines]
    content = " ".join(f"BT /F1 12 Tf 1 0 0 1 100 {700 - 16 * at} Tm <{line}> Tj ET" for at, line in enumerate(shown))
    document = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Courier,
        FirstChar=min(CODES),
        LastChar=max(CODES),
        Widths=[600] * (max(CODES) - min(CODES) + 1),
        ToUnicode=document.make_stream(CMAP.format(count=len(letters), letters=names).encode()),
    )
    page = document.add_blank_page(page_size=(595, 842))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = document.make_stream(content.encode())
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


QUOTED = "وإذ تشير إلى الخطة المعنونة"[::-1]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("؛“ةرانملا حيباصم” " + QUOTED, "وإذ تشير إلى الخطة المعنونة ”مصابيح المنارة“؛"),
        ("،“2030 ةرانملا” " + QUOTED, "وإذ تشير إلى الخطة المعنونة ”المنارة 2030“،"),
        ("؛”ةرانملا حيباصم“ " + QUOTED, "وإذ تشير إلى الخطة المعنونة “مصابيح المنارة”؛"),
        ("؛“Lighthouse” " + QUOTED, "وإذ تشير إلى الخطة المعنونة ”Lighthouse“؛"),
        ("؛ةرانملا حيباصم ‘2’", "’2‘ مصابيح المنارة؛"),
        ("؛ةرانملا حيباصم ’2‘", "‘2’ مصابيح المنارة؛"),
    ],
)
def test_quotation_marks_are_those_of_the_file(printed: str, read: str) -> None:
    text = read_pdf(pdf(printed, "؛ةرانملا ءاوضأ حيباصم رقت نأ ىلإ ريشت ذإو"), "a.pdf").text.value
    assert read in text


@pytest.mark.parametrize(
    ("printed", "read"),
    [(f"ةرانملا ){CONNECTOR}ه(", "(هـ) المنارة"), (f"ةرا{CONNECTOR}نملا )د(", "(د) المنارة")],
)
def test_a_line_that_connects_no_letters_is_a_character(printed: str, read: str) -> None:
    glyphs = [Piece(letter, 10, at, 0, at, 8, 0, -1, breaks=False) for at, letter in enumerate(printed)]
    assert "".join(piece.text for piece in in_reading_order(glyphs, from_the_right=True)) == read


def test_a_blank_within_a_letter_stands_where_the_file_has_it() -> None:
    """A line may be set so tight that a blank has less than no width."""
    places = [("د", 40, 46), ("ي", 35, 40), ("د", 29, 35), (" ", 31, 34), ("أ", 25, 30), ("ه", 20, 25)]
    glyphs = [Piece(letter, 10, left, 0, right, 8, 0, -1, breaks=False) for letter, left, right in places]
    assert "".join(piece.text for piece in in_reading_order(glyphs, from_the_right=True)) == "ديد أه"
