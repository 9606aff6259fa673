"""Text as HTML: escapes, emphasis, links, dates, footnotes and their mentions.

Rules: the HTML standard (characters, `bdi`, `time`) and DPUB-ARIA (`doc-noteref`, `doc-backlink`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never
from urllib.parse import quote

from pipeline.emit.akn_facts import real_date
from pipeline.emit.anchors import Anchors
from pipeline.emit.docx_notes import Notes
from pipeline.emit.docx_runs import is_left_to_right
from pipeline.model import Date, Document, Indicator, Inline, Inlines, Reference, Run
from pipeline.walk import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language
    from pipeline.model import Emphasis, Footnote

LAST_TWO = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
SPECIAL = re.compile(f'[&<>"\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{LAST_TWO}]')
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
TAGS = {"italic": "i", "bold": "b"}
"""Elements for words that are set off in print, without the stress that `em` and `strong` would give them."""


def escape(text: str) -> str:
    r"""Write text as HTML, for an element or a quoted attribute, without the characters HTML cannot hold.

    >>> escape('<b onclick="x()">&amp;\x00\x85')
    '&lt;b onclick=&quot;x()&quot;&gt;&amp;amp; '
    """
    return SPECIAL.sub(lambda match: ENTITIES.get(match[0], " " if match[0].isspace() else ""), text)


def address(symbol: str, language: Language) -> str:
    """Return the link of a document (FORMAT.md section 4.6)."""
    path = quote("".join(symbol.split()), safe="/()", errors="ignore")
    return f"https://docs.un.org/{language.link}/{path}"


class Writing:
    """One page that is being written: the notes placed so far, and the anchors still to be given.

    `notes_written` are the items of the notes' list, in the order of their first mention.
    """

    __slots__ = ("_again", "_anchors", "_in_note", "_notes", "_written", "language")

    def __init__(self, document: Document, language: Language) -> None:
        self.language = language
        self._anchors = Anchors(document)
        self._notes = Notes(document)
        self._written: dict[int, tuple[str, str]] = {}
        self._again: dict[int, list[str]] = {}
        self._in_note = False

    def anchor(self, part: object) -> str:
        """Return the anchor of a part of the document: the eId of its Akoma Ntoso; "" where it has none."""
        return self._anchors.take(part)

    def id_of(self, part: object) -> str:
        """Return the attribute `id` of a part of the document; "" where it has no anchor."""
        return f' id="{found}"' if (found := self.anchor(part)) else ""

    def numbered(self, number: str | None, inlines: Inlines) -> str:
        """Write the text of a paragraph after its number, as printed."""
        written = "".join(map(self._inline, inlines))
        if number:
            written = f'<span class="number">{escape(number)}</span> {written}'
        if self.language.right_to_left and is_left_to_right((number or "") + plain(inlines)):
            return f'<bdi dir="ltr">{written}</bdi>'
        return written

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Run(text=text, emphasis=emphasis):
                return _emphasised(escape(text), emphasis, self.language) if emphasis else escape(text)
            case Indicator():
                return self._mention(inline)
            case Reference(text=text, target=target):
                if not target.symbol:
                    return f"<span{found}>{escape(text)}</span>" if (found := self.id_of(inline)) else escape(text)
                link = address(target.symbol, self.language)
                return f'<a{self.id_of(inline)} href="{escape(link)}">{escape(text)}</a>'
            case Date(text=text, iso=iso):
                return f'<time datetime="{iso}">{escape(text)}</time>' if real_date(iso) else escape(text)
            case _:
                assert_never(inline)

    def _mention(self, indicator: Indicator) -> str:
        """Write an indicator, linked to its note; the note itself is written at its first mention."""
        mark = escape(indicator.mark)
        number = None if self._in_note else self._notes.place(indicator)
        if number is not None:
            anchor = self._note(number, self._notes.placed[number - 1])
            return f'<sup><a id="{anchor}__mention" href="#{anchor}" role="doc-noteref">{mark}</a></sup>'
        latest = self._notes.latest(indicator.mark)
        if latest is None:
            return f"<sup><span>{mark}</span></sup>"
        again = self._again[latest]
        anchor, _ = self._written.get(latest, (f"note_{latest}", ""))
        own = self.anchor(indicator) or f"{anchor}__mention_{len(again) + 2}"
        again.append(own)
        return f'<sup><a id="{own}" href="#{anchor}">{mark}</a></sup>'

    def _note(self, number: int, note: Footnote) -> str:
        anchor = self.anchor(note) or f"note_{number}"
        self._again[number] = []
        self._written[number] = anchor, ""
        self._in_note = True
        text = self.numbered(None, note.inlines)
        self._in_note = False
        self._written[number] = anchor, text
        return anchor

    def notes(self) -> Iterator[str]:
        """Yield the notes in the order of their first mention, each with links back to all of its mentions."""
        back = escape(self.language.words["page"]["back"])
        for number, (anchor, text) in self._written.items():
            mark = escape(self._notes.placed[number - 1].mark)
            first = f'<a href="#{anchor}__mention" role="doc-backlink" aria-label="{mark}: {back}">{mark}</a>'
            others = "".join(
                f'<a href="#{again}" class="again" aria-label="{mark}: {back} ({at})"></a>'
                for at, again in enumerate(self._again[number], 2)
            )
            yield f'<li id="{anchor}"><p>{first} {text}{others}</p></li>'

    def unmentioned(self) -> Iterator[str]:
        """Yield the notes that nothing mentions: no link leads to or from them, and they place no note."""
        self._in_note = True
        for note in self._notes.unplaced():
            yield f'<p{self.id_of(note)} class="note">{self.numbered(note.mark, note.inlines)}</p>'


def _emphasised(text: str, emphasis: Emphasis, language: Language) -> str:
    tags = [TAGS[face] for face in language.shown(emphasis)]
    return f"{''.join(f'<{tag}>' for tag in tags)}{text}{''.join(f'</{tag}>' for tag in reversed(tags))}"
