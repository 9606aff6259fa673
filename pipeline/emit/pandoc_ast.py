"""The document as pandoc's own tree, for the formats that pandoc writes.

Written directly, so that no text is ever read as markup. Pandoc counts footnotes itself, in the
order of their mention, and knows no second mention: a note whose printed mark is what it would
count is its footnote; any other is a paragraph at the end with its printed mark, linked both
ways; a further mention is the printed mark, raised and linked to the first. So official numbers
never shift. Numbers are text as printed; what stands under a paragraph stands in a block quote.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, assert_never
from urllib.parse import quote

from pipeline.emit.anchors import Anchors
from pipeline.emit.docx_notes import Notes
from pipeline.languages import language
from pipeline.model import (
    AnnexStart,
    Block,
    Closing,
    Date,
    Document,
    Enacting,
    Heading,
    Indicator,
    Inline,
    Inlines,
    OperativeParagraph,
    Paragraph,
    PartStart,
    PreambularParagraph,
    Reference,
    Run,
    Table,
    Unclassified,
    Vote,
)
from pipeline.walk import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

Node = dict[str, Any]

API = [1, 23, 1]
"""The version of the tree; pandoc reads the trees of its whole series."""

NO_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
WORDS = re.compile(r"\s+|\S+")
PLAIN: list[Any] = ["", [], []]
FACES = {"italic": "Emph", "bold": "Strong"}


def tree(document: Document) -> Node:
    """Return the tree of a document, its language and direction in the metadata."""
    found = language(document.language)
    facts = {"lang": found.tag, "dir": "rtl" if found.right_to_left else "ltr"}
    meta = {key: {"t": "MetaString", "c": value} for key, value in facts.items()}
    return {"pandoc-api-version": API, "meta": meta, "blocks": list(_Tree(document).blocks(document))}


class _Tree:
    """The tree of one document, and the notes placed in it so far."""

    def __init__(self, document: Document) -> None:
        self.language = language(document.language)
        self.anchors = Anchors(document)
        self.notes = Notes(document)
        self.own: dict[int, str] = {}
        self.in_note = False
        self.level = 0

    def blocks(self, document: Document) -> Iterator[Node]:
        yield from (self.para(None, line.inlines) for line in document.masthead.lines)
        if document.title:
            yield self.heading(1, document.title.number, document.title.inlines)
        in_part = 0
        for block in document.blocks:
            yield from self.block(block, in_part)
            in_part = in_part or int(isinstance(block, PartStart))
        yield from self.last_notes()

    def block(self, block: Block, in_part: int) -> Iterator[Node]:
        anchor = self.anchors.take(block)
        match block:
            case Heading():
                yield self.heading(block.level + 1 + in_part, block.number, block.inlines, anchor)
            case PartStart():
                yield self.heading(2, block.number, block.title, anchor)
            case AnnexStart():
                yield self.heading(1 + in_part, None, block.inlines, anchor)
                if block.title:
                    yield self.heading(2 + in_part, None, block.title)
            case OperativeParagraph() | Paragraph() | PreambularParagraph():
                number = None if isinstance(block, PreambularParagraph) else block.number
                yield self.para(number, block.inlines, anchor)
                yield from self.items(block.children)
            case Enacting() | Unclassified():
                yield self.para(None, block.inlines, anchor)
            case Closing() | Vote():
                yield from (self.para(None, line.inlines) for line in block.lines)
            case Table():
                yield self.table(block, anchor)
            case _:
                assert_never(block)

    def items(self, children: tuple[Paragraph, ...]) -> Iterator[Node]:
        if not children:
            return
        inside: list[Node] = []
        for child in children:
            inside += [self.para(child.number, child.inlines, self.anchors.take(child)), *self.items(child.children)]
        yield {"t": "BlockQuote", "c": inside}

    def heading(self, level: int, number: str | None, inlines: Inlines, anchor: str = "") -> Node:
        """Return a heading; no level is skipped on the way down, which readers of a screen would miss."""
        self.level = level = min(level, self.level + 1)
        return {"t": "Header", "c": [level, [anchor, [], []], self.numbered(number, inlines)]}

    def para(self, number: str | None, inlines: Inlines, anchor: str = "") -> Node:
        content = self.numbered(number, inlines)
        return {"t": "Para", "c": [_span(content, anchor)] if anchor else content}

    def table(self, block: Table, anchor: str) -> Node:
        """Return a table; the rows that name the columns, where they stand first, are its head."""
        caption = [{"t": "Plain", "c": self.numbered(None, block.caption)}] if block.caption else []
        width = len(block.rows[0].cells)
        rows = [[PLAIN, [self.cell(cell.inlines) for cell in row.cells]] for row in block.rows]
        heads = next((at for at, row in enumerate(block.rows) if not row.header), len(rows))
        columns = [[{"t": "AlignDefault"}, {"t": "ColWidth", "c": 1 / width}]] * width
        body = [PLAIN, 0, [], rows[heads:]]
        content = [[anchor, [], []], [None, caption], columns, [PLAIN, rows[:heads]], [body], [PLAIN, []]]
        return {"t": "Table", "c": content}

    def cell(self, inlines: Inlines) -> list[Any]:
        return [PLAIN, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": self.numbered(None, inlines)}]]

    def numbered(self, number: str | None, inlines: Inlines) -> list[Node]:
        written = [*_words(number), {"t": "Space"}] if number else []
        return written + [node for inline in inlines for node in self.inline(inline)]

    def inline(self, inline: Inline) -> list[Node]:
        match inline:
            case Run(text=text, emphasis=emphasis):
                words = _words(text)
                for face in self.language.shown(emphasis) if emphasis else ():
                    words = [{"t": FACES[face], "c": words}]
                return words
            case Indicator():
                return [self.mention(inline)]
            case Reference(text=text, target=target):
                return [_link(_words(text), self.address(target.symbol))] if target.symbol else _words(text)
            case Date(text=text):
                return _words(text)
            case _:
                assert_never(inline)

    def address(self, symbol: str) -> str:
        """Return the link of a document (FORMAT.md section 4.6)."""
        path = quote("".join(symbol.split()), safe="/()", errors="ignore")
        return f"https://docs.un.org/{self.language.link}/{path}"

    def mention(self, indicator: Indicator) -> Node:
        number = None if self.in_note else self.notes.place(indicator)
        latest = self.notes.latest(indicator.mark)
        mark = _words(indicator.mark)
        if latest is None:
            return {"t": "Superscript", "c": mark}
        if number is None:
            place = f"{self.own[latest]}__mention" if latest in self.notes.automatic else self.own[latest]
            return {"t": "Superscript", "c": [_link(mark, f"#{place}")]}
        note = self.notes.placed[number - 1]
        anchor = self.own[number] = self.anchors.take(note) or f"note_{number}"
        if number not in self.notes.automatic:
            return {"t": "Superscript", "c": [_span([_link(mark, f"#{anchor}")], f"{anchor}__mention")]}
        self.in_note = True
        content = {"t": "Para", "c": self.numbered(None, note.inlines)}
        self.in_note = False
        return _span([{"t": "Note", "c": [content]}], f"{anchor}__mention")

    def last_notes(self) -> Iterator[Node]:
        """Yield, as paragraphs, the notes that nothing mentions, and those that pandoc would count otherwise."""
        self.in_note = True
        yield from (self.para(note.mark, note.inlines) for note in self.notes.unplaced())
        for number, note in enumerate(self.notes.placed, 1):
            if number not in self.notes.automatic:
                back = _link(_words(note.mark), f"#{self.own[number]}__mention")
                mark = {"t": "Superscript", "c": [_span([back], self.own[number])]}
                yield {"t": "Para", "c": [mark, {"t": "Space"}, *self.numbered(None, note.inlines)]}


def _words(text: str) -> list[Node]:
    """Return the words of a text, without what is no text in any format."""
    parts = WORDS.findall(NO_TEXT.sub("", text))
    return [{"t": "Space"} if part.isspace() and part != "\u00a0" else {"t": "Str", "c": part} for part in parts]


def _span(content: list[Node], anchor: str) -> Node:
    return {"t": "Span", "c": [[anchor, [], []], content]}


def _link(content: list[Node], address: str) -> Node:
    return {"t": "Link", "c": [PLAIN, content, [address, ""]]}


def title_of(document: Document) -> str:
    """Return what names a document in the metadata of a file: its symbol and title."""
    title = " ".join(plain(document.title.inlines).split()) if document.title else ""
    return NO_TEXT.sub("", " – ".join(filter(None, (document.masthead.symbol, title)))) or document.source.name
