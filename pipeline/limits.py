"""How much of a document is read at most: what is past a limit is a mistake or an attack, and refused.

One table: the readers take it as it is, the configuration sets it by the same names, and the refusal names the
limit that it is for. A new limit is a line here, and the place in a reader that asks for it.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, NamedTuple, get_type_hints

from pipeline.errors import ReadError


class InputLimits(NamedTuple):
    """The limits of readers. Each says what it counts, and what resolutions have."""

    text_bytes: Annotated[int, "Bytes of a text, a web page, an XML or a Markdown file."] = 16 * 1024**2
    rtf_bytes: Annotated[int, "Bytes of an RTF file, in which pictures stand as digits."] = 64 * 1024**2
    zip_bytes: Annotated[int, "Bytes of a Word or OpenDocument file, packed."] = 64 * 1024**2
    zip_parts: Annotated[int, "Parts of a Word or OpenDocument file; with a hundred pictures, some 150."] = 5_000
    zip_part_bytes: Annotated[int, "Bytes of one part of such a file, unpacked."] = 64 * 1024**2
    zip_ratio: Annotated[int, "How many times as long a part over 1 MB is unpacked; XML of texts: under 50."] = 300
    zip_elements: Annotated[int, "Elements of one part of such a file; that of a hundred pages has 60,000."] = 300_000
    pdf_bytes: Annotated[int, "Bytes of a PDF."] = 64 * 1024**2
    pdf_pages: Annotated[int, "Pages of a PDF; the longest resolution has under 100."] = 500
    pdf_characters: Annotated[int, "Characters on all pages of a PDF."] = 4_000_000
    pdf_page_drawing: Annotated[int, "Bytes of drawing on a page, a form's each time; a page has under 100,000."] = (
        8_000_000
    )
    pdf_drawing: Annotated[int, "Bytes of drawing on all pages."] = 64_000_000
    pdf_marked: Annotated[int, "Marked contents of one stream; a page has under 200."] = 5_000
    pdf_packed_bytes: Annotated[int, "Bytes of a page packed otherwise than by deflation."] = 256_000
    pdf_tags: Annotated[int, "Tags of a PDF and their contents; the fullest have 250 a page."] = 150_000
    pdf_tag_depth: Annotated[int, "Tags of a PDF inside one another."] = 100
    xml_elements: Annotated[int, "Elements of an Akoma Ntoso file; the United Nations have to 2,200."] = 200_000
    xml_depth: Annotated[int, "Its elements inside one another, to 255; those of the United Nations: 13."] = 80
    rtf_depth: Annotated[int, "Groups of an RTF file inside one another."] = 500
    html_tags: Annotated[int, "Tags of a web page; a hundred pages of text have 20,000."] = 200_000
    html_tag_characters: Annotated[int, "Characters of one tag of a web page."] = 8 * 1024

    @property
    def largest(self) -> int:
        """The most bytes that a file of any kind may have."""
        return max(self.text_bytes, self.rtf_bytes, self.zip_bytes, self.pdf_bytes)


USUAL_LIMITS = InputLimits()


def key_of(field: str) -> str:
    """Return a limit's name as the configuration has it.

    >>> key_of("pdf_pages")
    'pdf-pages'
    """
    return field.replace("_", "-")


@cache
def explained() -> dict[str, str]:
    """Return what each limit counts, by its field."""
    hints = get_type_hints(InputLimits, include_extras=True)
    return {field: hints[field].__metadata__[0] for field in InputLimits._fields}


def too_much(what: str, field: str) -> ReadError:
    """Return the refusal of an input past a limit: what is too much and what to do, then how to allow more."""
    return ReadError(f"{what}, or allow more (limits.{key_of(field)})", limit=key_of(field))


def refuse_longer(data: bytes, name: str, most: int, field: str) -> None:
    """Raise ReadError for a file of more bytes than a limit allows."""
    if len(data) > most:
        msg = f"{name}: {len(data) / 1e6:.0f} MB is more than a resolution can have; split it into its documents"
        raise too_much(msg, field)
