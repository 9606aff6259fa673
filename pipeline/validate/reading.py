"""What a reader finds in a file of ours, what it ought to find, and where the two differ.

An indicator stands in the text as `⟦7#3⟧` where it is the first mention, which is of the
third note, as `⟦7→3⟧` where it is a further one, and as `⟦7⟧` where it leads to no note.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from pipeline.model import Indicator
from pipeline.walk import body_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Document, Inlines

INDICATOR = re.compile("⟦([^⟦⟧#→]*)(?:[#→][0-9]+)?⟧")
FIRST = re.compile("⟦[^⟦⟧#→]*#([0-9]+)⟧")
NAMED = 40
"""How many characters name a paragraph in a message."""

ALIKE = 0.6
"""How alike two paragraphs are, from 0 to 1, that count as one that was changed."""


class UnreadableError(Exception):
    """A reader cannot open the file; the message is its own."""


class Reading(NamedTuple):
    """Paragraphs in order, and notes in the order of their first mention.

    `faults` are sentences on what cannot be right, whatever the document says; `title` is that of the metadata.
    """

    paragraphs: list[str]
    notes: list[str]
    faults: list[str]
    title: str = ""


class Expected(NamedTuple):
    """What ought to be found: (number, text) a paragraph, (mark, text) a note; "" for no number."""

    paragraphs: list[tuple[str, str]]
    notes: list[tuple[str, str]]


def collapse(text: str) -> str:
    """Put one blank for any white space, and none at the ends."""
    return " ".join(text.split())


def without_places(text: str) -> str:
    """Leave of each indicator its mark, and not which note it leads to."""
    return INDICATOR.sub(r"⟦\1⟧", text)


def expected(document: Document) -> Expected:
    """Return what an exact reader finds in any file of the document.

    Notes may share a mark: the first mentions take them in order. A note that is
    mentioned nowhere stands behind the text, as a paragraph numbered with its mark.
    """
    waiting: dict[str, list[int]] = {}
    for at, footnote in enumerate(document.footnotes):
        waiting.setdefault(footnote.mark, []).append(at)
    order: list[int] = []
    latest: dict[str, int] = {}

    def token(indicator: Indicator) -> str:
        mark = indicator.mark
        if waiting.get(mark) and not (indicator.repeated and mark in latest):
            order.append(waiting[mark].pop(0))
            latest[mark] = len(order)
            return f"⟦{mark}#{latest[mark]}⟧"
        return f"⟦{mark}→{latest[mark]}⟧" if mark in latest else f"⟦{mark}⟧"

    def text(inlines: Inlines) -> str:
        return collapse("".join(token(each) if isinstance(each, Indicator) else each.text for each in inlines))

    paragraphs = [("", text(line.inlines)) for line in document.masthead.lines]
    paragraphs += [(collapse(number or ""), text(inlines)) for number, inlines in body_texts(document)]
    unplaced = [at for found in waiting.values() for at in found]
    waiting.clear()
    notes = [(note.mark, text(note.inlines)) for note in document.footnotes]
    paragraphs += [notes[at] for at in sorted(unplaced)]
    return Expected([pair for pair in paragraphs if any(pair)], [notes[at] for at in order])


def differences(paragraphs: list[str], notes: list[tuple[str, str]], reading: Reading) -> Iterator[str]:
    """Yield a sentence for each difference between what ought to be found and what was."""
    yield from reading.faults
    yield from _paragraphs([text for text in paragraphs if text], [text for text in reading.paragraphs if text])
    for note, found in zip_longest(notes, reading.notes):
        if note is None:
            yield f"A footnote {_name(found)} is not in the document."
        elif found is None:
            yield f"Footnote {note[0]} {_name(note[1])} is lost."
        elif without_places(note[1]) != without_places(found):
            yield f"Footnote {note[0]} {_name(note[1])} {_change(note[1], found)}."


def _paragraphs(wanted: list[str], found: list[str]) -> Iterator[str]:
    if wanted == found:
        return
    missing: list[str] = []
    added: list[str] = []
    for _, start, end, low, high in SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
        if wanted[start:end] == found[low:high]:
            continue
        others = found[low:high]
        for text in wanted[start:end]:
            alike = next((other for other in others if _are_alike(text, other)), None)
            if alike is None:
                missing.append(text)
            else:
                others.remove(alike)
                yield f"Paragraph {_name(text)} {_change(text, alike)}."
        added += others
    yield from (_sentence(text, added) for text in missing)
    yield from (f"A paragraph {_name(text)} is not in the document." for text in added)


def _sentence(text: str, added: list[str]) -> str:
    if text in added:
        added.remove(text)
        return f"Paragraph {_name(text)} stands at another place."
    return f"Paragraph {_name(text)} is lost."


def _are_alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).quick_ratio() >= ALIKE


def _name(text: str) -> str:
    shown = _shown(text)
    return f"“{shown}”" if len(shown) <= NAMED else f"“{shown[:NAMED]}…”"


def _change(wanted: str, found: str) -> str:
    """Say how the first difference reads, with a few characters around it."""
    if _shown(wanted) != _shown(found):
        wanted, found = _shown(wanted), _shown(found)
    pairs = enumerate(zip(wanted, found, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), min(len(wanted), len(found)))
    part = slice(max(0, at - 15), at + 25)
    return f"reads back as “{found[part]}” where it has “{wanted[part]}”"


def _shown(text: str) -> str:
    return INDICATOR.sub(r"[^\1]", text)
