"""The document as one page of HTML: for a browser, a phone, print and a screen reader.

Self-contained: the style sheet (`page.css`) is in the page, and nothing else is loaded; a content
security policy in the page forbids scripts. What is written is the HTML standard's, and:

* everything of the document is in `main`: the masthead (`header`), the text, the notes; parts and
  annexes are sections of their own with their headings as names;
* headings keep their order: 1 is the title, or the line that stands for it in the Security
  Council's resolutions; no level is skipped on the way down;
* numbers are text as printed; items stand in lists that count nothing themselves;
* an anchor is the eId the same part has in the Akoma Ntoso file (`#para_3`), so that a link into the one leads
  into the other; a first mention is `…__mention` of its note's;
* a mention links to its note and the note back to every mention, by the printed mark and after
  the text; what the style sheet shows there is no text of the page.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from pipeline.emit.akn_annexes import split_annexes
from pipeline.emit.akn_parts import split_parts
from pipeline.emit.html_inlines import Writing, escape
from pipeline.emit.html_lists import paragraphs
from pipeline.emit.html_tables import table
from pipeline.languages import language
from pipeline.model import (
    AnnexStart,
    Block,
    Closing,
    Document,
    Enacting,
    Heading,
    MastheadLine,
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
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language

DEEPEST = 6
"""The lowest level of heading that HTML has."""


def emit_html(document: Document) -> bytes:
    """Return the document as a page of HTML, in UTF-8. Raises KeyError for a language there is no file for."""
    found = language(document.language)
    page = _Page(document, found)
    text = [*page.masthead(document), *page.parts(document.blocks), *page.notes()]
    return "\n".join([*_head(document, found), "<main>", *text, "</main>", "</body>", "</html>", ""]).encode()


def _head(document: Document, found: Language) -> Iterator[str]:
    title = plain(document.title.inlines) if document.title else ""
    named = " – ".join(filter(None, (document.masthead.symbol, " ".join(title.split())))) or document.source.name
    style, digest = _style()
    yield "<!DOCTYPE html>"
    yield f'<html lang="{found.tag}" dir="{"rtl" if found.right_to_left else "ltr"}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{escape(named)}</title>"
    yield f"<style>{style}</style>"
    yield "</head>"
    yield "<body>"


@cache
def _style() -> tuple[str, str]:
    """Return the style sheet, and its digest for the content security policy."""
    # Without the end of its last line, which the W3C's checker leaves out when it works out the digest.
    style = Path(__file__).with_name("page.css").read_text(encoding="utf-8").rstrip()
    return style, b64encode(sha256(style.encode()).digest()).decode()


class _Page:
    """The text of one page, and the level of the last heading."""

    __slots__ = ("level", "writing")

    def __init__(self, document: Document, found: Language) -> None:
        self.writing = Writing(document, found)
        self.level = 0

    def masthead(self, document: Document) -> Iterator[str]:
        """Yield the first page's head and the title."""
        lines = document.masthead.lines
        heading = None if document.title else _main_line(lines)
        if lines:
            yield '<header class="masthead">'
            for line in lines:
                role = line.role.replace("_", "-")
                text = self.writing.numbered(None, line.inlines)
                yield self._heading(1, text, f' class="{role}"') if line is heading else f'<p class="{role}">{text}</p>'
            yield "</header>"
        if document.title:
            yield self._heading(1, self.writing.numbered(document.title.number, document.title.inlines))

    def parts(self, blocks: Sequence[Block]) -> Iterator[str]:
        """Yield the text, each part of a resolution in parts in a section of its own."""
        parts = split_parts(blocks)
        if not parts:
            yield from self._with_annexes(blocks, 1)
        for part in parts:
            anchor = self.writing.anchor(part[0])
            yield f'<section id="{anchor}" class="part">'
            yield from self._with_annexes(part, 2)
            yield "</section>"

    def notes(self) -> Iterator[str]:
        """Yield the notes that nothing mentions, which are paragraphs, then the list of the others."""
        yield from self.writing.unmentioned()
        if notes := list(self.writing.notes()):
            name = escape(self.writing.language.words["page"]["notes"])
            yield f'<section class="notes" role="doc-endnotes" aria-label="{name}">'
            yield from ("<ol>", *notes, "</ol>", "</section>")

    def _with_annexes(self, blocks: Sequence[Block], level: int) -> Iterator[str]:
        """Yield blocks whose heading is of a level, and their annexes, each in a section of its own."""
        main, annexes = split_annexes(blocks)
        yield from (text for block in main for text in self._block(block, level))
        for annex in annexes:
            anchor = self.writing.anchor(annex[0])
            named = f' aria-labelledby="{anchor}__heading"' if isinstance(annex[0], AnnexStart) else ""
            yield f'<section id="{anchor}" class="annex"{named}>'
            yield from (text for block in annex for text in self._block(block, level + 1, anchor))
            yield "</section>"

    def _block(self, block: Block, level: int, annex: str = "") -> Iterator[str]:
        """Yield a block under a heading of a level, in the annex of an anchor."""
        writing = self.writing
        match block:
            case Heading():
                identity = writing.id_of(block)
                yield self._heading(level + block.level, writing.numbered(block.number, block.inlines), identity)
            case PartStart():
                # The section has its anchor, unless it is the only part.
                identity = writing.id_of(block)
                yield self._heading(max(level, 2), writing.numbered(block.number, block.title), identity)
            case AnnexStart():
                yield self._heading(level, writing.numbered(None, block.inlines), f' id="{annex}__heading"')
                if title := writing.numbered(None, block.title):
                    yield f'<p class="annex-title">{title}</p>'
            case OperativeParagraph() | Paragraph() | PreambularParagraph():
                yield from paragraphs(writing, block)
            case Enacting() | Unclassified():
                kind = "enacting" if isinstance(block, Enacting) else "unclassified"
                yield f'<p{writing.id_of(block)} class="{kind}">{writing.numbered(None, block.inlines)}</p>'
            case Closing() | Vote():
                tag = "footer" if isinstance(block, Closing) else "div"
                kind = "closing" if isinstance(block, Closing) else "vote"
                lines = "".join(f"<p>{writing.numbered(None, line.inlines)}</p>" for line in block.lines)
                yield f'<{tag}{writing.id_of(block)} class="{kind}">{lines}</{tag}>'
            case Table():
                yield table(writing, block)
            case _:
                assert_never(block)

    def _heading(self, level: int, text: str, attributes: str = "") -> str:
        """Write a heading; its level is at most one below that of the last."""
        self.level = min(level, self.level + 1, DEEPEST)
        return f"<h{self.level}{attributes}>{text}</h{self.level}>"


def _main_line(lines: Sequence[MastheadLine]) -> MastheadLine | None:
    """Return the line of a masthead that heads a document without a title: the resolution's number, else its symbol."""
    for role in ("resolution", "symbol"):
        if found := next((line for line in lines if line.role == role), None):
            return found
    return next(iter(lines), None)
