"""Find the lists of numbers and dates in a text: "67/139 and 67/143 of 20 December 2012" (FORMAT.md section 4.2)."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard

from pipeline.parse.grammar import Grammar, Number, numbers
from pipeline.parse.symbols import Found

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from pipeline.model import Organ, TargetKind

Token = Number | Found


@dataclass(frozen=True, slots=True)
class Chain:
    """A list of numbers and dates, and what is known of them so far.

    `kind` and `noun` (where it starts and ends) are the noun's; `resumed` where that stands beside
    another list and this one goes on from it. `organs` are those it can be of: none where
    it is of another body, None where nothing is said.
    """

    tokens: tuple[Token, ...]
    kind: TargetKind = "document"
    noun: tuple[int, int] = (0, 0)
    resumed: bool = False
    organs: tuple[Organ, ...] | None = None

    @property
    def start(self) -> int:
        """Where its first token starts."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where its last token ends."""
        return self.tokens[-1].end

    @property
    def numbers(self) -> list[Number]:
        """The numbers among its tokens."""
        return [token for token in self.tokens if is_number(token)]

    @property
    def dated(self) -> bool:
        """Whether a date is among its tokens."""
        return not all(map(is_number, self.tokens))


def find_chains(text: str, patterns: Grammar, found: Sequence[Found]) -> Iterator[Chain]:
    """Yield the lists of numbers and dates: what stands between two items joins them."""
    tokens: list[Token] = [item for item in found if isinstance(item.what, str)]
    taken = sorted(item[:2] for item in found)
    for number in numbers(text, patterns):
        at = bisect_left(taken, (number.end,)) - 1
        if at < 0 or taken[at][1] <= number.start:
            tokens.append(number)
    tokens.sort(key=lambda token: token.start)
    run: list[Token] = []
    named = False  # "… of the Security Council of 2 May 2014, …": the organ is that of the list so far
    for token in tokens:
        joint = _joint(text, run[-1], token, patterns) if run else None
        if not joint or (named and (patterns.date_first or is_number(token))):  # its dates may go on: "of 2 and 20 May"
            yield from _chain(run, patterns)
            run, named = [], False
        named = named or bool(joint and joint.groupdict().get("organ"))
        run.append(token)
    yield from _chain(run, patterns)


def _joint(text: str, left: Token, right: Token, patterns: Grammar) -> re.Match[str] | None:
    """Return what joins two items of a list; None where something else stands between."""
    dates = (left, right) if patterns.date_first else (right, left)
    if not is_number(dates[0]) and is_number(dates[1]):
        return patterns.dated.fullmatch(text, left.end, right.start)
    said_again = None if any(map(is_number, dates)) else patterns.again.fullmatch(text, left.end, right.start)
    return said_again or patterns.join.fullmatch(text, left.end, right.start)


def _chain(run: list[Token], patterns: Grammar) -> Iterator[Chain]:
    """Yield the chain of a run, without dates that belong to nothing in it."""
    cited = [at for at, token in enumerate(run) if is_number(token)]
    if cited:
        yield Chain(tuple(run[: cited[-1] + 1] if patterns.date_first else run[cited[0] :]))


def is_number(token: Token) -> TypeGuard[Number]:
    """Tell a number from a date."""
    return isinstance(token, Number)
