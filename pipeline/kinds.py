"""What kind of text a document is: a resolution, a decision, or a statement of the President."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.languages import language
from pipeline.model import Enacting, Paragraph
from pipeline.walk import block_texts, plain

if TYPE_CHECKING:
    from pipeline.model import Document, Kind

SERIES: dict[str, Kind] = {"/RES/": "resolution", "/DEC/": "decision", "/PRST/": "presidentialStatement"}


def kind_of(document: Document) -> Kind:
    """Return what a document is.

    Its symbol says it (FORMAT.md section 4.3), else a line of the first page, else how the
    text opens; most volumes of decisions print neither of the first two.
    """
    symbol = document.masthead.symbol or ""
    if found := next((kind for series, kind in SERIES.items() if series in symbol), None):
        return found
    spoken = language(document.language)
    lines = (spoken.kind(plain(line.inlines)) for line in document.masthead.lines)
    if found := next(filter(None, lines), None):
        return found
    first = next((text for block in document.blocks[:1] for text in block_texts(block)), None)
    if first is None or not spoken.opens_act(plain(first[1])):
        return "resolution"
    enacted = any(isinstance(block, Enacting) for block in document.blocks)
    return "presidentialStatement" if isinstance(document.blocks[0], Paragraph) and not enacted else "decision"
