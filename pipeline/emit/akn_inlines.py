"""The text of an Akoma Ntoso file: inlines, and the footnotes among them.

Rules: AKN.md section 1 (D11 to D15), section 6 of it (notes) and section 8 (references).
`Writing` is the state of one file that is being written: eIds, notes placed, terms used.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, assert_never

from pipeline.emit.akn_facts import Facts, real_date
from pipeline.emit.akn_ids import Ids
from pipeline.emit.akn_links import cited_dates, work_iri
from pipeline.emit.akn_terms import TERMS
from pipeline.model import Date, Document, Footnote, Indicator, Inline, Inlines, Reference, Run, Target
from pipeline.numbers import canonical
from pipeline.walk import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.languages import Language
    from pipeline.model import Vote

NoteRefs = Literal["noteRef", "ref"]
"""The element of a later mention of a footnote: D12, or the fallback of AKN.md section 6."""
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
PRESERVED = '<p xml:space="preserve">'


def escape(text: str) -> str:
    """Write text as XML, in NFC and without the characters XML cannot hold."""
    text = unicodedata.normalize("NFC", NOT_XML.sub("", text))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Write text as the value of an attribute, on one line."""
    return escape(" ".join(text.split())).replace('"', "&quot;")


@dataclass(frozen=True, slots=True)
class Unmentioned(Indicator):
    """The place of a footnote that the text never mentions, `index` in the document's footnotes."""

    index: int = 0


class Notes:
    """Decides which footnote an indicator stands for: the first mention takes the note.

    A mark may be used again for another footnote (`*` on two pages), so each mark has its queue.
    """

    __slots__ = ("eids", "waiting")

    def __init__(self, footnotes: tuple[Footnote, ...]) -> None:
        self.waiting: dict[str, deque[int]] = defaultdict(deque)
        self.eids: dict[str, tuple[str, str]] = {}
        for index, footnote in enumerate(footnotes):
            if plain(footnote.inlines).strip():
                self.waiting[footnote.mark].append(index)

    def take(self, indicator: Indicator) -> int | None:
        """Return the footnote to put here; None where it is put already or there is none."""
        waiting = self.waiting.get(indicator.mark)
        if not waiting or (indicator.repeated and indicator.mark in self.eids):
            return None
        self.eids.setdefault(indicator.mark, ("", ""))
        return waiting.popleft()


class Writing:
    """One file that is being written."""

    __slots__ = (
        *("dates", "editorial", "eids", "facts", "footnotes", "ids", "in_note", "in_symbol"),
        *("language", "markers", "note_refs", "notes", "references", "terms", "votes"),
    )

    def __init__(self, document: Document, language: Language, facts: Facts, note_refs: NoteRefs = "noteRef") -> None:
        self.language = language
        self.facts = facts
        self.note_refs = note_refs
        self.ids = Ids()
        self.footnotes = document.footnotes
        self.notes = Notes(document.footnotes)
        self.markers: set[str] = set()
        self.in_note = False
        self.in_symbol = False
        self.editorial: list[str] = []
        self.references: list[tuple[str, str]] = []
        self.dates = cited_dates(document)
        self.terms: set[str] = set()
        self.votes: list[Vote] = []
        self.eids: dict[int, list[str]] = defaultdict(list)

    def named(self, part: object, eid: str) -> str:
        """Return the eId of a part of the model, and note that it is known by it (`eids`)."""
        self.eids[id(part)].append(eid)
        return eid

    def refers(self, term: str) -> str:
        """Return the attribute that points to a term, and note that the term is used."""
        if term not in TERMS:
            raise KeyError(term)
        self.terms.add(term)
        return f'refersTo="#{term}"'

    def p(self, inlines: Inlines) -> str:
        """Write a paragraph; "" for one without text."""
        return paragraph(self.inlines(inlines))

    def inlines(self, inlines: Iterable[Inline], doc_date: str = "") -> str:
        """Write inlines. `doc_date` names the term of the date that is a fact of this line."""
        return "".join([self._inline(inline, doc_date) for inline in inlines])

    def _inline(self, inline: Inline, doc_date: str) -> str:
        match inline:
            case Run(text=text, emphasis=emphasis):
                if emphasis and text.strip():
                    return f'<span class="{" ".join(self.language.shown(emphasis))}">{escape(text)}</span>'
                return escape(text)
            case Indicator():
                return self._indicator(inline)
            case Reference(text=text, target=target):
                return self._reference(inline, text, target)
            case Date(text=text, iso=iso):
                return self._date(text, iso, doc_date)
            case _:
                assert_never(inline)

    def _date(self, text: str, iso: str, doc_date: str) -> str:
        if not real_date(iso):
            return escape(text)
        fact = self.facts.issued if doc_date == "dateOfIssuance" else self.facts.adopted
        if doc_date and iso == fact:
            return f'<docDate date="{iso}" {self.refers(doc_date)}>{escape(text)}</docDate>'
        return f'<date date="{iso}">{escape(text)}</date>'

    def _reference(self, reference: Reference, text: str, target: Target) -> str:
        """Write a citation as D13 says: an IRI if number and date are given, else a link, else text."""
        url = f"https://docs.un.org/{self.language.link}/{''.join(target.symbol.split())}" if target.symbol else None
        if href := work_iri(target, self.dates):
            eid = self.named(reference, self.ids.next("ref"))
            if url:
                self.references.append((eid, url))
            return f'<ref eId="{eid}" href="{href}">{escape(text)}</ref>'
        return f'<a href="{attribute(url)}">{escape(text)}</a>' if url else escape(text)

    def _indicator(self, indicator: Indicator) -> str:
        if isinstance(indicator, Unmentioned):
            return self._note(indicator.index, ' class="unmentioned"')
        index = None if self.in_note else self.notes.take(indicator)
        if index is not None:
            return self._note(index, "")
        eid, marker = self.notes.eids.get(indicator.mark, ("", ""))
        if not eid:
            return f'<sup class="footnote">{escape(indicator.mark)}</sup>'
        own = self.named(indicator, self.ids.next(self.note_refs))
        if self.note_refs == "ref":
            # What it mentions is text here: editors and strippers of editorial notes drop a noteRef.
            shown = f'<sup class="footnote">{escape(indicator.mark)}</sup>'
            return f'<ref eId="{own}" class="footnoteRef" href="#{eid}">{shown}</ref>'
        return f'<noteRef eId="{own}" class="footnote" href="#{eid}" marker="{marker}" placement="bottom"/>'

    def _note(self, index: int, class_: str) -> str:
        """Write a footnote at its first mention; a mark used before gets `_2`, for markers are unique.

        An asterisk at the document's own symbol is of an editorial note ("Reissued for technical reasons"), which
        is kept in the metadata (AKN.md section 4), but where mentions are to outlive programs that drop noteRef.
        """
        footnote = self.footnotes[index]
        marker, copies = attribute(footnote.mark), 1
        while marker in self.markers:
            copies += 1
            marker = f"{attribute(footnote.mark)}_{copies}"
        self.markers.add(marker)
        starred = set(footnote.mark) == {"*"}
        number = f"star_{len(footnote.mark)}" if starred else canonical(footnote.mark) or "sign"
        editorial = starred and self.in_symbol and self.note_refs == "noteRef"
        eid = self.named(footnote, self.ids.next("note") if editorial else self.ids.claim(f"authorialNote_{number}"))
        self.in_note = True
        text = self.p(footnote.inlines)
        self.in_note = False
        self.notes.eids[footnote.mark] = (eid, marker)
        if editorial:
            self.editorial.append(f'<note eId="{eid}" marker="{marker}" placement="bottom">{text}</note>')
            own = self.ids.next("noteRef")
            return f'<noteRef eId="{own}" href="#{eid}" marker="{marker}" placement="bottom"/>'
        return f'<authorialNote eId="{eid}"{class_} marker="{marker}" placement="bottom">{text}</authorialNote>'


def paragraph(written: str) -> str:
    """Put a paragraph around written inlines; "" around none."""
    if not written.strip():
        return ""
    return f"{PRESERVED if '<' in written else '<p>'}{written}</p>"


def split_indicators(inlines: Inlines) -> tuple[Inlines, Inlines]:
    """Split off the indicators at the end, so that a note stands beside a fact and not in it."""
    at = len(inlines)
    while at and isinstance(inlines[at - 1], Indicator):
        at -= 1
    return inlines[:at], inlines[at:]


def unmentioned(document: Document, inlines: Iterable[Inline]) -> tuple[Unmentioned, ...]:
    """Return a place for every footnote that none of the inlines mentions."""
    notes = Notes(document.footnotes)
    for inline in inlines:
        if isinstance(inline, Indicator):
            notes.take(inline)
    left = sorted(index for waiting in notes.waiting.values() for index in waiting)
    return tuple(Unmentioned(document.footnotes[i].mark, document.footnotes[i].span, index=i) for i in left)
