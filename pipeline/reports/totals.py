"""What all reports say of a run as a whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pipeline.batch.report import Report

if TYPE_CHECKING:
    from pipeline.batch.report import Outcome

Verdict = Literal["passed", "failure", "error"]
MOST_NAMED = 50


@dataclass
class Totals:
    """The numbers of a run, and its documents by what they are to a build; `bad` are the first that did not pass.

    `stopped` says why it ended before all documents were converted; "" where it did not.
    """

    report: Report = field(default_factory=Report)
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    bad: list[Outcome] = field(default_factory=list)
    stopped: str = ""

    @property
    def ending(self) -> str:
        """That and why the run did not reach its end, as a sentence; "" where it did."""
        return f"The run did not reach its end: {self.stopped}" if self.stopped else ""

    def add(self, outcome: Outcome, verdict: Verdict) -> None:
        """Count a document."""
        self.report.add(outcome)
        self.verdicts[verdict] += 1
        if verdict != "passed" and len(self.bad) < MOST_NAMED:
            self.bad.append(outcome)
