"""Pieces of justified lines that an extractor set apart from their paragraph, carried back into the gap they left.

An extractor that parts a line at its wide blanks keeps what stands at the left and the right edge with the
paragraph; what stood between becomes a paragraph of its own, before or behind it, in no order that means anything.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, pairwise, permutations
from typing import TYPE_CHECKING, NamedTuple

from pipeline.repair.layout import on_pages
from pipeline.repair.page import body_end, is_closed, lines
from pipeline.repair.widths import BLANK_WIDTH, first_unit, width
from pipeline.text import Move, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.languages import Language
    from pipeline.repair.page import Line
    from pipeline.text import Text

    Pair = tuple[str, str]

LONGEST = 0.8
"""A piece is no wider than this share of the usual line."""
SLACK = 0.03
"""How far a width may be off."""
FIRST = 0.9
"""A first line, set in, may be full with this share of the usual width."""
MOST = 3
"""More pieces of one paragraph are left alone."""
WORD = re.compile(r"\S+")


class Gap(NamedTuple):
    """Where a printed line lacks its middle: between line `at` and the one behind it, which is `wide` at most."""

    at: int
    least: float
    most: float


@on_pages
def place_pieces(text: Text, language: Language) -> Iterator[Move]:
    """Carry the pieces that stand between two paragraphs into the line that lacks just their width.

    The line before a gap has room for the first word of the line behind it; with all pieces the two make one full line,
    after which the next word has none. Leaves alone a piece that may stand in two places, or in two
    orders of which the text does not have the words of one side by side more often elsewhere, pieces of
    paragraphs of which both may lack one, and a paragraph with more gaps.
    """
    if language.joins_without_space or language.right_to_left:
        return
    page = lines(text.value[: body_end(text.value)])
    widths = sorted(width(line.text) for line in page)
    usual = widths[len(widths) * 9 // 10] if widths else 0
    blocks = _blocks(page)
    hosts, zones = _hosts(blocks, usual)
    if not any(zones):
        return
    pairs: Counter[Pair] = Counter(chain.from_iterable(_pairs(line.text) for line in page))
    gaps = [_gaps(host, usual) for host in hosts]
    for at, host in enumerate(hosts):
        before, behind = zones[at], zones[at + 1]
        shared = (before and at and gaps[at - 1]) or (behind and at + 1 < len(hosts) and gaps[at + 1])
        if not shared and 0 < len(before) + len(behind) <= MOST:
            yield from _fill(host, gaps[at], before, behind, pairs)


def _blocks(page: Sequence[Line]) -> list[list[Line]]:
    found: list[list[Line]] = []
    for line in page:
        if not found or line.gap or line.page:
            found.append([])
        found[-1].append(line)
    return found


def _hosts(blocks: Sequence[Sequence[Line]], usual: float) -> tuple[list[Sequence[Line]], list[list[Line]]]:
    """Return the paragraphs, and the pieces before the first, between each two and behind the last."""
    hosts: list[Sequence[Line]] = []
    zones: list[list[Line]] = [[]]
    closed = True
    for block in blocks:
        line = block[0]
        if closed and len(block) == 1 and line.text[0].islower() and width(line.text) < usual * LONGEST:
            zones[-1].append(line)
            continue
        hosts.append(block)
        zones.append([])
        closed = is_closed(block[-1].text)
    return hosts, zones


def _gaps(host: Sequence[Line], usual: float) -> list[Gap]:
    """Return where a printed line of a paragraph may lack its middle, and how wide that is.

    Where more lines are short, the paragraph's own lines may be out of order too: there is none.
    """
    found: list[Gap] = []
    for at, (left, right) in enumerate(pairwise(host)):
        full = usual * (FIRST if at == 0 else 1 - SLACK)
        together = width(left.text) + width(right.text) + 2 * BLANK_WIDTH
        last = at + 2 == len(host)
        following = 0 if last else BLANK_WIDTH + width(first_unit(host[at + 2].text))
        room = width(left.text) + BLANK_WIDTH + width(first_unit(right.text)) < full
        if room and found and at > found[0].at + 1:
            return []
        if room and not last:
            found.append(Gap(at, full - together - following, usual * (1 + SLACK) - together))
    return found


def _fill(
    host: Sequence[Line], gaps: Sequence[Gap], before: Sequence[Line], behind: Sequence[Line], pairs: Mapping[Pair, int]
) -> Iterator[Move]:
    """Yield what carries all pieces into the one gap that they fill."""
    pieces = [*before, *behind]
    wide = sum(width(piece.text) for piece in pieces) + BLANK_WIDTH * (len(pieces) - 1)
    fitting = [gap for gap in gaps if gap.least < wide <= gap.most]
    if fitting != list(gaps[:1]) or not fitting:
        return
    left, right, following = host[fitting[0].at : fitting[0].at + 3]
    # Of one line, what stands further left is given before the paragraph rather than behind it.
    orders = [(*first, *last) for first in permutations(before) for last in permutations(behind)]
    ranked = sorted(
        ((_usage((left, *order, right, following), pairs), order) for order in orders), key=lambda it: -it[0]
    )
    at_edge = max(_usage((left, right, *order, following), pairs) for order in orders)
    if at_edge <= ranked[0][0] and (len(ranked) == 1 or ranked[0][0] > ranked[1][0]):
        parts: list[Span | str] = []
        for piece in ranked[0][1]:
            parts += [Span(piece.start, piece.end), "\n"]
        yield Move(tuple(parts), right.start, 0.8 if len(ranked) == 1 else 0.7)


def _usage(row: Sequence[Line], pairs: Mapping[Pair, int]) -> int:
    """Count the joints of which the text has the two words side by side elsewhere."""
    joints = (f"{left.text.split()[-1]} {right.text.split()[0]}" for left, right in pairwise(row))
    return sum(any(pairs.get(pair, 0) for pair in _pairs(joint)) for joint in joints)


def _pairs(text: str) -> Iterator[Pair]:
    return pairwise(word.lower() for word in WORD.findall(text))
