"""Tell in a terminal what was done to a document and why: the repairs, the ledger, the findings."""

from __future__ import annotations

from itertools import groupby, islice
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Words

from pipeline.batch.document import read_record
from pipeline.batch.files import load
from pipeline.batch.report import counted, place_of
from pipeline.batch.shown import shown
from pipeline.languages import language
from pipeline.limits import USUAL_LIMITS, InputLimits
from pipeline.read import read
from pipeline.review import WHY, visible
from pipeline.text import line_and_column, line_starts
from pipeline.walk import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from rich.console import RenderableType

    from pipeline.model import Finding, Ledger, Record
    from pipeline.text import Repair

FATES: Mapping[str, str] = {
    "document": "in the document",
    "footnotes": "in its footnotes",
    "indicators": "footnote indicators",
    "furniture": "furniture of the pages, dropped",
    "replaced": "replaced by repairs",
    "white_space": "white space",
    "total": "the whole source",
}
STYLES: Mapping[str, str] = {"note": "cyan", "warning": "yellow", "error": "bold red"}
EXAMPLES = 3
PLACE = 9
ROOM = 66
"""Columns for an example: with its place before it, a line of a terminal of 80."""
TELLING = 4
"""A change of fewer letters is shown with what stands around it."""
AROUND = 14


def explain(path: Path, lang: str, *, everything: bool = False, limits: InputLimits = USUAL_LIMITS) -> RenderableType:
    """Return what a terminal shows of how the record of a document came to be.

    Three examples of the work of each fixer, or all of them with `everything`.
    Raises InputError, ReadError, LawError.
    """
    record = read_record(path, lang, limits)
    source = read(load(path, limits), path.name, limits).source
    starts = line_starts(source)
    limit = None if everything else EXAMPLES
    parts: list[RenderableType] = [_head(path, record), Words()]
    for name, log in groupby(record.repairs, lambda repair: repair.fixer):
        parts += [*_fixer(name, tuple(log), source, starts, limit), Words()]
    parts += [_ledger(record.ledger), Words(), *_findings(record.findings)]
    return Group(*parts)


def _head(path: Path, record: Record) -> Words:
    document = record.document
    parts = [document.masthead.symbol or "no symbol", language(document.language).name]
    parts += [counted(document.source.length, "character"), counted(len(record.repairs), "repair")]
    title = visible(plain(document.title.inlines)) if document.title else "no title"
    return Words.assemble((shown(path), "bold"), f": {', '.join(parts)}\n{title}")


def _fixer(
    name: str, log: Sequence[Repair], source: str, starts: Sequence[int], limit: int | None
) -> Iterator[RenderableType]:
    """Yield the name of a fixer and how often it was needed, what it does, and examples."""
    yield Words.assemble((name.replace("_", " "), "bold"), f": {counted(len(log), 'repair')}")
    yield Padding(Words(WHY.get(name, ""), style="dim"), (0, 0, 0, 2))
    for repair in islice(log, limit):
        line, column = line_and_column(starts, repair.source.start)
        place = f"{line}:{column}"
        yield Words(f"  {place:<{PLACE}}  {_example(repair, source)}", no_wrap=True, overflow="ellipsis")
    if limit is not None and len(log) > limit:
        yield Words(f"  {'':<{PLACE}}  … and {len(log) - limit:,} more (--all)", style="dim")


def _example(repair: Repair, source: str) -> str:
    old, new = visible(repair.old), visible(repair.new)
    room = ROOM - len("“” → “”")
    shorter = min(cell_len(old), cell_len(new))
    limit = max(room // 2, room - shorter) if cell_len(old) + cell_len(new) > room else room
    change = f"“{_cropped(old, limit)}” → “{_cropped(new, limit)}”"
    if len(repair.old.strip()) + len(repair.new.strip()) >= TELLING:
        return change
    start, end = repair.source
    before, after = source[max(0, start - AROUND) : start], source[end : end + AROUND]
    around = f"in “{visible(before + source[start:end] + after)}”"
    return f"{set_cell_size(change, 20)} {_cropped(around, ROOM - 21)}" if cell_len(change) <= 20 else change


def _ledger(ledger: Ledger) -> Table:
    """Return the account of all characters as a table whose last line is its sum."""
    table = Table("every character of the source", "", "", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.columns[1].justify = table.columns[2].justify = "right"
    for name, label in FATES.items():
        count = getattr(ledger, name)
        share = f"{count / ledger.total:.1%}" if ledger.total else ""
        table.add_row(f"  {label}", f"{count:,}", share, style="bold" if name == "total" else "")
    return table


def _findings(findings: Sequence[Finding]) -> Iterator[RenderableType]:
    yield Words(counted(len(findings), "finding") if findings else "no findings", style="bold")
    table = Table.grid(padding=(0, 2, 0, 0))
    for found in findings:
        message = Words.assemble(visible(found.message), (f" [{found.rule}]", "dim"))
        table.add_row(f"  {place_of(found)}", Words(found.severity, STYLES[found.severity]), message)
    if findings:
        yield table


def _cropped(text: str, width: int) -> str:
    return text if cell_len(text) <= width else f"{set_cell_size(text, width - 1).rstrip()}…"
