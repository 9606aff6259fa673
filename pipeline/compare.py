"""Where documents that should be the same differ: the languages of one, or what several extractors made of it.

Equal in all languages are numbers, nesting, footnotes and references of each paragraph, the facts and dates;
the order of footnotes inside a paragraph may differ, so they are compared as sets (FORMAT.md section 6). Official
versions do differ, so a difference is a finding and no error.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, assert_never

from pipeline.model import (
    AnnexStart,
    Closing,
    Date,
    Enacting,
    Heading,
    Indicator,
    OperativeParagraph,
    Paragraph,
    PartStart,
    PreambularParagraph,
    Reference,
    Table,
    Unclassified,
    Vote,
)
from pipeline.numbers import canonical
from pipeline.serialize import document_to_json
from pipeline.walk import block_texts, cited, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from pipeline.model import Block, Document, Inlines, Severity

FACTS = ("organ", "symbol", "number", "adopted", "meeting")
"""The facts of the masthead that are the same in every language."""
LONGEST = 60
"""So much of a text is shown where two of them differ."""


class Place(NamedTuple):
    """A paragraph as all languages see it: where it stands, what it mentions, and its text.

    `marks` are the places of its footnotes among the document's: where the first one is the title's in some
    languages only, their numbers differ. `path` holds its kind and the numbers that lead to it, in the spelling
    all languages share ("operative 3 b ii").
    """

    path: str
    marks: tuple[str, ...]
    targets: tuple[str, ...]
    dates: tuple[str, ...]
    text: str


class Difference(NamedTuple):
    """A place where two documents differ: the stable name of the rule, and what stands in each ("" for nothing)."""

    rule: str
    severity: Severity
    place: str
    left: str
    right: str


def outline(document: Document) -> tuple[Place, ...]:
    """Return the paragraphs of a document, in order."""
    order = {note.mark: str(at) for at, note in enumerate(document.footnotes, 1)}
    return tuple(
        place._replace(marks=_in_order(order.get(mark, mark) for mark in place.marks))
        for block in document.blocks
        for place in _places(block)
    )


def _in_order(marks: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(marks, key=lambda mark: (len(mark), mark)))


def compare(left: Document, right: Document) -> tuple[Difference, ...]:
    """Return where two documents differ, in the order of the first; texts only where they are of one language."""
    found = [*_facts(left, right), *_notes(left, right)]
    texts = left.language == right.language
    last = "the beginning"
    paired: dict[str, str] = {}
    for at, (ours, theirs) in enumerate(_aligned(outline(left), outline(right)), 1):
        _pair_notes(ours, theirs, paired)
        if len(ours) == len(theirs) == 1:
            marks = _in_order(paired.get(mark, f"+{mark}") for mark in theirs[0].marks)
            found += _inside(ours[0], theirs[0]._replace(marks=marks), f"{ours[0].path}, block {at}", texts=texts)
        else:
            missing, added = (", ".join(place.path for place in side) for side in (ours, theirs))
            found.append(Difference("compare.numbers", "warning", f"after {last}", missing, added))
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


def _key(place: Place) -> tuple[str, int, tuple[str, ...]]:
    """Return what tells a paragraph from the next: by number, by how many footnotes and by what it mentions."""
    return place.path, len(place.marks), place.targets


def _aligned(
    ours: Sequence[Place],
    theirs: Sequence[Place],
    keys: Sequence[Callable[[Place], Hashable]] = (_key, attrgetter("path")),
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


def shape(document: Document) -> list[Any]:
    """Return what is equal in all languages of a document: its paragraphs with their footnotes, and its references."""
    places = outline(document)
    targets = sorted({target for place in places for target in place.targets})
    return [[[place.path, place.marks] for place in places], targets]


def body(document: Document) -> dict[str, Any]:
    """Return a document as JSON values without its provenance: no spans, no source."""
    data: dict[str, Any] = _without_spans(document_to_json(document))
    del data["source"]
    return data


def _places(block: Block) -> Iterator[Place]:
    match block:
        case PreambularParagraph() | OperativeParagraph() | Paragraph():
            yield from _nested(block, type(block).__name__.removesuffix("Paragraph").lower() or "paragraph")
        case Heading() | AnnexStart() | PartStart():
            kind = {Heading: "heading", AnnexStart: "annex", PartStart: "part"}[type(block)]
            yield _place(_path(kind, block.number, capital=True), (inlines for _, inlines in block_texts(block)))
        case Table():
            columns = max((len(row.cells) for row in block.rows), default=0)
            yield _place(f"table of {len(block.rows)} by {columns}", (inlines for _, inlines in block_texts(block)))
        case Vote():
            totals = " ".join(str(tally.total) for tally in block.tallies)
            yield _place(f"vote {block.outcome} {totals}".rstrip(), ())
        case Closing() | Enacting() | Unclassified():
            yield _place(type(block).__name__.lower(), (inlines for _, inlines in block_texts(block)))
        case _:
            assert_never(block)


def _nested(block: PreambularParagraph | OperativeParagraph | Paragraph, path: str) -> Iterator[Place]:
    number = None if isinstance(block, PreambularParagraph) else block.number
    path = _path(path, number)
    yield _place(path, [block.inlines])
    for child in block.children:
        yield from _nested(child, path)


def _path(path: str, number: str | None, *, capital: bool = False) -> str:
    return f"{path} {canonical(number, capital=capital) or '-'}" if number else path


def _place(path: str, texts: Iterable[Inlines]) -> Place:
    inlines = [inline for text in texts for inline in text]
    return Place(
        path,
        tuple(sorted({inline.mark for inline in inlines if isinstance(inline, Indicator)})),
        tuple(sorted({cited(inline.target) for inline in inlines if isinstance(inline, Reference)})),
        tuple(sorted({inline.iso for inline in inlines if isinstance(inline, Date)})),
        plain(tuple(inlines)),
    )


def _facts(left: Document, right: Document) -> Iterator[Difference]:
    for name in FACTS:
        ours, theirs = getattr(left.masthead, name), getattr(right.masthead, name)
        if ours != theirs:
            yield Difference("compare.facts", "warning", name, ours or "", theirs or "")


def _notes(left: Document, right: Document) -> Iterator[Difference]:
    ours, theirs = len(left.footnotes), len(right.footnotes)
    if ours != theirs:
        yield Difference("compare.footnotes", "warning", "number of footnotes", str(ours), str(theirs))
    if left.language == right.language:
        texts = {note.mark: plain(note.inlines) for note in right.footnotes}
        for note in left.footnotes:
            if note.mark in texts and plain(note.inlines) != texts[note.mark]:
                yield _text(f"footnote {note.mark}", plain(note.inlines), texts[note.mark])


def _inside(one: Place, other: Place, place: str, *, texts: bool) -> Iterator[Difference]:
    """Yield what differs between two paragraphs that stand at the same place."""
    compared: tuple[tuple[str, Severity, Sequence[str], Sequence[str]], ...] = (
        ("compare.footnotes", "warning", one.marks, other.marks),
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
