"""JUnit's XML, which nearly every CI system shows: a test case for each document.

A document that was not converted is an error of its status; one with findings that count, or with
files that are out of date, a failure. All its findings are its output.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from pipeline.batch.report import at_least, place_of
from pipeline.batch.shown import shown

if TYPE_CHECKING:
    from pipeline.batch.report import Outcome
    from pipeline.model import Finding, Severity
    from pipeline.reports.totals import Totals, Verdict

UNCHANGED = "unchanged: its files are what they would be; the findings are those of the run that made them"
between = "\n"


def entry(outcome: Outcome, verdict: Verdict, severity: Severity | None) -> str:
    """Return the test case of a document."""
    folder, name = shown(outcome.source.parent.as_posix()), shown(outcome.source.name)
    opened = f"<testcase classname={quoteattr(folder)} name={quoteattr(name)} time={quoteattr(_time(outcome.seconds))}"
    inside = _inside(outcome, verdict, severity)
    return f"{opened}>{inside}</testcase>" if inside else f"{opened}/>"


def ends(totals: Totals) -> tuple[str, str]:
    """Return the suites around the test cases."""
    verdicts = totals.verdicts
    numbers = (
        f'tests="{verdicts.total()}" failures="{verdicts["failure"]}" errors="{verdicts["error"]}" '
        f"time={quoteattr(_time(totals.report.seconds))}"
    )
    ending = f"<system-err>{_text(totals.ending)}</system-err>\n" if totals.ending else ""
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites {numbers}>\n<testsuite name="unres" {numbers}>\n'
    return head, f"\n{ending}</testsuite>\n</testsuites>\n"


def _inside(outcome: Outcome, verdict: Verdict, severity: Severity | None) -> str:
    parts = []
    if verdict == "error":
        # Some readers show the attribute, some only the text.
        parts.append(_element("error", outcome.status, shown(outcome.message), outcome.details or outcome.message))
    elif verdict == "failure":
        lines = [f"{shown(path)}: is not what it would be" for path in outcome.outdated]
        kind = "outdated" if lines else "findings"
        lines += map(_line, at_least(severity, outcome.findings) if severity else ())
        parts.append(_element("failure", kind, lines[0], "\n".join(lines)))
    told = [UNCHANGED] if outcome.unchanged else []
    told += map(_line, outcome.findings)
    if told:
        parts.append(f"<system-out>{_text(chr(10).join(told))}</system-out>")
    return "".join(parts)


def _element(name: str, kind: str, message: str, text: str) -> str:
    return f"<{name} type={quoteattr(kind)} message={quoteattr(message)}>{_text(text)}</{name}>"


def _line(finding: Finding) -> str:
    return f"{place_of(finding)}: {finding.severity}: {shown(finding.message)} [{finding.rule}]"


def _text(text: str) -> str:
    """Escape a text; what XML cannot hold is shown as a terminal would show it."""
    lines = (shown(line) for line in text.split("\n"))
    return "\n".join(lines).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(seconds: float) -> str:
    return f"{seconds:.3f}"
