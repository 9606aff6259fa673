"""Find the citations and the dates in the text of one paragraph (FORMAT.md section 4).

A citation is a number beside a noun ("resolution", "decision"), alone or in a list;
what the noun is, and what may stand between, is the language's (`grammar.py`). A wrong
link is worse than none: where the organ of a number is not certain, or a date is not
clearly that of the number, there is none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.numbers import UNSEEN, plain_digits
from pipeline.parse.chains import Chain, find_chains, is_number
from pipeline.parse.grammar import Grammar, Number, grammar
from pipeline.parse.organs import with_organs
from pipeline.parse.symbols import Found, symbols
from pipeline.parse.targets import certain_organ, target

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.model import Organ, TargetKind

QUOTES = "“”«»"
UNBROKEN = "\N{NON-BREAKING HYPHEN}"
FAR = 5000
"""No list goes on from a noun that stands so many characters before it."""


def mark(text: str, language: Language, organ: Organ | None) -> list[Found]:
    """Return the references and dates in a paragraph, in order and apart from each other.

    `text` is without footnote indicators, `organ` the one that adopts the document.
    Offsets are code points. Signs that are not seen (vowels, marks of direction) are passed over.
    """
    if not UNSEEN.search(text):
        return _mark(text, language, organ)
    seen = [at for at, character in enumerate(text) if not UNSEEN.match(character)]
    bare = "".join(map(text.__getitem__, seen))
    return [Found(seen[start], seen[end - 1] + 1, what) for start, end, what in _mark(bare, language, organ)]


def _mark(text: str, language: Language, organ: Organ | None) -> list[Found]:
    text = plain_digits(text.replace(UNBROKEN, "-"))
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
    chains = _kinds(text, list(find_chains(text, patterns, found)), nouns, patterns)
    lead = max(language.lead(text, operative=False), language.lead(text, operative=True))
    for chain in with_organs(text, chains, patterns, organ, lead):
        dates = _dates(text, chain, patterns)
        for number in chain.numbers:
            date = dates.get(number)
            of = certain_organ(number, chain.organs, organ, date)
            what = of and target(number, chain.kind, of, date, patterns.letter_range)
            if what:
                yield Found(number.start, number.end, what)


def _kinds(text: str, chains: list[Chain], nouns: list[re.Match[str]], patterns: Grammar) -> list[Chain]:
    """Return the chains that have a noun: beside them, or beside the chain that they go on from (or to)."""
    known: list[Chain] = []
    latest_of: dict[tuple[int, int], Chain] = {}
    for chain in chains if patterns.noun_first else reversed(chains):
        noun = _nearest(text, nouns, chain, patterns)
        if noun is None:
            continue
        gap = (noun.end(), chain.start) if patterns.noun_first else (chain.end, noun.start())
        kind: TargetKind = "resolution" if noun["resolution"] else "decision"
        cited = replace(chain, kind=kind, noun=noun.span())
        latest = latest_of.get(cited.noun)
        if patterns.beside_noun.fullmatch(text, *gap):
            known.append(cited)
        elif latest:
            if not _resumes(text, cited, latest, patterns):
                continue
            known.append(replace(cited, resumed=True))
        elif cited.dated and patterns.singled_out.fullmatch(text, *gap):
            known.append(cited)
        else:
            continue
        latest_of[cited.noun] = known[-1]
    return known if patterns.noun_first else known[::-1]


def _nearest(text: str, nouns: list[re.Match[str]], chain: Chain, patterns: Grammar) -> re.Match[str] | None:
    """Return the nearest noun on the side where the language has it.

    That of a list is none that stands in a title quoted before it.
    """
    if not patterns.noun_first:
        at = bisect_left(nouns, chain.end, key=lambda noun: noun.start())
        return nouns[at] if at < len(nouns) else None
    at = bisect_right(nouns, chain.start, key=lambda noun: noun.end())
    before = (noun for noun in reversed(nouns[max(0, at - 5) : at]) if chain.start - noun.end() < FAR)
    return next((noun for noun in before if not _parts(text[noun.end() : chain.start])), None)


def _parts(between: str) -> bool:
    """Tell whether a quotation begins or ends in a text: its marks come in pairs."""
    return sum(map(between.count, QUOTES)) % 2 == 1


def _resumes(text: str, chain: Chain, known: Chain, patterns: Grammar) -> bool:
    """Tell whether a list goes on after other words: "… of 1992, entitled “…”, and 70/1 of 2015".

    Its numbers must be clear of themselves: enclosed (第…号), `1325 (2000)`, dated, or of the session of those before.
    """
    clear = all(number.enclosed or (number.old and number.series.isdigit()) for number in chain.numbers)
    if not patterns.noun_first:
        return clear and patterns.resumes.fullmatch(text, chain.end, known.start) is not None
    before = patterns.resumes.search(text, max(0, chain.start - 40), chain.start)
    same = len({number.series for number in (*chain.numbers, *known.numbers)}) == 1
    return before is not None and (clear or chain.dated or same)


def _dates(text: str, chain: Chain, patterns: Grammar) -> dict[Number, str]:
    """Return the dates of the numbers of a chain (FORMAT.md section 4.5, D1 and D2).

    A date is that of the number beside it, and of the numbers joined to that one which
    are of the same session or year; several dates in a row are told apart only by "respectively".
    """
    tokens = chain.tokens[::-1] if patterns.date_first else chain.tokens
    runs = [list(run) for _, run in groupby(tokens, key=is_number)]
    dates: dict[Number, str] = {}
    for run, dated in zip(runs[::2], runs[1::2], strict=False):
        listed = [number for number in run if is_number(number)]
        isos = [date.what for date in dated if isinstance(date, Found) and isinstance(date.what, str)]
        if len(isos) == 1:
            dates.update({number: isos[0] for number in listed if number.series == listed[-1].series})
        elif len(isos) == len(listed) and patterns.respectively.search(text, max(0, chain.start - 12), chain.end + 20):
            dates.update(zip(listed, isos, strict=True))
    return dates
