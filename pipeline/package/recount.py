"""The account of characters, taken of a record alone: what a later version can hold a record of an earlier one to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.model import Indicator
from pipeline.walk import body_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Document, Inlines, Record

SHOWN = 10


def recount(record: Record, source: str) -> Iterator[str]:
    """Yield where a record does not account for its source: law 1, weaker than at the conversion, but by no rule of it.

    Its ledger has to sum up to the length of the source; every character a repair took out has to stand in the source
    where the repair says; and of each character that is no white space there have to be as many in the source as in
    the document and taken out together, but for those that a repair put in. Where they stand is not seen.
    """
    ledger = record.ledger
    total = sum(getattr(ledger, name) for name in type(ledger).__slots__ if name != "total")
    if not total == ledger.total == record.document.source.length == len(source):
        yield f"its ledger sums up to {total} characters, and its source has {len(source)}"
        return
    balance = _printed(_text(record.document))
    added: Counter[str] = Counter()
    for repair in record.repairs:
        added.update(_printed(repair.new))
        for at, text in repair.removed:
            balance.update(_printed(text))
            if source[at : at + len(text)] != text:
                yield f"repair {repair.fixer} took out {text!r} at {at}, and the source does not have it there"
                return
    balance.subtract(_printed(source))
    if lost := sorted(sign for sign, more in balance.items() if more < 0):
        yield f"characters of its source are not accounted for: {' '.join(lost[:SHOWN])}"
    if made_up := sorted(sign for sign, more in balance.items() if more > added[sign]):
        yield f"characters of its document are neither of its source nor of a repair: {' '.join(made_up[:SHOWN])}"


def _text(document: Document) -> str:
    parts = [_bare(None, line.inlines) for line in document.masthead.lines]
    parts += [_bare(number, inlines) for number, inlines in body_texts(document)]
    parts += [_bare(note.mark, note.inlines) for note in document.footnotes]
    return "".join(parts)


def _bare(number: str | None, inlines: Inlines) -> str:
    pieces = (one.mark if isinstance(one, Indicator) else one.text for one in inlines)
    return "".join([number or "", *pieces])


def _printed(text: str) -> Counter[str]:
    return Counter("".join(text.split()))
