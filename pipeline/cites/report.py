"""What documents cite, told: as text, as JSON, as CSV of the citations or of the edges of their graph."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

import orjson

from pipeline.batch.report import counted
from pipeline.batch.shown import shown
from pipeline.cites import Citation
from pipeline.cites.graph import Edge, as_graphml, graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pipeline.cites.gathering import Citing

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def as_text(documents: Sequence[Citing]) -> str:
    """Return the citations of each document for a terminal, one a line."""
    return "\n".join(line for document in documents for line in _lines(document))


def as_json(documents: Sequence[Citing]) -> str:
    """Return the citations as JSON: a list of one entry a document; what is not known is null."""
    data: list[dict[str, Any]] = [
        {**document._asdict(), "citations": [citation._asdict() for citation in document.citations]}
        for document in documents
    ]
    return orjson.dumps(data, option=orjson.OPT_INDENT_2).decode()


def as_csv(documents: Sequence[Citing]) -> str:
    """Return the citations as CSV (RFC 4180), one a row, with the file and the work that cites."""
    rows = ((one.file, one.work, *citation) for one in documents for citation in one.citations)
    return _table(("file", "source", *Citation._fields), rows)


def as_edges(documents: Sequence[Citing]) -> str:
    """Return the edges of the graph as CSV (RFC 4180)."""
    return _table(Edge._fields, graph(documents).edges)


def _graphml(documents: Sequence[Citing]) -> str:
    return as_graphml(graph(documents))


REPORTS: Mapping[str, Callable[[Sequence[Citing]], str]] = {
    "text": as_text, "json": as_json, "csv": as_csv, "edges": as_edges, "graphml": _graphml,
}  # fmt: skip


def _lines(document: Citing) -> Iterator[str]:
    yield f"{document.file}: {document.work} cites {counted(len(document.citations), 'time')}"
    for one in document.citations:
        where = " ".join(filter(None, (one.zone, one.eid, one.mentioned_in and f"({one.mentioned_in})")))
        page = f", page {one.page}" if one.page else ""
        which = f", paragraph {one.paragraph}" if one.paragraph else ""
        link = one.iri or one.url or "no link"
        yield f"  {one.relation:<10} {one.target}{which}  “{shown(one.text)}”  {where}{page}  {link}"


def _table(names: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow("" if cell is None else _cell(cell) for cell in row)
    return written.getvalue().removesuffix("\r\n")


def _cell(value: object) -> object:
    """Return a value for a cell; a text that a spreadsheet would calculate has a quote before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
