"""The identification of a document: its IRIs on three levels, and the facts they are made of (AKN.md section 3)."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.validate.akn_rules.vocabulary import AKN

LEVELS = ("Work", "Expression", "Manifestation")
WORK = re.compile(
    r"/akn/(?P<country>[a-z]{2})/(?P<kind>[A-Za-z]+)/(?P<subtype>[A-Za-z][^/\s]*)/(?P<actor>[a-z][a-z0-9-]*)"
    r"/(?P<date>\d{4}-\d\d-\d\d)/(?P<number>[A-Za-z0-9][A-Za-z0-9._()-]*)"
)


class Frbr:
    """An identification block: its IRIs and the facts they are made of, "" where one is missing."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self.facts: dict[tuple[str, str], etree._Element] = {}
        for level in element.iterchildren(etree.Element):
            for fact in level.iterchildren(etree.Element):
                self.facts.setdefault((_name(level), _name(fact)), fact)
        meta = element.getparent()
        self.document = None if meta is None else meta.getparent()
        self.work, self.expression, self.manifestation = (self.value(level, "uri") for level in LEVELS)
        match = WORK.fullmatch(self.work.rstrip("/"))
        self.segments = match.groupdict() if match else {}

    def value(self, level: str, name: str, key: str = "value") -> str:
        """Return an attribute of `FRBRname` at a level."""
        found = self.at(level, name)
        return "" if found is None else found.get(key) or ""

    def at(self, level: str, name: str) -> etree._Element | None:
        """Return `FRBRname` at a level."""
        return self.facts.get((level, name))

    @property
    def is_attached(self) -> bool:
        """Tell whether this is the identification of an annex."""
        parent = None if self.document is None else self.document.getparent()
        return parent is not None and parent.tag == f"{AKN}attachment"


def _name(element: etree._Element) -> str:
    return str(element.tag).removeprefix(f"{AKN}FRBR")
