"""A document as all its languages see it: its paragraphs by kind and number, and what each mentions and counts."""

from __future__ import annotations

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
from pipeline.walk import block_texts, cited, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Block, Document, Inlines


class Place(NamedTuple):
    """A paragraph as all languages see it: where it stands, what it mentions, and its text.

    `marks` are the places of its footnotes among the document's: where the first one is the title's in some
    languages only, their numbers differ. `path` holds its kind and the numbers that lead to it, in the spelling
    all languages share ("operative 3 b ii"); `counts` the numbers of a vote.
    """

    path: str
    marks: tuple[str, ...]
    targets: tuple[str, ...]
    dates: tuple[str, ...]
    text: str
    counts: tuple[str, ...] = ()


def outline(document: Document) -> tuple[Place, ...]:
    """Return the paragraphs of a document, in order."""
    order = {note.mark: str(at) for at, note in enumerate(document.footnotes, 1)}
    return tuple(
        place._replace(marks=in_order(order.get(mark, mark) for mark in place.marks))
        for block in document.blocks
        for place in _places(block)
    )


def in_order(marks: Iterable[str]) -> tuple[str, ...]:
    """Return marks of footnotes in the order of their numbers."""
    return tuple(sorted(marks, key=lambda mark: (len(mark), mark)))


def shape(document: Document) -> list[Any]:
    """Return what is equal in all languages of a document: its paragraphs with footnotes and votes, its references."""
    places = outline(document)
    targets = sorted({target for place in places for target in place.targets})
    return [[[place.path, place.marks, place.counts] for place in places], targets]


def _places(block: Block) -> Iterator[Place]:
    match block:
        case PreambularParagraph() | OperativeParagraph() | Paragraph():
            yield from _nested(block, type(block).__name__.removesuffix("Paragraph").lower() or "paragraph")
        case Heading() | AnnexStart() | PartStart():
            kind = {Heading: "heading", AnnexStart: "annex", PartStart: "part"}[type(block)]
            yield joined(_path(kind, block.number, capital=True), (inlines for _, inlines in block_texts(block)))
        case Table():
            columns = max((len(row.cells) for row in block.rows), default=0)
            yield joined(f"table of {len(block.rows)} by {columns}", (inlines for _, inlines in block_texts(block)))
        case Vote():
            place = joined("vote", (inlines for _, inlines in block_texts(block)))
            yield place._replace(counts=tuple(_counts(block)))
        case Closing() | Enacting() | Unclassified():
            yield joined(type(block).__name__.lower(), (inlines for _, inlines in block_texts(block)))
        case _:
            assert_never(block)


def _nested(block: PreambularParagraph | OperativeParagraph | Paragraph, path: str) -> Iterator[Place]:
    number = None if isinstance(block, PreambularParagraph) else block.number
    path = _path(path, number)
    yield joined(path, [block.inlines])
    for child in block.children:
        yield from _nested(child, path)


def _path(path: str, number: str | None, *, capital: bool = False) -> str:
    return f"{path} {canonical(number, capital=capital) or '-'}" if number else path


def _counts(vote: Vote) -> Iterator[str]:
    """Yield what the languages of a vote agree on: the outcome, and the total and the States of each side, counted."""
    yield vote.outcome or "adopted"
    for tally in vote.tallies:
        total = "" if tally.total is None else f" {tally.total}"
        named = f" ({len(tally.voters)} named)" if tally.voters else ""
        yield f"{tally.side.replace('_', ' ')}{total}{named}"


def joined(path: str, texts: Iterable[Inlines]) -> Place:
    """Return texts that stand together as one place."""
    texts = tuple(texts)
    inlines = [inline for text in texts for inline in text]
    return Place(
        path,
        tuple(sorted({inline.mark for inline in inlines if isinstance(inline, Indicator)})),
        tuple(sorted({cited(inline.target) for inline in inlines if isinstance(inline, Reference)})),
        tuple(sorted({inline.iso for inline in inlines if isinstance(inline, Date)})),
        " | ".join(plain(text) for text in texts),
    )
