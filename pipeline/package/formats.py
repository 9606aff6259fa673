"""What the files of a bag are, as PREMIS says it: by the PRONOM registry where that is certain."""

from __future__ import annotations

import io
import re
from typing import NamedTuple

PDF = re.compile(rb"%PDF-([12]\.[0-9])")
PDF_KEYS = {
    "1.0": "fmt/14", "1.1": "fmt/15", "1.2": "fmt/16", "1.3": "fmt/17", "1.4": "fmt/18", "1.5": "fmt/19",
    "1.6": "fmt/20", "1.7": "fmt/276", "2.0": "fmt/1129",
}  # fmt: skip
"""What PRONOM calls the versions of PDF; PDF/A and PDF/X have keys of their own."""


class Format(NamedTuple):
    """The name and the version of a format, and its key in PRONOM; None where they are not certain."""

    name: str
    version: str | None = None
    key: str | None = None


KNOWN = {
    "docx": Format("Microsoft Word for Windows", "2007 onwards", "fmt/412"),
    "html": Format("Hypertext Markup Language"),
    "htm": Format("Hypertext Markup Language"),
    "json": Format("JSON Data Interchange Format", None, "fmt/817"),
    "jsonl": Format("JSON Lines"),
    "md": Format("Markdown", None, "fmt/1149"),
    "odt": Format("OpenDocument Text"),
    "rtf": Format("Rich Text Format"),
    "txt": Format("Plain Text File", None, "x-fmt/111"),
    "xml": Format("Extensible Markup Language", "1.0", "fmt/101"),
    "xsd": Format("XML Schema Definition", None, "x-fmt/280"),
}
"""By the ending of a name: we wrote these files, or read the source as this, so that they are what it says."""


def format_of(name: str, data: bytes) -> Format:
    """Return the format of a file; one of an unknown ending is named by it."""
    ending = name.rpartition("/")[2].rpartition(".")[2].lower()
    return _pdf(data) if ending == "pdf" else KNOWN.get(ending, Format(ending))


def _pdf(data: bytes) -> Format:
    name = "Portable Document Format"
    found = PDF.match(data)
    version = found[1].decode() if found else None
    if version is None or _is_restricted(data):
        return Format(name, version)
    return Format(name, version, PDF_KEYS.get(version))


def _is_restricted(data: bytes) -> bool:
    """Tell whether a PDF says that it is PDF/A or PDF/X, or says it where we cannot read it."""
    from pikepdf import Pdf, PdfError  # noqa: PLC0415 - heavy, and only for PDF

    try:
        with Pdf.open(io.BytesIO(data)) as pdf, pdf.open_metadata(update_docinfo=False) as metadata:
            return bool(metadata.pdfa_status or metadata.pdfx_status)
    except PdfError:
        return True
