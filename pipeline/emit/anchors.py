"""The anchors of a document's parts, for formats that link into it: its eIds, so that all formats share them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.emit.akn import eids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Document


class Anchors:
    """Gives each part of a document its anchor, in reading order, each anchor once.

    They are worked out when the first is asked for, which costs what writing the XML does.
    """

    __slots__ = ("_document", "_waiting")

    def __init__(self, document: Document) -> None:
        self._document = document
        self._waiting: dict[int, Iterator[str]] | None = None

    def take(self, part: object) -> str:
        """Return the anchor of a block, an item, a footnote or an inline; "" where the XML has no element for it."""
        if self._waiting is None:
            self._waiting = {part: iter(found) for part, found in eids(self._document).items()}
        return next(self._waiting.get(id(part), iter(())), "")
