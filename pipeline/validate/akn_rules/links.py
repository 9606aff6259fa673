"""Rules 5 of AKN.md section 12: what a link leads to can be told from its form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.validate.akn_rules.akn_file import Hit, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.validate.akn_rules.akn_file import AknFile

COUNTRY = re.compile(r"[a-z]{2}(?:-[a-z0-9]+)?")
LANGUAGE = re.compile(r"[a-z]{3}@[0-9;:-]*|[a-z]{3}")
COMPONENT = re.compile(r"!?[A-Za-z][\w.-]*")
NAMED = re.compile(r"[^\s!~#@/]+")
URL = re.compile(r"(?:https?://|mailto:)\S+")
ONTOLOGY = re.compile(r"/akn/ontology/([A-Za-z]+)(?:/[^/\s]+)+")
TO_THE_WEB = frozenset({"a", "alternativeReference"})
UNBOUND = frozenset({"keyword"})
"""A keyword leads to its thesaurus, by whatever IRI that has."""


def iris(file: AknFile) -> Iterator[Hit]:
    """Find links of the legal kind that are no Akoma Ntoso IRI, nor to an eId or a component."""
    for link in file.links:
        name = name_of(link.element)
        if name in TO_THE_WEB or name in UNBOUND or name.startswith("TLC") or link.value.startswith(("#", "!")):
            continue
        if not is_iri(link.value):
            yield Hit(link.element, f"@href=“{link.value}” of <{name}> is no Akoma Ntoso IRI")


def urls(file: AknFile) -> Iterator[Hit]:
    """Find links to the web that are no URL, or not a whole one."""
    for link in file.links:
        if name_of(link.element) in TO_THE_WEB and not URL.fullmatch(link.value):
            yield Hit(link.element, f"@href=“{link.value}” of <{name_of(link.element)}> is no absolute URL")


def ontology(file: AknFile) -> Iterator[Hit]:
    """Find terms whose IRI is not in the ontology."""
    for link in file.links:
        name = name_of(link.element)
        if name.startswith("TLC") and not ONTOLOGY.fullmatch(link.value):
            message = f"@href=“{link.value}” of <{name}> is not /akn/ontology/{name[3:].lower()}/…"
            yield Hit(link.element, message)


def classes(file: AknFile) -> Iterator[Hit]:
    """Find terms whose IRI names another class than their element."""
    for link in file.links:
        name = name_of(link.element)
        match = ONTOLOGY.fullmatch(link.value) if name.startswith("TLC") else None
        if match and match[1].lower() != name[3:].lower():
            yield Hit(link.element, f"@href=“{link.value}” of <{name}> names the class “{match[1]}”")


def is_iri(value: str) -> bool:
    """Tell whether a link is an IRI of the Naming Convention: of a Work, an Expression, a part or a place in it.

    >>> work = "/akn/un/statement/deliberation/unga/1996-12-10/51-45N"
    >>> [is_iri(work + end) for end in ("", "/eng@", "/!main#sec_I__para_3", "/eng@/!annex_1", "/~para_3")]
    [True, True, True, True, True]
    >>> [is_iri(value) for value in (work + "/", "unga", "/akn/un/act", "https://docs.un.org/en/A/61/288")]
    [False, False, False, False]
    """
    path, sign, fragment = value.replace("/~", "~", 1).partition("#" if "#" in value else "~")
    if not path.startswith("/akn/") or (sign and (not fragment or re.search(r"[\s#~]", fragment))):
        return False
    country, *segments = path.removeprefix("/akn/").split("/")
    work = next((at for at, segment in enumerate(segments) if "@" in segment or segment.startswith("!")), len(segments))
    rest = segments[work:]
    if rest and "@" in rest[0]:
        if not LANGUAGE.fullmatch(rest[0].removesuffix(".xml")):
            return False
        rest = rest[1:]
    return (
        COUNTRY.fullmatch(country) is not None
        and work >= 2
        and all(map(NAMED.fullmatch, segments[:work]))
        and all(map(COMPONENT.fullmatch, rest))
    )
