r"""Markdown (`.md`), written as repaired text: our own, also after an editor changed it.

Read is pandoc's dialect as far as `emit.markdown` writes it, and what editors and their tools make of it: wrapped
lines, `_emphasis_`, lists, headings with a line under them. Of our own files the attributes are known that say what the
text alone does not: the anchors of sections and parts, and the divs of captions and of footnotes without a mention. The
front matter repeats the first page and is passed over; numbers are text as they stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.errors import ReadError
from pipeline.limits import USUAL_LIMITS, InputLimits
from pipeline.read.markdown_text import LabelError, mark_of, pieces_of
from pipeline.read.plain import decode
from pipeline.read.repaired import BLANKS, inlines, note, paragraph, rows
from pipeline.read.source import Read
from pipeline.tables import cells, is_rule
from pipeline.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.read.repaired import Piece

Kind = Literal["text", "item", "heading", "note", "more", "row", "fence", "tags", "break"]
"""`more` is a further paragraph of a note."""

GROWING = {"text", "item", "note", "more"}
"""What goes on in the next line."""
QUOTE = re.compile(r"^(?: {0,3}> ?)+")
INDENT = re.compile(r" {4}|\t")
FENCE = re.compile(r":{3,} *\{?[. ]*(?P<name>[\w-]*).*")
TAGS = re.compile(r"(?:</?[A-Za-z][^<>]*> *|<!--(?:[^-]|-(?!->))*--> *)+")
HEADING = re.compile(r"(?P<level>\#{1,6}) +(?P<text>.*?)(?: \#+)?(?: ?\{(?:\#(?P<anchor>[\w-]++))?[^{}]*+\})?")
UNDERLINE = re.compile(r"=+|-+")
BREAK = re.compile(r"(?:\* *){3,}|(?:_ *){3,}|(?:- *){3,}")
ROW = re.compile(r"\|.*\|")
BOLD = re.compile(r"\*\*[^*].*\*\*")
NOTE = re.compile(r"\[\^(?P<label>[^\[\]\s]+)\]: *(?P<text>.*)")
LISTED = re.compile(r"(?P<bullet>[-+*] +(?=\S))|(?:\d{1,3}\\?[.)]|\\?\([a-z]{1,4}\\?\)|[a-z]{1,4}\\?\)) ")
"""What opens an item of a list; a numbered one goes on as it is printed."""
KINDS = {"cmp": "part", "part": "part", "sec": "section", "title": "section", "dvs": "section", "container": "section"}
MARKED = re.compile(r"(?P<mark>\S+(?: [-–](?= |$))?)(?: (?P<title>.+))?")
"""The mark of a section or a part, which stands on a line of its own before its title (FORMAT.md section 1.1)."""


@dataclass(slots=True)
class Block:
    """A block of Markdown: the line it begins at, its lines, and its name: an anchor, a class, the label of a note."""

    kind: Kind
    line: int
    lines: list[str]
    name: str = ""
    level: int = 0


def read_markdown(data: bytes, name: str, limits: InputLimits = USUAL_LIMITS) -> Read:
    """Read Markdown as repaired text; offsets are of that text.

    Raises ReadError for what is no text, for front matter that does not end, and for a footnote that cannot be.
    """
    lines = decode(data, name, limits).splitlines()
    reader = _Reader(name)
    for block in _blocks(lines, _front_matter(lines, name)):
        reader.read(block)
    reader.end_table()
    if not reader.body:
        msg = f"{name}: the Markdown has no text; is it the right file?"
        raise ReadError(msg)
    source = "\n\n".join([*reader.body, *reader.notes])
    return Read(source, Text.of(source))


def _front_matter(lines: Sequence[str], name: str) -> int:
    """Return how many lines the front matter takes."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    end = next((at for at, line in enumerate(lines) if at and line.rstrip() in {"---", "..."}), None)
    if end is None:
        msg = f"{name}:1: the front matter does not end; put a line --- after its last fact"
        raise ReadError(msg)
    return end + 1


def _blocks(lines: Sequence[str], start: int) -> Iterator[Block]:
    """Split the lines into blocks; the lines of a paragraph are one."""
    opened: Block | None = None
    noted = False
    for at, raw in enumerate(lines[start:], start + 1):
        line = BLANKS.sub(" ", QUOTE.sub("", raw, count=1)).strip()
        if opened and opened.kind in {"text", "item"} and UNDERLINE.fullmatch(line):
            opened.kind = "heading"
            continue
        block = _begun(line, at, opened)
        if not block and line:
            if opened and opened.kind in GROWING:
                opened.lines.append(line)
                continue
            block = Block("more" if noted and INDENT.match(raw) else "text", at, [line])
        if opened:
            yield opened
        opened = block
        noted = block.kind in {"note", "more"} if block else noted
    if opened:
        yield opened


def _begun(line: str, at: int, opened: Block | None) -> Block | None:
    """Return the block that a line begins whatever stands before it; None for a text, and where it may go on one."""
    if found := FENCE.fullmatch(line):
        return Block("fence", at, [], found["name"])
    if found := HEADING.fullmatch(line):
        return Block("heading", at, [found["text"]], found["anchor"] or "", len(found["level"]))
    if found := NOTE.fullmatch(line):
        return Block("note", at, [found["text"]], found["label"])
    if TAGS.fullmatch(line):
        return Block("tags", at, [])
    if BREAK.fullmatch(line):
        return Block("break", at, [])
    if ROW.fullmatch(line):
        return Block("row", at, [line])
    found = LISTED.match(line)
    if found and (found["bullet"] or not opened or opened.kind not in {"text", "note", "more"}):
        return Block("item", at, [f"• {line[found.end() :]}" if found["bullet"] else line])
    return None


class _Reader:
    """Writes the blocks in order: a caption waits for its table, the rows of a table for the last of them."""

    def __init__(self, name: str) -> None:
        self.body: list[str] = []
        self.notes: list[str] = []
        self._name = name
        self._divs: list[str] = []
        self._caption = ""
        self._rows: list[tuple[bool, list[str]]] = []
        self._parts = 0

    def read(self, block: Block) -> None:
        """Write a block. Raises ReadError for a footnote that cannot be."""
        try:
            self._read(block)
        except LabelError as error:
            what = f"[^{error}] is no footnote indicator; name it as it is printed, with up to six signs"
            msg = f"{self._name}:{block.line}: {what}"
            raise ReadError(msg) from error

    def _read(self, block: Block) -> None:
        if block.kind != "row":
            self.end_table()
        match block.kind:
            case "row":
                self._row(block.lines[0])
            case "fence":
                self._fence(block.name)
            case "heading":
                self.body += self._heading(block)
            case "note":
                self.notes.append(note(mark_of(block.name), inlines(_pieces(block))))
            case "more":
                self.notes[-1] = f"{self.notes[-1]} {inlines(_pieces(block))}"
            case "break":
                self.body.append(r"\* \* \*")
            case "tags":
                pass
            case "text" | "item":
                self._paragraph(block)

    def end_table(self) -> None:
        """Write the table that is read, if one is."""
        self.body += rows(self._caption, self._rows)
        self._caption, self._rows = "", []

    def _fence(self, name: str) -> None:
        if name:
            self._divs.append(name)
        elif self._divs:
            self._divs.pop()

    def _paragraph(self, block: Block) -> None:
        within = self._divs[-1] if self._divs else ""
        if within == "caption":
            self._caption = _text(block)
        elif within == "unmentioned":
            mark, _, rest = inlines(_pieces(block)).partition(" ")
            self.notes.append(note(mark, rest))
        elif text := _text(block):
            self.body.append(text)

    def _heading(self, block: Block) -> Iterator[str]:
        text = _text(block)
        name = block.name.rpartition("__")[2].partition("_")[0]  # of an eId: `sec` of `att_1__sec_I`
        kind = KINDS.get(name, block.name.partition("-")[0])
        self._parts += kind == "part"
        first = kind == "section" and block.level == (3 if self._parts else 2)
        marked = MARKED.fullmatch(text) if first or kind == "part" else None
        yield from filter(None, marked.group("mark", "title") if marked else [text])

    def _row(self, line: str) -> None:
        """Read a row; the one above the rule names the columns, unless it is empty, which Markdown asks for.

        So do the rows in bold right below it, since Markdown has one row for the names.
        """
        if is_rule(line.replace(":", "-")):  # colons align a column
            names = self._rows.pop()[1] if self._rows else []
            if any(names):
                self._rows.append((True, names))
            return
        found = [line[start:end] for start, end in cells(line)]
        names_on = bool(self._rows) and self._rows[-1][0]
        header = names_on and all(BOLD.fullmatch(cell) for cell in found if cell)
        self._rows.append((header, [paragraph(pieces_of(cell)) for cell in found]))


def _text(block: Block) -> str:
    return paragraph(_pieces(block))


def _pieces(block: Block) -> Iterator[Piece]:
    return pieces_of(" ".join(line.removesuffix("\\") for line in block.lines))
