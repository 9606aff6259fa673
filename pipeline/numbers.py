"""The marks of lists and sections, and what follows each (Editorial Manual, "Paragraphs and subparagraphs")."""

from __future__ import annotations

ROMAN_SIGNS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
SIGNS = tuple("㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩")
HAN = tuple("一二三四五六七八九十")
BULLETS = frozenset("•‣▪●–—-")
FIRST = frozenset({"a", "i", "A", "1", "一", "㈠"}) | BULLETS
"""The marks a list begins with."""


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


def successors(mark: str) -> frozenset[str]:
    """Return the marks that may follow a mark in its list, without brackets.

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
