"""OpenDocument texts (`.odt`), written as repaired text (OpenDocument 1.3, part 3).

Not through pandoc: it leaves out the marks of footnotes, and counts the numbers of lists for itself. Tracked
changes are accepted, running heads are left out; what else is left out is told in findings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import ReadError
from pipeline.limits import USUAL_LIMITS, InputLimits
from pipeline.read.archive import Archive, Kind
from pipeline.read.odt_text import write_text
from pipeline.read.transcript import Transcript

if TYPE_CHECKING:
    from pipeline.read.source import Read

KIND = Kind("OpenDocument text", "LibreOffice")
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
ENCRYPTED = ".//{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}encryption-data"


def read_odt(data: bytes, name: str, limits: InputLimits = USUAL_LIMITS) -> Read:
    """Read an OpenDocument text as repaired text; offsets are of that text.

    Raises ReadError for a file that is damaged, too large, has a password, is of another kind, or has no text.
    """
    with Archive(data, name, KIND, limits) as archive:
        if archive.part("META-INF/manifest.xml").find(ENCRYPTED) is not None:
            msg = f"{name}: the file has a password; save it from LibreOffice without one"
            raise ReadError(msg)
        content, styles = archive.part("content.xml"), archive.part("styles.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        msg = f"{name}: not a text of OpenDocument; save it from LibreOffice as .odt"
        raise ReadError(msg)
    transcript = Transcript()
    try:
        write_text(body, content, styles, transcript)
    except ValueError as error:
        msg = f"{name}: its numbering cannot be read ({error}); open it in LibreOffice and save it again"
        raise ReadError(msg) from error
    return transcript.read(name, "the OpenDocument text")
