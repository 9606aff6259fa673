"""Hyphens and dashes: blanks beside them that an extractor put in, and hyphens it took out at a line's end."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.repair.page import lines
from pipeline.repair.widths import UNWRAPPED, width
from pipeline.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

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
COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LINE_HYPHEN = re.compile(r"[^\W\d_]-$")
LAST_WORD = re.compile(r"(?<![^\W\d_])(?<![^\W\d_]-)" + COMPOUND.pattern + "$")
WIDER, MERGED = 1.03, 1.3
"""So much wider than usual is a line that holds the rest of a broken word, or of the next line."""
RUN = 6
"""So many lines do not run into one: a text with longer ones has paragraphs, however short most of them are."""
STRETCHED, SLACK = 12.0, 3.0
"""So much less, or more, than the usual width may the words of a full line be: it is justified, or set in."""


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
    known = {word.casefold() for word in _hyphened(value)} | {word.casefold() for word in language.compounds}
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


def _hyphened(value: str) -> Iterator[str]:
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


def restore_hyphens(text: Text, language: Language) -> Iterator[Edit]:
    """Put back the hyphen an extractor took for one of its own at a line's end (`highlevel`, `high level`).

    It then ran two lines into one: only words of lines far wider than the others count, and
    those that stand where a line of the usual width ends. The document or the list of
    compounds must have the word with its hyphens; of the one word at that place, both halves.
    Leaves alone every other word, words the document writes in this way on other lines, and
    a text whose lines end with hyphens: its extractor left them in.
    """
    page = lines(text.value)
    if language.joins_without_space or any(line.text.endswith("-") and LINE_HYPHEN.search(line.text) for line in page):
        return
    widths = sorted(width(line.text) for line in page)
    usual = widths[len(widths) * 9 // 10] if widths else 0
    wide = [line for line in page if width(line.text) >= WIDER * usual]
    if usual > UNWRAPPED or not wide or widths[-1] > RUN * usual:
        return
    known = _known_forms(text.value, language)
    written = Counter(word.casefold() for word in COMPOUND.findall(text.value))
    halves = written.keys() | {half for form in known.values() for half in form.casefold().split("-")}
    here = Counter(word.casefold() for line in wide for word in COMPOUND.findall(line.text))
    starts = {line.start for line in wide}
    others = "\n".join(line.text for line in page if line.start not in starts)
    for line in wide:
        for blank in re.finditer(" ", line.text):
            at = blank.start()
            if _is_end(line.text[:at], usual) and _is_hyphened(line.text, at, known, others):
                yield Edit(Span(line.start + blank.start(), line.start + blank.end()), "-", 0.8)
        for match in COMPOUND.finditer(line.text):
            word = match.group().casefold()
            if written[word] != here[word]:
                continue
            form = known.get(word.replace("-", ""), "")
            ends = [at for at in range(match.start() + 2, match.end() - 1) if _is_end(line.text[:at], usual)]
            if not ends and width(line.text) < MERGED * usual:
                continue
            form = form or _parted(match.group(), [at - match.start() for at in ends], halves)
            if len(form) > len(word):
                yield from _hyphens(line.start + match.start(), match.group(), form)


def _is_end(before: str, usual: float) -> bool:
    """Tell whether the first of some lines that ran together may have ended after these words."""
    printed = width(before)
    count = max(1, round(printed / usual))
    return count * (usual - STRETCHED) <= printed <= count * usual + SLACK


def _is_hyphened(line: str, at: int, known: dict[str, str], others: str) -> bool:
    """Tell whether the two words around a blank have a hyphen elsewhere, and always in the other lines."""
    left, right = LAST_WORD.search(line, 0, at), COMPOUND.match(line, at + 1)
    if left is None or right is None or f"{left.group()} {right.group()}" in others:
        return False
    form = f"{left.group()}-{right.group()}".casefold()
    return known.get(form.replace("-", ""), "").casefold() == form


def _known_forms(value: str, language: Language) -> dict[str, str]:
    """Return the words with hyphens that the document or the list of compounds has, by their letters alone."""
    known: dict[str, str] = {}
    for word in [*language.compounds, *_hyphened(value)]:
        known.setdefault(word.replace("-", "").casefold(), word)
    return known


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
