"""The account of all characters (law 1): every one of the source has exactly one fate."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from pipeline.errors import LawError
from pipeline.model import Indicator, Inlines, Ledger
from pipeline.tables import without_strokes
from pipeline.walk import in_repaired_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Document
    from pipeline.text import Repair, Text

NOTES = re.compile(r"^\[\^[^\]\s]{1,6}\]:", re.MULTILINE)
INDICATOR = re.compile(r"\[\^([^\]\s]{1,6})\]:?")
SIGN = re.compile(r"\\(.)|\*")
"""An escaped character, which is text, or a star of emphasis, which is not."""
CONTEXT = 30


def take_account(source: str, repaired: Text, repairs: Iterable[Repair], document: Document) -> Ledger:
    """Prove that nothing was lost or made up, and count the fates.

    Two proofs: what the repaired text kept and what the repairs took out are together the
    source, each character once; and the document's text is the repaired text.
    Raises LawError(1) with the first place where either does not hold.
    """
    fates = _fates(source, repaired, repairs)
    _compare(repaired, document)
    return Ledger(**{name: fates[name] for name in Ledger.__slots__ if name != "total"}, total=len(source))


def _fates(source: str, repaired: Text, repairs: Iterable[Repair]) -> Counter[str]:
    removed = ((at, text, repair.fate or "replaced") for repair in repairs for at, text in repair.removed)
    counts: Counter[str] = Counter()
    done = 0
    for at, text, fate in sorted(chain(removed, _kept(repaired))):
        if at != done or source[at : at + len(text)] != text:
            place = min(at, done)
            what = "twice" if at < done else "not at all"
            msg = f"character {place} of the source is accounted for {what}: …{source[place : place + CONTEXT]!r}"
            raise LawError(1, msg)
        blanks = len(text) - len(_printed(text))
        counts["white_space"] += blanks
        counts[fate] += len(text) - blanks
        done = at + len(text)
    if done != len(source):
        msg = f"character {done} of the source is accounted for not at all: …{source[done : done + CONTEXT]!r}"
        raise LawError(1, msg)
    return counts


def _kept(repaired: Text) -> Iterator[tuple[int, str, str]]:
    """Yield (source offset, text, fate) for all the repaired text kept of the source."""
    value = repaired.value
    first = NOTES.search(value)
    notes = first.start() if first else len(value)
    spans = [match.span() for match in INDICATOR.finditer(value)]
    edges = sorted({0, notes, len(value), *(edge for span in spans for edge in span)})
    marks = {start for start, _ in spans}
    for start, end in pairwise(edges):
        fate = "indicators" if start in marks and start < notes else "footnotes" if start >= notes else "document"
        for piece, low, high in repaired.slices(start, end):
            if piece.copied:
                yield piece.source + low - piece.start, value[low:high], fate


def _compare(repaired: Text, document: Document) -> None:
    lines = repaired.value.split("\n")
    body = "".join(_printed(line) for line in lines if not NOTES.match(line))
    # The document has its footnotes in the order of their mentions, wherever the text has them.
    wanted = "".join([body, *sorted(_printed(line) for line in lines if NOTES.match(line))])
    found = "".join([*_document_text(document), *sorted(_footnotes(document))])
    if wanted != found:
        at = next(
            (i for i, (a, b) in enumerate(zip(wanted, found, strict=False)) if a != b), min(len(wanted), len(found))
        )
        msg = f"the document reads …{found[at : at + CONTEXT]!r} where the text has …{wanted[at : at + CONTEXT]!r}"
        raise LawError(1, msg)


def _printed(line: str) -> str:
    """Return the text of a line of repaired text, without blanks and what only marks it."""
    return SIGN.sub(lambda sign: sign[1] or "", _squeezed(without_strokes(line)))


def _document_text(document: Document) -> Iterator[str]:
    for _, number, inlines in in_repaired_order(document):
        yield _bare(number, inlines)


def _footnotes(document: Document) -> Iterator[str]:
    for footnote in document.footnotes:
        yield f"[^{footnote.mark}]:" + _bare(None, footnote.inlines)


def _bare(number: str | None, inlines: Inlines) -> str:
    parts = [number or ""]
    parts += [f"[^{one.mark}]" if isinstance(one, Indicator) else one.text for one in inlines]
    return _squeezed("".join(parts))


def _squeezed(text: str) -> str:
    """Return a text without its white space."""
    return "".join(text.split())
