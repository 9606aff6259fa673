"""Rules 7 of AKN.md section 12: what the text itself shows to be amiss."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.languages import codes_by_iso3, language
from pipeline.validate.akn_rules.akn_file import Hit, name_of, text_of
from pipeline.validate.akn_rules.vocabulary import AKN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language
    from pipeline.validate.akn_rules.akn_file import AknFile

UNREADABLE = re.compile("[\ufffd\u00ad\u007f-\u009f\ue000-\uf8ff]")
BETWEEN_HAN = re.compile("[\u4e00-\u9fff]( +)[\u4e00-\u9fff]")
ARTICLE = re.compile(r"\s*第[\d一二三四五六七八九十百]{1,6}[条章节部款] +")
"""The number of an article before its heading, which the print parts with a blank."""
HELD = ("img", "noteRef", "authorialNote", "foreign")
"""What an element may hold in place of text."""
COVER = f"{AKN}coverPage"
CELLS = frozenset({f"{AKN}td", f"{AKN}th"})
"""A cell without words is a cell all the same."""
SAMPLE = 4000
SHOWN = 40


def empty(file: AknFile) -> Iterator[Hit]:
    """Find blocks and titles without text."""
    for _, part in file.parts:
        for element in part.iter(*(AKN + name for name in ("p", "num", "heading", "crossHeading", "docTitle"))):
            parent = element.getparent()
            if parent is not None and parent.tag in CELLS:
                continue
            if not text_of(element) and next(element.iter(*(AKN + name for name in HELD)), None) is None:
                yield Hit(element, f"<{name_of(element)}> has no text")


def readable(file: AknFile) -> Iterator[Hit]:
    """Find characters that nothing shows: undecoded, private, control characters, soft hyphens."""
    for element, text in file.blocks if UNREADABLE.search(file.text) else ():
        for character in sorted(set(UNREADABLE.findall(text))):
            times = text.count(character)
            yield Hit(
                element, f"U+{ord(character):04X} stands {'once' if times == 1 else f'{times} times'} in the text"
            )


def composed(file: AknFile) -> Iterator[Hit]:
    """Find text that is not in Unicode normalization form C."""
    for element, text in () if unicodedata.is_normalized("NFC", file.text) else file.blocks:
        if not unicodedata.is_normalized("NFC", text):
            yield Hit(element, f"the text is not NFC: “{text.strip()[:SHOWN]}”")


def tabs(file: AknFile) -> Iterator[Hit]:
    """Find tabs, which are the look of a page and not text."""
    for element, text in file.blocks if "\t" in file.text else ():
        if "\t" in text:
            yield Hit(element, f"the text has a tab: “{text.strip()[:SHOWN]}”")


def blanks(file: AknFile) -> Iterator[Hit]:
    """Find blanks between Chinese characters."""
    words = language_of(file)
    for element, text in file.blocks if words and words.joins_without_space else ():
        number = ARTICLE.match(text)
        if match := BETWEEN_HAN.search(text, number.end() if number else 0):
            near = text[max(0, match.start() - 10) : match.end() + 10]
            yield Hit(element, f"a blank stands between Chinese characters: “{near}”")


def numbered_once(file: AknFile) -> Iterator[Hit]:
    """Find paragraphs that repeat their number at the beginning of their text."""
    texts: dict[etree._Element, str] = dict(file.blocks)
    for num in file.all("num"):
        parent = num.getparent()
        first = None if parent is None else parent.find(f"{AKN}content/{AKN}p")
        printed = text_of(num)
        text = "" if first is None else texts.get(first, "").lstrip()
        rest = text.removeprefix(printed)
        # "1." and "1.5", "I" and "In": what goes on is another word.
        goes_on = rest[:1].isdigit() or (printed[-1:].isalnum() and rest[:1].isalpha())
        if printed and rest != text and not goes_on:
            yield Hit(first, f"the number {printed} is repeated in the text: “{text[:SHOWN]}”")


def dates(file: AknFile) -> Iterator[Hit]:
    """Find dates whose words say another day than their attribute; of words that are no full date nothing is said."""
    words = language_of(file)
    for element in file.all("date", "docDate") if words else ():
        text = text_of(element)
        read = words.first_date(text) if words and words.date.fullmatch(text) else None
        if read and read != element.get("date"):
            yield Hit(element, f"“{text}” is {read}, the attribute says {element.get('date')}")


def script(file: AknFile) -> Iterator[Hit]:
    """Find documents whose letters are of another script than their language writes the name of an organ in."""
    words = language_of(file)
    for document in file.documents if words else ():
        counts: Counter[str] = Counter()
        for letter, count in Counter(_beginning(file, document)).items():
            if letter.isalpha():
                counts[_script(letter)] += count
        total, wanted = sum(counts.values()), _script(next(iter(words.organ_names.values()))[0]) if words else ""
        if total and 2 * counts[wanted] < total:
            share = counts[wanted] / total
            message = f"the language is {words.name if words else ''}, but {share:.0%} of the letters are {wanted}"
            yield Hit(document, message)


def _beginning(file: AknFile, document: etree._Element) -> str:
    """Return the text a document begins with, its cover page apart: that may be in English."""
    found: list[str] = []
    length = 0
    for owner, part in file.parts:
        if owner is document and part.tag != COVER:
            for piece in map(str, part.itertext(etree.Element)):
                found.append(piece)
                length += len(piece)
                if length > SAMPLE:
                    return "".join(found)
    return "".join(found)


def _script(letter: str) -> str:
    """Return the script of a letter as Unicode names it.

    >>> [_script(letter) for letter in "aя大س"]
    ['LATIN', 'CYRILLIC', 'CJK', 'ARABIC']
    """
    return unicodedata.name(letter, "").partition(" ")[0]


def language_of(file: AknFile) -> Language | None:
    """Return what is known of the language of a file; None for several, for parallel text and for an unknown one."""
    found = {element.get("language") or "" for element in file.all("FRBRlanguage")}
    code = codes_by_iso3().get(found.pop()) if len(found) == 1 else None
    return language(code) if code else None
