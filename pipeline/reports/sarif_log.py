"""SARIF: each finding at its line, and each document that was not converted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipeline import sarif
from pipeline.batch.report import EXIT_CODES
from pipeline.batch.shown import shown
from pipeline.reports.places import OUTDATED, message, position

if TYPE_CHECKING:
    from pipeline.batch.report import Outcome
    from pipeline.model import Severity
    from pipeline.reports.totals import Totals, Verdict

UNCONVERTED = "document."
"""What the rule of a document that was not converted begins with; its status follows."""
UNRENEWED = "document.outdated"
between = ",\n"


def entry(outcome: Outcome, verdict: Verdict, severity: Severity | None) -> str:  # noqa: ARG001 - the form of all reports
    """Return the results of a document."""
    path = outcome.source
    results = [
        _result(found.rule, found.severity, message(found), sarif.location(path, *position(found)))
        for found in outcome.findings
    ]
    if verdict == "error":
        why = shown(outcome.message)
        results.append(_result(UNCONVERTED + outcome.status, "error", why, sarif.location(path)))
    results += [_result(UNRENEWED, "error", OUTDATED, sarif.location(outdated)) for outdated in outcome.outdated]
    return between.join(results)


def ends(totals: Totals) -> tuple[str, str]:
    """Return the log around the results."""
    report = totals.report
    unconverted = [status for status in report.statuses if EXIT_CODES[status]]
    invocation: dict[str, Any] = {"executionSuccessful": not (totals.stopped or unconverted)}
    if totals.ending:
        invocation["toolExecutionNotifications"] = [sarif.notification(totals.ending)]
    rules = [*report.rules, *(UNCONVERTED + status for status in unconverted)]
    rules += [UNRENEWED] if report.outdated else []
    tool = json.dumps(sarif.driver([{"id": rule} for rule in sorted(rules)]))
    head = f'{{"$schema": {json.dumps(sarif.SCHEMA_URI)}, "version": "2.1.0", "runs": [{{"tool": {tool}, '
    head += f'"invocations": [{json.dumps(invocation)}], "columnKind": "unicodeCodePoints", '
    return f'{head}"results": [\n', "\n]}]}\n"


def _result(rule: str, level: str, text: str, place: dict[str, object]) -> str:
    told = {"ruleId": rule, "level": level, "message": {"text": text}, "locations": [place]}
    return json.dumps(told, ensure_ascii=False)
