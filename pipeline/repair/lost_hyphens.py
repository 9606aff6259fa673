"""Hyphens that an extractor took out at a line's end, when it ran the line into the next."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pipeline.repair.hyphens import hyphened
from pipeline.repair.page import lines
from pipeline.repair.widths import UNWRAPPED, usual_width, width
from pipeline.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from pipeline.languages import Language
    from pipeline.repair.page import Line
    from pipeline.text import Text

COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LINE_HYPHEN = re.compile(r"[^\W\d_]-$")
LAST_WORD = re.compile(r"(?<![^\W\d_])(?<![^\W\d_]-)" + COMPOUND.pattern + "$")
WIDER, MERGED = 1.03, 1.3
"""So much wider than usual is a line that holds the rest of a broken word, or of the next line."""
SECOND = 4
"""The second part of a compound has no fewer letters."""
RUN = 6
"""So many lines do not run into one: a text with longer ones has paragraphs, however short most of them are."""
KNOWN = 50
"""A word that general texts have so often is one; among the rest are typing errors."""
CLEAR = 10
"""A word is parted where the rarer part is so much commoner than at any other place."""
STRETCHED, SET_IN, SLACK = 12.0, 18.0, 3.0
"""So much less, or more, than the usual width may the words of a full line be: it is justified, or set in as well."""


class Vocabulary(NamedTuple):
    """What a text and its language tell of words.

    `known` holds the words with hyphens by their letters alone, `halves` all words and halves of such; `others` is
    the text of the lines that hold no lost hyphen; `only_here` tells of a word that it stands in none of those.
    """

    language: Language
    known: Mapping[str, str]
    halves: AbstractSet[str]
    others: str
    only_here: Callable[[str], bool]


def restore_hyphens(text: Text, language: Language) -> Iterator[Edit]:
    """Put back the hyphen an extractor took for one of its own at a line's end (`highlevel`, `high level`).

    It then ran two lines into one: only words of lines far wider than the others count, and
    those that stand where a line of the usual width ends. The document or the list of
    compounds must have the word with its hyphens; of the one word at that place, both halves. A line as wide as two
    lost a hyphen for certain: there a small letter and a capital are parted, two words of the dictionary in one that
    it lacks, and the two of a known compound that stand apart elsewhere too, if one place of the line is such.
    Where lines ran together, a first part that a hyphen always follows has lost it, wherever it stands now.
    Leaves alone every other word, words the document writes in this way on other lines, and
    a text whose lines end with hyphens: its extractor left them in.
    """
    if language.joins_without_space or language.right_to_left:
        return  # their words have no hyphens
    page = lines(text.value)
    if any(line.text.endswith("-") and LINE_HYPHEN.search(line.text) for line in page):
        return
    usual = usual_width(line.text for line in page)
    wide = [line for line in page if width(line.text) >= WIDER * usual]
    if usual > UNWRAPPED or not wide or max(width(line.text) for line in wide) > RUN * usual:
        return
    words = _vocabulary(text.value, page, wide, language)
    # Where blank lines part all lines, these may be paragraphs: a wide one has lost nothing.
    printed = not all(line.gap for line in page[1:])
    yield from _after_firsts(text.value, language)
    for line in wide:
        found = [*_at_blanks(line, usual, words), *_in_words(line, usual, words)]
        if not found and printed and width(line.text) >= MERGED * usual:
            ways = (list(way(line, usual, words)) for way in (_at_capitals, _between_words, _at_known))
            found = next((way for way in ways if len(way) == 1), [])
        yield from found


def _vocabulary(value: str, page: Sequence[Line], wide: Sequence[Line], language: Language) -> Vocabulary:
    known: dict[str, str] = {}
    for word in [*language.compounds, *hyphened(value)]:
        known.setdefault(word.replace("-", "").casefold(), word)
    parts = [form.casefold().split("-") for form in known.values()]
    written = Counter(word.casefold() for word in COMPOUND.findall(value))
    here = Counter(word.casefold() for line in wide for word in COMPOUND.findall(line.text))
    starts = {line.start for line in wide}
    return Vocabulary(
        language,
        known,
        written.keys() | {half for halves in parts for half in halves},
        "\n".join(line.text for line in page if line.start not in starts),
        lambda word: written[word] == here[word],
    )


def _is_end(before: str, usual: float, stretched: float = STRETCHED) -> bool:
    """Tell whether the first of some lines that ran together may have ended after these words."""
    printed = width(before)
    count = max(1, round(printed / usual))
    return count * (usual - stretched) <= printed <= count * usual + SLACK


def _after_firsts(value: str, language: Language) -> Iterator[Edit]:
    """Yield a hyphen after each first part of a compound, wherever it stands: no other word begins with one."""
    for match in COMPOUND.finditer(value):
        if first := language.compound_first.match(match[0].casefold()):
            at = match.start() + first.end()
            if value[at : at + SECOND].isalpha():
                yield Edit(Span(at, at), "-", 0.8)


def _at_blanks(line: Line, usual: float, words: Vocabulary) -> Iterator[Edit]:
    """Yield a hyphen for each blank at a line's end inside a known compound that other lines never write with one."""
    for at, left, right in _blanks(line, usual):
        known = _is_known(f"{left}-{right}".casefold(), words)
        if known and not re.search(rf"\b{left} {right}\b", words.others):
            yield Edit(Span(line.start + at, line.start + at + 1), "-", 0.8)


def _is_known(form: str, words: Vocabulary) -> bool:
    return words.known.get(form.replace("-", ""), "").casefold() == form


def _blanks(line: Line, usual: float) -> Iterator[tuple[int, str, str]]:
    """Yield the blanks where a line may have ended, with the words around them."""
    for blank in re.finditer(" ", line.text):
        at = blank.start()
        left, right = LAST_WORD.search(line.text, 0, at), COMPOUND.match(line.text, at + 1)
        if left and right and _is_end(line.text[:at], usual):
            yield at, left.group(), right.group()


def _in_words(line: Line, usual: float, words: Vocabulary) -> Iterator[Edit]:
    """Yield the hyphens that words of a line lack of a known form, or between two words of the text."""
    for match in _only_here(line, words):
        word = match.group().casefold()
        ends = _ends(line, match, usual)
        if ends or width(line.text) >= MERGED * usual:
            form = words.known.get(word.replace("-", ""), "")
            form = form or _parted(match.group(), ends, words.halves)
            if len(form) > len(word):
                yield from _hyphens(line.start + match.start(), match.group(), form)


def _ends(line: Line, match: re.Match[str], usual: float, stretched: float = STRETCHED) -> list[int]:
    """Return the places inside a word where a line may have ended."""
    ends = (at for at in range(match.start() + 2, match.end() - 1) if _is_end(line.text[:at], usual, stretched))
    return [at - match.start() for at in ends]


def _at_capitals(line: Line, usual: float, words: Vocabulary) -> Iterator[Edit]:
    """Yield a hyphen for each capital inside a word where a line may have ended (`HighTechnology`)."""
    for match in COMPOUND.finditer(line.text):
        word = match[0]
        for at in _ends(line, match, usual, SET_IN) if word not in words.others else ():
            if word[at - 1].islower() and word[at].isupper():
                yield Edit(Span(line.start + match.start() + at, line.start + match.start() + at), "-", 0.7)


def _between_words(line: Line, usual: float, words: Vocabulary) -> Iterator[Edit]:
    """Yield a hyphen for each word that the dictionary lacks, between the two parts it has (`costsaving`)."""
    frequency = words.language.frequency
    for match in _only_here(line, words):
        last = match[0].rpartition("-")[2]
        start = match.end() - len(last)
        places = (at + match.start() - start for at in _ends(line, match, usual, SET_IN))
        if frequency(last) >= KNOWN:
            continue
        ways = sorted(
            (min(frequency(last[:at]), frequency(last[at:])), at) for at in places if 2 <= at <= len(last) - 3
        )
        if ways and ways[-1][0] >= KNOWN and (len(ways) == 1 or ways[-1][0] > CLEAR * ways[-2][0]):
            at = start + ways[-1][1]
            yield Edit(Span(line.start + at, line.start + at), "-", 0.7)


def _at_known(line: Line, usual: float, words: Vocabulary) -> Iterator[Edit]:
    """Yield a hyphen for each blank inside a known compound, though other lines have the two words too."""
    for at, left, right in _blanks(line, usual):
        if _is_known(f"{left}-{right}".casefold(), words):
            yield Edit(Span(line.start + at, line.start + at + 1), "-", 0.6)


def _only_here(line: Line, words: Vocabulary) -> Iterator[re.Match[str]]:
    """Yield the words of a line that stand in no line without a lost hyphen, but those that `_after_firsts` parts."""
    first = words.language.compound_first
    found = ((match, match[0].casefold()) for match in COMPOUND.finditer(line.text))
    return (match for match, word in found if words.only_here(word) and not first.match(word))


def _parted(word: str, ends: Iterable[int], halves: AbstractSet[str]) -> str:
    """Part a word where its line may have ended, if that leaves two words; "" where it does not, or in two ways."""
    ways = [
        f"{word[:at]}-{word[at:]}"
        for at in ends
        if 3 <= at <= len(word) - 3 and word[at].islower() and {word[:at].casefold(), word[at:]} <= halves
    ]
    return ways[0] if len(ways) == 1 else ""


def _hyphens(start: int, word: str, form: str) -> Iterator[Edit]:
    """Yield the hyphens that a word lacks of its full form."""
    at = 0
    for sign in form:
        if sign == "-" and word[at] != "-":
            yield Edit(Span(start + at, start + at), "-", 0.8)
        else:
            at += 1
