"""Extracted text (`.txt`): decoded, markup characters escaped."""

from __future__ import annotations

import codecs
import re

from pipeline.errors import ReadError
from pipeline.limits import USUAL_LIMITS, InputLimits, refuse_longer
from pipeline.read.source import Read
from pipeline.text import Text

BINARY_SHARE = 0.01
MARKUP = re.compile(r"[\\*|]|\[(?=\^)")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
ENCODINGS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_plain(data: bytes, name: str, limits: InputLimits = USUAL_LIMITS) -> Read:
    """Decode extracted text and write it as repaired text is written.

    A literal backslash, asterisk, stroke (`|`) or `[^` gets a backslash before it, so that later on
    they cannot be taken for markup. Offsets count code points of the decoded text, the
    byte order mark not among them.
    Raises ReadError for an empty file, one that is too large, binary or wrongly encoded.
    """
    source = decode(data, name, limits)
    return Read(source, Text.with_inserted(source, "\\", (match.start() for match in MARKUP.finditer(source))))


def decode(data: bytes, name: str, limits: InputLimits) -> str:
    """Return the text of a file. Raises ReadError for one that is empty, too large, binary or wrongly encoded."""
    refuse_longer(data, name, limits.text_bytes, "text_bytes")
    encoding = next((encoding for mark, encoding in ENCODINGS if data.startswith(mark)), "utf-8")
    try:
        source = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        msg = f"{name}:{line}: not {encoding.removesuffix('-sig').upper()} text; save the extracted text as UTF-8"
        raise ReadError(msg) from error
    if not source.strip():
        msg = f"{name}: the file has no text; if it was extracted from a scanned PDF, run OCR first"
        raise ReadError(msg)
    if len(CONTROL.findall(source)) > BINARY_SHARE * len(source):
        msg = f"{name}: a binary file, not extracted text; extract its text first (pdftotext, PDFBox, Tika)"
        raise ReadError(msg)
    return source
