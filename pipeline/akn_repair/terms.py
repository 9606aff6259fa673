"""Fixers of terms and of what points to them (AKN.md section 4): nothing is pointed to that the file does not have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.akn_repair.change import Change, added, set_attribute
from pipeline.akn_repair.tree import put_after
from pipeline.validate.akn_rules.akn_file import DOCUMENTS, Attribute, line_of, name_of, within
from pipeline.validate.akn_rules.links import ONTOLOGY
from pipeline.validate.akn_rules.pointers import CLASSES, ELSEWHERE
from pipeline.validate.akn_rules.vocabulary import AKN, TERM_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.validate.akn_rules.akn_file import AknFile

AKN4UN = "{http://un.org/akn4un}"
NAME = re.compile(r"[^\W\d][\w.-]*")
CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
BY_POINTER = {"by": "Organization", "source": "Organization", "as": "Role", "outcome": "Concept"}
BY_ELEMENT = {
    "event": "Event", "location": "Location", "organization": "Organization", "docAuthority": "Organization",
    "person": "Person", "role": "Role", "vote": "Concept",
}  # fmt: skip
"""The class of a term that is to be declared, by the attribute, else the element, that points to it; else a concept."""
KNOWN = {
    "un": "United Nations", "unga": "General Assembly", "unsc": "Security Council",
    "unecosoc": "Economic and Social Council", "unga-hrc": "Human Rights Council",
}  # fmt: skip
UNKNOWN = "0001-01-01"


def mend_terms(file: AknFile) -> Iterator[Change]:
    """Make the IRI of a term one of the ontology, and its class that of the element.

    The class of an IRI is kept, since other files share the IRI, and the element renamed; but not where something
    points to the term that asks for its class, or where no element has that class: there the IRI is written anew.
    """
    asked = {pointer.value.lstrip("#") for pointer in file.pointers if CLASSES.get(pointer.key, ("TLC",)) != ("TLC",)}
    for link in file.links:
        element = link.element
        if not name_of(element).startswith("TLC"):
            continue
        match = ONTOLOGY.fullmatch(link.value)
        named = match[1].capitalize() if match else ""
        if named == name_of(element)[3:]:
            continue
        if named in TERM_CLASSES - {"Reference"} and element.get("eId") not in asked:
            old = name_of(element)
            element.tag = f"{AKN}TLC{named}"
            yield Change("mend_terms", line_of(element), f"element of {element.get('eId')}", old, f"TLC{named}")
        else:
            path = link.value.partition("/un/")[2] or element.get("eId") or ""
            iri = f"/akn/ontology/{name_of(element)[3:].lower()}/un/{path.strip('#/')}"
            yield set_attribute("mend_terms", element, "href", iri)


def drop_placeholders(file: AknFile) -> Iterator[Change]:
    """Drop steps of a form that nobody filled in: without a date, an agent and anything but the name of the step."""
    for step in file.all("step"):
        empty = step.get("date") == UNKNOWN and not (step.get("by") or step.get("as") or step.get("refersTo"))
        if empty and not len(step):
            old = " ".join(f'{key!s}="{value!s}"' for key, value in step.items())
            yield Change("drop_placeholders", line_of(step), "step", old, "")
            parent = step.getparent()
            if parent is not None:
                parent.remove(step)


def mend_authors(file: AknFile) -> Iterator[Change]:
    """Point the authors of Work and Expression to the actor of the IRI, the editor to the term that is meant."""
    for frbr in file.identifications:
        for level in ("Work", "Expression", "Manifestation"):
            element = frbr.at(level, "author")
            if element is None:
                continue
            old = element.get("href", "")
            actor = frbr.segments.get("actor") if level != "Manifestation" else None
            if actor and not _is_term(file, old, actor):
                eid, declared = _term(file, frbr.element, actor, "Organization", exact=True)
                yield from declared
                yield set_attribute("mend_authors", element, "href", f"#{eid}")
            elif NAME.fullmatch(old):
                eid, declared = _term(file, frbr.element, old, "Organization")
                yield from declared
                yield set_attribute("mend_authors", element, "href", f"#{eid}")


def mend_pointers(file: AknFile) -> Iterator[Change]:
    """Point with # to the term that is meant: by its eId, else by the end of its IRI, else to one that is declared.

    Words in the place of a pointer are kept in an attribute of the UN's namespace. What a step must name, the agent,
    is then the one its workflow is of, who is also the agent of a step that names none.
    """
    for pointer in file.pointers:
        element, key, value = pointer
        values = value.split() if key == "refersTo" else [value.strip()]
        if all(one.startswith(ELSEWHERE) or _fits(file, one, key) for one in values) and value.strip():
            continue
        if len(values) == 1 and NAME.fullmatch(values[0].removeprefix("#")):
            class_ = BY_POINTER.get(key) or BY_ELEMENT.get(name_of(element), "Concept")
            eid, declared = _term(file, element, values[0].removeprefix("#"), class_, asked=key)
            yield from declared
            yield set_attribute("mend_pointers", element, key, f"#{eid}")
            continue
        if value.strip():
            yield set_attribute("mend_pointers", element, AKN4UN + key, value)
        yield from _without(file, element, key)


def _without(file: AknFile, element: etree._Element, key: str) -> Iterator[Change]:
    """Take a pointer away; in place of the agent of a step, put that of the workflow."""
    parent = element.getparent()
    agent = parent.get("source") if key == "by" and parent is not None else None
    if agent:
        eid, declared = _term(file, element, agent.removeprefix("#"), "Organization", asked="by")
        yield from declared
        yield set_attribute("mend_pointers", element, key, f"#{eid}")
    else:
        yield set_attribute("mend_pointers", element, key, None)


def _term(
    file: AknFile, element: etree._Element, name: str, class_: str, *, exact: bool = False, asked: str = ""
) -> tuple[str, list[Change]]:
    """Return the eId of the term of a name, declared now where the file has none of a class that may be pointed to.

    An `exact` term has the name at the end of its IRI too.
    """
    wanted = CLASSES.get(asked, ("TLC",))
    known = file.ids.get(name)
    if known is not None and name_of(known).startswith(wanted) and (not exact or _ends(known, name)):
        return name, []
    terms = [link.element for link in file.links if name_of(link.element).startswith(wanted)]
    for same in (str, str.casefold):
        for term in terms:
            if same((term.get("href") or "").rpartition("/")[2]) == same(name) and term.get("eId"):
                return str(term.get("eId")), []
    eid, copies = name, 1
    while eid in file.ids:
        copies += 1
        eid = f"{name}_{copies}"
    facts = {"eId": eid, "href": f"/akn/ontology/{class_.lower()}/un/{name}", "showAs": KNOWN.get(name) or _words(name)}
    term = etree.Element(f"{AKN}TLC{class_}", facts)
    references = _references(file, element)
    if references is None:
        return eid, []
    if len(references):
        put_after(references[-1], term)
    else:
        references.append(term)
    file.ids[eid] = term
    file.links.append(Attribute(term, "href", facts["href"]))
    return eid, [added("mend_pointers", term)]


def _references(file: AknFile, element: etree._Element) -> etree._Element | None:
    """Return the references of the document an element is of, or of the first of the file."""
    document = within(element, *DOCUMENTS)
    own = None if document is None else document.find(f"{AKN}meta/{AKN}references")
    return own if own is not None else next(file.all("references"), None)


def _fits(file: AknFile, value: str, key: str) -> bool:
    target = file.ids.get(value[1:]) if value.startswith("#") else None
    return target is not None and name_of(target).startswith(CLASSES.get(key, ("",)))


def _is_term(file: AknFile, pointer: str, actor: str) -> bool:
    target = file.ids.get(pointer[1:]) if pointer.startswith("#") else None
    return target is not None and _ends(target, actor)


def _ends(term: etree._Element, name: str) -> bool:
    return (term.get("href") or "").rpartition("/")[2] == name


def _words(name: str) -> str:
    """Return the name of a term as words.

    >>> _words("plenaryMeeting"), _words("DGACM"), _words("inglés")
    ('Plenary meeting', 'DGACM', 'Inglés')
    """
    words = CAPITAL.sub(" ", name)
    return words if words.isupper() else words[:1].upper() + words[1:].lower()
