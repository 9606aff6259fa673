"""Where documents that should be the same differ: the languages of one, or what several extractors made of it.

Equal in all languages are numbers, nesting, footnotes and references of each paragraph, the facts, the dates and
what a vote counts; in one language all texts are, those of the masthead included. The order of footnotes inside a
paragraph may differ, so they are compared as sets (FORMAT.md section 6). Official versions do differ, so a difference
is a finding and no error.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.numbers import agenda_items
from pipeline.outline import Place, in_order, joined, outline
from pipeline.serialize import document_to_json
from pipeline.walk import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from pipeline.model import Document, Inlines, Severity

FACTS = ("organ", "symbol", "number", "issued", "adopted", "meeting")
"""The facts of the masthead that are the same in every language."""
LONGEST = 60
"""So much of a text is shown where two of them differ."""


class Difference(NamedTuple):
    """A place where two documents differ: the stable name of the rule, and what stands in each ("" for nothing)."""

    rule: str
    severity: Severity
    place: str
    left: str
    right: str


def compare(left: Document, right: Document) -> tuple[Difference, ...]:
    """Return where two documents differ, in the order of the first; texts only where they are of one language."""
    texts = left.language == right.language
    found = [*_facts(left, right), *_heads(left, right, texts=texts), *_notes(left, right, texts=texts)]
    last = "the beginning"
    paired: dict[str, str] = {}
    keys = (_whole, *KEYS) if texts else KEYS
    for at, (ours, theirs) in enumerate(_aligned(outline(left), outline(right), keys), 1):
        _pair_notes(ours, theirs, paired)
        paths = [", ".join(place.path for place in side) for side in (ours, theirs)]
        if paths[0] != paths[1]:
            found.append(Difference("compare.numbers", "warning", f"after {last}", *paths))
        if len(ours) == len(theirs) == 1:
            marks = in_order(paired.get(mark, f"+{mark}") for mark in theirs[0].marks)
            found += _inside(ours[0], theirs[0]._replace(marks=marks), f"{ours[0].path}, block {at}", texts=texts)
        last = f"{ours[-1].path}, block {at}" if ours else last
    return tuple(found)


def _pair_notes(ours: Sequence[Place], theirs: Sequence[Place], paired: dict[str, str]) -> None:
    """Note which footnotes of the right are which of the left: those first mentioned at the same place, in order.

    So one that only one document has is one difference, and not one at every footnote after it.
    """
    known = set(paired.values())
    left = dict.fromkeys(mark for place in ours for mark in place.marks if mark not in known)
    right = dict.fromkeys(mark for place in theirs for mark in place.marks if mark not in paired)
    paired.update(zip(right, left, strict=False))


def _whole(place: Place) -> tuple[str, str]:
    return place.path, place.text


def _key(place: Place) -> tuple[str, int, tuple[str, ...]]:
    """Return what tells a paragraph from the next: by number, by how many footnotes and by what it mentions."""
    return place.path, len(place.marks), place.targets


KEYS: tuple[Callable[[Place], Hashable], ...] = (_key, attrgetter("path"))


def _aligned(
    ours: Sequence[Place], theirs: Sequence[Place], keys: Sequence[Callable[[Place], Hashable]]
) -> Iterator[tuple[Sequence[Place], Sequence[Place]]]:
    """Yield paragraphs that stand at the same place, one of each, and stretches that have no counterpart.

    Aligned by the first of `keys`, which tells one unnumbered paragraph from the next; what is left by the next.
    """
    one, other = ([keys[0](place) for place in side] for side in (ours, theirs))
    for kind, first, last, begin, end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (
                (ours[first + at : first + at + 1], theirs[begin + at : begin + at + 1]) for at in range(last - first)
            )
        elif kind == "replace" and len(keys) > 1:
            yield from _aligned(ours[first:last], theirs[begin:end], keys[1:])
        else:
            yield ours[first:last], theirs[begin:end]


def body(document: Document) -> dict[str, Any]:
    """Return a document as JSON values without its provenance: no spans, no source."""
    data: dict[str, Any] = _without_spans(document_to_json(document))
    del data["source"]
    return data


def _facts(left: Document, right: Document) -> Iterator[Difference]:
    ours, theirs = (
        {**{name: getattr(one.masthead, name) or "" for name in FACTS}, "agenda item": _items(one)}
        for one in (left, right)
    )
    for name in ours:
        if ours[name] != theirs[name]:
            yield Difference("compare.facts", "warning", name, ours[name], theirs[name])


def _items(document: Document) -> str:
    lines = (plain(line.inlines) for line in document.masthead.lines if line.role == "agenda_item")
    return ", ".join(item for line in lines for item in agenda_items(line))


def _heads(left: Document, right: Document, *, texts: bool) -> Iterator[Difference]:
    """Yield what differs before the text: in one language by line of the masthead, else in its references."""
    ours, theirs = (_head(document, by_role=texts) for document in (left, right))
    for name in dict.fromkeys([*ours, *theirs]):
        one, other = (side.get(name, joined(name, ())) for side in (ours, theirs))
        if not texts:
            if not (name in ours and name in theirs):
                yield Difference("compare.facts", "warning", name, one.text[:LONGEST], other.text[:LONGEST])
            one, other = (place._replace(marks=(), dates=()) for place in (one, other))
        yield from _inside(one, other, name, texts=texts)


def _head(document: Document, *, by_role: bool) -> dict[str, Place]:
    """Return the lines of the masthead by their roles, or as one place, and the title."""
    lines: dict[str, list[Inlines]] = {}
    for line in document.masthead.lines:
        lines.setdefault(line.role.replace("_", " ") if by_role else "masthead", []).append(line.inlines)
    if document.title:
        lines["title"] = [document.title.inlines]
    return {name: joined(name, found) for name, found in lines.items()}


def _notes(left: Document, right: Document, *, texts: bool) -> Iterator[Difference]:
    ours, theirs = ({note.mark: plain(note.inlines) for note in one.footnotes} for one in (left, right))
    if len(ours) != len(theirs):
        yield Difference("compare.footnotes", "warning", "number of footnotes", str(len(ours)), str(len(theirs)))
    for mark in dict.fromkeys([*ours, *theirs]) if texts else ():
        if ours.get(mark) != theirs.get(mark):
            yield _text(f"footnote {mark}", ours.get(mark, ""), theirs.get(mark, ""))


def _inside(one: Place, other: Place, place: str, *, texts: bool) -> Iterator[Difference]:
    """Yield what differs between two paragraphs that stand at the same place."""
    compared: tuple[tuple[str, Severity, Sequence[str], Sequence[str]], ...] = (
        ("compare.footnotes", "warning", one.marks, other.marks),
        ("compare.votes", "warning", one.counts, other.counts),
        ("compare.references", "warning", one.targets, other.targets),
        ("compare.dates", "note", one.dates, other.dates),
    )
    for rule, severity, ours, theirs in compared:
        if ours != theirs:
            only = (", ".join(sorted(set(ours) - set(theirs))), ", ".join(sorted(set(theirs) - set(ours))))
            yield Difference(rule, severity, place, *only)
    if texts and one.text != other.text:
        yield _text(place, one.text, other.text)


def _text(place: str, left: str, right: str) -> Difference:
    """Return the difference of two texts, shown from a little before their first unlike character."""
    same = next((at for at, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]), None)
    start = max(0, (min(len(left), len(right)) if same is None else same) - LONGEST // 3)
    return Difference("compare.text", "warning", place, left[start : start + LONGEST], right[start : start + LONGEST])


def _without_spans(value: Any) -> Any:  # noqa: ANN401 - JSON values
    if isinstance(value, dict):
        return {name: _without_spans(field) for name, field in value.items() if name != "span"}
    return [_without_spans(item) for item in value] if isinstance(value, list) else value
