"""What became of each document, and what that makes of the run."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TypeVar, get_args

from pipeline.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pipeline.model import Finding

Status = Literal["ok", "repaired", "findings", "refused", "crash", "failed", "breach"]
EXIT_CODES: Mapping[Status, int] = {
    "ok": 0,
    "repaired": 0,
    "findings": 0,
    "refused": 3,
    "crash": 4,
    "failed": 5,
    "breach": 6,
}
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


class Outcome(NamedTuple):
    """What became of one document.

    `message` says what went wrong, or what should be known of a document that went well;
    `details` is the traceback of a crash.
    """

    source: Path
    status: Status
    outputs: tuple[Path, ...] = ()
    repairs: int = 0
    findings: tuple[Finding, ...] = ()
    message: str = ""
    details: str = ""
    seconds: float = 0.0


class Report(NamedTuple):
    """What became of all documents of a run."""

    outcomes: tuple[Outcome, ...]


class Graded(Protocol):
    """What has a severity: a finding, or a difference."""

    @property
    def severity(self) -> Severity:
        """How grave it is."""


G = TypeVar("G", bound=Graded)


def at_least(severity: Severity, findings: Iterable[G]) -> list[G]:
    """Return the findings of this severity or a graver one."""
    return [found for found in findings if SEVERITIES.index(found.severity) >= SEVERITIES.index(severity)]


def exit_code(report: Report, fail_on: Severity | None) -> int:
    """Return the exit code of a run: of all that happened, the gravest, which has the highest number.

    1 where a finding is as grave as `fail_on`; None is for never.
    """
    codes = [EXIT_CODES[outcome.status] for outcome in report.outcomes]
    if fail_on:
        codes += [1 for outcome in report.outcomes if at_least(fail_on, outcome.findings)]
    return max(codes, default=0)


def summary(report: Report) -> str:
    """Return the run in one line: documents by status, findings by severity, files."""
    statuses = Counter(outcome.status for outcome in report.outcomes)
    findings = Counter(found.severity for outcome in report.outcomes for found in outcome.findings)
    files = sum(len(outcome.outputs) for outcome in report.outcomes)
    names: dict[Status, str] = {"findings": "with findings", "breach": "broke a law", "crash": "crashed"}
    by_status = [f"{statuses[status]} {names.get(status, status)}" for status in EXIT_CODES if statuses[status]]
    by_severity = [counted(findings[severity], severity) for severity in reversed(SEVERITIES) if findings[severity]]
    return "; ".join(
        [
            f"{counted(len(report.outcomes), 'document')}: {', '.join(by_status)}",
            f"findings: {', '.join(by_severity) or 'none'}",
            f"{counted(files, 'file')} written",
        ]
    )


def log_entry(outcome: Outcome) -> dict[str, Any]:
    """Return what became of a document as plain JSON values."""
    return {
        "file": str(outcome.source),
        "status": outcome.status,
        "outputs": [str(path) for path in outcome.outputs],
        "repairs": outcome.repairs,
        "findings": len(outcome.findings),
        "message": outcome.message,
        "seconds": round(outcome.seconds, 3),
    }


def place_of(finding: Finding) -> str:
    """Return where a finding is: line and column, or the page of a source that has pages."""
    return f"{finding.line}:{finding.column}" if finding.page is None else f"page {finding.page}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "file"), counted(2, "file")
    ('1 file', '2 files')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
