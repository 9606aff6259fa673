"""Word files (`.docx`), written as repaired text (ECMA-376 part 1, section 17).

Tracked changes are accepted, running heads are left out; of a field its result is text. What else is left out,
comments, pictures and hidden text, is told in findings. Whatever wrote the file: of our own Word
files only the styles are known that say what the text alone does not.
"""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from pipeline.docx_numbers import W
from pipeline.errors import ReadError
from pipeline.limits import USUAL_LIMITS, InputLimits
from pipeline.read.archive import Archive, Kind
from pipeline.read.docx_text import Parts, write_text
from pipeline.read.transcript import Transcript

if TYPE_CHECKING:
    from pipeline.read.source import Read

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How an old `.doc` begins, and a Word file with a password."""
KIND = Kind("Word file", "Word")
MAIN = "word/document.xml"
NAMES = ("footnotes", "endnotes", "numbering", "styles", "comments", "settings")


def read_docx(data: bytes, name: str, limits: InputLimits = USUAL_LIMITS) -> Read:
    """Read a Word file as repaired text; offsets are of that text.

    Raises ReadError for a file that is damaged, too large, has a password, is not Word's, or has no text.
    """
    if data.startswith(OLE):
        msg = f"{name}: an old .doc or a file with a password; save it from Word as .docx without a password"
        raise ReadError(msg)
    with Archive(data, name, KIND, limits) as archive:
        main = _main(archive)
        if main not in archive.names:
            msg = f"{name}: not a Word file; save it from Word as .docx"
            raise ReadError(msg)
        document = archive.part(main)
        if document.tag != f"{W}document":
            msg = f"{name}: not a Word file of the usual kind (Strict Open XML?); save it from Word as “Word document”"
            raise ReadError(msg)
        paths = _related(archive, main)
        parts = Parts(document, *(archive.part(paths.get(part, f"{dirname(main)}/{part}.xml")) for part in NAMES))
    transcript = Transcript()
    try:
        write_text(parts, transcript)
    except (KeyError, ValueError, IndexError, TypeError) as error:
        msg = f"{name}: its numbering or its footnotes cannot be read ({error}); open it in Word and save it again"
        raise ReadError(msg) from error
    return transcript.read(name, "the Word file")


def _main(archive: Archive) -> str:
    """Return the path of the main part, which not every program gives its usual name."""
    for each in archive.part("_rels/.rels"):
        if each.get("Type", "").endswith("/officeDocument"):
            return normpath(str(each.get("Target", "")).lstrip("/"))
    return MAIN


def _related(archive: Archive, main: str) -> dict[str, str]:
    """Return the paths of the parts that belong to the main one, by their kind."""
    folder, file = dirname(main), main.rpartition("/")[2]
    found = {}
    for each in archive.part(f"{folder}/_rels/{file}.rels"):
        target = each.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
        found[each.get("Type", "").rpartition("/")[2]] = path
    return found
