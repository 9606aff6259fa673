"""Bytes to text that knows where each character came from, one module a kind of file."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from pipeline.limits import USUAL_LIMITS
from pipeline.read.akn import read_akn
from pipeline.read.docx import read_docx
from pipeline.read.html import read_html
from pipeline.read.markdown import read_markdown
from pipeline.read.odt import read_odt
from pipeline.read.pdf import read_pdf
from pipeline.read.plain import read_plain
from pipeline.read.rtf import read_rtf

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.limits import InputLimits
    from pipeline.read.source import Read

READERS: dict[str, Callable[[bytes, str, InputLimits], Read]] = {
    ".txt": read_plain,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".odt": read_odt,
    ".rtf": read_rtf,
    ".html": read_html,
    ".htm": read_html,
    ".xml": read_akn,
    ".md": read_markdown,
}
"""The reader of each kind of file, by the ending of its name."""


def read(data: bytes, name: str, limits: InputLimits = USUAL_LIMITS) -> Read:
    """Read a document. `name` is what messages call it; its ending tells what it is, text where it is not known.
    Past `limits` it is refused.

    Raises ReadError where the input is refused.
    """
    return READERS.get(PurePath(name).suffix.lower(), read_plain)(data, name, limits)
