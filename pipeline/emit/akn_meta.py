"""The `meta` block of Akoma Ntoso. Rules: AKN.md sections 3 and 4.

Only what the source gives and what the conversion itself knows; nothing is looked up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.emit.akn_facts import UNKNOWN_DATE, UNNUMBERED, Facts
from pipeline.emit.akn_ids import within
from pipeline.emit.akn_inlines import Writing, attribute
from pipeline.emit.akn_terms import ALWAYS, TERMS
from pipeline.emit.akn_votes import outcome, parliamentary
from pipeline.numbers import iri_number

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
                _notes(writing),
                "</meta>",
            ),
        )
    )


def part_meta(writing: Writing, whole: Facts, annexes: Iterable[str], markup_date: str, context: str) -> str:
    """Write the metadata of a part of the whole resolution; `context` is the eId of its component."""
    facts = writing.facts
    shown = attribute(whole.symbol or whole.number)
    parent = f'<attachmentOf eId="{context}__attachmentOf_1" href="{attribute(whole.work)}" showAs="{shown}"/>'
    references = "".join(('<references source="#converter">', *_attached(facts, annexes, context), parent))
    parts = (
        "<meta>",
        identification(facts, "!main", markup_date),
        _publication(whole),
        _workflow(writing, context),
        _votes(writing),
        f"{references}</references>",
        "</meta>",
    )
    return "\n".join(filter(None, parts))


def annex_meta(facts: Facts, order: int, markup_date: str, context: str) -> str:
    """Write the metadata of an annex by its place among them."""
    shown = attribute(facts.symbol or facts.number)
    eid = within(context, f"attachmentOf_{order + bool(context)}")
    parent = f'<attachmentOf eId="{eid}" href="{attribute(facts.work)}/!main" showAs="{shown}"/>'
    references = f'<references source="#converter">{parent}</references>'
    return "\n".join(("<meta>", identification(facts, f"!annex_{order}", markup_date), references, "</meta>"))


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


def _workflow(writing: Writing, context: str = "") -> str:
    """Write the one step the source tells of: the adoption, and how it came about."""
    facts = writing.facts
    if not facts.adopted:
        return ""
    how = outcome(writing.votes)
    writing.terms.add(how)
    event = "plenaryMeeting" if facts.meeting else "adoption"
    step = (
        f'<step eId="{within(context, "step_1")}" date="{facts.adopted}" by="#{facts.actor}" as="#author" '
        f'outcome="#{how}" {writing.refers(event)}/>'
    )
    return f'<workflow source="#converter">{step}</workflow>'


def _votes(writing: Writing) -> str:
    counted = parliamentary(writing, writing.votes)
    return f'<analysis source="#converter">{counted}</analysis>' if counted else ""


def _analysis(writing: Writing) -> str:
    """Write the votes, and where each citation leads on the web."""
    links = "\n".join(
        f'<alternativeReference for="#{eid}" href="{attribute(url)}"/>' for eid, url in writing.references
    )
    others = f'<otherReferences source="#converter">\n{links}\n</otherReferences>' if links else ""
    found = parliamentary(writing, writing.votes) + others
    return f'<analysis source="#converter">{found}</analysis>' if found else ""


def _references(writing: Writing, annexes: Iterable[str]) -> str:
    facts = writing.facts
    shown = attribute(facts.symbol or facts.number)
    parts = [
        '<references source="#converter">',
        f'<original eId="original" href="{attribute(facts.expression)}" showAs="{shown}"/>',
    ]
    parts += _attached(facts, annexes, "")
    used = writing.terms | ALWAYS | {facts.actor}
    parts += [_term(facts, term) for term in TERMS if term in used]
    return "\n".join([*parts, "</references>"])


def _notes(writing: Writing) -> str:
    notes = "".join(writing.editorial)
    return f'<notes source="#converter">{notes}</notes>' if notes else ""


def _attached(facts: Facts, annexes: Iterable[str], context: str) -> Iterable[str]:
    return (
        f'<hasAttachment eId="{within(context, f"hasAttachment_{order}")}" '
        f'href="{attribute(facts.work)}/!annex_{order}" showAs="{attribute(label)}"/>'
        for order, label in enumerate(annexes, 1)
    )


def _term(facts: Facts, term: str) -> str:
    class_, path, shown = TERMS[term]
    session = iri_number(facts.session or "")
    if term == "session" and session:
        path = f"{facts.actor}/{session}"
    elif term == "plenaryMeeting" and facts.meeting and (meeting := iri_number(facts.meeting)):
        path = f"{facts.actor}/{session}/{path}/{meeting}" if session else f"{facts.actor}/{path}/{meeting}"
    href = f"/akn/ontology/{class_.lower()}/un/{path}"
    return f'<TLC{class_} eId="{term}" href="{attribute(href)}" showAs="{attribute(shown)}"/>'
