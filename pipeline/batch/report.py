"""What became of each document, and what that makes of the run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from heapq import nlargest
from time import monotonic
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TypeVar, get_args

from pipeline.batch.shown import shown
from pipeline.errors import OUR_FAULT
from pipeline.model import Finding, Severity
from pipeline.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import PurePath

    from pipeline.batch.isolation import Level

Status = Literal["ok", "repaired", "findings", "refused", "timeout", "memory", "crash", "failed", "breach"]
EXIT_CODES: Mapping[Status, int] = {
    "ok": 0,
    "repaired": 0,
    "findings": 0,
    "refused": 3,
    "timeout": 3,
    "memory": 3,
    "crash": 4,
    "failed": 5,
    "breach": 6,
}
ADVICE = {
    "timeout": "--timeout gives it longer",
    "memory": "--memory gives it more",
    "crash": OUR_FAULT,
    "breach": OUR_FAULT,
}
SLOWEST = 5
MOST_RULES = 8
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


class Outcome(NamedTuple):
    """What became of one document.

    `message` says what went wrong, or what should be known of a document that went well;
    `details` is what a crash left behind. Of a document that is `unchanged` the outcome is that of the
    run that made its files, and none was written now. `outdated` are the files that are
    not what they would be, where they are only checked. `stages` has the seconds each stage took.
    """

    source: PurePath
    status: Status
    outputs: tuple[PurePath, ...] = ()
    repairs: int = 0
    findings: tuple[Finding, ...] = ()
    message: str = ""
    details: str = ""
    seconds: float = 0.0
    unchanged: bool = False
    outdated: tuple[PurePath, ...] = ()
    stages: Mapping[str, float] = MappingProxyType({})


@dataclass
class Report:
    """What became of all documents of a run, in numbers, and how they were isolated: None where none was converted.

    `repaired` are the documents in which anything was repaired, `rules` the findings by rule; of what was converted
    now, `stages` has the seconds by stage, and `slowest` the seconds and the names of the slowest documents. `seconds`
    are those of the whole run.
    """

    statuses: Counter[Status] = field(default_factory=Counter)
    severities: Counter[Severity] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    stages: dict[str, float] = field(default_factory=dict)
    written: int = 0
    unchanged: int = 0
    outdated: int = 0
    repaired: int = 0
    slowest: list[tuple[float, str]] = field(default_factory=list)
    seconds: float = 0.0
    level: Level | None = None

    @property
    def by_status(self) -> dict[Status, int]:
        """How many documents each status has, those that none has left out, in the order of `EXIT_CODES`."""
        return {status: self.statuses[status] for status in EXIT_CODES if self.statuses[status]}

    def add(self, outcome: Outcome) -> None:
        """Count a document; of its outcome nothing is kept but, where it is slow, its name."""
        self.statuses[outcome.status] += 1
        self.severities.update(found.severity for found in outcome.findings)
        self.rules.update(found.rule for found in outcome.findings)
        for stage, seconds in outcome.stages.items():
            self.stages[stage] = self.stages.get(stage, 0.0) + seconds
        if outcome.seconds:
            self.slowest = nlargest(SLOWEST, [*self.slowest, (outcome.seconds, shown(outcome.source))])
        self.written += len(outcome.outputs)
        self.unchanged += outcome.unchanged
        self.outdated += len(outcome.outdated)
        self.repaired += outcome.repairs > 0


class Graded(Protocol):
    """What has a severity: a finding, or a difference."""

    @property
    def severity(self) -> Severity:
        """How grave it is."""


G = TypeVar("G", bound=Graded)


def at_least(severity: Severity, findings: Iterable[G]) -> list[G]:
    """Return the findings of this severity or a graver one."""
    return [found for found in findings if SEVERITIES.index(found.severity) >= SEVERITIES.index(severity)]


def made(source: PurePath, told: Mapping[str, Any]) -> Outcome:
    """Return what became of a document that was converted, now or before, from what is told of it."""
    return Outcome(
        source,
        told["status"],
        repairs=told["repairs"],
        findings=tuple(Finding(**{**found, "span": Span(*found["span"])}) for found in told["findings"]),
        message=f"{shown(source)}: {told['note']}" if told["note"] else "",
        seconds=told.get("seconds", 0.0),
        stages=told.get("stages", {}),
    )


def failed(source: PurePath, told: Mapping[str, Any]) -> Outcome:
    """Return what became of a document that was not converted, from what is told of it."""
    status, message, seconds = told["status"], told["message"], told.get("seconds", 0.0)
    if status in ADVICE:
        message = f"{shown(source)}: {message}; nothing was written, {ADVICE[status]}"
    return Outcome(source, status, message=message, details=told.get("details", ""), seconds=seconds)


def count(outcomes: Iterable[Outcome]) -> Report:
    """Return the numbers of a run; of the outcomes none is kept."""
    report, started = Report(), monotonic()
    for outcome in outcomes:
        report.add(outcome)
    report.seconds = monotonic() - started
    return report


def exit_code(report: Report, fail_on: Severity | None) -> int:
    """Return the exit code of a run: of all that happened, the gravest, which has the highest number.

    1 where a finding is as grave as `fail_on`, None being for never, and where a file is out of date.
    """
    grave = fail_on is not None and any(
        report.severities[severity] for severity in SEVERITIES[SEVERITIES.index(fail_on) :]
    )
    return max([EXIT_CODES[status] for status in report.statuses] + [int(grave or report.outdated > 0)])


def summary(report: Report, *, check: bool = False) -> str:
    """Return the run in one line: documents by status, findings by severity, files written or with `check` outdated."""
    names: dict[Status, str] = {
        "findings": "with findings",
        "timeout": "timed out",
        "memory": "out of memory",
        "breach": "broke a law",
        "crash": "crashed",
    }
    statuses, severities = report.statuses, report.severities
    by_status = [f"{number:,} {names.get(status, status)}" for status, number in report.by_status.items()]
    by_severity = [counted(severities[severity], severity) for severity in reversed(SEVERITIES) if severities[severity]]
    files = f"{counted(report.outdated, 'file')} out of date" if check else f"{counted(report.written, 'file')} written"
    unchanged = f"; {counted(report.unchanged, 'document')} unchanged" if report.unchanged else ""
    return "; ".join(
        [
            f"{counted(statuses.total(), 'document')}: {', '.join(by_status)}",
            f"findings: {', '.join(by_severity) or 'none'}",
            files + unchanged,
        ]
    )


def details(report: Report) -> Iterator[str]:
    """Yield what more a person may want to know of a run of many documents, a line each.

    That is: in how many anything was repaired, which rules found most, what took the time, and the slowest documents.
    """
    documents = report.statuses.total()
    if documents <= SLOWEST:
        return
    rate = f", {documents / report.seconds:,.1f} documents a second" if report.seconds else ""
    yield f"time: {report.seconds:,.1f} s{rate}"
    yield f"repaired: {counted(report.repaired, 'document')}"
    if report.rules:
        rules = [f"{rule} {times:,}" for rule, times in report.rules.most_common(MOST_RULES)]
        more = len(report.rules) - MOST_RULES
        yield f"by rule: {', '.join(rules)}" + (f", and {counted(more, 'other rule')}" if more > 0 else "")
    if report.stages:
        total = sum(report.stages.values())
        shares = [f"{stage} {seconds:.1f} s ({seconds / total:.0%})" for stage, seconds in report.stages.items()]
        yield f"time by stage: {', '.join(shares)}"
    if report.slowest:
        yield f"slowest: {', '.join(f'{name} {seconds:.2f} s' for seconds, name in report.slowest)}"


def log_entry(outcome: Outcome) -> dict[str, Any]:
    """Return what became of a document as plain JSON values."""
    return {
        "file": str(outcome.source),
        "status": outcome.status,
        "unchanged": outcome.unchanged,
        "outputs": [str(path) for path in outcome.outputs],
        "outdated": [str(path) for path in outcome.outdated],
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
