"""Scanned text: letters and digits taken for one another, mended where only one reading can stand.

Every other doubtful reading is left as it is, for a finding (`pipeline/validate/scanned.py`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.repair.layout import on_pages
from pipeline.repair.page import is_closed, lines
from pipeline.repair.words import KNOWN
from pipeline.text import Edit, Move, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language
    from pipeline.text import Proposal, Text

SYMBOL = re.compile(r"[58$§s](?=/)(?<![\w/.,$-].)(?:(?=/(?:19|20)\d\d/\d)|(?<!8)(?=/\d{5}(?![\d/])))")
NUMBER = re.compile(r"(?P<digits>[\dlIO]{1,3})(?P<stop>[.,:;]) ?(?=[^\W\d_])")
LETTER_DIGITS = str.maketrans("lIO", "110")
ITEM = re.compile(r"\((?P<mark>[a-z]|\d)\) ?(?=\S)")
DIGIT_LETTERS = {"6": "b", "9": "g", "1": "l", "0": "o", "5": "s"}
YEAR = re.compile(r"(?<=\()((?:19|20)\d)-(\d)(?=\))")
STROKE = re.compile(r"!(?=[\s,]+[a-z])")
LAST_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]+$")
BROKEN = re.compile(r"(?<![\w-])(?P<left>[^\W\d_]{2,})-\n *(?P<right>[^\W\d_]{2,})(?![\w-])(?P<rest>\S*)(?: +|\n|$)")
LINE_END = re.compile("-\n")
LONGEST = 40
"""No word has more letters."""
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def mend_symbols(text: Text, _language: Language) -> Iterator[Edit]:
    """Read `5/2002/1005` and `$/13369` as documents of the Security Council.

    Leaves alone fractions, and numbers of resolutions such as `5/123`.
    """
    for match in SYMBOL.finditer(text.value):
        yield Edit(Span(*match.span()), "S", 0.95)


@on_pages
def mend_numbers(text: Text, language: Language) -> Iterator[Edit]:
    """Mend the number of an operative paragraph (`14, Urges`, `ll. Requests`) and the letter of an item (`(6)`).

    It must be the next one, and stand where a paragraph may begin. Leaves alone what does
    not count on, and a number before words that open no paragraph.
    """
    last, letter = 0, ""
    page = lines(text.value)
    for at, line in enumerate(page):
        free = at == 0 or is_closed(page[at - 1].text)
        if number := NUMBER.match(line.text):
            digits = number["digits"].translate(LETTER_DIGITS)
            printed = number["digits"] == digits and number["stop"] == "."
            if printed:
                last, letter = int(digits), ""
            elif free and int(digits) == last + 1 and language.opens_operative(line.text[number.end() :]):
                last, letter = last + 1, ""
                yield Edit(Span(line.start, line.start + number.end("stop")), f"{last}.", 0.9)
        elif item := ITEM.match(line.text):
            meant = DIGIT_LETTERS.get(item["mark"], "")
            if item["mark"].isalpha():
                letter = item["mark"]
            elif free and letter and meant and ord(meant) == ord(letter) + 1:
                letter = meant
                yield Edit(Span(line.start + 1, line.start + 2), meant, 0.9)


def mend_words(text: Text, _language: Language) -> Iterator[Edit]:
    """Mend a year broken by a speck (`197-4`) and a last l read as a stroke (`Genera!`).

    The text must have the year, or the word, elsewhere. Leaves alone every other stroke: it
    may be the indicator of a footnote.
    """
    value = text.value
    for match in YEAR.finditer(value):
        if value.count(match[1] + match[2]) > 0:
            yield Edit(Span(match.end(1), match.start(2)), "", 0.9)
    found = list(STROKE.finditer(value))
    known = set(re.findall(r"[^\W\d_]+", value)) if found else set()
    for match in found:
        word = LAST_WORD.search(value, max(0, match.start() - LONGEST), match.start())
        if word and f"{word[0]}l" in known:
            yield Edit(Span(*match.span()), "l", 0.9)


@on_pages
def join_broken_words(text: Text, language: Language) -> Iterator[Proposal]:
    """Join a word broken at a line's end (`Presi-` `dent`): its rest goes up, its hyphen goes.

    The text must have the word whole and nowhere with its hyphen, or the rest must be an
    ending that is no word, or the dictionary must have the whole and neither half. Leaves alone
    compounds, and every hyphen inside a line.
    """
    value = text.value
    ends = () if language.joins_without_space else LINE_END.finditer(value)
    words = (LAST_WORD.search(value, max(0, end.start() - LONGEST), end.start()) for end in ends)
    found = [
        match for word in words if word and (match := BROKEN.match(value, word.start())) and match["right"].islower()
    ]
    known = {word.casefold() for word in WORD.findall(value)} if found else set()
    for match in found:
        whole, hyphened = (f"{match['left']}{sign}{match['right']}".casefold() for sign in ("", "-"))
        if hyphened in known or hyphened in language.compounds:
            continue
        if whole in known or language.ending.fullmatch(match["right"]) or _is_whole(match, language):
            hyphen = Span(match.end("left"), match.end("left") + 1)
            yield Edit(hyphen, "", 0.9)
            yield Move((Span(match.start("right"), match.end("rest")),), hyphen.start, 0.9)
            yield Edit(Span(match.end("rest"), match.end()), "")


def _is_whole(broken: re.Match[str], language: Language) -> bool:
    """Tell whether the dictionary has a broken word whole, and neither of its halves."""
    left, right = broken["left"], broken["right"]
    halves = max(language.frequency(left), language.frequency(right))
    return halves < KNOWN <= language.frequency(left + right)
