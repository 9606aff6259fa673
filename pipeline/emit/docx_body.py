"""The text of a Word file: the paragraphs of the body, and the footnotes where they stand.

Everything of the document goes through `docx_runs.escape`: whatever it says, it stays text.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple, assert_never
from urllib.parse import quote

from pipeline.emit.docx_lines import document_lines, unplaced
from pipeline.emit.docx_looks import emphasis_of, style_id
from pipeline.emit.docx_notes import Notes, first_number
from pipeline.emit.docx_numbering import Numbering, Place, plan
from pipeline.emit.docx_runs import Piece, directed, field, run, runs, text_of
from pipeline.model import (
    Date,
    Document,
    Emphasis,
    Footnote,
    Indicator,
    Inline,
    Inlines,
    Reference,
    Run,
    Target,
)

if TYPE_CHECKING:
    from pipeline.emit.docx_comments import Comments
    from pipeline.emit.docx_line import Line
    from pipeline.languages import Language

CHARACTER_STYLES = {"lead": "LeadPhrase", "italic": "Emphasis", "bold": "Strong"}


class Body(NamedTuple):
    """What the document itself decides: the XML of the parts, and the links of each."""

    paragraphs: str
    links: dict[str, str]
    footnotes: str
    footnote_links: dict[str, str]
    numbering: Numbering
    first_note: int = 1


def write_body(document: Document, language: Language, comments: Comments, *, counted: bool = True) -> Body:
    """Write the paragraphs and footnotes of a document, with its comments; unless `counted`, numbers are text."""
    lines = list(document_lines(document, language))
    places, numbering = plan((line.depth if counted else None, line.number) for line in lines)
    notes = Notes(document, first_number(document))
    main = _Part(language, notes, comments, places_notes=True)
    foot = _Part(language, notes, comments, places_notes=False)
    written = [main.paragraph(line, place) for line, place in zip(lines, places, strict=True)]
    footnotes = [foot.footnote(number, note) for number, note in enumerate(notes.placed, 1)]
    # A footnote nothing points to is printed all the same, after the text.
    main.places_notes = False
    written += [main.paragraph(unplaced(note)) for note in notes.unplaced()]
    return Body("".join(written), main.links, "".join(footnotes), foot.links, numbering, notes.first)


class _Part:
    """Writes the paragraphs of one part, and collects the addresses it links to."""

    __slots__ = ("comments", "language", "links", "notes", "places_notes")

    def __init__(self, language: Language, notes: Notes, comments: Comments, *, places_notes: bool) -> None:
        self.comments = comments
        self.language = language
        self.notes = notes
        self.places_notes = places_notes
        self.links: dict[str, str] = {}

    def paragraph(self, line: Line, place: Place | None = None) -> str:
        """Write a paragraph, its number counted by Word where it has a place, else as text."""
        counted = number = ""
        if place:
            counted = f'<w:numPr><w:ilvl w:val="{place.level}"/><w:numId w:val="{place.number}"/></w:numPr>'
        elif line.number:
            number = self._plain(line.number) + (run("<w:tab/>") if line.inlines else "")
        style = f'<w:pStyle w:val="{style_id(line.style)}"/>'
        written = f"<w:p><w:pPr>{style}{counted}</w:pPr>{number}{self._inlines(line.inlines, line.style)}</w:p>"
        return f"{line.before}{written}{line.after}"

    def footnote(self, identifier: int, note: Footnote) -> str:
        """Write a footnote, its mark counted by Word or as printed."""
        mark = "<w:footnoteRef/>" if identifier in self.notes.automatic else text_of(note.mark)
        return (
            f'<w:footnote w:id="{identifier}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            f"{self._mark(mark)}{run('<w:tab/>')}{self._inlines(note.inlines, 'Footnote Text')}</w:p></w:footnote>"
        )

    def _inlines(self, inlines: Inlines, style: str) -> str:
        whole = emphasis_of(style)
        directions = directed(["" if isinstance(each, Indicator) else each.text for each in inlines], self.language)
        return "".join(map(self._inline, inlines, directions, repeat(whole)))

    def _inline(self, inline: Inline, pieces: list[Piece], whole: Emphasis | None) -> str:
        """Write an inline; `whole` is the emphasis of its paragraph, which Word would turn off if it were repeated."""
        return self.comments.around((inline,), self._written(inline, pieces, whole))

    def _written(self, inline: Inline, pieces: list[Piece], whole: Emphasis | None) -> str:
        match inline:
            case Indicator():
                return self._indicator(inline)
            case Reference(target=Target(symbol=str(symbol))):
                return self._link(pieces, symbol)
            case Run(emphasis=emphasis) if emphasis:
                return runs(pieces, "" if whole in self.language.shown(emphasis) else CHARACTER_STYLES[emphasis])
            case Run() | Reference() | Date():
                return runs(pieces)
            case _:
                assert_never(inline)

    def _plain(self, text: str) -> str:
        return runs(directed([text], self.language)[0])

    def _mark(self, content: str) -> str:
        return run(content, "FootnoteReference", right_to_left=self.language.right_to_left)

    def _link(self, pieces: list[Piece], symbol: str) -> str:
        """Write a reference as a link to the document (FORMAT.md section 4.6)."""
        path = quote(symbol.replace(" ", ""), safe="/()", errors="ignore")
        address = f"https://docs.un.org/{self.language.link}/{path}"
        identifier = self.links.setdefault(address, f"link{len(self.links) + 1}")
        return f'<w:hyperlink r:id="{identifier}" w:history="1">{runs(pieces, "Hyperlink")}</w:hyperlink>'

    def _indicator(self, indicator: Indicator) -> str:
        """Write an indicator: the footnote itself, a field that shows its mark, or the mark alone."""
        identifier = self.notes.place(indicator) if self.places_notes else None
        if identifier is None:
            target = self.notes.latest(indicator.mark)
            shown = self._mark(text_of(indicator.mark))
            return shown if target is None else field(f" NOTEREF _Ref{target} \\f \\h ", shown)
        if identifier in self.notes.automatic:
            reference = self._mark(f'<w:footnoteReference w:id="{identifier}"/>')
        else:
            given = f'<w:footnoteReference w:customMarkFollows="1" w:id="{identifier}"/>'
            reference = self._mark(given + text_of(indicator.mark))
        reference = self.comments.around(self.notes.placed[identifier - 1].inlines, reference)
        if not self.notes.is_mentioned_again(indicator.mark):
            return reference
        start = f'<w:bookmarkStart w:id="{identifier}" w:name="_Ref{identifier}"/>'
        return f'{start}{reference}<w:bookmarkEnd w:id="{identifier}"/>'
