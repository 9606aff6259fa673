r"""United Nations resolutions: from extracted text to one validated record, Word, Akoma Ntoso and Markdown.

>>> from pipeline import normalize
>>> record = normalize(b"The General Assembly,\nDecides to meet again.\n", "a.txt")
>>> [type(block).__name__ for block in record.document.blocks]
['Enacting', 'OperativeParagraph']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.convert import Conversion, convert, emit, normalize
from pipeline.errors import LawError, ReadError, UnresError
from pipeline.limits import InputLimits

if TYPE_CHECKING:
    from pipeline.model import Document, Finding, Record

__version__ = "0.1.0"

__all__ = [
    "Conversion",
    "Document",
    "Finding",
    "InputLimits",
    "LawError",
    "ReadError",
    "Record",
    "UnresError",
    "convert",
    "emit",
    "normalize",
]


def __getattr__(name: str) -> object:
    """Load the model when a class of it is asked for: it takes a fifth of the start, and `unres --help` needs none."""
    if name in {"Document", "Finding", "Record"}:
        from pipeline import model  # noqa: PLC0415 - as said

        return getattr(model, name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
