"""Text that knows where every character came from.

A `Text` is a string and, kept as runs, the source offset of each of its characters.
A fixer proposes `Edit`s and `Move`s; `apply` carries out all of them at once and
logs a `Repair` for each. All offsets are code points. This module imports nothing
of ours.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


class Piece(NamedTuple):
    """A run of text with one kind of origin.

    `copied`: the characters stand in the source at `source` onwards, one for one.
    Otherwise a fixer wrote them, in place of source characters `source` to `end`.
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
            source = piece.source + start - piece.start
            return Span(source, source + end - start)
        low: int | None = None
        high = 0
        for piece, first, last in self.slices(start, end):
            left = piece.source + (first - piece.start) if piece.copied else piece.source
            right = piece.source + (last - piece.start) if piece.copied else piece.end
            low = left if low is None else min(low, left)
            high = max(high, right)
        return Span(low or 0, high)

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


class _Writer:
    """Collects the characters and origins of a text that is being rewritten."""

    __slots__ = ("at", "length", "old", "parts", "pieces")

    def __init__(self, old: Text) -> None:
        self.old = old
        self.parts: list[str] = []
        self.pieces: list[Piece] = []
        self.length = 0
        self.at = 0

    def copy(self, start: int, end: int) -> None:
        if start >= end:
            return
        self.parts.append(self.old.value[start:end])
        starts, pieces, at = self.old.starts, self.old.pieces, self.at
        if at >= len(starts) or starts[at] > start:
            at = bisect_right(starts, start) - 1
        while start < end:
            while at + 1 < len(starts) and starts[at + 1] <= start:
                at += 1
            first, source, stop, copied = pieces[at]
            last = min(end, starts[at + 1]) if at + 1 < len(starts) else end
            if copied:
                self._add(source + start - first, source + last - first, last - start, copied=True)
            else:
                self._add(source, stop, last - start, copied=False)
            start = last
        self.at = at

    def write(self, new: str, source: Span) -> None:
        if new:
            self._add(source.start, source.end, len(new), copied=False)
            self.parts.append(new)

    def arrive(self, arrivals: list[tuple[Span | str, ...]], source: Span) -> None:
        for parts in arrivals:
            for part in parts:
                if isinstance(part, str):
                    self.write(part, source)
                else:
                    self.copy(part.start, part.end)

    def _add(self, source: int, end: int, length: int, *, copied: bool) -> None:
        previous = self.pieces[-1] if copied and self.pieces else None
        if previous is not None and previous.copied and previous.end == source:
            self.pieces[-1] = Piece(previous.start, previous.source, end, copied=True)
        else:
            self.pieces.append(Piece(self.length, source, end, copied))
        self.length += length

    def text(self) -> Text:
        return Text("".join(self.parts), tuple(self.pieces))
