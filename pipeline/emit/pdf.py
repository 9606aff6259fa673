"""PDF, by what is installed: LibreOffice sets the Word file, else WeasyPrint the page of HTML.

Both make a tagged PDF, for screen readers. The time in it is the day it is given, else a fixed one.
LibreOffice runs with a profile of its own, so that no macro, font table or window of a user's has a part in it.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pipeline.emit.docx import UNDATED, emit_docx
from pipeline.emit.html import emit_html
from pipeline.errors import WriteError

if TYPE_CHECKING:
    from pipeline.model import Document

SECONDS = 180
"""How long a program may take for a document; LibreOffice needs some seconds to start."""

OPTIONS = 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}'
MISSING = "to write PDF, install LibreOffice (soffice) or WeasyPrint (weasyprint) where the PATH finds it"


def lacking() -> str | None:
    """Tell what has to be installed before PDF can be written; None where it is."""
    return None if engine() else MISSING


def engine() -> str | None:
    """Return the path of the program that would write PDF; None where there is none."""
    return next(filter(None, map(shutil.which, ("soffice", "libreoffice", "weasyprint"))), None)


def emit_pdf(document: Document, *, date: str | None = None) -> bytes:
    """Return the document as PDF of a day (YYYY-MM-DD).

    Raises WriteError where no program for it is installed, or where it fails.
    """
    program = engine()
    if program is None:
        raise WriteError(MISSING)
    time = datetime.fromisoformat(date or UNDATED).replace(tzinfo=UTC)
    with TemporaryDirectory(prefix="unres-") as name:
        folder = Path(name)
        if Path(program).name == "weasyprint":
            (folder / "a.html").write_bytes(emit_html(document))
            _run([program, "--pdf-tags", "a.html", "a.pdf"], folder, time)
        else:
            (folder / "a.docx").write_bytes(emit_docx(document, date=date))
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            _run([program, profile, "--headless", "--norestore", "--convert-to", OPTIONS, "a.docx"], folder, time)
        made = folder / "a.pdf"
        if not made.is_file():
            msg = f"{program} wrote no PDF; see whether it converts a Word file by itself"
            raise WriteError(msg)
        return _dated(made.read_bytes(), time)


def _dated(data: bytes, time: datetime) -> bytes:
    """Return a PDF whose times and identifier are not of this run."""
    from pikepdf import Name, Pdf  # noqa: PLC0415 - heavy, and only this format needs it

    with Pdf.open(io.BytesIO(data)) as pdf:
        pdf.docinfo[Name.CreationDate] = pdf.docinfo[Name.ModDate] = f"D:{time:%Y%m%d%H%M%S}Z"
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["xmp:CreateDate"] = metadata["xmp:ModifyDate"] = f"{time:%Y-%m-%dT%H:%M:%SZ}"
        for key in ("/ID", "/DocChecksum"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        buffer = io.BytesIO()
        pdf.save(buffer, deterministic_id=True)
    return buffer.getvalue()


def _run(command: list[str], folder: Path, time: datetime) -> None:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(time.timestamp()))}
    try:
        done = subprocess.run(  # noqa: S603 - a program of this machine, and a file of ours
            command, cwd=folder, capture_output=True, timeout=SECONDS, check=False, env=environment
        )
    except subprocess.TimeoutExpired:
        msg = f"{command[0]} took more than {SECONDS} seconds to write a PDF and was stopped"
        raise WriteError(msg) from None
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        msg = f"{command[0]} failed to write a PDF: {told}"
        raise WriteError(msg)
