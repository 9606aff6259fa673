"""The marks of lists and sections, and what follows each (Editorial Manual, "Paragraphs and subparagraphs")."""

from __future__ import annotations

ROMAN = (
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
    "xvii",
    "xviii",
)
SIGNS = tuple("㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩")
HAN = tuple("一二三四五六七八九十")
BULLETS = frozenset("•‣▪●–—-")
FIRST = frozenset({"a", "i", "A", "1", "一", "㈠"}) | BULLETS
"""The marks a list begins with."""


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
