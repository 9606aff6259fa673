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
MARKUP = frozenset("[^]:*\\|_")
"""What repaired text marks footnotes, emphasis and cells with: of these characters there is no account here."""


def recount(record: Record, source: str) -> Iterator[str]:
    """Yield where a record does not account for its source: law 1, by no rule of any version.

    Its ledger has to sum up to the length of the source; what a repair took out has to stand in the source where the
    repair says; and of each printed character the document has to have as many as the source, with what the repairs
    say they put in its place for what they found. In which order they stand is not seen.
    """
    ledger = record.ledger
    total = sum(getattr(ledger, name) for name in type(ledger).__slots__ if name != "total")
    if not total == ledger.total == record.document.source.length == len(source):
        yield f"its ledger sums up to {total} characters, and its source has {len(source)}"
        return
    balance = _printed(_text(record.document))
    for repair in record.repairs:
        balance.update(_printed(repair.old))
        balance.subtract(_printed(repair.new))
        for at, text in repair.removed:
            if source[at : at + len(text)] != text:
                yield f"repair {repair.fixer} took out {text!r} at {at}, and the source does not have it there"
                return
    balance.subtract(_printed(source))
    for what, sign in (("fewer", -1), ("more", 1)):
        if off := sorted(one for one, count in balance.items() if count * sign > 0 and one not in MARKUP):
            signs = " ".join(off[:SHOWN])
            yield f"its document has {what} of these characters than its source and its repairs: {signs}"


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
