"""A tagged PDF to repaired text: its paragraphs, notes and tables are known."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.read.pdf_columns import with_rows
from pipeline.read.pdf_text import goes_on, joined, lines, marks_of, split, starts_note, usual
from pipeline.read.pdf_tree import Mark
from pipeline.read.pdf_writing import Writing, write_notes, write_paragraph, write_row

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from pipeline.read.pdf_piece import Piece
    from pipeline.read.pdf_tree import Block
    from pipeline.read.source import Read

UNTAGGED_SHARE = 0.5
"""Where more of a page's text than this is outside the structure, the tags do not say what the page does."""
LESSER = 0.9
"""The names of columns are set in less than this part of the size of what stands below them."""
UNMARKED = -1


def is_told(pages: Sequence[Sequence[Piece]], blocks: Iterable[Block]) -> bool:
    """Tell whether the structure holds the text of the pages: all that is marked, and most of each."""
    told = {mark for block in blocks for cell in block.cells for mark in cell}
    for at, page in enumerate(pages):
        sizes = Counter[int]()
        for piece in page:
            sizes[piece.mark] += len(piece.text.strip())
        if any(size and mark >= 0 and Mark(at, mark) not in told for mark, size in sizes.items()):
            return False
        if sizes[UNMARKED] > UNTAGGED_SHARE * sizes.total():
            return False
    return bool(told)


def read_tagged(pages: Sequence[Sequence[Piece]], blocks: Sequence[Block]) -> Read:
    """Write repaired text: the masthead, the paragraphs, the notes; what the pages repeat is dropped."""
    pieces: dict[Mark, list[Piece]] = {}
    for at, page in enumerate(pages):
        for piece in page:
            pieces.setdefault(Mark(at, piece.mark), []).append(piece)
    blocks = with_rows(blocks, pieces)
    writing = Writing()
    masthead, repeated = _outside(pages)
    for column in masthead:
        write_paragraph(column, (), writing)
    notes = _notes(blocks, pieces)
    marks = marks_of(notes)
    tables = _Tables(blocks, pieces)
    paragraph: list[Piece] = []
    last = 0
    for block in blocks:
        if block.kind == "row" and block.group in tables.wide:
            write_paragraph(paragraph, marks, writing)
            paragraph = []
            tables.write(block, marks, writing)
        elif block.kind != "note":
            for cell in block.cells:
                found = _of(cell, pieces)
                if not joined(found):
                    continue
                tables.named.clear()
                if not (cell[0].page == last + 1 and paragraph and goes_on(paragraph, found)):
                    write_paragraph(paragraph, marks, writing)
                    paragraph = []
                paragraph += found
                last = cell[-1].page
    write_paragraph(paragraph, marks, writing)
    write_notes(notes, writing)
    return writing.read([*repeated, *tables.repeated])


def _of(cell: Iterable[Mark], pieces: Mapping[Mark, Sequence[Piece]]) -> list[Piece]:
    return [piece for mark in cell for piece in pieces.get(mark, ())]


class _Tables:
    """Writes the rows of tables. What names the columns is left out where a table goes on over the page.

    `wide` are the tables of several columns, `named` the rows that named those of the table that is being written,
    `repeated` what is left out.
    """

    def __init__(self, blocks: Sequence[Block], pieces: Mapping[Mark, Sequence[Piece]]) -> None:
        self.pieces = pieces
        self.wide = {block.group for block in blocks if block.kind == "row" and self._columns(block) > 1}
        self.heads = dict(self._heads(blocks))
        self.named: list[tuple[int, list[str]]] = []
        self.repeated: list[list[Piece]] = []

    def write(self, block: Block, marks: Collection[str], writing: Writing) -> None:
        """Write a row, under the last of those that name the columns a rule."""
        cells = [_of(cell, self.pieces) for cell in block.cells]
        if id(block) in self.heads:
            page, names = min(mark.page for cell in block.cells for mark in cell), [joined(cell) for cell in cells]
            if any(names == before and page > at for at, before in self.named):
                self.repeated.extend(filter(joined, cells))
                return
            self.named.append((page, names))
        write_row(cells, marks, writing, ruled=self.heads.get(id(block), False))

    def _columns(self, block: Block) -> int:
        return sum(any(piece.text.strip() for piece in _of(cell, self.pieces)) for cell in block.cells)

    def _heads(self, blocks: Iterable[Block]) -> Iterator[tuple[int, bool]]:
        """Yield the `id()` of each row that names columns, those in smaller type that open a table, and if it is last.

        The United Nations set tables so, and their tags do not say which row is which.
        """
        found: dict[int, list[tuple[Block, float]]] = {}
        for block in blocks:
            row = [piece for cell in block.cells for piece in _of(cell, self.pieces)] if block.kind == "row" else []
            if any(piece.text.strip() for piece in row):
                found.setdefault(block.group, []).append((block, usual(row)))
        for rows in found.values():
            largest = max(size for _, size in rows)
            below = next(at for at, (_, size) in enumerate(rows) if size >= LESSER * largest)
            yield from ((id(block), at == below) for at, (block, _) in enumerate(rows[:below], 1))


def _notes(blocks: Iterable[Block], pieces: Mapping[Mark, Sequence[Piece]]) -> list[list[Piece]]:
    """Return the pieces of every note; a number in small figures starts one, since a tag may hold several."""
    notes: list[list[Piece]] = []
    for block in blocks:
        found = _of(block.cells[0], pieces) if block.kind == "note" else []
        if not any(piece.text.strip() for piece in found):
            continue
        if not notes or starts_note(found, usual(found)):
            notes.append([])
        notes[-1] += found
    return notes


def _outside(pages: Sequence[Sequence[Piece]]) -> tuple[list[list[Piece]], list[list[Piece]]]:
    """Return the columns of the first page's head, line by line, and of all else that is outside the structure."""
    masthead: list[list[Piece]] = []
    repeated: list[list[Piece]] = []
    for at, page in enumerate(pages):
        highest = max((piece.top for piece in page if piece.mark >= 0 and piece.text.strip()), default=0.0)
        for line in lines(piece for piece in page if piece.mark < 0):
            into = masthead if at == 0 and line[0].bottom > highest else repeated
            into.extend(filter(joined, split(line)))
    return masthead, repeated
