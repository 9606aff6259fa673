"""Rich Text Format (`.rtf`), written as repaired text (Rich Text Format 1.9.1).

Not through pandoc: it leaves out the footnotes of LibreOffice and the numbers that the file shows for
lists, and knows one code page only. Tracked changes are accepted, running heads are left out; what else is left out
is told in findings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import ReadError
from pipeline.limits import USUAL_LIMITS, InputLimits, refuse_longer, too_much
from pipeline.read.rtf_text import DepthError, RtfError, write_text
from pipeline.read.transcript import Transcript

if TYPE_CHECKING:
    from pipeline.read.source import Read

START = b"{\\rtf"

MOST_GROUPS = 100_000
MOST_CELLS = 50_000
MOST_WORDS = 500_000
"""Every letter that is not English is a control word; a hundred pages have 300,000 letters."""


def read_rtf(data: bytes, name: str, limits: InputLimits = USUAL_LIMITS) -> Read:
    """Read an RTF file as repaired text; offsets are of that text.

    Raises ReadError for a file that is damaged, too large, of another kind, or has no text.
    """
    refuse_longer(data, name, limits.rtf_bytes, "rtf_bytes")
    if not data.lstrip().startswith(START):
        msg = f"{name}: not an RTF file; save it from Word or LibreOffice as .rtf"
        raise ReadError(msg)
    if data.count(b"{") > MOST_GROUPS or data.count(b"\\") > MOST_WORDS or data.count(b"\\cell") > MOST_CELLS:
        most = f"{MOST_GROUPS:,} groups, {MOST_WORDS:,} control words or {MOST_CELLS:,} cells"
        msg = f"{name}: more than {most} are no resolution; save it from Word or LibreOffice as .docx"
        raise ReadError(msg)
    transcript = Transcript()
    try:
        write_text(data, transcript, limits.rtf_depth)
    except DepthError as error:
        msg = f"{name}: a damaged RTF file ({error}); open it in Word or LibreOffice and save it again"
        raise too_much(msg, "rtf_depth") from error
    except RtfError as error:
        msg = f"{name}: a damaged RTF file ({error}); open it in Word or LibreOffice and save it again"
        raise ReadError(msg) from error
    return transcript.read(name, "the RTF file")
