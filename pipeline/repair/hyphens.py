"""Hyphens and dashes: blanks beside them that an extractor put in, and hyphens it took out at a line's end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language
    from pipeline.text import Text

TORN_HYPHEN = re.compile(r" (?<=[^\W\d_] )-(?: ?(?=[^\W\d_])|(?=,))|-(?<=[^\W\d_]-) (?=[^\W\d_])")
TORN_RANGE = re.compile(
    r" (?:(?<=\s\d )|(?<=\s\d\d ))– ?(?=\d)|–(?:(?<=\s\d–)|(?<=\s\d\d–)) (?=\d)"
    r"| (?<=\b[12]\d{3} )– ?(?=[12]\d{3}\b)|–(?<=\b[12]\d{3}–) (?=[12]\d{3}\b)"
)
TORN_NUMBER = re.compile(r" (?<=[^\W\d_] )-(?=\d)| (?:(?<= \d )|(?<= \d\d ))- ?(?=[^\W\d_])")
DASHES = ("–", "—")
HYPHEN = re.compile("-")
HYPHENED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")


def close_hyphens(text: Text, language: Language) -> Iterator[Edit]:
    """Close a blank beside a hyphen inside a word (`self -determination`, `short -, medium- and long-term`).

    The document, or the list of compounds, has the word with its hyphen; or blanks stand
    before hyphens only, which no dash has. Days and years have no blanks between them (`4 –15 March`),
    nor have capitals and their number (`COVID -19`), a number and its noun (`18 - month`). A text
    that prints dashes has no hyphen for one. Leaves alone suspended hyphens (`short- and long-term`,
    `Wärterinnen und -wärter`) and, where a text has no other dashes, all that may be some.
    """
    if language.joins_without_space:
        return
    value = text.value
    yield from _beside_figures(value)
    torn = list(TORN_HYPHEN.finditer(value)) if "- " in value or " -" in value else []
    if not torn:
        return
    known = {word.casefold() for word in hyphened(value)} | {word.casefold() for word in language.compounds}
    known_halves = {half for word in known for half in (word, *_halves(word))}
    has_dashes = any(dash in value for dash in DASHES)
    hung = tuple(f"{word.strip()}-" for word in language.suspending)
    words = {match: word for match in torn if not (word := _around(value, match)).startswith(hung)}
    torn = list(words)
    loose = [match for match in torn if words[match] not in known_halves]
    hanging = {match for match in loose if value.startswith(language.suspending, match.end())}
    dashes = any(match.group() == "- " and match not in hanging for match in loose)
    if not dashes and any(match.group() == " -" for match in loose):
        new = {match: "- " if match in hanging and match.group() == " - " else "-" for match in loose}
        # A word that is closed here is known where it hangs too, and would be closed there next time.
        known_halves |= {words[match] for match in loose if new[match] == "-" and match.group() != "- "}
    else:
        new = {}
    for match in torn:
        if words[match] in known_halves:
            yield Edit(Span(*match.span()), "-", 0.95)
        elif match in new and match.group() != "- ":
            yield Edit(Span(*match.span()), new[match], 0.9)
        elif has_dashes and match.group() == " - " and (value[match.start() - 1] + value[match.end()]).islower():
            yield Edit(Span(*match.span()), "- " if match in hanging else "-", 0.85)


def _beside_figures(value: str) -> Iterator[Edit]:
    """Close the blanks beside hyphens and dashes that stand by a figure."""
    for match in TORN_RANGE.finditer(value) if "– " in value or " –" in value else ():
        yield Edit(Span(*match.span()), "–", 0.9)
    for match in TORN_NUMBER.finditer(value) if " -" in value else ():
        if value[match.start() - 1].isupper() or value[match.end()].islower():
            yield Edit(Span(*match.span()), "-", 0.9)


def _around(value: str, match: re.Match[str]) -> str:
    """Return the word that a torn hyphen stands in."""
    left = re.search(r"(?<![\w-])[\w-]*$", value[max(0, match.start() - 40) : match.start()])
    right = re.match(r"[\w-]*", value[match.end() : match.end() + 40])
    return f"{left[0] if left else ''}-{right[0] if right else ''}".casefold()


def hyphened(value: str) -> Iterator[str]:
    """Yield the words of a text that have hyphens, found from their hyphens: most words have none."""
    done = 0
    for hyphen in HYPHEN.finditer(value):
        start = hyphen.start()
        if start < done:
            continue
        while start > done and value[start - 1].isalpha():
            start -= 1
        if match := HYPHENED.match(value, start):
            done = match.end()
            yield match.group()


def _halves(word: str) -> Iterator[str]:
    parts = word.split("-")
    for size in range(2, len(parts)):
        yield "-".join(parts[:size])
