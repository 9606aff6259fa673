"""What all reports say of a run as a whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pipeline.batch.report import Outcome, Status
    from pipeline.model import Severity

Verdict = Literal["passed", "failure", "error"]


@dataclass
class Totals:
    """The numbers of a run. `interrupted` tells of one that ended before all documents were converted."""

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    statuses: Counter[Status] = field(default_factory=Counter)
    severities: Counter[Severity] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    unchanged: int = 0
    outdated: int = 0
    seconds: float = 0.0
    interrupted: bool = False

    def add(self, outcome: Outcome, verdict: Verdict) -> None:
        """Count a document."""
        self.verdicts[verdict] += 1
        self.statuses[outcome.status] += 1
        self.severities.update(found.severity for found in outcome.findings)
        self.rules.update(found.rule for found in outcome.findings)
        self.unchanged += outcome.unchanged
        self.outdated += len(outcome.outdated)
