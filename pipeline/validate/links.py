"""What the source itself links a citation to, beside what was read in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pipeline.model import Finding, Reference
from pipeline.walk import inlines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Document

SYMBOL = re.compile(
    r"https?://(?:www\.)?(?:undocs\.org|docs\.un\.org)/(?:(?:ar|en|es|fr|ru|zh)/)?(?P<symbol>[ASE]/[^?#]+)"
)
"""The addresses that the United Nations gives its documents."""
FINER = re.compile(r"\((?:SUPP|PART)\w*\)$|(?<=\d)[A-Z]{1,2}(?:-[A-Z]{1,2})?$")
"""What its links leave out or add: the letter of a part, the number of a volume, that it is a supplement."""


def links_that_differ(document: Document) -> Iterator[Finding]:
    """Find citations that the source links to another document than the one that was read."""
    links = document.source.links or ()
    for inline in inlines_of(document) if links else ():
        if not isinstance(inline, Reference) or inline.target.symbol is None:
            continue
        at = bisect_left(links, inline.span.start, key=lambda link: link.span.end)
        link = links[at] if at < len(links) else None
        found = SYMBOL.fullmatch(unquote(link.href)) if link and link.span.start < inline.span.end else None
        if found and _bare(found["symbol"]) != _bare(inline.target.symbol):
            message = f"“{inline.text}” was read as {inline.target.symbol}; the source links it to {found['symbol']}."
            yield Finding("reference.link", "warning", message, inline.span)


def _bare(symbol: str) -> str:
    """Return a symbol as all spell it: without blanks, since `S/RES/1325 (2000)` has one or none, and parts."""
    return FINER.sub("", "".join(symbol.split()).rstrip("/").upper())
