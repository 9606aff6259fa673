"""Find the citations and the dates in the text of one paragraph (FORMAT.md section 4).

A citation is a number beside a noun ("resolution", "decision"), alone or in a list;
what the noun is, and what may stand between, is the language's (`grammar.py`). A wrong
link is worse than none: where the organ of a number is not certain, or a date is not
clearly that of the number, there is none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, TypeGuard

from pipeline.parse.grammar import Grammar, Number, grammar, numbers
from pipeline.parse.symbols import Found, symbols
from pipeline.parse.targets import STEMS, certain_organ, target

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.model import Organ, TargetKind

COUNCILS: tuple[Organ, ...] = ("unsc", "unecosoc", "unga-hrc")
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


def mark(text: str, language: Language, organ: Organ | None) -> list[Found]:
    """Return the references and dates in a paragraph, in order and apart from each other.

    `text` is without footnote indicators, `organ` the one that adopts the document.
    Offsets are code points.
    """
    found = [*symbols(text), *(Found(*date) for date in language.dates(text))]
    found.extend(_citations(text, language, organ, found))
    found.sort(key=lambda item: (item.start, item.end))
    end, apart = 0, []
    for item in found:
        if item.start >= end:
            apart.append(item)
            end = item.end
    return apart


def _citations(text: str, language: Language, organ: Organ | None, found: Sequence[Found]) -> Iterator[Found]:
    patterns = grammar(language)
    nouns = list(patterns.noun.finditer(text))
    if not nouns:
        return
    chains = _kinds(text, list(_chains(text, patterns, found)), nouns, patterns)
    lead = max(language.lead(text, operative=False), language.lead(text, operative=True))
    for chain in _organs(text, chains, patterns, organ, lead):
        dates = _dates(text, chain, patterns)
        for number in filter(_is_number, chain.tokens):
            date = dates.get(number)
            of = certain_organ(number, chain.organs, organ, date)
            what = of and target(number, chain.kind, of, date, patterns.letter_range)
            if what:
                yield Found(number.start, number.end, what)


def _chains(text: str, patterns: Grammar, found: Sequence[Found]) -> Iterator[Chain]:
    """Yield the lists of numbers and dates: what stands between two items joins them."""
    tokens: list[Token] = [item for item in found if isinstance(item.what, str)]
    tokens.extend(
        number
        for number in numbers(text, patterns)
        if not any(item.start < number.end and number.start < item.end for item in found)
    )
    tokens.sort(key=lambda token: token.start)
    run: list[Token] = []
    for token in tokens:
        if run and not _joined(text, run[-1], token, patterns):
            yield from _chain(run, patterns)
            run = []
        run.append(token)
    yield from _chain(run, patterns)


def _joined(text: str, left: Token, right: Token, patterns: Grammar) -> bool:
    dates = (left, right) if patterns.date_first else (right, left)
    if not _is_number(dates[0]) and _is_number(dates[1]):
        return patterns.dated.fullmatch(text, left.end, right.start) is not None
    return patterns.join.fullmatch(text, left.end, right.start) is not None


def _chain(run: list[Token], patterns: Grammar) -> Iterator[Chain]:
    """Yield the chain of a run, without dates that belong to nothing in it."""
    cited = [at for at, token in enumerate(run) if _is_number(token)]
    if cited:
        yield Chain(tuple(run[: cited[-1] + 1] if patterns.date_first else run[cited[0] :]))


def _is_number(token: Token) -> TypeGuard[Number]:
    return isinstance(token, Number)


def _kinds(text: str, chains: list[Chain], nouns: list[re.Match[str]], patterns: Grammar) -> list[Chain]:
    """Return the chains that have a noun: beside them, or beside the chain that they go on from (or to)."""
    known: list[Chain] = []
    for chain in chains if patterns.noun_first else reversed(chains):
        noun = _nearest(nouns, chain, patterns)
        if noun is None:
            continue
        gap = (noun.end(), chain.start) if patterns.noun_first else (chain.end, noun.start())
        kind: TargetKind = "resolution" if noun["resolution"] else "decision"
        cited = replace(chain, kind=kind, noun=noun.span())
        if patterns.beside_noun.fullmatch(text, *gap):
            known.append(cited)
        elif known and known[-1].noun == cited.noun:
            if _resumes(text, cited, known[-1], patterns):
                known.append(replace(cited, resumed=True))
        elif _is_dated(cited) and patterns.singled_out.fullmatch(text, *gap):
            known.append(cited)
    return known if patterns.noun_first else known[::-1]


def _nearest(nouns: list[re.Match[str]], chain: Chain, patterns: Grammar) -> re.Match[str] | None:
    if patterns.noun_first:
        return next((noun for noun in reversed(nouns) if noun.end() <= chain.start), None)
    return next((noun for noun in nouns if noun.start() >= chain.end), None)


def _resumes(text: str, chain: Chain, known: Chain, patterns: Grammar) -> bool:
    """Tell whether a list goes on after other words: "… of 1992, entitled “…”, and 70/1 of 2015".

    Its numbers must be clear of themselves: enclosed (第…号), `1325 (2000)`, or dated.
    """
    cited = [token for token in chain.tokens if _is_number(token)]
    clear = all(number.enclosed or (number.old and number.series.isdigit()) for number in cited)
    if not patterns.noun_first:
        return clear and patterns.resumes.fullmatch(text, chain.end, known.start) is not None
    before = patterns.resumes.search(text, max(0, chain.start - 40), chain.start)
    return before is not None and (clear or _is_dated(chain))


def _is_dated(chain: Chain) -> bool:
    return not all(map(_is_number, chain.tokens))


def _organs(text: str, chains: list[Chain], patterns: Grammar, organ: Organ | None, lead: int) -> Iterator[Chain]:
    """Yield the chains with the organs they can be of (FORMAT.md section 4.5, "Organ")."""
    # "Council" alone is the Human Rights Council only where that is named, or adopts the document.
    named = organ == "unga-hrc" or any(match.lastgroup == "unga_hrc" for match in patterns.names.finditer(text))
    councils = COUNCILS if named else COUNCILS[:-1]
    previous: Chain | None = None
    for chain in chains:
        start = max(lead, previous.end if previous else 0)
        organs = _organs_of(text, chain, patterns, organ, start, councils)
        if organs is None and previous and (chain.resumed or _goes_on(text, previous, chain, patterns)):
            organs = previous.organs
        previous = replace(chain, organs=organs)
        yield previous


def _organs_of(
    text: str, chain: Chain, patterns: Grammar, organ: Organ | None, start: int, councils: tuple[Organ, ...]
) -> tuple[Organ, ...] | None:
    """Return the organs named with a citation: between its noun and number, before it from `start` on, or after it."""
    if not patterns.noun_first:
        return _organs_before(text[start : chain.start], patterns, organ, councils)
    before, after = chain.noun
    organs = None if chain.resumed else _organs_after(text, after, patterns, councils)
    if organs is None:
        organs = _organs_before(text[start : after if patterns.noun_owns else before], patterns, organ, councils)
    return _organs_after(text, chain.end, patterns, councils) if organs is None else organs


def _organs_before(
    head: str, patterns: Grammar, organ: Organ | None, councils: tuple[Organ, ...]
) -> tuple[Organ, ...] | None:
    match = patterns.organ_before.search(head)
    if match:
        organs = _named(match, councils)
        while match := patterns.organ_joined.search(head[: match.start()]):
            organs += _named(match, councils)
        return organs
    if patterns.foreign.search(head):
        return ()
    own = patterns.own.get(organ)
    return (organ,) if organ and own and own.search(head) else None


def _organs_after(text: str, end: int, patterns: Grammar, councils: tuple[Organ, ...]) -> tuple[Organ, ...] | None:
    match = patterns.organ_after.match(text, end)
    if match is None:
        return None
    if not match.lastgroup:
        return () if patterns.foreign_after.match(text, match.end()) else None
    organs = _named(match, councils)
    while match := patterns.organ_also.match(text, match.end()):
        organs += _named(match, councils)
    return organs


def _named(match: re.Match[str], councils: tuple[Organ, ...]) -> tuple[Organ, ...]:
    """Return the organs that a name can mean."""
    if match.lastgroup == "short":
        return councils
    return tuple(organ for organ in STEMS if organ.replace("-", "_") == match.lastgroup)


def _goes_on(text: str, previous: Chain, chain: Chain, patterns: Grammar) -> bool:
    """Tell whether a citation that names no organ follows another directly: "…第64/151号决议和第10/11号决议"."""
    if patterns.noun_first:
        return patterns.goes_on.fullmatch(text, previous.end, chain.noun[0]) is not None
    noun = patterns.noun.match(text, previous.end)
    return patterns.goes_on.fullmatch(text, noun.end() if noun else previous.end, chain.start) is not None


def _dates(text: str, chain: Chain, patterns: Grammar) -> dict[Number, str]:
    """Return the dates of the numbers of a chain (FORMAT.md section 4.5, D1 and D2).

    A date is that of the number beside it, and of the numbers joined to that one which
    are of the same session or year; several dates in a row are told apart only by "respectively".
    """
    tokens = chain.tokens[::-1] if patterns.date_first else chain.tokens
    runs = [list(run) for _, run in groupby(tokens, key=_is_number)]
    dates: dict[Number, str] = {}
    for run, dated in zip(runs[::2], runs[1::2], strict=False):
        listed = [number for number in run if _is_number(number)]
        isos = [date.what for date in dated if isinstance(date, Found) and isinstance(date.what, str)]
        if len(isos) == 1:
            dates.update({number: isos[0] for number in listed if number.series == listed[-1].series})
        elif len(isos) == len(listed) and patterns.respectively.search(text, max(0, chain.start - 12), chain.end + 16):
            dates.update(zip(listed, isos, strict=True))
    return dates
