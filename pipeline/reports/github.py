"""GitHub: a notice at each line of a pull request, by workflow commands, and a table on the page of the run."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pipeline.batch.files import unwritten
from pipeline.batch.report import SEVERITIES, at_least, counted, place_of
from pipeline.batch.shown import shown
from pipeline.reports.places import OUTDATED, message, position

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import PurePath

    from pipeline.batch.report import Outcome
    from pipeline.model import Severity
    from pipeline.reports.totals import Totals, Verdict

PAGE = "GITHUB_STEP_SUMMARY"
"""The variable that names the file of the page."""
ROOT = "GITHUB_WORKSPACE"
"""The variable that names the folder of the checkout."""
ACTIVE = re.compile(r"[\\`*_\[\]<>|&#~$@:!]")
COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
between = "\n"


def entry(outcome: Outcome, verdict: Verdict, severity: Severity | None) -> str:  # noqa: ARG001 - the form of all reports
    """Return the workflow commands of a document: of what went wrong, of errors and of warnings."""
    path = outcome.source
    lines = []
    if verdict == "error":
        lines.append(_command("error", path, f"unres: {outcome.status}", shown(outcome.message)))
    lines += [_command("error", outdated, "unres: outdated", OUTDATED) for outdated in outcome.outdated]
    lines += [
        _command(COMMANDS[found.severity], path, found.rule, message(found), position(found))
        for found in at_least("warning", outcome.findings)
    ]
    return between.join(lines)


def ends(totals: Totals) -> tuple[str, str]:
    """Return the tables for the page of the run: its numbers, its rules, and the documents that did not pass."""
    report = totals.report
    rows: list[tuple[str, int]] = [*report.by_status.items()]
    rows += [("unchanged", report.unchanged), ("all", report.statuses.total())]
    parts = ["### unres\n"]
    if totals.ending:
        parts.append(f"{_inert(totals.ending)}\n")
    parts.append(_table(("documents", ""), rows))
    if report.rules:
        parts.append(_table(("findings", ""), [(f"`{rule}`", times) for rule, times in report.rules.most_common()]))
    if totals.bad:
        bad = [(_inert(shown(one.source)), one.status, _inert(shown(_why(one)))) for one in totals.bad]
        parts.append(_table(("did not pass", "status", ""), bad))
        if more := totals.verdicts["failure"] + totals.verdicts["error"] - len(bad):
            parts.append(f"and {counted(more, 'more document')}.\n")
    return "\n".join(parts) + "\n", ""


def publish(commands: IO[str], page: str, say: Callable[[str], object]) -> None:
    """Say the commands, and add to the page where the run has one. Raises WriteError."""
    for line in commands:
        say(line.rstrip("\n") + "\n")
    if name := os.environ.get(PAGE):
        try:
            with Path(name).open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(page)
        except OSError as error:
            raise unwritten(Path(name), error) from error


def _why(outcome: Outcome) -> str:
    """Return why a document did not pass, by the gravest of it."""
    if outcome.message:
        return outcome.message
    if outcome.outdated:
        return f"{counted(len(outcome.outdated), 'file')} out of date"
    worst = max(outcome.findings, key=lambda found: SEVERITIES.index(found.severity))
    return f"{place_of(worst)}: {worst.message}"


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


def _inert(text: str) -> str:
    """Return a text in which Markdown and HTML find nothing of theirs.

    >>> _inert("a|b @c")
    'a&#124;b &#64;c'
    """
    return ACTIVE.sub(lambda match: f"&#{ord(match[0])};", text)


def _command(kind: str, path: PurePath, title: str, text: str, at: tuple[int, int] = (0, 0)) -> str:
    """Return a command. GitHub takes paths from the root of the checkout, wherever in it the run was started."""
    root = os.environ.get(ROOT)
    if root and isinstance(path, Path) and path.absolute().is_relative_to(root):
        path = path.absolute().relative_to(root)
    line, column = at
    place = f",line={line},col={column}" if line else ""
    return f"::{kind} file={_property(path.as_posix())}{place},title={_property(title)}::{_data(text)}"


def _data(text: str) -> str:
    r"""Escape a text for a workflow command.

    >>> _data("100 %\n")
    '100 %25%0A'
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape the value of a property of a workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
