"""How a text was adopted: the sentence, the sides of a recorded vote, the States of each.

FORMAT.md sections 1.2, 1.4 and 1.6. A language's `words.votes` holds, as patterns:

`without`, `unanimous`, `recorded`   what the sentence says of each outcome
`totals`                             the numbers in the sentence; its groups are the sides
`counts`                             the words among them that are numbers ("none")
`between`                            what parts the States of a list
`sides`                              the names of the sides ("In favour")
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline.languages import COLONS
from pipeline.model import Tally, Vote, VoteLine, Voter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.model import VoteOutcome, VoteSide
    from pipeline.parse.paragraphs import Paragraph, Reading

SIDES: tuple[VoteSide, ...] = ("in_favour", "against", "abstaining")
ENCLOSED = re.compile(r"[(（][^()（）]*[)）]")
NAMES = re.compile(r"[(（]((?:[^()（）]|[(（][^()（）]*[)）])+)[)）]")
LONGEST = 24
"""How many paragraphs a vote may have: the sentence, three names, three lists, each over some pages."""
LIST_END = " .,،。，、]"


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """The patterns of one language, compiled."""

    outcomes: tuple[tuple[VoteOutcome, re.Pattern[str]], ...]
    totals: re.Pattern[str]
    counts: dict[str, int]
    between: re.Pattern[str]


@cache
def _words(language: Language) -> _Words:
    found = language.words["votes"]
    return _Words(
        (
            ("without_vote", re.compile(found["without"])),
            ("unanimous", re.compile(found["unanimous"])),
            ("recorded_vote", re.compile(found["recorded"])),
            ("vote", re.compile(found["totals"])),
        ),
        re.compile(found["totals"]),
        found["counts"],
        re.compile(found["between"]),
    )


def vote_length(body: Sequence[Paragraph], language: Language) -> int:
    """Return how many of the paragraphs are the vote that the first one opens.

    A vote in brackets goes on to where they close, if they close before the next heading; any
    goes on with the name of a side, and after a colon. In: at most so many paragraphs as a vote may have.
    """
    texts = [paragraph.text for paragraph in body]
    closes = 1
    if texts[0].startswith("["):
        ends = (at for at, text in enumerate(texts) if text.endswith("]") or _ends_vote(text, language))
        at = next(ends, len(texts))
        closes = at + 1 if at < len(texts) and texts[at].endswith("]") else 1
    while closes < len(texts) and (
        language.vote_side.match(texts[closes])
        or (texts[closes - 1].endswith(COLONS) and not _ends_vote(texts[closes], language))
    ):
        closes += 1
    return closes


def _ends_vote(text: str, language: Language) -> bool:
    return bool(language.annex.search(text) or language.is_enacting(text) or language.meeting.search(text))


def read_vote(lines: Sequence[Paragraph], reading: Reading) -> Vote:
    """Read the paragraphs of a vote."""
    words = _words(reading.language)
    sentence = lines[0].text
    outcome = next((name for name, pattern in words.outcomes if pattern.search(sentence)), None)
    totals: dict[VoteSide, int | None] = {}
    voters: dict[VoteSide, list[Voter]] = {}
    if numbers := words.totals.search(sentence):
        totals, voters = _stated(lines[0], numbers, words, reading)
    listed: list[Voter] | None = None
    for line in lines:
        start = 0
        if label := reading.language.vote_side.match(line.text):
            side, start = next(name for name in SIDES if label[name]), label.end()
            listed = voters[side] = []
        if listed is not None:
            listed += _states(line, start, len(line.text), words, reading)
    tallies = (Tally(name, totals.get(name), tuple(voters.get(name, ()))) for name in SIDES)
    return Vote(
        outcome,
        tuple(VoteLine(reading.inlines(line), reading.span(line)) for line in lines),
        tuple(tally for tally in tallies if tally.total is not None or tally.side in voters),
        reading.span(lines[0], lines[-1]),
    )


def _stated(
    line: Paragraph, numbers: re.Match[str], words: _Words, reading: Reading
) -> tuple[dict[VoteSide, int | None], dict[VoteSide, list[Voter]]]:
    """Read the numbers of a sentence, and the States in parentheses after each ("with 1 abstention (China)")."""
    given = [name for name in SIDES if numbers[name]]
    totals = {name: _count(numbers[name], words) for name in given}
    voters: dict[VoteSide, list[Voter]] = {}
    ends = [*(numbers.start(name) for name in given[1:]), len(line.text)]
    for name, end in zip(given, ends, strict=True):
        if names := NAMES.search(line.text, numbers.end(name), end):
            voters[name] = list(_states(line, names.start(1), names.end(1), words, reading))
    return totals, voters


def _count(number: str, words: _Words) -> int | None:
    return int(number) if number.isdecimal() else words.counts.get(number)


def _states(line: Paragraph, start: int, end: int, words: _Words, reading: Reading) -> Iterator[Voter]:
    """Yield the States that a stretch of a line lists; a word that counts ("None") is none."""
    text = line.text
    inside = [match.span() for match in ENCLOSED.finditer(text, start, end)]
    cuts = [match.span() for match in words.between.finditer(text, start, end)]
    cuts = [(a, b) for a, b in cuts if not any(first < a < last for first, last in inside)]
    starts = [start, *(b for _, b in cuts)]
    for low, high in zip(starts, [*(a for a, _ in cuts), end], strict=True):
        name = text[low:high].rstrip(LIST_END)
        first = low + len(name) - len(name.lstrip())
        name = name.strip()
        if name and name.casefold() not in words.counts:
            span = reading.source.source_span(line.starts[first], line.starts[first + len(name) - 1] + 1)
            yield Voter(name, span)
