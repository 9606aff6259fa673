"""Strings that make a pattern of `re` slow, derived from the pattern itself.

A backtracking search is slow where a repeat can go on for long and then fails, from every place it can begin at.
So each repeat of the pattern is fed: what may stand before it, once or each time; what it repeats, many times;
and at the end something that does not go on.
"""

from __future__ import annotations

import re._constants as of  # the standard library has no public name for the tree of a pattern
import re._parser as parser
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

Node = Any  # what `re._parser` makes of a pattern: tuples of an operator and its argument, and lists of them
GENERAL = (
    "a", "A", "1", " ", "\n", "\t", "(", ")", "[", "]", ".", ",", "-", "*", "|", "/", "\\*", "灯", "م", "\u064b", "й",
    "[^1]", "a ", "a-", "1 ", "1.", "1,", "1/", " \n", "\n\n", ". ", "(a) ", ") ", "A.", "A/", "a\n", "م ", " \u064b",
    "“", "<a ", "<!--", "a=1 ", "{", "\u202b", "e\u0301", "Aa", "aA1", "والأ",
)  # fmt: skip
ENDS = ("\x01", "")
"""What does not go on; nothing, for a repeat that something must follow."""
MOST_REPEATS = 40
LONG = 8
"""A repeat that may go on for more than this counts as one without end."""
SIGNS = {
    of.CATEGORY_DIGIT: "1", of.CATEGORY_NOT_DIGIT: "a", of.CATEGORY_SPACE: " ", of.CATEGORY_NOT_SPACE: "a",
    of.CATEGORY_WORD: "a", of.CATEGORY_NOT_WORD: " ",
}  # fmt: skip
CANDIDATES = "a1 A.\n,-/()[]*|“灯مй\u064b<=\"'\\:;_!#%\t"


def attacks(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield strings as (beginning, what is repeated, end)."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = parser.parse(text, pattern.flags & ~of.SRE_FLAG_UNICODE)
    found: dict[tuple[str, str], None] = {}
    for before, body in islice(_repeats(tree, ""), MOST_REPEATS):
        for repeated in body:
            found.setdefault((before, repeated))
            found.setdefault(("", before + repeated))
            found.setdefault(("", repeated))
    for whole in _samples(tree)[:3]:
        found.setdefault(("", whole))
        found.setdefault(("", whole[:-1]))
    for before, repeated in list(found)[:MOST_REPEATS]:
        if repeated:
            for end in ENDS:
                yield before, repeated, end
    for general in GENERAL:
        yield "", general, ENDS[0]


def _repeats(tree: Node, before: str) -> Iterator[tuple[str, list[str]]]:
    """Yield what stands before each long repeat of a pattern, and some of what it repeats."""
    for operator, argument in tree:
        if operator in {of.MAX_REPEAT, of.MIN_REPEAT, of.POSSESSIVE_REPEAT}:
            _, most, inner = argument
            if most is of.MAXREPEAT or most > LONG:
                bodies = _samples(inner)
                yield before, [*bodies, "".join(bodies)]
            yield from _repeats(inner, before)
        else:
            for inner in _inside(operator, argument):
                yield from _repeats(inner, before)
        before += (_samples([(operator, argument)]) or [""])[0]


def _inside(operator: Node, argument: Node) -> list[Node]:
    if operator is of.SUBPATTERN:
        return [argument[-1]]
    if operator is of.BRANCH:
        return list(argument[1])
    if operator in {of.ASSERT, of.ASSERT_NOT}:
        return [argument[1]]
    if operator is of.ATOMIC_GROUP:
        return [argument]
    return []


def _samples(tree: Node) -> list[str]:
    """Return a few short texts that a part of a pattern matches; what looks around is taken as true."""
    texts = [""]
    for operator, argument in tree:
        texts = [text + more for text in texts for more in _of_one(operator, argument)][:4]
    return texts


def _of_one(operator: Node, argument: Node) -> list[str]:
    if operator is of.LITERAL:
        return [chr(argument)]
    if operator is of.NOT_LITERAL:
        return [next(sign for sign in CANDIDATES if sign != chr(argument))]
    if operator is of.ANY:
        return ["a", " "]
    if operator is of.IN:
        return _of_class(argument)
    if operator in {of.MAX_REPEAT, of.MIN_REPEAT, of.POSSESSIVE_REPEAT}:
        least, _, inner = argument
        return [text * max(1, min(least, 4)) for text in _samples(inner)]
    if operator in {of.ASSERT, of.ASSERT_NOT, of.AT, of.GROUPREF, of.GROUPREF_EXISTS, of.FAILURE}:
        return [""]
    return [text for inner in _inside(operator, argument)[:4] for text in _samples(inner)[:2]][:4] or [""]


def _of_class(items: Node) -> list[str]:
    """Return up to three characters of a class: the first of its items, or some it does not leave out."""
    if items[0][0] is of.NEGATE:
        return [sign for sign in CANDIDATES if not any(_holds(item, sign) for item in items[1:])][:3] or ["\U0001f5f8"]
    found = []
    for kind, value in items:
        found.append(SIGNS[value] if kind is of.CATEGORY else chr(value[0] if kind is of.RANGE else value))
    return list(dict.fromkeys(found))[:3]


def _holds(item: Node, sign: str) -> bool:
    kind, value = item
    if kind is of.LITERAL:
        return chr(value) == sign
    if kind is of.RANGE:
        return bool(value[0] <= ord(sign) <= value[1])
    ours = {
        of.CATEGORY_DIGIT: sign.isdigit(),
        of.CATEGORY_SPACE: sign.isspace(),
        of.CATEGORY_WORD: sign.isalnum() or sign == "_",
    }
    negated = {
        of.CATEGORY_NOT_DIGIT: of.CATEGORY_DIGIT,
        of.CATEGORY_NOT_SPACE: of.CATEGORY_SPACE,
        of.CATEGORY_NOT_WORD: of.CATEGORY_WORD,
    }
    return not ours[negated[value]] if value in negated else ours[value]
