r"""Markdown as GitHub reads it, and most other readers do (GitHub Flavored Markdown, after CommonMark).

The same as pandoc's dialect (`markdown.py`), but for what GitHub does not know:

* an anchor is an empty element before the number or heading (`<a id="para_1"></a>1\. Decides`);
* masthead, closing and vote are paragraphs without a fence, and the front matter is plain YAML;
* GitHub counts footnotes itself, in the order of their mention, and shows its own numbers: a note
  whose printed mark it would show is its footnote, `[^7]` at each mention, and GitHub links back
  to all of them. Any other note (`*`, a count that begins at 4) is a paragraph at the end, linked both ways
  with its printed mark, raised;
* a mention inside a note, and one without a note, is the printed mark, raised: a second `[^7]` in a note
  would count as its mention.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.emit.docx_notes import Notes
from pipeline.emit.markdown import write
from pipeline.emit.markdown_text import Writer, quoted, straighten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Block, Document, Footnote, Indicator, Inlines

SPECIAL = re.compile(
    r"""[]\\`*[~$^_\#<&:.](?:
        (?<=[]\\`*[~$^])                # always: escape, code, emphasis, link, strikethrough, mathematics, note
      | (?<=_)(?:(?<![A-Za-z0-9]_)|(?![A-Za-z0-9]))    # emphasis, but not inside a word
      | (?<=\#)(?<!\w\#)                # heading, or the end of one
      | (?<=<)(?=[^\W\d_]|[/!?])        # HTML, autolink
      | (?<=&)(?=\#?[A-Za-z0-9]+;)      # entity
      | (?<=:)(?=//|[a-z0-9_+-]+:)      # address, emoji
      | (?<=[Ww]{3}\.)                  # address
    )""",
    re.VERBOSE,
)
START = re.compile(
    r"""(?:
        (?=>|[-+](?:[ ]|$)|(?:-[ ]?)+$|=+$)           # block quote, list, rule, the line under a heading
      | [0-9]{1,9}(?=[.)](?:[ ]|$))                   # "1. ", "2) "
      | \[\^[^]]+\](?=:)                              # an indicator before a colon is no definition
    )""",
    re.VERBOSE,
)

ELEMENTS = {
    "*": ("<em>", "</em>"),
    "**": ("<strong>", "</strong>"),
    "***": ("<strong><em>", "</em></strong>"),
}


def emit_gfm(document: Document) -> bytes:
    """Return the document in GitHub's Markdown: UTF-8, ending in one line feed."""
    return write(document, _Writer(document))


class _Writer(Writer):
    special = SPECIAL
    start = START

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._notes = Notes(document)
        self._own: dict[int, str] = {}

    def heading(self, level: int, number: str | None, inlines: Inlines, anchor: str = "") -> str:
        return f"{'#' * level} {_target(anchor)}{self._numbered(number, inlines)}"

    def line(self, number: str | None, inlines: Inlines, anchor: str = "") -> str:
        if number and anchor:
            return f"{_target(anchor)}{self._numbered(number, ())} {self._numbered(None, inlines)}"
        return super().line(number, inlines)

    def paragraph_anchor(self, block: Block) -> str:
        return self.anchors.take(block)

    def fenced(self, kind: str, lines: Iterable[str]) -> Iterator[str]:
        del kind
        return iter(lines)

    def quoted(self, value: str) -> str:
        return quoted(straighten(value).strip())

    def notes(self, document: Document) -> Iterator[str]:
        del document
        self.in_notes = True
        for note in self._notes.unplaced():
            yield self.line(note.mark, note.inlines)
        counted: list[str] = []
        for number, note in enumerate(self._notes.placed, 1):
            if number in self._notes.automatic:
                counted.append(f"[^{note.mark}]: {self.line(None, note.inlines)}")
            else:
                anchor = self._own[number]
                mark = self._linked(note.mark, anchor, f"{anchor}__mention")
                yield f"{mark} {self._numbered(None, note.inlines)}"
        yield from counted

    def _enclosed(self, opening: str, text: str, closing: str) -> str:
        """Set text between markup: elements where a sign at its edge would keep stars from being emphasis."""
        core = straighten(text).strip()
        if opening in ELEMENTS and core and not (core[0].isalnum() and core[-1].isalnum()):
            opening, closing = ELEMENTS[opening]
        return super()._enclosed(opening, text, closing)

    def _mention(self, indicator: Indicator) -> str:
        mark = indicator.mark
        number = None if self.in_notes else self._notes.place(indicator)
        latest = self._notes.latest(mark)
        if latest is None or (self.in_notes and latest in self._notes.automatic):
            return f"<sup>{self.escape(straighten(mark))}</sup>"
        if latest in self._notes.automatic:
            return f"[^{mark}]"
        if number is None:
            return self._linked(mark, self.anchors.take(indicator), self._own[latest])
        anchor = self._own[number] = self._anchor(number, self._notes.placed[number - 1])
        return self._linked(mark, f"{anchor}__mention", anchor)

    def _anchor(self, number: int, note: Footnote) -> str:
        return self.anchors.take(note) or f"note_{number}"

    def _linked(self, mark: str, anchor: str, target: str) -> str:
        """Return a raised mark that has an anchor and leads to another."""
        identity = f' id="{anchor}"' if anchor else ""
        return f'<sup><a{identity} href="#{target}">{self.escape(straighten(mark))}</a></sup>'


def _target(anchor: str) -> str:
    return f'<a id="{anchor}"></a>' if anchor else ""
