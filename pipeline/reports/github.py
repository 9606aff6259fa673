"""GitHub: a notice at each line of a pull request, by workflow commands, and a table on the page of the run."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.batch.files import unwritten
from pipeline.batch.plan import shown
from pipeline.batch.report import EXIT_CODES, at_least

if TYPE_CHECKING:
    from pipeline.batch.report import Outcome
    from pipeline.model import Severity
    from pipeline.reports.totals import Totals, Verdict

PAGE = "GITHUB_STEP_SUMMARY"
"""The variable that names the file of the page."""
COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
between = "\n"


def entry(outcome: Outcome, verdict: Verdict, severity: Severity | None) -> str:  # noqa: ARG001 - the form of all reports
    """Return the workflow commands of a document: of what went wrong, of errors and of warnings."""
    path = outcome.source
    lines = []
    if verdict == "error":
        lines.append(_command("error", path, f"unres: {outcome.status}", shown(outcome.message)))
    lines += [
        _command("error", outdated, "unres: outdated", "This file is not what it would be.")
        for outdated in outcome.outdated
    ]
    lines += [
        _command(COMMANDS[found.severity], path, found.rule, shown(found.message), line=found.line, column=found.column)
        for found in at_least("warning", outcome.findings)
    ]
    return between.join(lines)


def ends(totals: Totals) -> tuple[str, str]:
    """Return the table for the page of the run."""
    rows = [("documents", totals.verdicts.total()), ("unchanged", totals.unchanged)]
    rows += [(status, totals.statuses[status]) for status in EXIT_CODES if totals.statuses[status]]
    rows += [(f"`{rule}`", times) for rule, times in totals.rules.most_common()]
    stopped = "The run was stopped before all documents were converted.\n\n" if totals.interrupted else ""
    table = "".join(f"| {name} | {number:,} |\n" for name, number in rows)
    return f"### unres\n\n{stopped}| | |\n| --- | --: |\n{table}\n", ""


def publish(page: str) -> None:
    """Add to the page of the run, where it has one. Raises WriteError."""
    if name := os.environ.get(PAGE):
        try:
            with Path(name).open("a", encoding="utf-8") as file:
                file.write(page)
        except OSError as error:
            raise unwritten(Path(name), error) from error


def _command(kind: str, path: Path, title: str, message: str, *, line: int = 0, column: int = 0) -> str:
    place = f",line={line},col={column}" if line else ""
    return f"::{kind} file={_property(path.as_posix())}{place},title={_property(title)}::{_data(message)}"


def _data(text: str) -> str:
    r"""Escape a text for a workflow command.

    >>> _data("100 %\n")
    '100 %25%0A'
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape the value of a property of a workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
