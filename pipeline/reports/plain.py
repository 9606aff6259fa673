"""JSON: all that is known of each document, and the numbers of the run. `schemas/report.schema.json` describes it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pipeline
from pipeline.batch.report import EXIT_CODES, log_entry

if TYPE_CHECKING:
    from pipeline.batch.report import Outcome
    from pipeline.model import Severity
    from pipeline.reports.totals import Totals, Verdict

VERSION = 1
between = ",\n"


def entry(outcome: Outcome, verdict: Verdict, severity: Severity | None) -> str:  # noqa: ARG001 - the form of all reports
    """Return the object of a document."""
    told: dict[str, Any] = log_entry(outcome) | {
        "verdict": verdict,
        "findings": [asdict(found) for found in outcome.findings],
        "stages": {stage: round(seconds, 6) for stage, seconds in outcome.stages.items()},
        "details": outcome.details,
    }
    return json.dumps(told, ensure_ascii=False)


def ends(totals: Totals) -> tuple[str, str]:
    """Return what stands around the documents."""
    told = {
        "documents": totals.verdicts.total(),
        "unchanged": totals.unchanged,
        "statuses": {status: totals.statuses[status] for status in EXIT_CODES if totals.statuses[status]},
        "findings": dict(sorted(totals.severities.items())),
        "rules": dict(sorted(totals.rules.items())),
        "interrupted": totals.interrupted,
        "seconds": round(totals.seconds, 3),
    }
    head = f'{{"unres": {json.dumps(pipeline.__version__)}, "report": {VERSION}, "documents": [\n'
    return head, f'\n], "totals": {json.dumps(told, ensure_ascii=False)}}}\n'
