"""Pieces of justified lines that an extractor set apart from their paragraph, put back where they stood.

Of a line that it parts at its wide blanks, some pieces stay with the paragraph, in an order that means nothing, and the
others become paragraphs of their own, before or behind it (`pipeline.repair.printed`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING

from pipeline.repair.furniture import text_start
from pipeline.repair.gaps import MOST, Paragraph, fillings
from pipeline.repair.layout import on_pages
from pipeline.repair.openings import ITEM, NUMBER
from pipeline.repair.page import body_end, is_closed, lines
from pipeline.repair.usage import rows_of, usual_order
from pipeline.repair.widths import usual_width, width
from pipeline.text import Move, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.repair.gaps import Printed
    from pipeline.repair.page import Line
    from pipeline.repair.usage import Row
    from pipeline.text import Text

LONGEST = 0.8
"""A piece is no wider than this share of the usual line."""
START = attrgetter("start")
LINE_END = re.compile(r"[^\S\n\f]*\n")
BY_WIDTH, BY_WORDS, LEFT = 0.8, 0.7, 0.0
"""How certain it is where a piece goes, or that it is left."""


@on_pages
def place_pieces(text: Text, language: Language) -> Iterator[Move]:
    """Put the pieces of a printed line in the one order that fills it and explains where the extractor put them.

    Where that may be several, the words decide which the text has side by side elsewhere. Leaves alone what is in a
    possible order already, pieces of which neither tells the order, and pieces that may belong to two
    paragraphs; of those that stand apart it says so, by carrying them to where they are.
    """
    if language.joins_without_space or language.right_to_left:
        return
    page = lines(text.value[: body_end(text.value)])
    page = page[text_start(page, language) :]
    paragraphs, zones = _paragraphs(page, language)
    shares = _share(paragraphs, zones)
    known = cache(lambda: rows_of(page, paragraphs[0].usual))
    left = {piece.start: piece for zone in zones for piece in zone}
    for paragraph, apart in zip(paragraphs, shares, strict=True):
        if any(language.vote.search(line.text) for line in paragraph.lines):
            continue
        for printed in fillings(paragraph, apart):
            order, confidence = _ordered(printed, known)
            if not order:
                left.update({piece.start: piece for piece in printed.pieces[:1] if not printed.apart})
            else:
                yield from _carry(text.value, order, printed, page, confidence)
                for piece in order:
                    left.pop(piece.start, None)
    for piece in left.values():
        if piece.indent or not is_closed(piece.text):
            yield Move((Span(piece.start, piece.end),), piece.start, LEFT)


def _paragraphs(page: Sequence[Line], language: Language) -> tuple[list[Paragraph], list[list[Line]]]:
    """Return the paragraphs, and the pieces before the first, between each two and behind the last."""
    usual = usual_width(line.text for line in page)
    rows: list[list[tuple[Line, int]]] = []
    zones: list[list[Line]] = [[]]
    closed = True
    for number, block in enumerate(_blocks(page)):
        line = block[0]
        if closed and len(block) == 1 and _is_piece(line, usual, language):
            zones[-1].append(line)
            continue
        if closed or NUMBER.match(line.text) or (line.text[0].isupper() and language.opens_preambular(line.text)):
            rows.append([])
            zones.append([])
        rows[-1] += [(own, number) for own in block]
        closed = is_closed(block[-1].text)
    alone = [len(row) == 1 and NUMBER.fullmatch(row[0][0].text) is not None for row in rows]
    return [
        Paragraph(tuple(line for line, _ in row), tuple(number for _, number in row), usual, numbered)
        for row, numbered in zip(rows, [False, *alone[:-1]] if rows else [], strict=True)
    ], zones


def _blocks(page: Sequence[Line]) -> list[list[Line]]:
    found: list[list[Line]] = []
    for line in page:
        if not found or line.gap or line.page:
            found.append([])
        found[-1].append(line)
    return found


def _is_piece(line: Line, usual: float, language: Language) -> bool:
    """Tell whether a line, alone after the end of a paragraph, is a piece of one."""
    if not line.text[0].islower() or width(line.text) > usual * LONGEST:
        return False
    if is_closed(line.text) and not line.text.endswith(","):
        return False
    opens = ITEM.match(line.text) or language.opens_preambular(line.text) or language.opens_operative(line.text)
    return line.indent > 0 or not opens


def _share(paragraphs: Sequence[Paragraph], zones: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the pieces of each paragraph: those between two go, each to one of them, where they complete its lines."""
    shares: list[list[Line]] = [[] for _ in paragraphs]
    if paragraphs:
        shares[0] += zones[0][:MOST]
    for at, zone in enumerate(zones[1:]):
        if not 0 < len(zone) <= MOST:
            continue
        follows = at + 1 < len(paragraphs)
        options: dict[int, int] = {}
        for split in range(len(zone) + 1):
            first = _completed(paragraphs[at], [[*shares[at], *zone[:split]]])
            behind = zones[at + 2][:MOST] if follows else ()
            ends = [[*zone[split:], *behind[:end]] for end in range(len(behind) + 1)]
            second = _completed(paragraphs[at + 1], ends) if follows else int(split == len(zone)) - 1
            if first >= 0 and second >= 0:
                options[split] = first + second
        best = [split for split in options if options[split] == max(options.values())]
        if len(best) == 1:
            shares[at] += zone[: best[0]]
            if follows:
                shares[at + 1] += zone[best[0] :]
    return shares


def _completed(paragraph: Paragraph, choices: Sequence[Sequence[Line]]) -> int:
    """Return whether one of these choices of pieces completes the paragraph; -1 where it cannot take any."""
    filled = [len(fillings(paragraph, apart)) if apart else 0 for apart in choices]
    return max((1 if count else -1) if apart else 0 for count, apart in zip(filled, choices, strict=True))


def _ordered(printed: Printed, known: Callable[[], Collection[Row]]) -> tuple[tuple[Line, ...], float]:
    """Return the order of a printed line's pieces, and how certain it is; none in doubt."""
    orders = printed.orders
    if len(orders) == 1:
        return orders[0], BY_WIDTH
    around = (printed.before.text,) if printed.before else ()
    rows = [(*around, *(piece.text for piece in order), printed.following.text) for order in orders]
    best = usual_order(rows, known())
    return (orders[best], BY_WORDS) if best is not None else ((), LEFT)


def _place(page: Sequence[Line], line: Line) -> int:
    return bisect_left(page, line.start, key=START)


def _carry(
    value: str, order: Sequence[Line], printed: Printed, page: Sequence[Line], confidence: float
) -> Iterator[Move]:
    """Yield what carries before the line behind them the pieces that do not stand in their order there already."""
    pending, to = list(order), printed.following
    while pending and _place(page, pending[-1]) == _place(page, to) - 1:
        to = pending.pop()
    if pending and all(line in order for line in page[_place(page, pending[0]) : _place(page, to)]):
        while len(pending) > 1 and pending[0].start < pending[1].start < to.start:
            pending.pop(0)
        if pending[0].start < to.start:
            pending.pop(0)
    parts: list[Span | str] = []
    for piece in pending:
        end = LINE_END.match(value, piece.end)
        start = piece.start - piece.indent
        parts += [Span(start, end.end())] if end else [Span(start, piece.end), "\n"]
    if parts:
        yield Move(tuple(parts), to.start - to.indent, confidence)
