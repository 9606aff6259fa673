"""The `meta` block of Akoma Ntoso. Rules: AKN.md sections 3 and 4.

Only what the source gives and what the conversion itself knows; nothing is looked up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.emit.akn_facts import UNKNOWN_DATE, UNNUMBERED, Facts
from pipeline.emit.akn_ids import iri_number
from pipeline.emit.akn_inlines import Writing, attribute
from pipeline.emit.akn_terms import ALWAYS, TERMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model import Source

ACTOR_ALIASES = {"unga": "un-ga", "unsc": "un-sc", "unecosoc": "un-ecosoc", "unga-hrc": "un-ga-hrc"}


def meta(writing: Writing, source: Source, annexes: Iterable[str], markup_date: str) -> str:
    """Write the metadata of the resolution. `annexes` are their labels as printed."""
    facts = writing.facts
    return "\n".join(
        filter(
            None,
            (
                "<meta>",
                identification(facts, "!main", markup_date, source),
                _publication(facts),
                _lifecycle(facts),
                _workflow(writing),
                _analysis(writing),
                _references(writing, annexes),
                "</meta>",
            ),
        )
    )


def annex_meta(facts: Facts, part: str, order: int, markup_date: str) -> str:
    """Write the metadata of an annex; `part` is `!annex_1`."""
    shown = attribute(facts.symbol or facts.number)
    parent = f'<attachmentOf eId="attachmentOf_{order}" href="{attribute(facts.work)}/!main" showAs="{shown}"/>'
    references = f'<references source="#converter">{parent}</references>'
    return "\n".join(("<meta>", identification(facts, part, markup_date), references, "</meta>"))


def identification(facts: Facts, part: str, markup_date: str, source: Source | None = None) -> str:
    """Write the three FRBR levels of the resolution (`!main`) or of an annex."""
    aliases = "".join(_aliases(facts)) if part == "!main" else ""
    date, name = (facts.issued, "publication") if facts.issued else (facts.date, facts.date_name)
    work = (
        f"{_uri(f'{facts.work}/{part}', facts.work)}{aliases}"
        f'<FRBRdate date="{facts.date}" name="{facts.date_name}"/><FRBRauthor href="#{facts.actor}" as="#author"/>'
        '<FRBRcountry value="un"/><FRBRsubtype value="deliberation"/>'
        f'<FRBRnumber value="{attribute(facts.segment)}" showAs="{attribute(facts.number)}"/>'
    )
    expression = (
        f"{_uri(f'{facts.expression}/{part}', facts.expression)}"
        f'<FRBRdate date="{date}" name="{name}"/><FRBRauthor href="#{facts.actor}" as="#issuer"/>'
        f'<FRBRlanguage language="{facts.language}"/>{_translation(facts)}'
    )
    manifestation = (
        f"{_uri(f'{facts.expression}/{part}.xml', f'{facts.expression}.xml')}"
        f'<FRBRdate date="{markup_date}" name="markup"/><FRBRauthor href="#converter" as="#editor"/>'
        f'{_preservation(source) if source else ""}<FRBRformat value="xml"/>'
    )
    return "\n".join(
        (
            '<identification source="#converter">',
            f"<FRBRWork>{work}</FRBRWork>",
            f"<FRBRExpression>{expression}</FRBRExpression>",
            f"<FRBRManifestation>{manifestation}</FRBRManifestation>",
            "</identification>",
        )
    )


def _preservation(source: Source) -> str:
    """Write which file the text came from, and the digest that proves it (AKN.md section 3)."""
    kept = f'<akn4un:source name="{attribute(source.name)}" sha256="{attribute(source.sha256)}"/>'
    return f"<preservation>{kept}</preservation>"


def _uri(this: str, uri: str) -> str:
    return f'<FRBRthis value="{attribute(this)}"/><FRBRuri value="{attribute(uri)}"/>'


def _aliases(facts: Facts) -> Iterable[str]:
    if facts.title:
        yield f'<FRBRalias value="{attribute(facts.title)}" name="title"/>'
    if facts.symbol:
        yield f'<FRBRalias value="{attribute(facts.symbol)}" name="symbol"/>'
    if alias := ACTOR_ALIASES.get(facts.actor):
        guidelines = facts.work.replace(f"/{facts.actor}/", f"/{alias}/", 1)
        yield f'<FRBRalias value="{attribute(guidelines)}" name="akn4unGuidelinesIri"/>'


def _translation(facts: Facts) -> str:
    """Write the language of the original, where the masthead prints another one than this."""
    if not facts.original:
        return ""
    href = attribute(f"{facts.work}/{facts.original}@")
    return f'<FRBRtranslation href="{href}" fromLanguage="{facts.original}" by="#{facts.actor}" authoritative="true"/>'


def _publication(facts: Facts) -> str:
    shown = facts.symbol or facts.number
    number = iri_number(shown) or UNNUMBERED
    when = facts.issued or facts.date
    return f'<publication date="{when}" name="unDocument" showAs="{attribute(shown)}" number="{attribute(number)}"/>'


def _lifecycle(facts: Facts) -> str:
    if facts.date == UNKNOWN_DATE:
        return ""
    event = f'<eventRef eId="eref_1" date="{facts.date}" source="#original" type="generation"/>'
    return f'<lifecycle source="#converter">{event}</lifecycle>'


def _workflow(writing: Writing) -> str:
    """Write the one step the source tells of: the adoption."""
    facts = writing.facts
    if not facts.adopted:
        return ""
    writing.terms.add("adopted")
    event = "plenaryMeeting" if facts.meeting else "adoption"
    step = (
        f'<step eId="step_1" date="{facts.adopted}" by="#{facts.actor}" as="#author" '
        f'outcome="#adopted" {writing.refers(event)}/>'
    )
    return f'<workflow source="#converter">{step}</workflow>'


def _analysis(writing: Writing) -> str:
    if not writing.references:
        return ""
    links = "\n".join(
        f'<alternativeReference for="#{eid}" href="{attribute(url)}"/>' for eid, url in writing.references
    )
    return (
        f'<analysis source="#converter"><otherReferences source="#converter">\n{links}\n</otherReferences></analysis>'
    )


def _references(writing: Writing, annexes: Iterable[str]) -> str:
    facts = writing.facts
    shown = attribute(facts.symbol or facts.number)
    parts = [
        '<references source="#converter">',
        f'<original eId="original" href="{attribute(facts.expression)}" showAs="{shown}"/>',
    ]
    parts += [
        f'<hasAttachment eId="hasAttachment_{order}" href="{attribute(facts.work)}/!annex_{order}" '
        f'showAs="{attribute(label)}"/>'
        for order, label in enumerate(annexes, 1)
    ]
    used = writing.terms | ALWAYS | {facts.actor}
    parts += [_term(facts, term) for term in TERMS if term in used]
    return "\n".join([*parts, "</references>"])


def _term(facts: Facts, term: str) -> str:
    class_, path, shown = TERMS[term]
    session = iri_number(facts.session or "")
    if term == "session" and session:
        path = f"{facts.actor}/{session}"
    elif term == "plenaryMeeting" and facts.meeting and (meeting := iri_number(facts.meeting)):
        path = f"{facts.actor}/{session}/{path}/{meeting}" if session else f"{facts.actor}/{path}/{meeting}"
    href = f"/akn/ontology/{class_.lower()}/un/{path}"
    return f'<TLC{class_} eId="{term}" href="{attribute(href)}" showAs="{attribute(shown)}"/>'
