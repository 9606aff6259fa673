r"""Markdown in pandoc's dialect, one paragraph a line.

What is written reads back with `pandoc -f markdown` (its default extensions, `smart`
included) as the text of the document, and reads well as plain text and on GitHub:

* front matter: the facts of the masthead that the source gives, and the language tag; `date`
  is the day of adoption;
* a language written from right to left says so twice: `dir` in the front matter is what pandoc
  gives the page or Word file it makes, and `<div dir="rtl">` around the text is what GitHub and
  other readers keep, since Markdown itself knows no direction;
* the masthead, each closing and each vote stand in a fenced div; the title is a heading of
  level 1, a section of level 2 to 4 with the anchor `section-n`, a part of level 2 with the
  anchor `part-n` and its sections one level deeper, an annex of level 1 with the anchor
  `annex-n`, its title of level 2 under it;
* a table has strokes between its cells, under its caption in a fenced div; Markdown knows one row of
  names of columns, so that a second one stands below it, in bold;
* numbers are text as printed (`1\. Decides`), so that no reader counts them anew; what stands
  under a paragraph stands in a block quote, one more for each level;
* the first mention of a footnote is `[^7]`, its definition `[^7]: …`. The label is the printed
  number; `star-1` for `*`, `star-2` for `**`. Readers of Markdown number notes themselves, in
  the order of their mention, so the label is what keeps the printed mark;
* a further mention is `^[7](#fn7)^`: the printed mark, raised and linked to the note. A second
  `[^7]` would repeat the note. The number in the link is pandoc's count of the notes;
* a mention whose note is missing is `^7^`; a note without a mention in the body is a
  paragraph `7 …` at the end, in a fenced div, because pandoc drops a definition without a mention;
* a citation of a document that has a symbol is a link to it; a date is text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pipeline.emit.markdown_text import Writer, escape, escape_start, straighten
from pipeline.model import (
    AnnexStart,
    Closing,
    Document,
    Enacting,
    Heading,
    OperativeParagraph,
    Paragraph,
    PartStart,
    PreambularParagraph,
    Table,
    Unclassified,
    Vote,
)
from pipeline.walk import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language

Line = tuple[int, str]
"""How many block quotes a line stands in, and the line."""

MASTHEAD = "::: masthead"
CLOSING = '::: {.closing style="text-align: end"}'
VOTE = "::: vote"
CAPTION = "::: caption"
UNMENTIONED = "::: unmentioned"
END = ":::"
RIGHT_TO_LEFT = ('<div dir="rtl">', "</div>")


def emit_markdown(document: Document) -> bytes:
    """Return the document in pandoc's Markdown: UTF-8, ending in one line feed."""
    writer = Writer(document)
    opening, ending = RIGHT_TO_LEFT if writer.language.right_to_left else ("", "")
    lines: list[Line] = [(0, _front_matter(document, writer.language)), (0, opening), *_body(document, writer)]
    writer.in_notes = True
    defined: list[Line] = []
    unmentioned: list[Line] = []
    for at, note in enumerate(document.footnotes):
        if at in writer.labels:
            defined.append((0, f"[^{writer.labels[at]}]: {writer.line(None, note.inlines)}"))
        else:
            unmentioned.append((0, writer.line(note.mark, note.inlines)))
    if unmentioned:
        unmentioned = [(0, UNMENTIONED), *unmentioned, (0, END)]
    return _join([*lines, *unmentioned, *defined, (0, ending)]).encode()


def _front_matter(document: Document, spoken: Language) -> str:
    head = document.masthead
    facts = {
        "symbol": head.symbol,
        "number": head.number,
        "title": plain(document.title.inlines) if document.title else None,
        "organ": spoken.organ_names.get(head.organ) if head.organ else None,
        "lang": spoken.tag,
        "dir": "rtl" if spoken.right_to_left else None,
        "session": head.session,
        "date": head.adopted,
        "issued": head.issued,
        "meeting": head.meeting,
    }
    given = [f"{key}: {_quoted(value)}" for key, value in facts.items() if value]
    return "\n".join(["---", *given, "---"])


def _quoted(value: str) -> str:
    """Quote a string for YAML; pandoc reads what is in the quotes as Markdown."""
    text = escape_start(escape(straighten(value).strip()))
    return "'" + text.replace("'", "''") + "'"


def _body(document: Document, writer: Writer) -> Iterator[Line]:
    if document.masthead.lines:
        yield 0, MASTHEAD
        for line in document.masthead.lines:
            yield 0, writer.line(None, line.inlines)
        yield 0, END
    if document.title:
        yield 0, "# " + writer.heading(document.title.number, document.title.inlines)
    sections = annexes = parts = 0
    for block in document.blocks:
        match block:
            case Heading():
                sections += 1
                text = writer.heading(block.number, block.inlines)
                yield 0, f"{'#' * (block.level + (2 if parts else 1))} {text} {{#section-{sections}}}"
            case AnnexStart():
                annexes += 1
                yield 0, f"# {writer.heading(None, block.inlines)} {{#annex-{annexes}}}"
                if block.title:
                    yield 0, f"## {writer.heading(None, block.title)}"
            case OperativeParagraph() | Paragraph() | PreambularParagraph():
                yield from _paragraph(block, 0, writer)
            case Enacting() | Unclassified():
                yield 0, writer.line(None, block.inlines)
            case PartStart():
                parts += 1
                yield 0, f"## {writer.heading(block.number, block.title)} {{#part-{parts}}}"
            case Closing() | Vote():
                yield 0, CLOSING if isinstance(block, Closing) else VOTE
                for printed in block.lines:
                    yield 0, writer.line(None, printed.inlines)
                yield 0, END
            case Table():
                if block.caption:
                    yield from ((0, CAPTION), (0, writer.line(None, block.caption)), (0, END))
                yield 0, _table(block, writer)
            case _:
                assert_never(block)


def _paragraph(
    block: OperativeParagraph | Paragraph | PreambularParagraph, depth: int, writer: Writer
) -> Iterator[Line]:
    number = None if isinstance(block, PreambularParagraph) else block.number
    yield depth, writer.line(number, block.inlines)
    for child in block.children:
        yield from _paragraph(child, depth + 1, writer)


def _table(table: Table, writer: Writer) -> str:
    """Return a table with strokes; where no row names the columns, the names are blank, which pandoc asks for."""
    rows = [[writer.cell(cell.inlines) for cell in row.cells] for row in table.rows]
    for row, written in zip(table.rows[1:], rows[1:], strict=True):
        written[:] = [f"**{cell}**" if row.header and cell else cell for cell in written]
    width = len(rows[0])
    if not table.rows[0].header:
        rows.insert(0, [""] * width)
    rows.insert(1, ["---"] * width)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _join(lines: list[Line]) -> str:
    """Set the lines in their block quotes, a blank line between each two."""
    parts: list[str] = []
    before = 0
    for depth, line in lines:
        if line:
            parts += (("> " * min(before, depth)).rstrip(), "> " * depth + line.rstrip(" "))
            before = depth
    return "\n".join([*parts[1:], ""])
