"""How proposed edits are carried out: all of one fixer at once, on a text that keeps its source offsets.

All offsets are code points.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from pipeline.text import Edit, Piece, Repair, Span, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipeline.text import Fate, Move, Proposal


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
