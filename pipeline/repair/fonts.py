"""Text in a font of which an extractor gives the code: WordPerfect's Cyrillic (FORMAT.md section 2.5, "ru 1990s PDF").

Numbers, Latin words and marks are set in another font, and an extractor does not tell which is which: `,` is a letter
or a comma, `4` a word or a number. Each word is read in all ways that can be (`pipeline/repair/readings.py`), and what
stands beside it tells which.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from pipeline.languages.fonts import RECOGNISED
from pipeline.repair.page import lines
from pipeline.repair.readings import CERTAIN, LONGEST, Reader, Reading
from pipeline.repair.spelling import spelling_of
from pipeline.text import Edit, Move, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Font, Language
    from pipeline.text import Text

TOKEN = re.compile(r"\S+")
SIGN = re.compile(r"\\[\\*|\[]|.")
MARK = re.compile(r"(\(?)([^\w\s])\)")
"""The mark of an item whose letter is no digit and no Latin letter in the code."""
COUNT = re.compile(r"[(\[]?(?:\d+|[IVXL]+|[A-Zab])[)\].,;:]*")
"""What may be a number, or a Latin letter that counts."""
LETTERED = re.compile(r"\(?\w\)[.,;:]*")
CLOSED = re.compile(r"[^()]\)[.,;:\"]*\Z")
JOINED_BEFORE = re.compile(r"(?:[^\W\d]|/\d+|\d{4})[,)]?$")
JOINED_AFTER = re.compile(r"[(\"]?[^\W\d]|\d+/|\d{4}")
"""What words join: words, numbers of documents, and years."""
PARAGRAPH = re.compile(r"\d{1,2}\.$")
CLOSING = frozenset(".:_")
"""No word joins what follows these to what stands before."""
INDICATED = re.compile(r"[^\W\d](\d{1,2})[.,;:)\"]*$")
THOUSANDS = re.compile(r"\d{3}(?!\d)")
AHEAD = 40
"""A bracket closes within so many words."""
CASE = 2
"""So many letters tell of a line in capitals."""
PAIRED, UNPAIRED = 3.0, -3.0
"""What the words around tell for a mark that has a fellow, and against one that has none."""
COUNTED, THOUSAND, JOINED, GOVERNED, JOINING, ENDING = 7.0, 3.0, 2.0, 2.0, 2.0, 3.0
"""What they tell for a number, a word that joins others, one that governs the next, for a comma or none, and for
one that ends a paragraph."""
LIKELY, UNLIKELY = 2.0, -3.5
"""A reading is doubtful if it is likelier than the next by less, or if its signs are less likely than that each."""
INDICATING = 4.0
"""What it tells for a number glued to a word that it is the next footnote's."""
LESS_FOR_COMMA, LESS_FOR_NUMBER = 2.0, 1.0
"""By so much the likeliest must be likelier yet: with a comma or a number, another reading is a word as well."""
SURE, DOUBTFUL, LEFT = 0.9, 0.6, 0.0


class Word(NamedTuple):
    """A word as it stands in the text: its signs, without the strokes that make some literal.

    `edges` tell where in the text each sign starts, and where the last one ends; `first` and `last` whether the word
    is the first, and the last one, of its line; `parted` whether a blank line follows.
    """

    signs: str
    edges: tuple[int, ...]
    first: bool
    last: bool
    parted: bool


class Around(NamedTuple):
    """What stands around a word: what was read before it, and the likeliest reading of the next.

    `closes` and `quoted` tell of the fellow of its mark, `ends` whether a paragraph may end with the word;
    `indicator` is the number of the next footnote.
    """

    before: str
    after: str
    closes: bool
    quoted: bool
    ends: bool
    indicator: str


def decode_fonts(text: Text, language: Language) -> Iterator[Edit | Move]:
    """Write the letters of a font that an extractor gives as characters of its code: `C,2@:`P4b` is Резолюция.

    Where another reading is about as likely, the repair is uncertain, which is a finding. Leaves alone numbers,
    Latin words, marks, and every text that is not full of such words, or whose words are none in the main.
    """
    font = language.font
    if font is None or not font.is_in(text.value):
        return
    found = list(_read(text.value, language, font))
    # What cannot be read in the main is no text in the font: then all of it is left.
    if font.share(" ".join(best.text for _, best, _ in found)) < RECOGNISED / 2:
        for word, best, doubtful in found:
            for start, end in best.letters:
                span = Span(word.edges[start], word.edges[end])
                yield Edit(span, best.text[start:end], DOUBTFUL if doubtful else SURE)
            if doubtful and not best.letters:
                yield Move((Span(word.edges[0], word.edges[-1]),), word.edges[0], LEFT)


def _read(value: str, language: Language, font: Font) -> Iterator[tuple[Word, Reading, bool]]:
    """Yield all words of a text, the reading of each, and whether another is about as likely."""
    words = list(_words(value))
    reader = Reader(font, spelling_of(language, font))
    reader.learn(word.signs for word in words)
    before, quoted, indicator = "", False, 1
    for at, word in enumerate(words):
        after = reader.readings(words[at + 1].signs)[0].text if at + 1 < len(words) else ""
        ends = word.parted or (word.last and language.opens_preambular(after)) or PARAGRAPH.match(after) is not None
        around = Around(before, after, word.signs[0] == "(" and _closes(font, words, at), quoted, ends, str(indicator))
        best, margin = _likeliest(reader, word, around)
        opened = word.signs[0] == '"' and (best.text[0] == '"' or margin < CERTAIN)
        quoted = (quoted or opened) and '"' not in best.text[1:]
        indicated = INDICATED.search(best.text)
        indicator += indicated is not None and indicated[1] == str(indicator)
        before = f"{before} {best.text}"[-LONGEST:]
        yield word, best, margin < LIKELY or best.weight < UNLIKELY * len(word.signs) - CERTAIN


def _words(value: str) -> Iterator[Word]:
    page = lines(value)
    for line, after in zip_longest(page, page[1:]):
        parted = after is None or after.gap > 0
        found = list(TOKEN.finditer(line.text))
        for at, token in enumerate(found):
            start = line.start + token.start()
            signs = list(SIGN.finditer(token.group()))
            last = at == len(found) - 1
            edges = (*(start + sign.start() for sign in signs), start + len(token.group()))
            yield Word("".join(sign.group()[-1] for sign in signs), edges, at == 0, last, last and parted)


def _closes(font: Font, words: Sequence[Word], at: int) -> bool:
    """Tell whether a bracket before a word is closed by one after a word, before another opens."""
    for ahead in range(at, min(at + AHEAD, len(words))):
        signs = words[ahead].signs[-LONGEST:]
        if ahead > at and signs[0] == "(" and not font.letters.get(signs[1:2], "").islower():
            return False
        if CLOSED.search(signs, max(0, len(signs) - CASE * CASE)):
            return True
    return False


def _likeliest(reader: Reader, word: Word, around: Around) -> tuple[Reading, float]:
    """Return the likeliest reading of a word where it stands, and by how much it is likelier than the next one."""
    if word.first and (mark := MARK.fullmatch(word.signs)) and mark[2] in reader.font.letters:
        opener, sign = mark.groups()
        return Reading(0, f"{opener}{reader.font.letters[sign]})", ((len(opener), len(opener) + 1),)), CERTAIN
    number = COUNT.fullmatch(word.signs) is not None
    weighed = []
    for reading in reader.readings(word.signs):
        weight = reading.weight + _paired(reading, word, around) + _ends(reader.font, reading, word, around)
        if (indicated := INDICATED.search(reading.text)) and indicated[1] == around.indicator:
            weight += INDICATING
        if number:
            weight += (_as_word if reading.letters else _as_number)(reader.font, reading, word, around)
        weighed.append(reading._replace(weight=weight))
    best, *others = sorted(weighed, key=lambda reading: -reading.weight)
    if not others:
        return best, CERTAIN
    less = LESS_FOR_NUMBER * number
    if not number and "," in {best.text[-1], others[0].text[-1]}:
        less = LESS_FOR_COMMA
    return best, best.weight - others[0].weight - less


def _paired(reading: Reading, word: Word, around: Around) -> float:
    """Return what the fellows of a bracket or a quotation mark tell of a reading."""
    weight = 0.0
    if len(word.signs) > 1:
        if reading.text[0] == "(":
            weight += PAIRED if around.closes else UNPAIRED
        if reading.text[-1] == '"':
            weight += PAIRED if around.quoted else UNPAIRED
    return weight


def _ends(font: Font, reading: Reading, word: Word, around: Around) -> float:
    """Return what the words around tell of a comma or colon at the end of a word, and of the letter it may be."""
    if word.signs[-1] == ":" == reading.text[-1]:
        return COUNTED * bool(LETTERED.fullmatch(around.after))
    if word.signs[-1] != ",":
        return 0.0
    if reading.text[-1] == ",":
        return JOINING * bool(font.comma_before.match(around.after)) + ENDING * around.ends
    return JOINING * bool(font.no_comma_after.search(around.before))


def _as_number(font: Font, _reading: Reading, word: Word, around: Around) -> float:
    """Return what tells that a word is a number, or a letter that counts."""
    last = around.before[-1:]
    if (
        LETTERED.fullmatch(word.signs)
        or (word.first and (word.signs[-1] in ".)" or last in CLOSING))
        or (last.isascii() and last.isalpha())
        or font.number_before.search(around.before)
        or font.number_after.match(around.after)
    ):
        return COUNTED
    return THOUSAND if THOUSANDS.match(around.after) else JOINED * (word.first and word.last)


def _as_word(font: Font, reading: Reading, word: Word, around: Around) -> float:
    """Return what tells that what may be a number is a word."""
    weight = 0.0
    if governed := font.governs.get(reading.text):
        weight += GOVERNED if governed.match(around.after) else -GOVERNED
    if JOINED_BEFORE.search(around.before) and JOINED_AFTER.match(around.after):
        weight += JOINED
    if reading.text.isupper() and around.after[:CASE].isupper():
        weight += COUNTED * (word.first or around.before[-CASE:].isupper())
    return weight
