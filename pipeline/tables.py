r"""How repaired text writes a table: rows `| a | b |`, each a paragraph of its own.

A row begins and ends with a stroke; a stroke of the text has a backslash before it. Rows that
follow one another are one table. A row `| --- | --- |` says that those above it name the
columns; a first row of one cell, above rows of more, is the caption. The blanks inside the
strokes are not text. This module imports nothing of ours: repair writes rows, parse reads
them, and the ledger leaves out what only marks them.
"""

from __future__ import annotations

import re
from itertools import pairwise

SIGN = re.compile(r"\\.|\|", re.DOTALL)
RULE = re.compile(r"\|(?: *-{3,} *\|)+")


def cells(line: str) -> list[tuple[int, int]]:
    r"""Return where the cells of a row stand in it, without the blanks around them; none where it is no row.

    >>> cells("| a | 3 \\| 4 ||"), cells("a | b |"), cells("|")
    ([(2, 3), (6, 12), (14, 14)], [], [])
    """
    strokes = _strokes(line)
    if len(strokes) < 2 or strokes[0] != 0 or strokes[-1] != len(line) - 1:
        return []
    found: list[tuple[int, int]] = []
    for at, end in pairwise(strokes):
        text = line[at + 1 : end]
        start = at + 1 + len(text) - len(text.lstrip(" ")) if text.strip(" ") else end
        found.append((start, start + len(text.strip(" "))))
    return found


def is_row(line: str) -> bool:
    r"""Tell whether a line is a row of a table, or the rule under the names of the columns.

    >>> is_row("| a | b |"), is_row("| --- |"), is_row("\\| a |"), is_row("| a \\|")
    (True, True, False, False)
    """
    return line.startswith("|") and bool(cells(line))


def is_rule(line: str) -> bool:
    """Tell whether a line is the rule under the names of the columns.

    >>> is_rule("| --- | --- |"), is_rule("| – | – |")
    (True, False)
    """
    return RULE.fullmatch(line) is not None


def without_strokes(line: str) -> str:
    r"""Return what is text in a line: all of it, unless it is a row.

    >>> without_strokes("| a | b\\|c |"), without_strokes("| --- |"), without_strokes("a | b")
    (' a  b\\|c ', '', 'a | b')
    """
    if not is_row(line):
        return line
    if is_rule(line):
        return ""
    return SIGN.sub(lambda match: "" if match[0] == "|" else match[0], line)


def _strokes(line: str) -> list[int]:
    return [match.start() for match in SIGN.finditer(line) if match[0] == "|"]
