"""The IRIs of works that are cited (AKN.md sections 1, D13, and 8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.emit.akn_facts import real_date
from pipeline.model import Reference
from pipeline.numbers import iri_number
from pipeline.walk import inlines_of

if TYPE_CHECKING:
    from pipeline.model import Document, Target

Dates = Mapping[tuple[str | None, str | None], str]


def cited_dates(document: Document) -> Dates:
    """Return the date of each resolution and decision the document cites with one date only, by organ and number."""
    found: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
    for inline in inlines_of(document):
        if isinstance(inline, Reference) and inline.target.number and inline.target.date:
            found[inline.target.organ, inline.target.number].add(inline.target.date)
    return {cited: next(iter(dates)) for cited, dates in found.items() if len(dates) == 1}


def work_iri(target: Target, dates: Dates) -> str | None:
    """Return the IRI of a work that is cited, if its number and date are given (D13).

    A citation without a date takes the one of `dates`, which the same number has elsewhere (AKN.md section 8).
    """
    number = iri_number(target.number or "")
    date = target.date or dates.get((target.organ, target.number))
    if not (target.organ and number and real_date(date)):
        return None
    return f"/akn/un/statement/deliberation/{target.organ}/{date}/{number}"
