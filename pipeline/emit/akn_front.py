"""The first page in Akoma Ntoso: `coverPage` from the masthead, `preface` from the title.

Rules: AKN.md section 5. Lines keep their printed order. In a Security Council resolution the
lines from "Resolution 2722 (2024)" on open the preface, and stand for the title it has not; in a draft
without a title the line of its sponsors does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.emit.akn_facts import number_in, split_number
from pipeline.emit.akn_inlines import attribute, escape, paragraph, split_indicators
from pipeline.emit.akn_terms import ORGAN_TERMS
from pipeline.languages import COMMAS
from pipeline.model import Date, Run
from pipeline.numbers import agenda_items, plain_digits
from pipeline.walk import plain

if TYPE_CHECKING:
    from pipeline.emit.akn_inlines import Writing
    from pipeline.model import Document, Inlines, MastheadLine, Title

GENERAL = re.compile(r"g[eé]n[eé]ral", re.IGNORECASE)
DASHES = ("-", "–", "—")
LIMITED = re.compile(r"limit", re.IGNORECASE)


def front(writing: Writing, document: Document) -> str:
    """Write cover page and preface, each left out where the source has nothing for it."""
    cover, heading = _split(document)
    lines = list(filter(None, (_line(writing, line) for line in cover)))
    parts = ['<coverPage eId="coverPage">', *lines, "</coverPage>"] if lines else []
    opening = [_heading(writing, line) for line in heading]
    if document.title:
        opening.append(_title(writing, document.title))
    if opening := list(filter(None, opening)):
        parts += ['<preface eId="preface">', *opening, "</preface>"]
    return "\n".join(parts)


def _split(document: Document) -> tuple[tuple[MastheadLine, ...], tuple[MastheadLine, ...]]:
    """Split a masthead before the lines that stand for a title."""
    lines = document.masthead.lines
    roles = {"resolution", "adopted"} if document.masthead.organ == "unsc" else {"resolution"}
    if document.title is None and not any(line.role in roles for line in lines):
        roles = {"sponsors"}
    at = next((index for index, line in enumerate(lines) if line.role in roles), len(lines))
    return lines[:at], lines[at:]


def _line(writing: Writing, line: MastheadLine) -> str:
    inlines, notes = split_indicators(line.inlines)
    text = " ".join(plain(inlines).split())
    written = writing.inlines(inlines, "dateOfIssuance" if line.role == "issued" else "")
    writing.in_symbol = line.role == "symbol"
    marks = writing.inlines(notes)
    writing.in_symbol = False
    return paragraph(_around(_tag(writing, line, text), written) + marks)


def _around(tag: str, written: str) -> str:
    return f"<{tag}>{written}</{tag.partition(' ')[0]}>" if tag and written.strip() else written


def _tag(writing: Writing, line: MastheadLine, text: str) -> str:
    """Return the element for a line of the first page, with its attributes; "" for none."""
    match line.role:
        case "publisher":
            return f"docAuthority {writing.refers('unitedNations')}"
        case "organ":
            return _authority(writing, text)
        case "symbol":
            return f"docNumber {writing.refers('symbol')}"
        case "distribution":
            term = "limitedDistribution" if LIMITED.search(text) else "generalDistribution"
            known = LIMITED.search(text) or GENERAL.search(text)
            return f"docStatus {writing.refers(term)}" if known else "docStatus"
        case "issued" if writing.facts.issued and not any(isinstance(inline, Date) for inline in line.inlines):
            return f'docDate date="{writing.facts.issued}" {writing.refers("dateOfIssuance")}'
        case "session":
            return f'session value="{attribute(writing.facts.session or text)}" {writing.refers("session")}'
        case "agenda_item":
            number = ", ".join(agenda_items(text))
            title = f' title="{number}"' if number else ""
            return f'inline name="akn4un:agendaItem"{title} {writing.refers("agendaItem")}'
        case "agenda_title":
            return 'inline name="akn4un:agendaItemName"'
        case "original":
            return 'inline name="akn4un:originalLanguage"'
        case "committee":
            return "docCommittee"
        case "sponsors" | "proponent":
            return "docProponent"
        case "adopted":
            return "docTitle"
        case "other" if writing.language.kind(text):
            return "docType"
        case _:
            return ""


def _authority(writing: Writing, text: str) -> str:
    squeezed = "".join(text.split())
    names = writing.language.organ_names.items()
    organ = next((organ for organ, name in names if "".join(name.split()) == squeezed), writing.facts.organ)
    return f"docAuthority {writing.refers(ORGAN_TERMS[organ])}" if organ else "docAuthority"


def _heading(writing: Writing, line: MastheadLine) -> str:
    """Write a line of the preface of a Security Council resolution (P2 section 3.1.2)."""
    if line.role not in {"resolution", "adopted", "sponsors"}:
        return _line(writing, line)
    inlines, notes = split_indicators(line.inlines)
    if line.role == "sponsors":
        written = _around("docProponent", writing.inlines(inlines))
        return paragraph(_around(f"docTitle {writing.refers('resolutionTitle')}", written) + writing.inlines(notes))
    if line.role == "resolution":
        name, written = "publicationInfo", _resolution_number(writing, inlines)
    else:
        name, written = "publicationHeading", quantity(writing, inlines, writing.facts.meeting, "dateOfAdoption")
    if not (written := paragraph(written + writing.inlines(notes))):
        return ""
    eid = writing.ids.next("preface__container")
    return f'<container eId="{eid}" name="{name}">{written}</container>'


def _resolution_number(writing: Writing, inlines: Inlines) -> str:
    """Write "Resolution 2722 (2024)" as the title, with its type and number where it is one run."""
    tag = f"docTitle {writing.refers('resolutionTitle')}"
    text = plain(inlines)
    found = number_in(text, writing.facts.number)
    if not found or len(inlines) != 1:
        return _around(tag, writing.inlines(inlines))
    before, number, after = text[: found.start()], text[slice(*found.span())], text[found.end() :]
    kind = _around("docType", escape(before.rstrip())) + escape(before[len(before.rstrip()) :])
    goes_on = after.strip(" ,")  # in Russian a comma leads to the next line
    tagged = f"<docNumber {writing.refers('resolutionNumber')}>{escape(number)}</docNumber>"
    return _around(tag, (escape(before) if goes_on else kind) + tagged + escape(after))


def _title(writing: Writing, title: Title) -> str:
    """Write "69/60. Title": the stop after the number stands outside it.

    A dash there, as Arabic prints it, stands in the title, where the United Nations' own files have it.
    """
    inlines, notes = split_indicators(title.inlines)
    written = writing.inlines(inlines)
    before = ""
    if title.number:
        number, stop = split_number(title.number)
        before = _around(f"docNumber {writing.refers('resolutionNumber')}", escape(number))
        if stop.endswith(DASHES):
            before, written = before + stop[:-1], f"{stop[-1]} {written}"
        else:
            before = f"{before}{stop} "
    tagged = _around(f"docTitle {writing.refers('resolutionTitle')}", written)
    return paragraph(before + tagged + writing.inlines(notes))


def quantity(writing: Writing, inlines: Inlines, number: str | None, doc_date: str) -> str:
    """Write the inlines of a line that names a meeting, its number tagged ("62nd", "62")."""
    ending = "" if writing.language.joins_without_space else rf"[^\s\d{''.join(COMMAS)}]*"
    pattern = re.compile(rf"(?<!\d){re.escape(number)}(?!\d){ending}") if number else None
    parts: list[str] = []
    for inline in inlines:
        found = pattern.search(plain_digits(inline.text)) if pattern and isinstance(inline, Run) else None
        if pattern and found and isinstance(inline, Run):
            pattern = None
            eid = writing.ids.next("quantity")
            open_tag = f'<quantity eId="{eid}" normalized="{number}" {writing.refers("meetingNumber")}>'
            before, after = inline.text[: found.start()], inline.text[found.end() :]
            written = f"{escape(before)}{open_tag}{escape(inline.text[slice(*found.span())])}</quantity>{escape(after)}"
            class_ = " ".join(writing.language.shown(inline.emphasis)) if inline.emphasis else ""
            parts.append(f'<span class="{class_}">{written}</span>' if class_ else written)
        else:
            parts.append(writing.inlines((inline,), doc_date))
    return "".join(parts)
