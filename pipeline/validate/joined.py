"""Words that a repair made of pieces, where little tells that they are one: for an editor to look at."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING
from unicodedata import category

from pipeline.model import Finding
from pipeline.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.text import Piece, Repair, Text

JOIN = frozenset({"close_apart", "close_pairs", "close_words"})
"""The fixers that make words of pieces."""
NEAR = 4
"""No more marks of direction stand between a word and a blank."""
LONGEST = 60
"""Of a longer word, so much is shown."""
UNKNOWN = "the blank here was taken for one inside a word, and closed"
"""What is told where the word is not beside its blank."""


def doubtful_joins(repairs: Iterable[Repair], text: Text) -> Iterator[Finding]:
    """Find the words of a repaired text that some of its repairs made of pieces: one finding a word.

    Where lines stood in the order of the page, the pieces may have been far from the blank between them: then the
    place is told, not the word. Of a word that went with its line, nothing is.
    """
    joins = [repair for repair in repairs if repair.fixer in JOIN and repair.old.isspace() and not repair.new]
    pieces = sorted(text.pieces, key=lambda piece: (piece.source, piece.end)) if joins else []
    starts = [piece.source for piece in pieces]
    told: set[Span] = set()
    for repair in joins:
        at = bisect_left(starts, repair.source.end)
        beside = [piece for piece in pieces[max(0, at - 1) : at + 1] if _is_near(piece, repair.source)]
        word = _word(text.value, [_nearest(piece, repair.source) for piece in beside]) if len(beside) > 1 else None
        if beside and word not in told:
            made = f"“{text.value[word.start : word.end][:LONGEST]}” was made of pieces" if word else UNKNOWN
            message = f"Uncertain repair ({repair.fixer.replace('_', ' ')}): {made}."
            yield Finding("repair.uncertain", "note", message, repair.source)
        told.update({word} if word else ())


def _is_near(piece: Piece, blank: Span) -> bool:
    """Tell whether a piece of the text begins or ends at a blank of the source, marks that have no width apart."""
    before, after = blank.start - piece.end, piece.source - blank.end
    return 0 <= (after if piece.source >= blank.end else before) <= NEAR


def _nearest(piece: Piece, blank: Span) -> int:
    """Return the offset in the text of the character of a piece that is next to a blank of the source."""
    if not piece.copied:
        return piece.start
    return piece.start + min(max(blank.end, piece.source), piece.end - 1) - piece.source


def _word(value: str, places: list[int]) -> Span | None:
    """Return where the word is that all of some characters are in."""
    start, end = min(places), max(places) + 1
    if not all(map(_is_part, value[start:end])):
        return None
    while start and _is_part(value[start - 1]):
        start -= 1
    while end < len(value) and _is_part(value[end]):
        end += 1
    return Span(start, end)


def _is_part(character: str) -> bool:
    return category(character)[0] in "LM"
