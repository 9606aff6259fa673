"""Tell what documents cite: as a table for a terminal, or as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipeline.batch.plan import shown
from pipeline.batch.report import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.cites import Citation
    from pipeline.model import Document


def as_lines(name: str, document: Document, found: Sequence[Citation]) -> Iterator[str]:
    """Yield a line for the document, and one for each citation: its place, the relation, what is printed, the work."""
    works = len({one.target for one in found})
    yield f"{shown(document.masthead.symbol or name)} ({document.language}): {counted(works, 'work')} in {counted(len(found), 'place')}"
    for one in found:
        place = one.eid or one.zone
        if one.mentioned_in:
            place = f"{place} of {one.mentioned_in}"
        page = f" (page {one.page})" if one.page is not None else ""
        yield f"  {place}{page}: {one.relation}: {shown(one.text)} -> {one.target}" + (f", {one.date}" if one.date else "")


def as_json(name: str, document: Document, found: Sequence[Citation]) -> str:
    """Return what a document cites as an object of JSON; its fields are as `docs/citations.md` tells them."""
    told: dict[str, Any] = {
        "file": name,
        "symbol": document.masthead.symbol,
        "language": document.language,
        "citations": [one._asdict() for one in found],
    }
    return json.dumps(told, ensure_ascii=False)
