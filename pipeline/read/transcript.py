"""What a reader of a structured file has written so far: repaired text, and what an editor should know of it.

The source of such a file is its text as repaired text (`pipeline.read.repaired`); spans count its code points.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from pipeline.errors import ReadError
from pipeline.model import Finding
from pipeline.numbers import ARABIC_SECTIONS, HAN
from pipeline.read.repaired import BLANKS, Piece, inlines, note, paragraph
from pipeline.read.source import Read
from pipeline.text import Span, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.model import Severity

OPENING = re.compile(r"\s*+(?:[(（‘’']?[\w/]{1,8}(?:[.)）、‘’']|\s*[-–](?=\s))|[㈠-㈩①-⑳•‣▪●–—-])?[\s\\\[(（“\"«「]*")
"""What may stand before the words that open a paragraph: its number, and what opens a quotation or an aside."""
FINDINGS: dict[str, tuple[Severity, str]] = {
    "source.box": ("warning", "This stands in a box beside the text; is this its place?"),
    "source.changes": ("note", "Tracked changes were taken as accepted; the first of them is here."),
    "source.comment": ("note", "A comment is left out: “{}”."),
    "source.formula": ("warning", "Of a formula only its signs are read; look at it."),
    "source.hidden": ("note", "Hidden text is left out: “{}”."),
    "source.letter": ("note", "The page counts this paragraph with a letter; “{}” may be printed in another way."),
    "source.navigation": ("note", "The navigation of the page is left out here."),
    "source.number": ("warning", "A number is missing here: {}"),
    "source.part": ("warning", "Another file stands here inside the file; it is not read."),
    "source.picture": ("note", "A picture is left out here."),
}
"""What a reader finds, by its rule: how grave it is, and the message."""
ONCE = {"source.changes"}
SHOWN = 100
MOST_IN_CELL = 8
"""A cell with more paragraphs than this is a part of the page, not of a table."""
MOST_SPANNED = 64
"""A cell takes no more columns or rows; a file may say that it takes a million."""
CAPTION, COLUMN, UNPLACED = "table caption", "table heading", "footnote without indicator"
SECTION_STYLE = "heading 1"
SECTIONS = {SECTION_STYLE, "part heading"}
"""The styles of our Word files that say more than the text does, in small letters."""
SECTION = re.compile(r"(?P<mark>[^\t]*[^\t.．、])\t+(?P<title>[^\t]+)")
"""The mark of a section or a part, which stands on a line of its own before its title (FORMAT.md section 1.1)."""
NUMBERED = re.compile(rf"(?P<mark>[IVX]{{1,6}}|[{''.join(HAN)}]{{1,3}}|{'|'.join(ARABIC_SECTIONS)})\s+(?P<title>\S.*)")
"""The same in a heading that another program or person wrote."""


class Transcript:
    """Collects paragraphs, footnotes and findings in their order."""

    def __init__(self) -> None:
        self._paragraphs: list[str] = []
        self._notes: list[str] = []
        self._findings: list[tuple[Finding, bool, int]] = []
        self._told: set[str] = set()
        self._in_notes = False

    def paragraph(self, text: str) -> None:
        """Write a paragraph, or several with a blank line between; nothing where there is no text."""
        if text:
            self._paragraphs += text.split("\n\n")

    def begin_notes(self) -> None:
        """From here on, what is found belongs to the footnotes."""
        self._in_notes = True

    def footnote(self, mark: str, text: str) -> None:
        """Write a footnote."""
        self._notes.append(note(mark, text))

    def find(self, rule: str, detail: str = "") -> None:
        """Add a finding of `FINDINGS` on the paragraph, or the footnote, that is written next."""
        at = len(self._notes if self._in_notes else self._paragraphs)
        severity, message = FINDINGS[rule]
        if rule not in ONCE or rule not in self._told:
            self._told.add(rule)
            finding = Finding(rule, severity, message.format(_shortened(detail)), Span(0, 0))
            self._findings.append((finding, self._in_notes, at))

    def is_empty(self) -> bool:
        """Tell whether nothing has been written."""
        return not self._paragraphs

    def read(self, name: str, kind: str) -> Read:
        """Return what was written. Raises ReadError where that is nothing; `kind` names the kind of file."""
        written = [*self._paragraphs, *self._notes]
        if not any(text.strip() for text in self._paragraphs):
            msg = f"{name}: {kind} has no text; if it holds pictures of pages, run OCR first"
            raise ReadError(msg)
        starts = [0]
        for text in written:
            starts.append(starts[-1] + len(text) + 2)
        source = "\n\n".join(written)
        return Read(source, Text.of(source), findings=tuple(self._placed(written, starts)))

    def _placed(self, written: Sequence[str], starts: Sequence[int]) -> Iterable[Finding]:
        for finding, in_notes, at in self._findings:
            place = min(at + in_notes * len(self._paragraphs), len(written) - 1)
            yield replace(finding, span=Span(starts[place], starts[place] + len(written[place])))


def written(pieces: Sequence[Piece], style: str) -> str:
    """Write a paragraph as its style asks: a section as mark and title, a footnote with all its emphasis."""
    return sectioned(pieces, style) or (inlines if style == UNPLACED else line)(pieces)


def line(pieces: Sequence[Piece]) -> str:
    r"""Write the pieces of a paragraph on one line, with no stars around the words that open it, its number apart.

    >>> print(line([Piece("1.\t"), Piece("Decides", "*"), Piece(" that the "), Piece("Yearbook", "*")]))
    1. Decides that the *Yearbook*
    """
    plain = len(list(takewhile(lambda piece: not piece.stars, pieces)))
    if not OPENING.fullmatch("".join(piece.text for piece in pieces[:plain])):
        return paragraph(pieces)
    opening = plain + len(list(takewhile(lambda piece: piece.stars or not piece.text.strip(), pieces[plain:])))
    return paragraph([*(piece._replace(stars="") for piece in pieces[:opening]), *pieces[opening:]])


def sectioned(pieces: Sequence[Piece], style: str) -> str | None:
    """Return mark and title of a section as two paragraphs; `None` for another paragraph, or without both."""
    text = "".join(piece.text for piece in pieces)
    section = SECTION.fullmatch(text) if style in SECTIONS else None
    section = section or (NUMBERED.fullmatch(text) if style.startswith("heading ") else None)
    return "\n\n".join(BLANKS.sub(" ", part).strip() for part in section.group("mark", "title")) if section else None


def is_layout(paragraphs: Sequence[int], *, nested: bool) -> bool:
    """Tell whether a table only sets a page: by the number of paragraphs of each cell, and whether it holds tables."""
    return nested or len(paragraphs) == 1 or any(count > MOST_IN_CELL for count in paragraphs)


def _shortened(text: str) -> str:
    """Return the beginning of a text, as a finding shows it."""
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def unmarked(text: str, mark: str) -> str:
    """Return the text of a footnote without the mark that the file prints before it.

    >>> unmarked("[^3] See A/99/1.", "3"), unmarked("* See A/99/1.", "*"), unmarked("33 lamps.", "3")
    ('See A/99/1.', 'See A/99/1.', '33 lamps.')
    >>> unmarked("*3* *Yearbook*.", "3"), unmarked("*3 Yearbook*.", "3")
    ('*Yearbook*.', '*Yearbook*.')
    """
    stars = "" if text.startswith(mark) else text[: len(text) - len(text.lstrip("*"))]
    rest = text[len(stars) :].removeprefix(mark)
    if len(rest) < len(text) - len(stars):
        if stars and rest.startswith(stars):
            stars, rest = "", rest[len(stars) :]
        if rest[:1] in {"", " ", "["}:
            text = stars + rest.lstrip()
    while text.startswith(f"[^{mark}]"):
        text = text.removeprefix(f"[^{mark}]").lstrip()
    return text
