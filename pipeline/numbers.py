"""The marks of lists and sections: what follows each, and the one spelling all languages share.

Sources: Editorial Manual, "Paragraphs and subparagraphs"; FORMAT.md sections 1.1, 4.1 and 4.2; AKN.md section 7.
"""

from __future__ import annotations

import re
import unicodedata

ROMAN_SIGNS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
SIGNS = tuple("㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩")
HAN = tuple("一二三四五六七八九十")
BULLETS = frozenset("•‣▪●–—-")
FIRST = frozenset({"a", "i", "A", "1", "一", "㈠"}) | BULLETS
"""The places a list begins with."""
LETTER = "[a-z]{1,4}|[A-Z]|[а-я]|\\d{1,2}|[一二三四五六七八九十]+|[\u0621-\u064a]\u0640?"
QUOTED_DIGITS = "[‘’'](?:\\d{1,2}|[\u0660-\u0669]{1,2})[‘’']"
PARAGRAPH = r"(?P<number>\d{1,3})(?: (?:bis|ter))?(?:\.(?!\d)|(?: [-–]|-)(?!\S| \d))"
"""The number of an operative paragraph as the languages print it: 1., in Arabic 1 - (FORMAT.md section 1.1)."""
ITEM = rf"(?:\((?:{LETTER})\)|(?:[a-z]{{1,4}}|[а-я])\)|(?:[ivx]{{1,4}}|[a-z])\.(?= )|{QUOTED_DIGITS}|[㈠-㈩①-⑳])"
"""The mark of a list's item as the languages print it: (a), a), a., (أ), ’1‘, ㈠, ① (FORMAT.md section 1.1)."""

SERIES = re.compile(r"(?<![^\W_])(?<![/.])[A-Z]+(?:/[A-Z0-9.]+)*/(?:[A-Z]+|Add|Corr|Rev)\.$")
"""A symbol broken after the stop of its series: "A/AC.", "A/99/12/Add."."""
SYMBOL_LENGTH = 30

LATIN = "abcdefghijklmnopqrstuvwxyz"
ARABIC = "أبجدهوزحطيكلمنسعفصقرشتثخذض"
ARABIC_NAMES = (
    "ألف", "باء", "جيم", "دال", "هاء", "واو", "زاي", "حاء", "طاء", "ياء", "كاف", "لام", "ميم",
    "نون", "سين", "عين", "فاء", "صاد", "قاف", "راء", "شين", "تاء", "ثاء", "خاء", "ذال", "ضاد",
)  # fmt: skip
ARABIC_SECTIONS = (
    "أولا", "ثانيا", "ثالثا", "رابعا", "خامسا", "سادسا", "سابعا", "ثامنا", "تاسعا", "عاشرا",
    "حاديعشر", "ثانيعشر", "ثالثعشر", "رابععشر", "خامسعشر",
)  # fmt: skip
ARABIC_ANNEXES = (
    "الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر",
)  # fmt: skip
CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэ"
LOOK_ALIKES = dict(zip("асеіхорАВСЕНІКМОРТХ", "aceixopABCEHIKMOPTX", strict=True))
"""Russian lists count in Latin letters, for which these are often typed; the others are of a Russian count."""
LATIN_CAPITALS = str.maketrans({letter: LOOK_ALIKES[letter] for letter in "АВСЕНКМОРТХ"})
"""The capitals typed in Cyrillic where Latin ones look the same: in symbols, and the letters of parts."""
UNSEEN = re.compile("[\u0640\u064b-\u0652\u200b-\u200f\u202a-\u202e\u2060-\u2069]+")
"""The long stroke and the vowels of Arabic, and what only directs its setting."""
QUOTED = re.compile(r"[‘’‛'`](\d{1,3})[‘’‛'`]\W*")
LEADING_DIGIT = "[1-9\u0661-\u0669\u06f1-\u06f9]"
"""What the number of a footnote begins with, in the digits of any language."""
OTHER_DIGIT = re.compile(r"[^\D0-9]")
PUNCTUATION = re.compile(r"[\W_]+")
AGENDA_ITEM = re.compile(
    r"(?P<number>\d{1,3})|(?P<joined>[^\d()]{0,8}?)"
    r"\(?(?P<letter>(?P<sign>[a-zа-я\u0621-\u064a])(?:\s?(?P=sign)){0,3}+|[a-z]{1,4})\)"
)
"""The number of an agenda item as the languages print it, or the letter after it: `19 (f)`, `19 f)`, `19 (و)`."""
IRI_PARENTHESIS = re.compile(r"(?:(?<!\s)\s+)?\(\s*+((?:[^()\s]|\s++(?!\)))*+)\s*+\)")
IRI_DASH = re.compile("[/\u2010-\u2015]")
IRI_FOREIGN = re.compile(r"[^A-Za-z0-9._-]+")
CHINESE_NUMERAL = re.compile("[一二三四五六七八九十]+")
CHINESE_DIGITS = {character: value for value, character in enumerate("一二三四五六七八九", 1)}


def roman(value: int) -> str:
    """Write a number in small Roman numerals.

    >>> roman(19), roman(44), roman(99)
    ('xix', 'xliv', 'xcix')
    """
    parts: list[str] = []
    for size, letters in ROMAN_SIGNS:
        times, value = divmod(value, size)
        parts.append(letters * times)
    return "".join(parts)


ROMAN = tuple(map(roman, range(1, 19)))
LETTERS = str.maketrans(
    dict(zip(ARABIC, LATIN, strict=True))
    | {"ا": "a"}
    | dict(zip(CYRILLIC + CYRILLIC.upper(), LATIN + LATIN.upper(), strict=True))
    | LOOK_ALIKES
    | {chr(zero + digit): str(digit) for zero in (0x660, 0x6F0) for digit in range(10)}
)
WORDS = dict(zip(ARABIC_NAMES, LATIN.upper(), strict=True)) | {
    word: roman(value).upper() for words in (ARABIC_SECTIONS, ARABIC_ANNEXES) for value, word in enumerate(words, 1)
}


def place(mark: str) -> str:
    """Return a mark as lists count: in Latin, without signs, but Chinese numerals and bullets as they are.

    >>> [place(mark) for mark in ("(b)", "б)", "(ج)", "㈡", "•")]
    ['b', 'b', 'c', '㈡', '•']
    """
    bare = mark.strip("()")
    return bare if bare[:1] in SIGNS or bare[:1] in HAN else canonical(mark) or mark


def successors(mark: str) -> frozenset[str]:
    """Return the places that may follow a place in its list.

    >>> sorted(successors("i")), sorted(successors("z")), sorted(successors("㈠"))
    (['ii', 'j'], ['aa'], ['㈡'])
    """
    found = {row[row.index(mark) + 1] for row in (ROMAN, SIGNS, HAN) if mark in row[:-1]}
    if mark in BULLETS:
        found.add(mark)
    elif mark.isascii() and mark.isdigit():
        found.add(str(int(mark) + 1))
    elif mark == "z":
        found.add("aa")
    elif mark.isascii() and mark.isalpha() and len(set(mark)) == 1 and mark[0] not in "zZ":
        found.add(chr(ord(mark[0]) + 1) * len(mark))
    return frozenset(found)


def chinese_number(numeral: str) -> int:
    """Return the value of a Chinese numeral from 1 to 99.

    >>> chinese_number("九"), chinese_number("十一"), chinese_number("六十九")
    (9, 11, 69)
    """
    tens, ten, units = numeral.rpartition("十")
    if not ten:
        tens = ""
    return (CHINESE_DIGITS.get(tens, 1) * 10 if ten else 0) + CHINESE_DIGITS.get(units[:1], 0)


def canonical(mark: str, *, capital: bool = False) -> str:
    """Return a printed number or letter in the spelling that all languages share: without signs, in ASCII.

    Out: "" where nothing but punctuation is printed (a bullet). Letters keep their case; Chinese
    numerals have none, so `capital` says which one the other languages print (a section, an annex).
    Arabic prints a small Roman numeral as a digit in quotation marks.

    >>> [canonical(mark) for mark in ("12.", "(aa)", "5 bis.", "㈡", "(十一)", "（iv）", "•")]
    ['12', 'aa', '5bis', 'ii', 'xi', 'iv', '']
    >>> [canonical(mark) for mark in ("1 -", "١ -", "(أ)", "(هـ)", "’2‘", "'٤'", "أولاً -", "باء -")]
    ['1', '1', 'a', 'e', 'ii', 'iv', 'I', 'B']
    >>> [canonical(mark) for mark in ("а)", "b)", "с)", "б)", "І.", "В.")]
    ['a', 'b', 'c', 'b', 'I', 'B']
    >>> canonical("二.", capital=True), canonical("a", capital=True)
    ('II', 'a')
    """
    # The compatibility form of ㈡ is (二), of full-width signs the narrow ones.
    text = UNSEEN.sub("", "".join(unicodedata.normalize("NFKC", mark).split()))
    if quoted := QUOTED.fullmatch(text):
        return roman(int(quoted[1]))
    text = PUNCTUATION.sub("-", text).strip("-")

    def western(match: re.Match[str]) -> str:
        numeral = roman(chinese_number(match[0]))
        return numeral.upper() if capital else numeral

    return WORDS.get(text) or CHINESE_NUMERAL.sub(western, text.translate(LETTERS))


def agenda_items(line: str) -> tuple[str, ...]:
    """Return the numbers of the agenda items that a line names, in the spelling that all languages share.

    A letter that neither follows a number nor another letter is left alone, and so is one that is no letter.

    >>> agenda_items("Agenda item 19 (f)"), agenda_items("Point 19 f) de l’ordre du jour"), agenda_items("البند 19 (و)")
    (('19(f)',), ('19(f)',), ('19(f)',))
    >>> agenda_items("Temas 19 a) y b) y 20 del programa"), agenda_items("Agenda item 72 (c) (ii)")
    (('19(a)', '19(b)', '20'), ('72(c)(ii)',))
    """
    found: list[str] = []
    last = 0
    for match in AGENDA_ITEM.finditer(plain_digits(UNSEEN.sub("", line))):
        if match["number"]:
            found.append(canonical(match["number"]))
        elif found and match.start() == last:
            number, lettered, _ = found[-1].partition("(")
            letter, joined = f"({canonical(match['letter'])})", match["joined"].strip()
            if lettered and joined:
                found.append(number + letter)
            elif joined in {"", ","}:
                found[-1] += letter
        last = match.end()
    return tuple(found)


def plain_digits(text: str) -> str:
    """Write digits of every script as those of symbols, one for one.

    >>> plain_digits("القرار ٩٨/١")
    'القرار 98/1'
    """
    return text if text.isascii() else OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)


def is_broken(left: str, right: str) -> bool:
    """Tell whether two lines are broken inside a symbol, or after another stroke, and are joined without a blank.

    >>> is_broken("the report (S/", "2024/384),"), is_broken("A/99/12/Add.", "1 and"), is_broken("See chap.", "1 and")
    (True, True, False)
    """
    if left.endswith("/"):
        return right[:1].isalnum()
    return right[:1].isdigit() and SERIES.search(left[-SYMBOL_LENGTH:]) is not None


def iri_number(printed: str) -> str:
    """Return a number or symbol as a segment of an IRI (AKN.md section 3); "" for none.

    >>> [iri_number(number) for number in ("69/60", "2722 (2024)", "2758 (XXVI)", "68/247 A–C", "A/C.1/69/L.5")]
    ['69-60', '2722-2024', '2758-XXVI', '68-247A-C', 'A-C.1-69-L.5']
    """
    dashed = IRI_DASH.sub("-", IRI_PARENTHESIS.sub(r"-\1", printed))
    return IRI_FOREIGN.sub("", dashed).strip("-._")
