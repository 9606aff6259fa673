"""The anchors of a document's parts, for formats that link into it: its eIds, so that all formats share them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.emit.akn import eids

if TYPE_CHECKING:
    from pipeline.model import Document


class Anchors:
    """Gives each part of a document its anchor, in reading order, each anchor once."""

    __slots__ = ("_waiting",)

    def __init__(self, document: Document) -> None:
        self._waiting = {part: iter(found) for part, found in eids(document).items()}

    def take(self, part: object) -> str:
        """Return the anchor of a block, an item, a footnote or an inline; "" where the XML has no element for it."""
        return next(self._waiting.get(id(part), iter(())), "")
