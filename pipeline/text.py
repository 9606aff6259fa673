"""Text that knows where every character came from.

A `Text` is a string and, kept as runs, the source offset of each of its characters.
A fixer proposes `Edit`s and `Move`s; `apply` carries out all of them at once and
logs a `Repair` for each. All offsets are code points. This module imports nothing
of ours.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

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


class OverlapError(ValueError):
    """Two proposals of one fixer touch the same characters."""


class _Mark(NamedTuple):
    """A place of the old text where something happens; `new` is None where text is carried away or to."""

    start: int
    end: int
    order: int
    new: str | None
    confidence: float


ARRIVES, LEAVES, CHANGES = range(3)
"""What happens first where marks begin at one place: text arrives before other text goes."""


def apply(
    text: Text, proposals: Iterable[Proposal], fixer: str, fate: Callable[[str, str], Fate]
) -> tuple[Text, list[Repair]]:
    """Carry out all proposals of one fixer at once and log them.

    Out: the new text, and one repair a proposal in the order of the text.
    `fate(old, new)` names what became of replaced characters.
    Raises OverlapError where two proposals touch the same characters.
    """
    value = text.value
    marks: list[_Mark] = []
    moved: dict[int, list[tuple[Span | str, ...]]] = {}
    repairs: list[tuple[int, Repair]] = []
    for proposal in proposals:
        if isinstance(proposal, Edit):
            start, end = proposal.span
            if value[start:end] != proposal.new:
                marks.append(_Mark(start, end, CHANGES, proposal.new, proposal.confidence))
        else:
            spans = [part for part in proposal.parts if isinstance(part, Span)]
            marks.extend(_Mark(span.start, span.end, LEAVES, None, 1.0) for span in spans)
            if proposal.to not in moved:
                marks.append(_Mark(proposal.to, proposal.to, ARRIVES, None, 1.0))
            moved.setdefault(proposal.to, []).append(proposal.parts)
            repairs.append((spans[0].start, _moved(text, proposal, spans, fixer)))
    if not marks:
        return text, []
    marks.sort(key=lambda mark: (mark.start, mark.end, mark.order))
    writer = _Writer(text)
    done = 0
    for mark in marks:
        start, end = mark.start, mark.end
        if start < done:
            msg = f"{fixer}: two proposals touch character {start} of {value[start:end]!r}"
            raise OverlapError(msg)
        writer.copy(done, start)
        if mark.order == ARRIVES:
            writer.arrive(moved[start], text.source_span(start, start))
        elif mark.new is not None:
            old = value[start:end]
            source, removed = _source(text, start, end, old)
            what = fate(old, mark.new) if old else None
            repairs.append((start, Repair(fixer, source, old, mark.new, mark.confidence, what, removed)))
            writer.write(mark.new, source)
        done = end
    writer.copy(done, len(value))
    repairs.sort(key=lambda pair: pair[0])
    return writer.text(), [repair for _, repair in repairs]


def _source(text: Text, start: int, end: int, old: str) -> tuple[Span, tuple[tuple[int, str], ...]]:
    """Return the source range of some characters, and those of them the source gave, with their offsets."""
    source = text.source_span(start, end)
    if source.end - source.start == end - start:
        at = bisect_right(text.starts, start) - 1
        if text.pieces[at].copied and (at + 1 == len(text.starts) or end <= text.starts[at + 1]):  # nearly always
            return source, ((source.start, old),) if old else ()
    removed = tuple(
        (piece.source + first - piece.start, text.value[first:last])
        for piece, first, last in text.slices(start, end)
        if piece.copied
    )
    return source, removed


def _moved(text: Text, move: Move, spans: list[Span], fixer: str) -> Repair:
    source = text.source_span(min(span.start for span in spans), max(span.end for span in spans))
    old = "".join(text.value[span.start : span.end] for span in spans)
    new = "".join(part if isinstance(part, str) else text.value[part.start : part.end] for part in move.parts)
    return Repair(fixer, source, old, new, move.confidence, None, ())


def line_starts(source: str) -> list[int]:
    """Return the offset of every line's first character."""
    return [0, *(match.end() for match in LINE_END.finditer(source))]


def line_and_column(starts: Sequence[int], offset: int) -> tuple[int, int]:
    """Return where an offset stands, counted from 1; `starts` are the `line_starts`."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


class _Writer:
    """Collects the characters and origins of a text that is being rewritten."""

    __slots__ = ("length", "old", "parts", "pieces")

    def __init__(self, old: Text) -> None:
        self.old = old
        self.parts: list[str] = []
        self.pieces: list[Piece] = []
        self.length = 0

    def copy(self, start: int, end: int) -> None:
        if start >= end:
            return
        self.parts.append(self.old.value[start:end])
        starts, old, new = self.old.starts, self.old.pieces, self.pieces
        at = bisect_right(starts, start) - 1
        count = len(starts)
        while start < end:
            first, source, stop, copied = old[at]
            at += 1
            last = starts[at] if at < count and starts[at] < end else end
            if copied:
                source += start - first
                stop = source + last - start
                if new and new[-1][3] and new[-1][2] == source:
                    new[-1] = Piece(new[-1][0], new[-1][1], stop, copied=True)
                else:
                    new.append(Piece(self.length, source, stop, copied=True))
            else:
                new.append(Piece(self.length, source, stop, copied=False))
            self.length += last - start
            start = last

    def write(self, new: str, source: Span) -> None:
        if new:
            self.pieces.append(Piece(self.length, source.start, source.end, copied=False))
            self.length += len(new)
            self.parts.append(new)

    def arrive(self, arrivals: list[tuple[Span | str, ...]], source: Span) -> None:
        for parts in arrivals:
            for part in parts:
                if isinstance(part, str):
                    self.write(part, source)
                else:
                    self.copy(part.start, part.end)

    def text(self) -> Text:
        return Text("".join(self.parts), tuple(self.pieces))
