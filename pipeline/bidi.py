"""Between the order in which a line is printed and the order in which it is read.

A line of a right-to-left text is printed as the Unicode Bidirectional Algorithm (UAX #9)
says: its letters from right to left, and within them the runs that go from left to right,
Latin words and numbers, in their own order. Here that is turned round: the runs are made
out in the printed line, and all the rest of it is read from the right.

A printed line is a sequence of offsets, from left to right; so is a line that is read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from pipeline.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Reading = Literal["forward", "backward", "doubtful"]

EMBEDS = {"\u202b": 1, "\u202a": 0, "\u202e": 1, "\u202d": 0}
"""The controls that open a stretch with a direction of its own: 1 where it goes from right to left."""
POPS = "\u202c"
ESCAPED = re.compile(r"\\.")
CONTROL = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
RIGHT = "\u0590-\u060b\u060d-\u065f\u066d-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
LETTERS = re.compile(f"[{RIGHT}]")
"""The letters that go from right to left, and their marks; not the Arabic comma and digits (UAX #9, table 4)."""
LATIN = "A-Za-z\u00c0-\u024f\u0370-\u04ff"
# A word begins at a letter, or at the digits it is glued to. It goes on over blanks, marks, numbers and
# brackets in pairs (UAX #9, W7, N0 and N1), but not over a mark set apart from the word before it, nor
# between two numbers, which can only be read from the right.
WORDS = (
    f"(?:[0-9]+(?=[{LATIN}]))?[{LATIN}]"
    f"(?:(?:(?!(?<! ) ++[,.;:]|(?<=[0-9]) ++[0-9])[^\n\u060c()\\[\\]0-9{LATIN}{RIGHT}])*"
    f"(?:[0-9{LATIN}]|\\([^()\n{RIGHT}]+\\)))*"
)
NUMBER = (
    "[0-9]{1,3}(?:[\u00a0\u202f][0-9]{3})+(?![0-9])"
    "|[0-9]+(?:[.,/:\u060c\u066b\u066c][0-9]+)*|[\u0660-\u0669\u06f0-\u06f9]+"
)
RUN = re.compile(f"{WORDS}|{NUMBER}")
"""What goes from left to right within a line that does not (UAX #9, W4: one separator joins digits)."""
PURE_RUN = re.compile(f"{WORDS}|[0-9]+(?:[.,/:-][0-9]+)*")
"""The same where the line has no letter of the other direction: a hyphen joins digits, too (UAX #9, W2)."""

FIRST_RANGE = re.compile(
    rf"(?<![0-9/.,-])(?P<first>[0-9]{{1,4}})-(?P<last>[0-9]{{1,4}})(?![0-9/.-])[^{RIGHT}{LATIN}-]{{0,20}}\Z"
)
"""A range that a printed line begins with, at its right."""

DIGITS = re.compile("[\u0660-\u0669]+")
NUMERAL = re.compile(
    "(?<![\u0660-\u0669])(?<![\u0660-\u0669][.,\u066b\u066c])[\u0660-\u0669]{2,}(?![.,\u066b\u066c]?[\u0660-\u0669])"
)
"""A number in Arabic digits, but of one digit or with a fraction, which say nothing of the order of digits."""
YEAR = re.compile("\u0661\u0669[\u0664-\u0669][\u0660-\u0669]|\u0662\u0660[\u0660-\u0664][\u0660-\u0669]")
"""A year that the United Nations may speak of, from 1940 to 2049."""
ZERO = "\u0660"
FEW, CLEAR = 2, 4
"""So many numbers tell of a text whose digits are reversed, and so many times as many as tell the contrary."""


def characters(value: str, start: int, end: int) -> Iterator[int]:
    """Yield the offsets of the characters of a line, without the backslash that makes one literal."""
    at = start
    while at < end:
        at += value[at] == "\\"
        yield min(at, end - 1)
        at += 1


def printed(value: str, start: int, end: int) -> list[int] | None:
    """Return the offsets of a line as its direction controls have it printed, without the controls.

    Every embedding is a run of its own. Out: None where a letter that goes from right to left
    stands outside of them all; there, controls are hints to the display and tell no order. A vowel sign
    outside is none: an extractor has it apart from its letter.
    """
    runs: list[tuple[int, list[list[int]]]] = [(0, [])]
    for at in characters(value, start, end):
        if (right := EMBEDS.get(value[at])) is not None:
            runs.append((right, []))
        elif value[at] == POPS and len(runs) > 1:
            inner = _printed_run(*runs.pop())
            runs[-1][1].append(inner)
        elif not CONTROL.match(value[at]):
            if len(runs) == 1 and value[at].isalpha() and LETTERS.match(value[at]):
                return None
            runs[-1][1].append([at])
    while len(runs) > 1:
        inner = _printed_run(*runs.pop())
        runs[-1][1].append(inner)
    return _printed_run(*runs[0])


def _printed_run(right: int, parts: list[list[int]]) -> list[int]:
    return [at for part in (reversed(parts) if right else parts) for at in part]


def read(value: str, line: Sequence[int], *, mixed: bool = False) -> list[int]:
    """Return the offsets of a printed line in the order in which it is read from the right.

    `mixed` tells of a part of a line that has letters of both directions.
    """
    text = "".join(value[at] for at in line)
    letters = mixed or LETTERS.search(text)
    runs = [match.span() for match in (RUN if letters else PURE_RUN).finditer(text)]
    order: list[int] = []
    last = len(line)
    for start, end in reversed(_with_range(text, runs) if letters else runs):
        order += reversed(line[end:last])
        order += line[start:end]
        last = start
    return order + list(reversed(line[:last]))


def _with_range(text: str, runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Make one run of the two of a range that a printed line begins with, before any letter, if it ascends.

    Programs that set each line by itself know of no letter before it, and a hyphen joins digits there.
    """
    found = FIRST_RANGE.search(text)
    if not found or int(found["first"]) >= int(found["last"]):
        return runs
    first, last = found.span("first"), found.span("last")
    if first not in runs or last not in runs:
        return runs
    return sorted([*(run for run in runs if run not in (first, last)), (first[0], last[1])])


def stretches(value: str, order: Sequence[int]) -> Iterator[Span | str]:
    """Yield offsets as the spans they make where each follows the one before, backslashes included.

    An offset of -1 stands for a blank that is put in.
    """
    begin = min((at for at in order if at >= 0), default=0)
    begin -= value[begin - 1 : begin] == "\\"
    literal = {match.start() + 1 for match in ESCAPED.finditer(value, begin, max(order, default=0) + 1)}
    start = end = 0
    for at in order:
        first = at - (at in literal)
        if first != end or at < 0:
            if end > start:
                yield Span(start, end)
            start = end = max(first, 0)
        if at < 0:
            yield " "
        else:
            end = at + 1
    if end > start:
        yield Span(start, end)


def reading_of_digits(value: str) -> Reading | None:
    """Tell how the Arabic digits of a text stand: in the order of reading, all in reverse, or in doubt.

    Out: None where the text has no number that tells. Those that do are years, and numbers with a zero
    at one end alone: none begins with one. What tells the same either way is no evidence (1991).
    """
    forward = backward = 0
    for number in NUMERAL.findall(value):
        turned = number[::-1]
        ahead, behind = (bool(YEAR.fullmatch(one)) or one[-1] == ZERO for one in (number, turned))
        forward += ahead and not behind
        backward += behind and not ahead
    if not forward + backward:
        return None
    if backward >= FEW and backward > CLEAR * forward:
        return "backward"
    return "forward" if forward > CLEAR * backward else "doubtful"
