"""The graph of what documents cite: works as nodes, what one does with another and how often as edges."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pipeline.emit.akn_inlines import attribute, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.cites import Citation
    from pipeline.cites.gathering import Citing
    from pipeline.cites.relations import Relation

WHOLE = frozenset({"weight"})
"""The facts that are whole numbers."""
GRAPHML = "http://graphml.graphdrawing.org/xmlns"


class Node(NamedTuple):
    """A work: `files` are the documents of it that were read, none for one that is only cited."""

    work: str
    kind: str
    title: str = ""
    language: str = ""
    files: str = ""
    iri: str = ""
    url: str = ""


class Edge(NamedTuple):
    """What one work does with another, and how often: `weight`, as readers of graphs call it."""

    source: str
    target: str
    relation: Relation
    weight: int


NODE_FACTS, EDGE_FACTS = Node._fields[1:], Edge._fields[2:]
"""What is told of each, beside its name and its ends."""


class Graph(NamedTuple):
    """Nodes and edges in an order that does not depend on that of the files."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def graph(documents: Iterable[Citing]) -> Graph:
    """Return the graph of documents.

    Languages of one work are one node. They say the same, so an edge counts what the language with most of it has.
    """
    read: dict[str, list[Citing]] = {}
    cited: dict[str, list[Citation]] = {}
    counts: dict[tuple[str, str, Relation], int] = {}
    for document in documents:
        read.setdefault(document.work, []).append(document)
        for citation in document.citations:
            cited.setdefault(citation.target, []).append(citation)
        for (target, relation), count in Counter((one.target, one.relation) for one in document.citations).items():
            edge = (document.work, target, relation)
            counts[edge] = max(count, counts.get(edge, 0))
    nodes = tuple(_node(work, read.get(work, []), cited.get(work, [])) for work in sorted(read.keys() | cited.keys()))
    return Graph(nodes, tuple(Edge(*edge, count) for edge, count in sorted(counts.items())))


def _node(work: str, read: list[Citing], cited: list[Citation]) -> Node:
    """Return the node of a work: what its documents say of it goes before what is said where it is cited."""
    read = sorted(read)
    # Of two dates that one work is given, neither is certain.
    iris = {one.iri for one in cited if one.iri}
    return Node(
        work,
        read[0].kind if read else cited[0].kind,
        next((one.title for one in read if one.title), ""),
        " ".join(sorted({one.language for one in read})),
        " ".join(one.file for one in read),
        next((one.iri for one in read if one.iri), min(iris) if len(iris) == 1 else ""),
        min((one.url for one in cited if one.url), default=""),
    )


def as_graphml(made: Graph) -> str:
    """Return a graph as GraphML 1.0, which Gephi, yEd, igraph and networkx read; texts are UTF-8."""
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *_lines(made), "</graphml>"])


def _lines(made: Graph) -> Iterator[str]:
    yield f'<graphml xmlns="{GRAPHML}">'
    for owner, facts in (("node", NODE_FACTS), ("edge", EDGE_FACTS)):
        for fact in facts:
            kind = "int" if fact in WHOLE else "string"
            yield f'  <key id="{fact}" for="{owner}" attr.name="{fact}" attr.type="{kind}"/>'
    yield '  <graph id="citations" edgedefault="directed">'
    for node in made.nodes:
        yield f'    <node id="{attribute(node.work)}">{_facts(node, NODE_FACTS)}</node>'
    for number, edge in enumerate(made.edges, 1):
        ends = f'source="{attribute(edge.source)}" target="{attribute(edge.target)}"'
        yield f'    <edge id="e{number}" {ends}>{_facts(edge, EDGE_FACTS)}</edge>'
    yield "  </graph>"


def _facts(part: Node | Edge, names: tuple[str, ...]) -> str:
    known = ((name, escape(str(getattr(part, name)))) for name in names)
    return "".join(f'<data key="{name}">{value}</data>' for name, value in known if value)
