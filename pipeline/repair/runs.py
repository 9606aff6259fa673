"""Lines whose runs stand as they are printed, from left to right, each in its own reading order.

So an extractor writes that turns round every run of right-to-left letters but leaves the runs where
they are: `2021 كانون الأول/ديسمبر17 قرار اتخذته في`. A run of letters takes the blanks and marks to its
right with it, which then stand before it; what follows a number stays behind the number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.bidi import LATIN, LETTERS, RIGHT, characters, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEFTWARD = f"[{RIGHT}\u0660-\u0669]"
FORWARD = f"[{LATIN}0-9%+#$€°-]"
SEGMENT = re.compile(
    f"(?P<right>{LEFTWARD}(?:(?!{FORWARD}).)*(?={FORWARD}|$)|{LEFTWARD})"
    f"|(?P<left>{FORWARD}(?:(?:(?!{LEFTWARD}).)*{FORWARD})?)"
)
OPEN_INDICATOR = re.compile(r"[()]\s*\d{1,3}\s*$")
INDICATOR = re.compile(r"[()]?\d{1,3}[()]?")
LABEL = re.compile(f" *(?:- ?[0-9]{{1,3}}|[0-9]{{1,3}} ?-|[’‘'][0-9]{{1,2}}[’‘']) ?(?={LEFTWARD})")
"""The number of a paragraph or item, set in a column of its own before the first line."""
TITLE_NUMBER = re.compile(f"\\.?([0-9]+/[0-9]+) ?\\.? ?(?={LEFTWARD})")
FRONT = 2000
"""The title stands among the first characters of a text."""
GLUED = re.compile(f"[{RIGHT}]{{3}}[0-9]")
APART = re.compile(f"[{RIGHT}]{{2}} [0-9]")
BEFORE_WORD = re.compile('[()\\[\\]“”"»«]*[،؛:.,]?[”“"]? +[(\\[“”"«]*|[/(\\[“”"«]*')
"""What may stand between the word before and a word."""
MOST_BEFORE = 100
"""More of it, of which nearly all is blanks, is looked at no further back."""


class Segment(NamedTuple):
    """Letters of one direction, from `start` to `end`; what stands before them begins at `since`.

    What follows letters that go leftward up to a number was printed to their left, and is of them.
    """

    since: int
    start: int
    end: int
    right: bool
    letters: bool


def is_in_runs(value: str) -> bool:
    """Tell whether numbers are glued to the words before them, as only runs out of place are."""
    return len(GLUED.findall(value)) > len(APART.findall(value))


def read_runs(value: str, start: int, end: int, *, right: bool) -> tuple[list[int], bool]:
    """Return the offsets of a line in the order in which it is read, and its direction at its right end.

    `right` tells the direction at the right end of the line before, which marks at the beginning of
    this one have. An offset of -1 stands for a blank where stretches of print met without one.
    """
    line = list(characters(value, start, end))
    text = "".join(value[at] for at in line)
    if INDICATOR.fullmatch(text.strip()):
        return line, False
    if not any(map(str.isalnum, text)):
        return line, right
    if not LETTERS.search(text):
        blank = len(text) - len(text.lstrip())
        return line[:blank] + read(value, line[blank:]), False
    head = _head(value, start, text)
    size, blank = len(text[:head].rstrip()), len(text[:head]) - len(text[:head].lstrip())
    order = line[:blank] + read(value, line[blank:size]) + line[size:head]
    if head and head == size and text[:head] not in "()":
        order.append(-1)
    if head and text[:head] not in "()":
        right = False
    found: list[Segment] = []
    for match in SEGMENT.finditer(text, head):
        letters = any(map(str.isalpha, match.group()))
        found.append(Segment(found[-1].end if found else head, *match.span(), match["right"] is not None, letters))
    if not found:
        return order + line[head:], right
    for piece in _pieces(found, text):
        stop = len(line) if piece[-1] is found[-1] else piece[-1].end
        order += _read_piece(value, line, text, piece, stop, right=right, mixed=any(one.right for one in found))
        if stop < len(line) and not text[stop - 1].isspace():
            order.append(-1)
    return order, found[-1].right


def _head(value: str, start: int, text: str) -> int:
    """Return how many characters a line begins with that are a stretch of print by themselves.

    They are the bracket that closes an indicator, the number of a paragraph or that of the title.
    """
    if text[:1] in {"(", ")"} and OPEN_INDICATOR.search(value, max(0, start - 12), start):
        return 1
    title = TITLE_NUMBER.match(text) if start < FRONT else None
    if title and f"/{title[1]}\n" in value[:FRONT]:
        return title.end()
    label = LABEL.match(text)
    return label.end() if label else 0


def _pieces(found: Sequence[Segment], text: str) -> Iterator[list[Segment]]:
    """Part a line where letters meet the number behind them without a blank: there, the next stretch goes on.

    A mark alone behind them, as the dash before a title, was printed to their right.
    """
    piece: list[Segment] = []
    for one, after in zip(found, [*found[1:], None], strict=True):
        piece.append(one)
        numbered = after and any(map(str.isalnum, text[after.start : after.end]))
        if numbered and one.right and one.since == one.start and one.letters:
            yield piece
            piece = []
    yield piece


def _read_piece(
    value: str, line: list[int], text: str, piece: Sequence[Segment], stop: int, *, right: bool, mixed: bool
) -> list[int]:
    """Read one stretch of print from the right; `stop` is where it ends in the line."""
    order: list[int] = line[piece[-1].end : stop][::-1]
    for at in range(len(piece) - 1, -1, -1):
        one = piece[at]
        between = text[one.since : one.start]
        if one.right:
            cut = one.since + _behind(between, first=at == 0, last=at == len(piece) - 1, right=right)
            order += line[cut : one.end]
            order += line[one.since : cut][::-1]
        else:
            order += read(value, line[one.start : one.end], mixed=mixed)
            if at and at == len(piece) - 1 and text[one.start : one.end] == "-" and one.since == one.start:
                order.append(-1)  # a dash between the number before a line and its words stands free of both
            ahead = line[one.since : one.start]
            order += ahead if at == 0 and right else ahead[::-1]
    return order


def _behind(between: str, *, first: bool, last: bool, right: bool) -> int:
    """Return how many of the marks and blanks before a run of letters are not its own, but follow its left end."""
    if (first and right) or between.lstrip().startswith("()"):
        return 0 if first else len(between) - len(between.lstrip())
    blank = between.find(" ") + 1
    if not first and blank and (last or between.count(" ") > 1) and BEFORE_WORD.fullmatch(between, blank):
        return blank
    near = max(0, len(between) - MOST_BEFORE)
    return next(at for at in range(near, len(between) + 1) if BEFORE_WORD.fullmatch(between, at))
