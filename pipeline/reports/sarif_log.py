"""SARIF: each finding at its line, and each document that was not converted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipeline import sarif
from pipeline.batch.plan import shown
from pipeline.batch.report import EXIT_CODES

if TYPE_CHECKING:
    from pipeline.batch.report import Outcome
    from pipeline.model import Finding, Severity
    from pipeline.reports.totals import Totals, Verdict

UNCONVERTED = "document."
"""What the rule of a document that was not converted begins with; its status follows."""
OUTDATED = "document.outdated"
between = ",\n"


def entry(outcome: Outcome, verdict: Verdict, severity: Severity | None) -> str:  # noqa: ARG001 - the form of all reports
    """Return the results of a document."""
    path = outcome.source
    results = [
        _result(found.rule, found.severity, _message(found), sarif.location(path, found.line, found.column))
        for found in outcome.findings
    ]
    if verdict == "error":
        message = shown(outcome.message)
        results.append(_result(UNCONVERTED + outcome.status, "error", message, sarif.location(path)))
    results += [
        _result(OUTDATED, "error", "This file is not what it would be.", sarif.location(outdated))
        for outdated in outcome.outdated
    ]
    return between.join(results)


def ends(totals: Totals) -> tuple[str, str]:
    """Return the log around the results."""
    ended = not (totals.interrupted or any(EXIT_CODES[status] for status in totals.statuses))
    rules = [*totals.rules, *(UNCONVERTED + status for status in totals.statuses if EXIT_CODES[status])]
    rules += [OUTDATED] if totals.outdated else []
    tool = json.dumps(sarif.driver([{"id": rule} for rule in sorted(rules)]))
    head = f'{{"$schema": {json.dumps(sarif.SCHEMA_URI)}, "version": "2.1.0", "runs": [{{"tool": {tool}, '
    head += f'"invocations": [{{"executionSuccessful": {json.dumps(ended)}}}], "columnKind": "unicodeCodePoints", '
    return f'{head}"results": [\n', "\n]}]}\n"


def _message(found: Finding) -> str:
    page = f" (page {found.page})" if found.page is not None else ""
    return shown(found.message) + page


def _result(rule: str, level: str, message: str, place: dict[str, object]) -> str:
    told = {"ruleId": rule, "level": level, "message": {"text": message}, "locations": [place]}
    return json.dumps(told, ensure_ascii=False)
