"""Text that knows where every character came from.

A `Text` is a string and, kept as runs, the source offset of each of its characters.
A fixer proposes `Edit`s and `Move`s; `pipeline.edits.apply` carries out all of them at once and
logs a `Repair` for each. All offsets are code points. This module imports nothing
of ours.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LINE_END = re.compile("\n")


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


class Piece(NamedTuple):
    """A run of text with one kind of origin.

    `copied`: the characters stand in the source from `source` to `end`, one for one.
    Otherwise a fixer wrote them, in place of those source characters.
    """

    start: int
    source: int
    end: int
    copied: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A string whose characters keep their source offsets."""

    value: str
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", tuple(piece.start for piece in self.pieces))

    @classmethod
    def of(cls, source: str) -> Text:
        """Return the source as a text that is its own origin."""
        return cls(source, (Piece(0, 0, len(source), copied=True),) if source else ())

    @classmethod
    def with_inserted(cls, source: str, new: str, places: Iterable[int]) -> Text:
        """Return the source with something written before each of these offsets, which rise.

        It is what edits would give that are no repairs, and costs a fraction: there may be hundreds of thousands.

        >>> Text.with_inserted("a*", "+", [1]).value
        'a+*'
        """
        parts: list[str] = []
        pieces: list[Piece] = []
        done = length = 0
        for at in places:
            if at > done:
                pieces.append(Piece(length, done, at, copied=True))
            length += at - done
            pieces.append(Piece(length, at, at, copied=False))
            length += len(new)
            parts += source[done:at], new
            done = at
        if done < len(source):
            pieces.append(Piece(length, done, len(source), copied=True))
        return cls("".join((*parts, source[done:])), tuple(pieces))

    def source_span(self, start: int, end: int) -> Span:
        """Return the source range that characters `start` to `end` came from.

        An empty range is anchored at the character that follows it, or at the end.
        """
        if not self.pieces:
            return Span(0, 0)
        if start >= end:
            offset = self._offset(start)
            return Span(offset, offset)
        at = bisect_right(self.starts, start) - 1
        piece = self.pieces[at]
        if piece.copied and (at + 1 == len(self.starts) or end <= self.starts[at + 1]):  # nearly always
            return Span(piece.source + start - piece.start, piece.source + end - piece.start)
        covering = self.pieces[at : bisect_left(self.starts, end)]
        first, last = covering[0], covering[-1]
        low = first.source + start - first.start if first.copied else first.source
        high = last.source + end - last.start if last.copied else last.end
        if len(covering) > 1:
            low = min(low, *[piece.source for piece in covering[1:]])
            high = max(high, *[piece.end for piece in covering[:-1]])
        return Span(low, high)

    def slices(self, start: int, end: int) -> Iterator[tuple[Piece, int, int]]:
        """Yield the pieces that cover `start` to `end`, each with its part of the range."""
        starts, pieces, count = self.starts, self.pieces, len(self.pieces)
        at = max(0, bisect_right(starts, start) - 1)
        while start < end and at < count:
            stop = starts[at + 1] if at + 1 < count else len(self.value)
            last = min(end, stop)
            if start < last:
                yield pieces[at], start, last
                start = last
            at += 1

    def _offset(self, at: int) -> int:
        if at >= len(self.value):
            last = self.pieces[-1]
            return last.source + len(self.value) - last.start if last.copied else last.end
        piece = self.pieces[bisect_right(self.starts, at) - 1]
        return piece.source + at - piece.start if piece.copied else piece.source


@dataclass(frozen=True, slots=True)
class Edit:
    """A proposal: put `new` in place of the characters of `span`."""

    span: Span
    new: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Move:
    """A proposal: carry text elsewhere with its origins.

    `parts` are the spans carried, in their new order, with literal text between them;
    `to` is the offset before which they are put.
    """

    parts: tuple[Span | str, ...]
    to: int
    confidence: float = 1.0


Proposal = Edit | Move
Fate = Literal["white_space", "furniture", "replaced"]
CERTAIN = 0.85
"""A repair less certain than this is worth a look."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One change that was made.

    `source` is the range of the source it touched, `old` the text the fixer saw and
    `new` what it put there. `fate` says what became of the characters of `old`;
    `None` where they are still in the text (moved, or only added to).
    A `confidence` of 0 says that the text is out of place, and was left there for want of a place that is certain.
    `removed` are the source characters that left the text here, as (offset, text).
    """

    fixer: str
    source: Span
    old: str
    new: str
    confidence: float
    fate: Fate | None
    removed: tuple[tuple[int, str], ...]


def line_starts(source: str) -> list[int]:
    """Return the offset of every line's first character."""
    return [0, *(match.end() for match in LINE_END.finditer(source))]


def line_and_column(starts: Sequence[int], offset: int) -> tuple[int, int]:
    """Return where an offset stands, counted from 1; `starts` are the `line_starts`."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1
