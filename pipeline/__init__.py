r"""United Nations resolutions: from extracted text to one validated record, Word, Akoma Ntoso and Markdown.

>>> from pipeline import normalize
>>> record = normalize(b"The General Assembly,\nDecides to meet again.\n", "a.txt")
>>> [type(block).__name__ for block in record.document.blocks]
['Enacting', 'OperativeParagraph']
"""

from __future__ import annotations

from pipeline.convert import Conversion, convert, emit, normalize
from pipeline.errors import LawError, ReadError, UnresError
from pipeline.limits import InputLimits
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
