"""The graph of citations over many documents: works, and what one does with another, as CSV and GraphML."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.cites import Citation
    from pipeline.cites.relations import Relation
    from pipeline.model import Document

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
HEAD = ("source", "target", "kind", "relation", "times", "languages")
NODE_FIELDS = {"kind": "string", "given": "boolean", "title": "string", "date": "string", "url": "string"}
EDGE_FIELDS = {"relation": "string", "times": "int", "languages": "string"}
FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet would take a cell that begins with it for."""


class Edge(NamedTuple):
    """A work cites another, and says with what it does that."""

    source: str
    target: str
    relation: Relation


@dataclass
class Work:
    """A work of the graph. `given` are those whose documents were read; of the others it is known only what citations say."""

    kind: str
    given: bool = False
    title: str = ""
    date: str = ""
    url: str = ""


@dataclass
class Graph:
    """Works by their names, and how often each edge is in each language.

    The languages of a document are one work, so that an edge is there once, and is as often there as in the
    language that has it most often.
    """

    works: dict[str, Work] = field(default_factory=dict)
    edges: dict[Edge, dict[str, int]] = field(default_factory=dict)

    def add(self, name: str, document: Document, title: str, found: Iterable[Citation]) -> None:
        """Add a document; `name` is that of one that has no symbol."""
        source = _name(document.masthead.symbol or name)
        known = self.works.setdefault(source, Work("document"))
        known.given, known.kind = True, "resolution" if "/RES/" in source else known.kind
        known.title = known.title or title
        known.date = known.date or document.masthead.adopted or ""
        for one in found:
            cited = self.works.setdefault(_name(one.target), Work(one.kind))
            cited.date = cited.date or one.date or ""
            cited.url = cited.url or one.url or ""
            languages = self.edges.setdefault(Edge(source, _name(one.target), one.relation), {})
            languages[document.language] = languages.get(document.language, 0) + 1

    def as_csv(self) -> str:
        """Return the edges as CSV (RFC 4180), sorted."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(HEAD)
        for edge, languages in sorted(self.edges.items()):
            times, spoken = max(languages.values()), " ".join(sorted(languages))
            writer.writerow((edge.source, edge.target, self.works[edge.target].kind, edge.relation, times, spoken))
        return text.getvalue()

    def as_graphml(self) -> bytes:
        """Return the graph as GraphML, sorted."""
        root = etree.Element(f"{{{GRAPHML}}}graphml", nsmap={None: GRAPHML})
        for place, fields in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
            for name, kind in fields.items():
                key = {"id": f"{place}-{name}", "for": place, "attr.name": name, "attr.type": kind}
                etree.SubElement(root, f"{{{GRAPHML}}}key", key)
        graph = etree.SubElement(root, f"{{{GRAPHML}}}graph", {"edgedefault": "directed"})
        for name, work in sorted(self.works.items()):
            node = etree.SubElement(graph, f"{{{GRAPHML}}}node", {"id": name})
            _data(node, "node", {key: getattr(work, key) for key in NODE_FIELDS})
        for edge, languages in sorted(self.edges.items()):
            ends = {"source": edge.source, "target": edge.target}
            about = {"relation": edge.relation, "times": max(languages.values()), "languages": " ".join(sorted(languages))}
            _data(etree.SubElement(graph, f"{{{GRAPHML}}}edge", ends), "edge", about)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _name(work: str) -> str:
    """Return the name of a work, which no spreadsheet takes for a formula."""
    return f"./{work}" if work.startswith(FORMULA) else work


def _data(element: etree._Element, place: str, about: dict[str, object]) -> None:
    for name, value in about.items():
        if value != "":
            told = str(value).lower() if isinstance(value, bool) else str(value)
            etree.SubElement(element, f"{{{GRAPHML}}}data", {"key": f"{place}-{name}"}).text = told
