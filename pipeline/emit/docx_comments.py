"""Comments in a Word file: what an editor should check, at the words concerned (ECMA-376 part 1, section 17.13.4).

A comment is anchored to whole inlines: from the one its first source character stands in to
the one of its last, within a paragraph. Where a character is in none (it was dropped, or
there never was one), the nearest inline of the source has the comment. A comment on a
footnote stands at the indicator that places it, since LibreOffice shows none in notes.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from pipeline.emit.docx_runs import escape
from pipeline.walk import texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pipeline.model import Document, Inline, Inlines
    from pipeline.text import Span

AUTHOR, INITIALS = "unres", "un"
NUMBER = 8
"""The number of a paragraph is in no inline; it stands so near before the words it belongs to."""
LEFT_TO_RIGHT = '<w:pPr><w:bidi w:val="0"/><w:jc w:val="left"/></w:pPr>'
"""Remarks are in English, also in an Arabic document."""


class Remark(NamedTuple):
    """What to tell of a place of the source, in paragraphs."""

    span: Span
    paragraphs: tuple[str, ...]


class Comments:
    """The comments of a document, by the inlines they begin and end at.

    Their identifiers are their places in `remarks`. A document without inlines has no place for any.
    """

    __slots__ = ("_closing", "_opening", "remarks")

    def __init__(self, document: Document, remarks: Sequence[Remark]) -> None:
        self._opening: dict[int, list[int]] = {}
        self._closing: dict[int, list[int]] = {}
        anchors = _Anchors(document)
        self.remarks = tuple(remarks) if anchors else ()
        for identifier, remark in enumerate(self.remarks):
            first, last = anchors.of(remark.span)
            # Inlines by identity: two of one span may be equal.
            self._opening.setdefault(id(first), []).append(identifier)
            self._closing.setdefault(id(last), []).append(identifier)

    def around(self, inlines: Inlines, written: str) -> str:
        """Return the XML written for inlines with the comments on them; those are not given out again."""
        if not self.remarks:
            return written
        opening = [each for inline in inlines for each in self._opening.pop(id(inline), ())]
        closing = [each for inline in inlines for each in self._closing.pop(id(inline), ())]
        before = "".join(f'<w:commentRangeStart w:id="{identifier}"/>' for identifier in opening)
        after = "".join(
            f'<w:commentRangeEnd w:id="{identifier}"/><w:r><w:commentReference w:id="{identifier}"/></w:r>'
            for identifier in closing
        )
        return f"{before}{written}{after}"


def comment_elements(remarks: Sequence[Remark], time: datetime) -> str:
    """Return the elements of the comments part."""
    start = f'w:author="{AUTHOR}" w:date="{time:%Y-%m-%dT%H:%M:%SZ}" w:initials="{INITIALS}"'
    return "".join(
        f'<w:comment w:id="{identifier}" {start}>{"".join(map(_paragraph, remark.paragraphs))}</w:comment>'
        for identifier, remark in enumerate(remarks)
    )


def _paragraph(text: str) -> str:
    written = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    return f"<w:p>{LEFT_TO_RIGHT}{written}</w:p>"


class _Anchors:
    """The inlines of a document in the order of the source, each with its paragraph.

    A paragraph that goes on over a page holds the footnotes between in its span: `_holders`
    has the place of the narrowest inline around each, -1 where there is none.
    """

    __slots__ = ("_holders", "_inlines", "_starts")

    def __init__(self, document: Document) -> None:
        found = [(inline, at) for at, (_, inlines) in enumerate(texts(document)) for inline in inlines]
        self._inlines = sorted(found, key=lambda each: (each[0].span.start, -each[0].span.end))
        self._starts = [inline.span.start for inline, _ in self._inlines]
        self._holders: list[int] = []
        open_: list[int] = []
        for at, (inline, _) in enumerate(self._inlines):
            while open_ and self._end(open_[-1]) <= inline.span.start:
                open_.pop()
            self._holders.append(open_[-1] if open_ else -1)
            open_.append(at)

    def __bool__(self) -> bool:
        return bool(self._inlines)

    def of(self, span: Span) -> tuple[Inline, Inline]:
        """Return the first and the last inline, of one paragraph, of a range of the source."""
        first, last = self._first(span), self._nearest(max(span.start, span.end - 1))
        while last > first and self._inlines[last][1] != self._inlines[first][1]:
            last -= 1
        return self._inlines[first][0], self._inlines[max(first, last)][0]

    def _first(self, span: Span) -> int:
        """Return the inline a range begins in, else the first that begins in it, else the nearest."""
        after = bisect_right(self._starts, span.start)
        if self._holding(span.start) < 0 and after < len(self._starts) and self._starts[after] < span.end:
            return after
        return self._nearest(span.start)

    def _holding(self, offset: int) -> int:
        at = bisect_right(self._starts, offset) - 1
        while at >= 0 and self._end(at) <= offset:
            at = self._holders[at]
        return at

    def _nearest(self, offset: int) -> int:
        at = self._holding(offset)
        if at >= 0:
            return at
        before = bisect_right(self._starts, offset) - 1
        after = min(before + 1, len(self._inlines) - 1)
        ahead = self._starts[after] - offset
        if before < 0 or 0 < ahead < max(NUMBER, offset - self._end(before)):
            return after
        return before

    def _end(self, at: int) -> int:
        return self._inlines[at][0].span.end
