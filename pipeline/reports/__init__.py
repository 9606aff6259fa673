"""Reports of a run for the systems that ran it: JUnit, SARIF, JSON, and the notices and the page of GitHub.

They grow while documents are converted, in a file without a name, and get their place when all is in
them: also where the run fails or is stopped, with what became of the documents until then.
"""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack, contextmanager
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, TYPE_CHECKING, NamedTuple, Protocol

from pipeline.batch.files import check_writable, unwritten
from pipeline.batch.report import EXIT_CODES, at_least
from pipeline.reports import github, junit, plain, sarif_log
from pipeline.reports.totals import Totals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pipeline.batch.report import Outcome
    from pipeline.model import Severity
    from pipeline.reports.totals import Verdict

UNASKED = "github"
"""The kind of report that names no file: GitHub does."""


class Form(Protocol):
    """A kind of report: what stands in it for each document, and around them."""

    def entry(self, outcome: Outcome, verdict: Verdict, severity: Severity | None) -> str:
        """Return what a document adds; "" for nothing."""

    def ends(self, totals: Totals) -> tuple[str, str]:
        """Return what stands before and after the documents."""

    @property
    def between(self) -> str:
        """What stands between two documents."""


FORMS: dict[str, Form] = {"junit": junit, "sarif": sarif_log, "json": plain, "github": github}


class Wanted(NamedTuple):
    """A report that is asked for, and its file; None for what goes where GitHub wants it."""

    kind: str
    path: Path | None


@contextmanager
def reporting(
    wanted: Sequence[Wanted], severity: Severity | None, output: IO[str]
) -> Iterator[Callable[[Outcome], None]]:
    """Give what notes down the outcomes of a run, one after the other; write the reports at its end.

    A document with a finding as grave as `severity` has failed; None is for never. What GitHub reads off the
    output of a step goes to `output`.
    Raises WriteError where a report cannot be written, beforehand where that can be told.
    """
    for path in (one.path for one in wanted if one.path):
        check_writable(path.parent)
    totals = Totals()
    started = monotonic()
    with ExitStack() as stack:
        growing = [_Growing(one, stack, output) for one in wanted]

        def note(outcome: Outcome) -> None:
            verdict = _verdict(outcome, severity)
            totals.add(outcome, verdict)
            for one in growing:
                one.add(FORMS[one.wanted.kind].entry(outcome, verdict, severity))

        try:
            yield note
        except BaseException:
            totals.interrupted = True
            raise
        finally:
            totals.seconds = monotonic() - started
            for one in growing:
                one.write(*FORMS[one.wanted.kind].ends(totals))


def _verdict(outcome: Outcome, severity: Severity | None) -> Verdict:
    """Say what a document is to a build: not converted, or with what it should not have, or good."""
    if EXIT_CODES[outcome.status]:
        return "error"
    failed = outcome.outdated or (severity is not None and at_least(severity, outcome.findings))
    return "failure" if failed else "passed"


class _Growing:
    """A report that documents are still added to."""

    def __init__(self, wanted: Wanted, stack: ExitStack, output: IO[str]) -> None:
        self.wanted, self._output = wanted, output
        self._file = stack.enter_context(TemporaryFile("w+", encoding="utf-8", newline="\n"))  # noqa: SIM115 - it is one
        self._between = ""

    def add(self, text: str) -> None:
        if text:
            self._file.write(self._between + text)
            self._between = FORMS[self.wanted.kind].between

    def write(self, head: str, tail: str) -> None:
        """Put the report into its place. Raises WriteError."""
        self._file.seek(0)
        path = self.wanted.path
        if path is None:
            shutil.copyfileobj(self._file, self._output)
            self._output.write("\n" if self._between else "")
            github.publish(head + tail)
            return
        staged = path.with_name(f".{path.name}.tmp-{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with staged.open("w", encoding="utf-8", newline="\n") as file:
                file.write(head)
                shutil.copyfileobj(self._file, file)
                file.write(tail)
                file.flush()
                os.fsync(file.fileno())
            staged.replace(path)
        except OSError as error:
            raise unwritten(path, error) from error
        finally:
            staged.unlink(missing_ok=True)


__all__ = ["FORMS", "UNASKED", "Wanted", "reporting"]
