"""JSON: all that is known of each document, and the numbers of the run. `schemas/report.schema.json` describes it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pipeline
from pipeline.batch.report import log_entry

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
    report = totals.report
    told = {
        "documents": report.statuses.total(),
        "verdicts": dict(sorted(totals.verdicts.items())),
        "unchanged": report.unchanged,
        "repaired": report.repaired,
        "written": report.written,
        "outdated": report.outdated,
        "statuses": report.by_status,
        "findings": dict(sorted(report.severities.items())),
        "rules": dict(sorted(report.rules.items())),
        "stopped": totals.stopped,
        "seconds": round(report.seconds, 3),
        "stages": {stage: round(seconds, 3) for stage, seconds in report.stages.items()},
    }
    head = f'{{"unres": {json.dumps(pipeline.__version__)}, "report": {VERSION}, "documents": [\n'
    return head, f'\n], "totals": {json.dumps(told, ensure_ascii=False)}}}\n'
