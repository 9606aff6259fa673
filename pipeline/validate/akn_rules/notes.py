"""Rules 3 of AKN.md section 12: footnotes, their marks, and their later mentions (section 6)."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.validate.akn_rules.akn_file import DOCUMENTS, Hit, line_of, text_of, within
from pipeline.validate.akn_rules.vocabulary import AKN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from pipeline.validate.akn_rules.akn_file import AknFile

MENTIONED = frozenset({f"{AKN}authorialNote", f"{AKN}note"})
AFTER_MARKER = (".", "．", ")", "）")
SHOWN = 40
FALLBACK = "footnoteRef"
COPY = re.compile(r"_\d+$")


def marked(file: AknFile) -> Iterator[Hit]:
    """Find footnotes without their mark."""
    for note in file.all("authorialNote"):
        if not _marker(note):
            yield Hit(note, f"the footnote “{text_of(note)[:SHOWN]}” has no marker")


def placed(file: AknFile) -> Iterator[Hit]:
    """Find footnotes that do not say that they stand at the foot of the page."""
    for note in file.all("authorialNote"):
        if note.get("placement") != "bottom":
            yield Hit(note, f"footnote {_marker(note)} has placement “{note.get('placement', '')}”, not “bottom”")


def filled(file: AknFile) -> Iterator[Hit]:
    """Find footnotes without text."""
    for note in file.all("authorialNote"):
        if not text_of(note):
            yield Hit(note, f"footnote {_marker(note)} is empty")


def unrepeated(file: AknFile) -> Iterator[Hit]:
    """Find footnotes whose text begins with their mark, which would be shown twice."""
    for note in file.all("authorialNote"):
        marker, text = _marker(note), text_of(note)
        rest = text.removeprefix(marker)
        if (
            marker
            and rest != text
            and (rest[:1].isspace() or (rest.startswith(AFTER_MARKER) and not rest[1:2].isdigit()))
        ):
            yield Hit(note, f"the text of footnote {marker} begins with its marker: “{text[:SHOWN]}”")


def unique(file: AknFile) -> Iterator[Hit]:
    """Find marks that two footnotes of one resolution share."""
    for notes in _by_document(file):
        first: dict[str, etree._Element] = {}
        for note in notes:
            marker = _marker(note)
            if marker and first.setdefault(marker, note) is not note:
                line = line_of(first[marker])
                yield Hit(note, f"marker {marker} is that of the footnote in line {line} already")


def consecutive(file: AknFile) -> Iterator[Hit]:
    """Find numbered footnotes that do not follow one another."""
    for notes in _by_document(file):
        numbered = [(int(marker), note) for note in notes if (marker := _marker(note)).isdecimal()]
        for (before, _), (number, note) in pairwise(numbered):
            if number != before + 1:
                yield Hit(note, f"footnote {number} follows footnote {before}")


def mentioned(file: AknFile) -> Iterator[Hit]:
    """Find mentions that do not point to a footnote."""
    for mention in _mentions(file):
        if _target(file, mention) is None:
            href = mention.get("href", "")
            yield Hit(mention, f"the mention of footnote {_shown(mention)} points to {href or 'nothing'}, no footnote")


def mentioned_alike(file: AknFile) -> Iterator[Hit]:
    """Find mentions with another mark than their footnote."""
    for mention in _mentions(file):
        note = _target(file, mention)
        if note is None:
            continue
        # What is shown is as printed; a marker counts the footnotes that share it.
        marker = _marker(note) if mention.tag == f"{AKN}noteRef" else COPY.sub("", _marker(note))
        if marker != _shown(mention):
            yield Hit(mention, f"the mention is marked “{_shown(mention)}”, its footnote “{_marker(note)}”")


def mentioned_after(file: AknFile) -> Iterator[Hit]:
    """Find mentions that stand before their footnote, where the first mention belongs."""
    mentions = _mentions(file)
    if not mentions:
        return
    order = {element: at for at, element in enumerate(file.elements)}
    for mention in mentions:
        note = _target(file, mention)
        if note is not None and note.tag == f"{AKN}authorialNote" and order[note] > order[mention]:
            yield Hit(mention, f"the mention of footnote {_shown(mention)} stands before the footnote")


def _mentions(file: AknFile) -> list[etree._Element]:
    """Return the later mentions of footnotes: noteRef, or a ref that shows the mark (AKN.md section 6)."""
    refs = (ref for ref in file.all("ref") if FALLBACK in (ref.get("class") or "").split())
    return [*file.all("noteRef"), *refs]


def _shown(mention: etree._Element) -> str:
    return text_of(mention) if mention.tag == f"{AKN}ref" else _marker(mention)


def _marker(element: etree._Element) -> str:
    return (element.get("marker") or "").strip()


def _target(file: AknFile, mention: etree._Element) -> etree._Element | None:
    found = file.ids.get((mention.get("href") or "")[1:])
    return found if found is not None and found.tag in MENTIONED else None


def _by_document(file: AknFile) -> list[list[etree._Element]]:
    """Return the footnotes of each resolution: each counts its own."""
    found: dict[etree._Element | None, list[etree._Element]] = defaultdict(list)
    for note in file.all("authorialNote"):
        found[within(note, *DOCUMENTS)].append(note)
    return list(found.values())
