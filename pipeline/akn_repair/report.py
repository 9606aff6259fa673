"""What a repair changed and what it left, as lines and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pipeline
from pipeline.akn_repair import Mended
from pipeline.batch.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


class Outcome(NamedTuple):
    """What became of a file: where it was written; or why not, and the exit code of that."""

    source: Path
    mended: Mended = Mended(b"", (), ())
    output: Path | None = None
    message: str = ""
    code: int = 0


def as_lines(outcome: Outcome) -> Iterator[str]:
    """Yield a line for each change, and for each place that is left."""
    for fixer, line, what, old, new in outcome.mended.changes:
        yield f"{outcome.source}:{line}: {fixer}: {what}: “{old}” is now “{new}”"
    for rule, line, message in outcome.mended.left:
        yield f"{outcome.source}:{line}: left: {message} [{rule.id}]"


class Tally:
    """What became of all files, counted; the changes themselves need not be kept for it."""

    def __init__(self) -> None:
        self.fixers: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        self.total = self.written = 0

    def add(self, outcome: Outcome) -> None:
        """Count a file."""
        self.fixers.update(change.fixer for change in outcome.mended.changes)
        self.left.update(hit.rule.id for hit in outcome.mended.left)
        self.total += 1
        self.written += outcome.output is not None

    def lines(self) -> Iterator[str]:
        """Yield how often each fixer changed something, how often each rule is still broken, and the files."""
        yield from (f"{fixer}: {times}" for fixer, times in self.fixers.most_common())
        yield from (f"left: {rule}: {times}" for rule, times in self.left.most_common())
        yield f"files: {self.total}, written clean: {self.written}, refused: {self.total - self.written}"


def as_json(outcomes: Sequence[Outcome]) -> str:
    """Return all that was changed and left as JSON."""
    files = [
        {
            "file": shown(outcome.source),
            "output": shown(outcome.output) if outcome.output else None,
            "error": outcome.message or None,
            "changes": [change._asdict() for change in outcome.mended.changes],
            "left": [
                {"rule": rule.id, "severity": rule.severity, "line": line, "message": message}
                for rule, line, message in outcome.mended.left
            ],
        }
        for outcome in outcomes
    ]
    return json.dumps({"unres": pipeline.__version__, "files": files}, ensure_ascii=False, indent=1)
