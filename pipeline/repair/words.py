"""Words torn apart or run together, mended only where the document itself is the evidence."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from pipeline.repair.page import lines
from pipeline.repair.signs import SIGNS
from pipeline.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.text import Text

PLAIN = re.compile(r"[^\W\d_]+")
TORN = re.compile(rf"\b(?<!['’{SIGNS}-])([^\W\d_]++) (?=([^\W\d_]++)\b(?!['’](?!s\b)|[{SIGNS}]))")
"""Two words; beside an Arabic vowel sign, letters are but a part of one."""
WHOLE = re.compile(rf"(?<![^\W\d_])(?<![{SIGNS}])[^\W\d_]++(?![{SIGNS}])")
LONGEST = 24
"""No word has more letters."""
LEAD_JOINED = re.compile(r"^(?:\d{1,3}\. ?|\([a-z]\) )?([A-Z][a-z]{5,})", re.MULTILINE)
LABEL_LETTER = re.compile(r"(?<![^\W\d_])[^\W\d_](?=[).])")
KNOWN = 50
"""A word so often in the dictionary is no misspelling."""
DICTIONARY_SIZE = 1e9
"""About so many words were counted for a dictionary."""
APART = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}")
"""Letters set apart (`I n v i t e s`)."""
RARE, FREQUENT = 1000, 3000
"""A word so rare takes more; a word so frequent may follow a letter."""
CHANCE, CHANCE_HALVES, CHANCE_HERE, CHANCE_ENDING = 3e4, 3e3, 1e3, 10
"""So many times more often than by chance, a word is whole; less where no half is a letter, the text has it, or an
ending is no word where it stands."""
SURE, DOUBTFUL = 0.9, 0.7
"""How certain it is that two are one word: of the doubtful an editor is told."""
LESS_USUAL = 0.2
"""A whole so much less usual than its second half may be that half alone, after a piece of another word."""
MANY, SHORT = 4, 3
"""In so many words, two letters are not apart by chance; what has no more letters is an ending."""
VOWEL = re.compile("[aeiouyаеёиоуыэюяáéíóúàâêîôû\u0621-\u064a]", re.IGNORECASE)
"""What no word is without. Arabic has the short ones as signs, which it mostly leaves out: no letter tells."""


@lru_cache(maxsize=1)
def whole_words(value: str) -> tuple[re.Match[str], ...]:
    """Return the words of a text that have no vowel sign."""
    return tuple(match for match in WHOLE.finditer(value) if len(match.group()) <= LONGEST)


def part_enacting(text: Text, language: Language) -> Iterator[Edit]:
    """Part the words of an enacting line that ran together (`Le Conseil économiqueetsocial`).

    Leaves alone every line that is more or less than an enacting line.
    """
    for line in lines(text.value):
        if spaced := language.enacting_spaced(line.text):
            yield Edit(Span(line.start, line.end), spaced, 0.95)


def close_words(text: Text, language: Language) -> Iterator[Edit]:
    """Close a false blank inside a word (`Confere nce`).

    The whole must be a word of the document, of which a half is none: it has no vowel, or
    neither half stands but where it completes one, or the second does not and they would
    hardly meet by chance. Or it must be one of the language's dictionary, and its halves far too
    rare to do so; fewer times too rare where the second is an ending that is no word here (`see king to`), or the
    first a letter that is none. Leaves alone what could be two words (`in form`, `any one`), as where the
    second is one (`технологиям и`); and capitals, but where the text has the whole (`A IDS`).
    Doubtful is a whole that the text has nowhere else and is far less usual than its second half.
    """
    if language.joins_without_space:
        return
    found = _pairs(text.value, language)
    if not found:
        return
    taken = -1
    whole = {match.start() for match, here in found if here}
    torn = list(_torn(text.value, found, language))
    for match, following in zip_longest(torn, torn[1:]):
        # Of two words that want the same part, the one that is likelier whole has it ("the m embers").
        shared = following is not None and following.start() < match.end() + len(match[2])
        if shared and _weight(following, language) > _weight(match, language):
            continue
        if match.start() >= taken:
            taken = match.end() + len(match[2])
            sure = match.start() in whole or _is_usual(match, language)
            yield Edit(Span(match.end() - 1, match.end()), "", SURE if sure else DOUBTFUL)


def close_pairs(text: Text, language: Language) -> Iterator[Edit]:
    """Close the blank between two letters that a text sets apart wherever they meet (`سنو يا`).

    An extractor takes the gap between some letters for a blank. That is so for a pair which the dictionary tells
    to be inside many words, more than a third of those where it is set apart. Leaves alone a first half that is
    a word where the second is not short and both make none together, and a second that is a word of the text.
    Doubtful is a short second half that no dictionary word is or, with the first, makes.
    """
    if language.joins_without_space:
        return
    torn = {match.groups() for match, _ in _pairs(text.value, language) if _is_torn(match, language)}
    proved = {pair: times for pair, times in Counter(map(_meeting, torn)).items() if times >= MANY}
    if not proved:
        return
    met = [match for match in TORN.finditer(text.value) if _meeting(match.groups()) in proved]
    everywhere = Counter(map(_meeting, {match.groups() for match in met}))
    seconds = Counter(match[2] for match in met)
    counts = Counter(PLAIN.findall(text.value))
    for match in met:
        left, right = match.groups()
        if 3 * proved[_meeting((left, right))] <= everywhere[_meeting((left, right))]:
            continue
        ending = len(right) <= SHORT
        stands = counts[right] > seconds[right] and not (ending and language.frequency(right) < RARE)
        known = language.frequency(left + right) >= KNOWN or not language.frequency(left)
        if left in language.prefixes or (not stands and len(left) > 1 and (known or ending)):
            doubtful = ending and not language.frequency(right) and not language.frequency_within(left + right)
            yield Edit(Span(match.end() - 1, match.end()), "", DOUBTFUL if doubtful else SURE)


def _meeting(halves: Sequence[str | Any]) -> str:
    return str(halves[0][-1] + halves[1][0])


def _torn(value: str, found: Sequence[tuple[re.Match[str], bool]], language: Language) -> Iterator[re.Match[str]]:
    """Yield, of the pairs of words that may be one, those that are."""
    counts = Counter(PLAIN.findall(value)) - Counter(LABEL_LETTER.findall(value))
    halves = Counter(half for match, here in found if here for half in match.groups())
    for match, here in found:
        left, right = match.groups()
        left_stands = counts[left] > halves[left] or left in language.lead_words
        right_stands = counts[right] > halves[right]
        parts = not right_stands and (not left_stands or not VOWEL.search(right))
        likely = not right_stands and _weight(match, language) > CHANCE_HERE
        certain = here and (parts or likely or not (left_stands or VOWEL.search(left)))
        if right.isupper():
            torn = not right_stands and counts[left + right] > 0
        else:
            torn = certain or _is_torn(match, language)
        if torn:
            yield match


@lru_cache(maxsize=1)
def _pairs(value: str, language: Language) -> tuple[tuple[re.Match[str], bool], ...]:
    """Return the pairs of words that may be one, and whether the whole is a word of the text.

    A text that needs no more repair is looked through again, to prove just that, and this takes most of the time.
    """
    known = {word.lower() for word in {*PLAIN.findall(value), *language.lead_words}}
    frequencies = language.frequencies
    found: list[tuple[re.Match[str], bool]] = []
    for match in TORN.finditer(value):
        left, right = match.groups()
        if language.prefixes and (len(right) == 1 or left == language.article[:1]):
            continue  # A lone letter begins what follows, or is the article but for the letter that was lost.
        whole = (left + right).lower()
        here = whole in known
        if not here and frequencies.get(whole, 0) < KNOWN:
            continue
        if (right == right.lower() or (left + right).isupper()) and (here or _is_torn(match, language)):
            found.append((match, here))
    apart = {at for match in APART.finditer(value) for at in range(*match.span())} if found else set()
    return tuple((match, here) for match, here in found if match.start() not in apart)


def _is_torn(match: re.Match[str], language: Language) -> bool:
    """Tell whether two words are one of the dictionary, by far more often than they would meet by chance.

    One letter may be the rest of another torn word, so it takes more; a capital may be that of a part ("A and B and").
    """
    left, right = match.groups()
    if f"{left} {right}".lower() in language.apart:
        return False
    if len(left) == 1 and left.isupper() and language.frequency(right) >= FREQUENT:
        return False
    whole, weight = language.frequency(left + right), _weight(match, language)
    if language.torn_ending.match(match.string, match.end()):
        return whole >= KNOWN and weight > CHANCE_ENDING
    if len(left) == 1 and left.islower() and language.letters and left not in language.letters:
        return whole >= KNOWN and weight > CHANCE_HALVES
    letter = 1 in {len(left), len(right)}
    return whole >= (KNOWN if weight > CHANCE else RARE) and weight > (CHANCE if letter else CHANCE_HALVES)


def _is_usual(match: re.Match[str], language: Language) -> bool:
    """Tell whether two words are one that is not far less usual than the second, or that is an ending here."""
    left, right = match.groups()
    usual = language.frequency(left + right) >= LESS_USUAL * language.frequency(right)
    return usual or language.torn_ending.match(match.string, match.end()) is not None


def _weight(match: re.Match[str], language: Language) -> float:
    """Return how many times more often two words are one than they meet by chance, in as many as were counted."""
    left, right = (max(language.frequency(half), 0.5) for half in match.groups())
    return language.frequency(match[1] + match[2]) * DICTIONARY_SIZE / (left * right)


def part_leads(text: Text, language: Language) -> Iterator[Edit]:
    """Part a lead phrase that ran into the next word (`Recallingalso`).

    The first half must be a lead word of the lists, the second a word that follows it
    there or stands elsewhere in the document. Leaves alone words the document repeats.
    """
    if language.joins_without_space:
        return
    value = text.value
    joined = [match for match in LEAD_JOINED.finditer(value) if match[1] not in language.lead_words]
    counts: Counter[str] | None = None
    for match in joined:
        word = match[1]
        for at in range(len(word) - 2, 4, -1):
            left, right = word[:at], word[at:]
            if left not in language.lead_words:
                continue
            counts = Counter(PLAIN.findall(value)) if counts is None else counts
            if right in language.lead_words or counts[right] > 1:
                yield Edit(Span(match.start(1) + at, match.start(1) + at), " ", 0.9)
                break
