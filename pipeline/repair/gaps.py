"""Where a paragraph lacks whole printed lines, of which it has pieces only, and the orders these may have."""

from __future__ import annotations

import re
from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from pipeline.repair.page import is_closed
from pipeline.repair.printed import INDENT, Place, bounds_of, indent, orders_of
from pipeline.repair.widths import BLANK_WIDTH, first_unit, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.repair.page import Line

SLACK = 0.03
"""How far a width may be off."""
FIRST = 0.88
"""A first line, set in, may be full with this share of the usual width."""
MOST = 6
"""A printed line of more pieces is left alone."""
FEW = 64
"""Pieces that may be shared out among printed lines in more ways are left alone."""
FULL = 0.9
"""A line of this share of the usual width is whole where an indicator takes the rest."""
NEXT = re.compile(r"\S+- \S+|\S+")
"""The next word, which an extractor may have parted at its hyphen."""
LONG = 7
"""So many short lines in a row are no pieces, and a paragraph with so many such rows takes none."""
PAGE = 60
"""No block is longer."""


class Paragraph(NamedTuple):
    """The lines of a paragraph with the numbers of their blocks, without the pieces before and behind it.

    `usual` is the width of the text's full lines; `numbered` tells of a number that stands alone before the paragraph.
    """

    lines: tuple[Line, ...]
    blocks: tuple[int, ...]
    usual: float
    numbered: bool


class Printed(NamedTuple):
    """A printed line: its pieces as the text has them, the orders they may have, and the lines around it.

    `apart` tells of pieces among them that stand apart from the paragraph.
    """

    pieces: tuple[Line, ...]
    apart: bool
    orders: tuple[tuple[Line, ...], ...]
    before: Line | None
    following: Line


def runs_of(paragraph: Paragraph) -> list[range]:
    """Return the runs of lines that are not full, and end inside a sentence; the last line of the paragraph is none."""
    found: list[range] = []
    first = None
    for at, (line, following) in enumerate(pairwise(paragraph.lines)):
        full = paragraph.usual * (FIRST if at == 0 else 1 - SLACK)
        room = width(line.text) + BLANK_WIDTH + width(first_unit(following.text)) < full
        if room and (line.text.endswith(",") or not is_closed(line.text)):
            first = at if first is None else first
        elif first is not None:
            found.append(range(first, at))
            first = None
    if first is not None:
        found.append(range(first, len(paragraph.lines) - 1))
    return [run for run in found if len(run) < LONG]


def fillings(paragraph: Paragraph, apart: Sequence[Line]) -> list[Printed]:
    """Return the printed lines that the paragraph has in pieces, those that stand `apart` from it among them.

    None where these do not complete just one of its lines.
    """
    found: list[list[Printed]] = []
    own: list[Printed] = []
    runs = runs_of(paragraph)
    if apart and len(runs) >= LONG:
        return []
    for run in runs:
        alone = list(_parted(paragraph, run, ()))
        own += alone[0] if len(alone) == 1 else []
    if not apart:
        return own
    for run in runs:
        others = [printed for printed in own if printed.pieces[0] not in paragraph.lines[run.start : run.stop]]
        found += [[*others, *printed] for printed in _parted(paragraph, run, apart)]
    return found[0] if len(found) == 1 else []


def _parted(paragraph: Paragraph, run: range, apart: Sequence[Line]) -> Iterator[list[Printed]]:
    """Yield each way in which a run and the pieces that stand apart part into whole printed lines."""
    for groups in _groupings(run):
        ids = {at: group.start for group in groups for at in group}
        for shares in _shared(paragraph, groups, apart):
            printed: list[Printed] = []
            for group, share in zip(groups, shares, strict=True):
                if whole := _whole(paragraph, group, share, ids):
                    printed.append(whole)
                elif not _is_full(paragraph, group, share):
                    break
            else:
                yield printed


def _shared(
    paragraph: Paragraph, groups: Sequence[range], apart: Sequence[Line]
) -> Iterator[tuple[tuple[Line, ...], ...]]:
    """Yield each way to give pieces to lines so that all of them may be full."""
    if not apart:
        yield ((),) * len(groups)
        return
    if len(groups) ** len(apart) > FEW:
        return
    most = paragraph.usual * (1 + SLACK)
    own = [sum(width(paragraph.lines[at].text) + BLANK_WIDTH for at in group) for group in groups]
    for homes in product(range(len(groups)), repeat=len(apart)):
        shares = tuple(
            tuple(piece for piece, home in zip(apart, homes, strict=True) if home == at) for at in range(len(groups))
        )
        added = [sum(width(piece.text) + BLANK_WIDTH for piece in share) for share in shares]
        if all(wide + more <= most + BLANK_WIDTH for wide, more in zip(own, added, strict=True)):
            yield shares


def _is_full(paragraph: Paragraph, group: range, apart: Sequence[Line]) -> bool:
    """Tell whether a line is whole as it is: an indicator or a hyphen of it takes more room than its text tells."""
    if len(group) > 1 or apart:
        return False
    text = paragraph.lines[group.start].text
    return indent(text, first=group.start == 0, numbered=paragraph.numbered) + width(text) / paragraph.usual > FULL


def _groupings(run: range) -> Iterator[list[range]]:
    if not run:
        yield []
    for end in range(run.start + 1, run.stop + 1):
        for rest in _groupings(range(end, run.stop)):
            yield [range(run.start, end), *rest]


def _whole(paragraph: Paragraph, group: range, apart: Sequence[Line], ids: dict[int, int]) -> Printed | None:
    """Return the printed line that these lines and the pieces apart make, if they fill one."""
    lines, usual = paragraph.lines, paragraph.usual
    own, following = lines[group.start : group.stop], lines[group.stop]
    if not 1 < len(own) + len(apart) <= MOST:
        return None
    pieces = tuple(sorted((*own, *apart)))
    wide = sum(width(piece.text) for piece in pieces) + BLANK_WIDTH * (len(pieces) - 1)
    if wide > usual * (1 + SLACK):
        return None
    next_word = NEXT.match(following.text)
    inset = indent(own[0].text, first=group.start == 0, numbered=paragraph.numbered) * usual
    if next_word and inset + wide + BLANK_WIDTH + width(next_word[0]) < usual * (1 - SLACK):
        return None
    place = _place(paragraph, group, apart, ids)
    ranked = (*own, *sorted(apart)) if place.first else pieces
    orders = {tuple(piece.text for piece in order): order for order in orders_of(ranked, place)}
    before = lines[group.start - 1] if group.start else None
    return Printed(pieces, bool(apart), tuple(orders.values()), before, following) if orders else None


def _place(paragraph: Paragraph, group: range, apart: Sequence[Line], ids: dict[int, int]) -> Place:
    lines, blocks, usual = paragraph.lines, paragraph.blocks, paragraph.usual
    around = {blocks[at] for at in (group.start - 1, group.stop) if at >= 0}
    attached = [at for at in group if blocks[at] in around]
    loose = [*(lines[at] for at in group if at not in attached), *apart]
    home = {blocks[at] for at in attached}
    bounds, start = None, 0
    if len(home) == 1:
        page = range(max(0, group.start - PAGE), min(len(lines), group.stop + PAGE))
        block = [at for at in page if blocks[at] in home]
        start = lines[block[0]].start
        above = {ids.get(at, at) for at in block if at < group.start}
        below = {ids.get(at, at) for at in block if at >= group.stop}
        bounds = bounds_of(len(above), len(below), usual)
    return Place(
        usual,
        group.start == 0,
        paragraph.numbered,
        tuple(_near(paragraph, group)),
        {lines[at].start: blocks[at] for at in attached},
        frozenset(piece.start for piece in loose if piece.start < start),
        frozenset(piece.start for piece in loose if piece.start >= start),
        bounds,
    )


def _near(paragraph: Paragraph, group: range) -> Iterator[tuple[tuple[float, float], int]]:
    """Yield from where to where the lines right above and below go, on the same page, and their blocks."""
    lines, blocks, usual = paragraph.lines, paragraph.blocks, paragraph.usual
    if group.start and not lines[group.start].page:
        yield (INDENT * usual if group.start == 1 else 0, usual), blocks[group.start - 1]
    following = lines[group.stop]
    if not following.page:
        last = group.stop + 1 == len(lines)
        wide = width(following.text)
        yield (0, wide if last and wide < usual * (1 - SLACK) else usual), blocks[group.stop]
