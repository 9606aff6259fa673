"""Web pages (`.html`, `.htm`), written as repaired text (the HTML standard of WHATWG).

Not through pandoc: it leaves out the number an item says it has, and cannot know that a link leads to a footnote.
Scripts, styles and the navigation of a page are not its text. Text set as it was typed (`pre`) keeps
its lines, and is repaired like extracted text.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any

from pipeline.errors import ReadError
from pipeline.limits import USUAL_LIMITS, InputLimits, refuse_longer, too_much
from pipeline.read.html_text import write_text
from pipeline.read.plain import ENCODINGS
from pipeline.read.transcript import Transcript

if TYPE_CHECKING:
    from pipeline.read.source import Read

TOLD = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
FIRST_BYTES = 2048
MEANT = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
"""What browsers read in place of an encoding (the Encoding Standard)."""
EMBEDDED = re.compile(r"""(["'])data:[^"'<>]*\1""")
TAG = re.compile(r"""<[a-zA-Z](?:[^>"']++|"[^"]*+"|'[^']*+')*+""")


def read_html(data: bytes, name: str, limits: InputLimits = USUAL_LIMITS) -> Read:
    """Read a web page as repaired text; offsets are of that text.

    Raises ReadError for a page that is too large, wrongly encoded, has tags or attributes without end, or has no text.
    """
    refuse_longer(data, name, limits.text_bytes, "text_bytes")
    if data.count(b"<") > limits.html_tags:
        msg = f"{name}: more than {limits.html_tags:,} tags are no resolution; save the page from a browser as text"
        raise too_much(msg, "html_tags")
    text = EMBEDDED.sub('""', _decode(data, name)).replace("\x00", "")
    # The attributes of a tag take the parser time that grows with their square.
    if any(match.end() - match.start() > limits.html_tag_characters for match in TAG.finditer(text)):
        msg = f"{name}: a tag of the page is far too long; save the page from a browser as text"
        raise too_much(msg, "html_tag_characters")
    transcript = Transcript()
    root = _tree(text, name)
    if root is not None:
        write_text(root, transcript)
    return transcript.read(name, "the page")


def _tree(text: str, name: str) -> Any:  # noqa: ANN401 - lxml's elements, which its stubs keep private
    """Return the tree of a page; `None` for one without any element or text."""
    from lxml import etree  # noqa: PLC0415 - heavy, and a run over extracted text need not wait for it

    parser = etree.HTMLParser(
        recover=True, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode(errors="replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    # The parser stops where it is told too much, and gives what it has: half a page.
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        msg = f"{name}: the elements of the page are nested without end; save the page from a browser as text"
        raise ReadError(msg)
    return root


def _decode(data: bytes, name: str) -> str:
    told = TOLD.search(data[:FIRST_BYTES])
    encoding = told[1].decode("ascii").lower() if told else "utf-8"
    encoding = next((marked for mark, marked in ENCODINGS if data.startswith(mark)), MEANT.get(encoding, encoding))
    try:
        codecs.lookup(encoding)
        return data.decode(encoding)
    except (LookupError, UnicodeError) as error:
        line = data[: getattr(error, "start", 0)].count(b"\n") + 1
        msg = f"{name}:{line}: not {encoding} text, which the page says or seems to be; save the page as UTF-8"
        raise ReadError(msg) from error
