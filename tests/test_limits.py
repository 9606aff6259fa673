"""The limits of readers: what is past one is refused, and says which; where it is raised, it is read."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.errors import ReadError
from pipeline.limits import USUAL_LIMITS, InputLimits, explained, key_of
from pipeline.read import read
from tests.builders import resolution
from tests.test_read_akn import resolution_xml
from tests.test_read_docx import with_body
from tests.test_read_formats import html, rtf
from tests.test_read_pdf import PAGES, drawing, pdf

WORD = with_body("".join(f"<w:p><w:r><w:t>lamp {at}</w:t></w:r></w:p>" for at in range(30_000)))
TEXT_PDF, TAGGED = pdf(PAGES), pdf(PAGES, tagged=True)
PAST: dict[str, tuple[str, bytes, int]] = {
    "text_bytes": ("a.txt", resolution(), 100),
    "rtf_bytes": ("a.rtf", rtf("lamps"), 10),
    "zip_bytes": ("a.docx", WORD, 1000),
    "zip_parts": ("a.docx", WORD, 0),
    "zip_part_bytes": ("a.docx", WORD, 100_000),
    "zip_ratio": ("a.docx", WORD, 2),
    "zip_elements": ("a.docx", WORD, 1000),
    "pdf_bytes": ("a.pdf", TEXT_PDF, 1000),
    "pdf_pages": ("a.pdf", TEXT_PDF, 1),
    "pdf_characters": ("a.pdf", TEXT_PDF, 10),
    "pdf_page_drawing": ("a.pdf", TEXT_PDF, 100),
    "pdf_drawing": ("a.pdf", TEXT_PDF, 100),
    "pdf_marked": ("a.pdf", TAGGED, 1),
    "pdf_packed_bytes": ("a.pdf", drawing(b"0 0 m 9 9 l S", filters=("/ASCIIHexDecode",)), 5),
    "pdf_tags": ("a.pdf", TAGGED, 3),
    "pdf_tag_depth": ("a.pdf", TAGGED, 0),
    "xml_elements": ("a.xml", resolution_xml().encode(), 5),
    "xml_depth": ("a.xml", resolution_xml().encode(), 3),
    "rtf_depth": ("a.rtf", rtf("{{{lamps}}}"), 2),
    "html_tags": ("a.html", html("<p>lamps</p>"), 1),
    "html_tag_characters": ("a.html", html('<p class="lamplighter">lamps</p>'), 10),
}
"""A limit -> a document, and a value that it is past."""


def test_every_limit_is_tried_and_explained() -> None:
    assert PAST.keys() == explained().keys() == set(InputLimits._fields)


@pytest.mark.parametrize("field", PAST)
def test_what_is_past_a_limit_is_refused_by_its_name(field: str) -> None:
    name, data, value = PAST[field]
    lower = USUAL_LIMITS._replace(**{field: value})
    with pytest.raises(ReadError) as refused:
        read(data, name, lower)
    assert refused.value.limit == key_of(field)
    assert str(refused.value).startswith(name)
    assert str(refused.value).endswith(f", or allow more (limits.{key_of(field)})")


@pytest.mark.parametrize("field", sorted(PAST.keys() - {"pdf_packed_bytes"}))  # its PDF shows no text
def test_what_is_within_the_limits_is_read(field: str) -> None:
    name, data, _ = PAST[field]
    assert read(data, name).source.strip()


def test_a_limit_can_be_raised() -> None:
    deep = html("<p>lamps</p>" + f'<p class="{"lamp " * 3000}">posts</p>')
    with pytest.raises(ReadError, match="a tag of the page is far too long"):
        read(deep, "a.html")
    assert read(deep, "a.html", InputLimits(html_tag_characters=100_000)).source == "lamps\n\nposts"


def test_what_no_limit_would_let_in_names_none() -> None:
    packed_twice = drawing(b"q Q " * 1000, filters=("/FlateDecode", "/FlateDecode"))
    with pytest.raises(ReadError, match="draws more than a page can show") as refused:
        read(packed_twice, "a.pdf")
    assert refused.value.limit == ""


def test_a_part_that_lies_about_its_length_is_counted() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b" " * 4_000_000)
    with pytest.raises(ReadError, match=r"word/document.xml unpacks to more .*limits.zip-ratio"):
        read(buffer.getvalue(), "a.docx")
