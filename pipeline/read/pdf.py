"""PDF (`.pdf`): a tagged one by its structure, any other line by line.

Of a tagged PDF the reader writes repaired text (DESIGN.md section 2): its paragraphs, notes and
tables are known, and what the page only repeats is marked as an artifact. Of any other it
writes the lines as PDFium reads them, for the fixers to repair.

The source of a PDF is its text in the order it is read, white space apart; spans count its code points.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.errors import ReadError
from pipeline.read.pdf_glyphs import Piece, pages_of
from pipeline.read.pdf_tree import Block, Mark, blocks_of
from pipeline.read.plain import MARKUP
from pipeline.read.source import Read
from pipeline.text import Edit, Span, Text, apply

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

LARGEST_PDF = 64 * 1024 * 1024
NOTE_MARK = re.compile(r"(\d{1,3})\b[\s.]*")
SMALL = 0.8
"""An indicator is at most this part of the size of the text it stands in."""
GAP = 2.0
"""Two pieces of a line this many times their size apart are of two columns."""
UNTAGGED_SHARE = 0.5
"""Where more of a page's text than this is outside the structure, the tags do not say what the page does."""
INDENT = 4.0
"""Lines whose beginnings differ by less, in points, start at one place."""
ENDS = tuple(".,;:!?]。，；：！？")
WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")
"""Scripts that are written without blanks, and their marks."""
BLANKS = re.compile(r"\s+")


def read_pdf(data: bytes, name: str) -> Read:
    """Read a PDF. `data` are its bytes, `name` is what messages call it.

    Raises ReadError for a file that is too large, damaged, encrypted or without text.
    """
    if len(data) > LARGEST_PDF:
        msg = f"{name}: {len(data) / 1e6:.0f} MB is more than a resolution can have; split it into its documents"
        raise ReadError(msg)
    pages = pages_of(data, name)
    if not any(piece.text.strip() for page in pages for piece in page):
        msg = f"{name}: the PDF has no text, only pictures of it; run OCR first: ocrmypdf IN.pdf OUT.pdf"
        raise ReadError(msg)
    blocks = blocks_of(data, name)
    return _tagged(pages, blocks) if _is_told(pages, blocks) else _plain(pages)


def _is_told(pages: Sequence[Sequence[Piece]], blocks: Iterable[Block]) -> bool:
    """Tell whether the structure holds the text of the pages: all that is marked, and most of each."""
    told = {mark for block in blocks for cell in block.cells for mark in cell}
    for at, page in enumerate(pages):
        texts = [(piece.mark, len(piece.text.strip())) for piece in page]
        if any(size and mark >= 0 and Mark(at, mark) not in told for mark, size in texts):
            return False
        if sum(size for mark, size in texts if mark < 0) > UNTAGGED_SHARE * sum(size for _, size in texts):
            return False
    return bool(told)


def _plain(pages: Iterable[Iterable[Piece]]) -> Read:
    """Write the lines of the pages, for the fixers."""
    source = "\f".join("".join(piece.text + ("\n" if piece.breaks else "") for piece in page) for page in pages)
    escapes = (Edit(Span(match.start(), match.start()), "\\") for match in MARKUP.finditer(source))
    text, _ = apply(Text.of(source), escapes, read_pdf.__name__, lambda _old, _new: "replaced")
    return Read(source, text)


class _Writing:
    """The source of a tagged PDF as it grows, and the edits that make repaired text of it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.edits: list[Edit] = []

    def write(self, text: str) -> None:
        """Write text of the page, with a backslash before what could be taken for markup."""
        for match in MARKUP.finditer(text):
            self._insert("\\", self.length + match.start())
        self.parts.append(text)
        self.length += len(text)

    def sign(self, sign: str) -> None:
        """Put a sign into the repaired text that the source does not have."""
        self._insert(sign, self.length)

    def end(self) -> None:
        """End the paragraph."""
        self.parts.append("\n\n")
        self.length += 2

    def read(self, repeated: str) -> Read:
        """Return what was written, and after it what the pages repeat, which is dropped as furniture."""
        source = "".join(self.parts)
        span = Span(len(source), len(source) + len(repeated))
        source += repeated
        text, repairs = apply(Text.of(source), self.edits, "mark_structure", lambda _old, _new: "replaced")
        span = Span(len(text.value) - len(repeated), len(text.value))
        text, dropped = apply(
            text, [Edit(span, "")] if repeated else [], "drop_artifacts", lambda _old, _new: "furniture"
        )
        return Read(source, text, (*repairs, *dropped))

    def _insert(self, sign: str, at: int) -> None:
        self.edits.append(Edit(Span(at, at), sign))


def _tagged(pages: Sequence[Sequence[Piece]], blocks: Sequence[Block]) -> Read:
    """Write repaired text: the masthead, the paragraphs, the notes; what the pages repeat is dropped."""
    pieces: dict[Mark, list[Piece]] = {}
    for at, page in enumerate(pages):
        for piece in page:
            pieces.setdefault(Mark(at, piece.mark), []).append(piece)
    writing = _Writing()
    masthead, repeated = _outside(pages)
    for text in masthead:
        writing.write(text)
        writing.end()
    notes = _notes(blocks, pieces)
    marks = {match[1] for note in notes if (match := NOTE_MARK.match(_joined(note)))}
    tables = {block.group for block in blocks if block.kind == "row" and _columns(block, pieces) > 1}
    paragraph: list[Piece] = []
    last = 0
    for block in blocks:
        if block.kind == "row" and block.group in tables:
            _write_paragraph(paragraph, marks, writing)
            paragraph = []
            _write_row([_of(cell, pieces) for cell in block.cells], marks, writing)
        elif block.kind != "note":
            for cell in block.cells:
                found = _of(cell, pieces)
                if not _joined(found):
                    continue
                if not (cell[0].page == last + 1 and paragraph and _goes_on(paragraph, found)):
                    _write_paragraph(paragraph, marks, writing)
                    paragraph = []
                paragraph += found
                last = cell[-1].page
    _write_paragraph(paragraph, marks, writing)
    for note in notes:
        _write_note(_joined(note), writing)
    return writing.read(repeated)


def _notes(blocks: Iterable[Block], pieces: Mapping[Mark, Sequence[Piece]]) -> list[list[Piece]]:
    """Return the pieces of every note; a number in small figures starts one, since a tag may hold several."""
    notes: list[list[Piece]] = []
    for block in blocks:
        found = _of(block.cells[0], pieces) if block.kind == "note" else []
        first = next((piece for piece in found if piece.text.strip()), None)
        if first is None:
            continue
        if not notes or (NOTE_MARK.match(first.text.strip()) and first.size <= SMALL * _usual(found)):
            notes.append([])
        notes[-1] += found
    return notes


def _usual(pieces: Iterable[Piece]) -> float:
    """Return the size most of a text has, in points."""
    sizes = Counter[float]()
    for piece in pieces:
        sizes[piece.size] += len(piece.text.strip())
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _goes_on(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Tell whether the first paragraph of a page goes on with the last of the page before.

    Word tags them as two. A line that goes on starts where the lines before it do, and not
    where a paragraph starts; of one line nothing can be told but that it has no end.
    """
    usual = _usual(before)
    old = list(_lines(piece for piece in before if piece.text.strip() and piece.size > SMALL * usual))
    new = next(_lines(piece for piece in after if piece.text.strip()))
    if abs(new[0].size - old[-1][0].size) > 1:
        return False
    ended = _joined(old[-1]).endswith(ENDS)
    if ended and old[-1][-1].right < max(line[-1].right for line in old) - INDENT * 2:
        return False
    margin = min((line[0].left for line in old[1:]), default=old[0][0].left)
    if old[0][0].left - margin > INDENT:
        return abs(new[0].left - margin) < INDENT
    return not ended and new[0].left < old[0][0].left + INDENT


def _of(cell: Iterable[Mark], pieces: Mapping[Mark, Sequence[Piece]]) -> list[Piece]:
    return [piece for mark in cell for piece in pieces.get(mark, ())]


def _columns(block: Block, pieces: Mapping[Mark, Sequence[Piece]]) -> int:
    return sum(any(piece.text.strip() for piece in _of(cell, pieces)) for cell in block.cells)


def _outside(pages: Sequence[Sequence[Piece]]) -> tuple[list[str], str]:
    """Return the lines of the first page's head, a text each column, and all else that is outside the structure."""
    masthead: list[str] = []
    repeated: list[str] = []
    for at, page in enumerate(pages):
        highest = max((piece.top for piece in page if piece.mark >= 0 and piece.text.strip()), default=0.0)
        for line in _lines(piece for piece in page if piece.mark < 0):
            into = masthead if at == 0 and line[0].bottom > highest else repeated
            into.extend(filter(None, map(_joined, _split(line))))
    return masthead, "\n".join(repeated)


def _lines(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for piece in pieces:
        line.append(piece)
        if piece.breaks:
            yield line
            line = []
    if line:
        yield line


def _split(line: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the columns of a line."""
    column = [line[0]]
    for piece in line[1:]:
        if piece.left - column[-1].right > GAP * column[-1].size:
            yield column
            column = []
        column.append(piece)
    yield column


def _joined(pieces: Iterable[Piece]) -> str:
    """Return the text of some pieces as one line."""
    return "".join(_texts(pieces))


def _texts(pieces: Iterable[Piece]) -> list[str]:
    """Return the text of each piece of a paragraph, with one blank between words.

    A line ends with a blank, unless a hyphen or the script joins it to the next.
    """
    texts: list[str] = []
    before = " "
    broken = False
    for piece in pieces:
        text = BLANKS.sub(" ", piece.text)
        if broken and text.strip() and not (before == "-" or WIDE.match(before) or WIDE.match(text)):
            text = f" {text}"
        if before == " ":
            text = text.lstrip(" ")
        text = text.replace("  ", " ")
        texts.append(text)
        before = text[-1:] or before
        broken = piece.breaks or (broken and not text.strip())
    for at in reversed(range(len(texts))):
        texts[at] = texts[at].rstrip(" ")
        if texts[at]:
            break
    return texts


def _write_paragraph(pieces: Sequence[Piece], marks: Collection[str], writing: _Writing) -> None:
    if any(piece.text.strip() for piece in pieces):
        _write_inlines(pieces, marks, writing)
        writing.end()


def _write_row(cells: Iterable[Sequence[Piece]], marks: Collection[str], writing: _Writing) -> None:
    for cell in cells:
        writing.sign("| ")
        _write_inlines(cell, marks, writing)
        writing.sign(" ")
    writing.sign("|")
    writing.end()


def _write_inlines(pieces: Sequence[Piece], marks: Collection[str], writing: _Writing) -> None:
    """Write the text of a paragraph; small figures that number a note are its indicator."""
    usual = _usual(pieces)
    runs = zip(pieces, _texts(pieces), strict=True)
    for small, group in groupby(runs, lambda run: run[0].size <= SMALL * usual):
        text = "".join(text for _, text in group)
        if small and (mark := text.strip()) in marks:
            before, after = text.split(mark)
            writing.write(before)
            writing.sign("[^")
            writing.write(mark)
            writing.sign("]")
            writing.write(after)
        else:
            writing.write(text)


def _write_note(text: str, writing: _Writing) -> None:
    match = NOTE_MARK.match(text)
    if match:
        writing.sign("[^")
        writing.write(match[1])
        writing.sign("]: ")
        text = text[match.end() :]
    writing.write(text)
    writing.end()
