r"""Text as pandoc's Markdown: escapes, emphasis, links, footnote indicators.

A backslash goes only where a character would mean something at its place, so "A/RES/69/60
(2014), para. 4" stays as it is. The places follow the chapter "Pandoc's Markdown" of
pandoc's manual and the CommonMark specification, which GitHub follows.

Left to pandoc: after an abbreviation it knows ("No. 5") it reads a no-break space.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, assert_never
from urllib.parse import quote

from pipeline.emit.anchors import Anchors
from pipeline.languages import language
from pipeline.model import Date, Document, Indicator, Inline, Inlines, Reference, Run
from pipeline.walk import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Block

# The first class finds the place quickly, the alternatives behind it decide.
SPECIAL = re.compile(
    r"""[]\\`*[~^${"'_@#<&.-](?:
        (?<=[]\\`*[~^${"'@])            # always: escape, code, emphasis, link, script, mathematics, attribute, citation
      | (?<=_)(?:(?<![A-Za-z0-9]_)|(?![A-Za-z0-9]))    # emphasis, but not inside a word
      | (?<=\#)(?<!\w\#)                # heading, or the end of one
      | (?<=<)(?=[^\W\d_]|[/!?])        # HTML, autolink
      | (?<=&)(?=\#?[A-Za-z0-9]+;)      # entity
      | (?<=-)(?=-)                     # dash, rule
      | (?<=\.)(?=\.\.)                 # ellipsis
    )""",
    re.VERBOSE,
)
START = re.compile(
    r"""(?:
        (?=>|\||:(?:[ :]|$)|[-+](?:[ ]|$))        # block quote, line block, definition, div, list
      | (?=\((?:[0-9]+|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+)\)(?:[ ]|$))       # "(a) "
      | (?:[0-9]+|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+)(?=[.)](?:[ ]|$))       # "1. ", "a) "
      | \[\^[^]]+\](?=:)                             # an indicator before a colon is no definition
    )""",
    re.VERBOSE,
)
NO_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
BLANKS = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029 ]{2,}|[\t-\r\x1c-\x1f\x85\u2028\u2029]")
FENCES = {
    "masthead": "::: masthead",
    "closing": '::: {.closing style="text-align: end"}',
    "vote": "::: vote",
    "caption": "::: caption",
    "unmentioned": "::: unmentioned",
}
MARKUP = {"italic": "*", "bold": "**"}
SEPARATOR = "<!-- -->"  # keeps two stretches of markup apart and prints nothing


def escape_start(line: str, start: re.Pattern[str] = START) -> str:
    r"""Escape what means something at the start of a line of escaped text.

    >>> print(escape_start("1. Decides"), escape_start("(a) To do so"), escape_start("1.5 (a)"), sep=" | ")
    1\. Decides | \(a) To do so | 1.5 (a)
    """
    found = start.match(line)
    return f"{line[: found.end()]}\\{line[found.end() :]}" if found else line


def escape_heading(line: str) -> str:
    r"""Escape what means something in a heading of escaped text: number signs could end it.

    >>> print(escape_heading("C# \\#"))
    C\# \#
    """
    return line.replace("\\#", "#").replace("#", "\\#")


def straighten(text: str) -> str:
    """Put one blank for line ends, tabs and several blanks, which Markdown does not keep; leave out what is no text."""
    return BLANKS.sub(" ", NO_TEXT.sub("", text))


class Writer:
    """Writes the inlines of one document, in reading order, and keeps count of its notes.

    Footnotes may share a mark (pages that count anew): the first mentions take them in
    order. `labels` holds the label of each note that was mentioned, by its place among
    the footnotes. While `in_notes`, no mention is a first one: pandoc allows no note in a note.
    Another dialect is a subclass: what it reads otherwise, it escapes and marks up otherwise.
    """

    special = SPECIAL
    start = START

    def __init__(self, document: Document) -> None:
        self.language = language(document.language)
        self.anchors = Anchors(document)
        self.labels: dict[int, str] = {}
        self.in_notes = False
        self._waiting: dict[str, list[tuple[int, str]]] = {}
        self._ordinals: dict[str, int] = {}
        for at, footnote in enumerate(document.footnotes):
            same = self._waiting.setdefault(footnote.mark, [])
            same.append((at, _label(footnote.mark, len(same) + 1)))

    def escape(self, text: str) -> str:
        """Escape what means something within a line."""
        return self.special.sub(r"\\\g<0>", text)

    def escape_start(self, line: str) -> str:
        """Escape what means something at the start of a line of escaped text."""
        return escape_start(line, self.start)

    def line(self, number: str | None, inlines: Inlines, anchor: str = "") -> str:
        """Return the line of a paragraph. A dialect with unseen anchors has one before the number."""
        del anchor
        return self.escape_start(self._numbered(number, inlines))

    def cell(self, inlines: Inlines) -> str:
        """Return the text of a cell of a table: a stroke would end it."""
        return self._numbered(None, inlines).replace("|", "\\|")

    def heading(self, level: int, number: str | None, inlines: Inlines, anchor: str = "") -> str:
        """Return the line of a heading."""
        text = escape_heading(self._numbered(number, inlines))
        return f"{'#' * level} {text}{f' {{#{anchor}}}' if anchor else ''}"

    def paragraph_anchor(self, block: Block) -> str:
        """Return the anchor of a paragraph; "" in a dialect without unseen ones, where a span would read badly."""
        del block
        return ""

    def fenced(self, kind: str, lines: Iterable[str]) -> Iterator[str]:
        """Yield lines that belong together, in the fence of their kind."""
        yield FENCES[kind]
        yield from lines
        yield ":::"

    def quoted(self, value: str) -> str:
        """Quote a string for YAML; pandoc reads what is in the quotes as Markdown."""
        return quoted(self.escape_start(self.escape(straighten(value).strip())))

    def notes(self, document: Document) -> Iterator[str]:
        """Yield the notes that nothing mentioned, as paragraphs, then the definitions of the others."""
        self.in_notes = True
        defined: list[str] = []
        unmentioned: list[str] = []
        for at, note in enumerate(document.footnotes):
            if at in self.labels:
                defined.append(f"[^{self.labels[at]}]: {self.line(None, note.inlines)}")
            else:
                unmentioned.append(self.line(note.mark, note.inlines))
        if unmentioned:
            yield from self.fenced("unmentioned", unmentioned)
        yield from defined

    def _numbered(self, number: str | None, inlines: Inlines) -> str:
        line = self.escape(straighten(number)) + " " if number else ""
        for piece in self._pieces(inlines):
            first, last = piece[:1], line[-1:]
            if first == last and first in ("*", "^"):
                line += SEPARATOR
            elif first == "[" and last == "!":
                line = line[:-1] + "\\!"  # "![" opens an image
            elif first == "(" and last == "]":
                line += "\\"  # GitHub would take "[^1](" for a link
            line += piece
        return line.strip(" ")

    def _pieces(self, inlines: Inlines) -> Iterator[str]:
        """Yield stretches of escaped text and of markup; neighbours of one look are one stretch."""
        for look, group in groupby(inlines, self._look):
            if look is not None:
                yield self._enclosed(look, plain(tuple(group)), look)
                continue
            for inline in group:
                match inline:
                    case Indicator():
                        yield self._mention(inline)
                    case Reference():
                        yield self._enclosed("[", inline.text, f"]({self._address(inline.target.symbol or '')})")

    def _look(self, inline: Inline) -> str | None:
        """Return the markup around text, or `None` for an indicator or a link."""
        match inline:
            case Run():
                return "".join(MARKUP[face] for face in self.language.shown(inline.emphasis)) if inline.emphasis else ""
            case Date():
                return ""
            case Reference():
                return None if inline.target.symbol else ""
            case Indicator():
                return None
            case _:
                assert_never(inline)

    def _address(self, symbol: str) -> str:
        """Return the link of a document (FORMAT.md section 4.6)."""
        return f"https://docs.un.org/{self.language.link}/{quote(symbol.replace(' ', ''), errors='ignore')}"

    def _enclosed(self, opening: str, text: str, closing: str) -> str:
        """Set escaped text between markup, which may not touch white space."""
        text = straighten(text)
        core = text.strip()
        if not opening or not core:
            return self.escape(text)
        at = text.index(core)
        return f"{text[:at]}{opening}{self.escape(core)}{closing}{text[at + len(core) :]}"

    def _mention(self, indicator: Indicator) -> str:
        mark = indicator.mark
        waiting = self._waiting.get(mark)
        ordinal = self._ordinals.get(mark)
        if waiting and not self.in_notes and not (ordinal and indicator.repeated):
            at, label = waiting.pop(0)
            self.labels[at] = label
            self._ordinals[mark] = len(self.labels)
            return f"[^{label}]"
        return f"^[{self.escape(mark)}](#fn{ordinal})^" if ordinal else f"^{self.escape(mark)}^"


def _label(mark: str, copy: int) -> str:
    """Return the label of the note of this mark; `copy` counts the notes that share it.

    >>> _label("7", 1), _label("**", 1), _label("†", 2)
    ('7', 'star-2', '%E2%80%A0.2')
    """
    stars = mark and not mark.strip("*")
    label = f"star-{len(mark)}" if stars else quote(mark, safe="").replace(".", "%2E")
    return label if copy == 1 else f"{label}.{copy}"


def quoted(value: str) -> str:
    """Quote a string of one line for YAML."""
    return "'" + value.replace("'", "''") + "'"
