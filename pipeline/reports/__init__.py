"""Reports of a run for the systems that ran it: JUnit, SARIF, JSON, and the notices and the page of GitHub.

They grow while documents are converted, in a file without a name, and get their place when all is in
them: also where the run fails or is stopped, with what became of the documents until then.
"""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack, contextmanager, suppress
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, TYPE_CHECKING, NamedTuple, Protocol

from pipeline.batch.files import check_writable, left_beside, unwritten
from pipeline.batch.report import EXIT_CODES, at_least
from pipeline.batch.shown import shown
from pipeline.batch.stopping import held
from pipeline.errors import UnresError, WriteError
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
    wanted: Sequence[Wanted], severity: Severity | None, say: Callable[[str], object]
) -> Iterator[Callable[[Outcome], None]]:
    """Give what notes down the outcomes of a run, one after the other; write the reports at its end.

    A document with a finding as grave as `severity` has failed; None is for never. What GitHub reads from
    the output is handed to `say`. No signal stops the noting of a document, nor the writing.
    Raises WriteError where a report cannot be written, beforehand where that can be told.
    """
    for path in (one.path for one in wanted if one.path):
        check_writable(path.parent)
        if path.is_dir():
            msg = f"{shown(path)}: is a folder; name a file for the report"
            raise WriteError(msg)
    totals, started = Totals(), monotonic()
    with ExitStack() as stack:
        growing = [_Growing(one, stack) for one in wanted]

        def note(outcome: Outcome) -> None:
            with held():
                verdict = _verdict(outcome, severity)
                totals.add(outcome, verdict)
                for one in growing:
                    one.add(FORMS[one.wanted.kind].entry(outcome, verdict, severity))

        try:
            yield note
        except BaseException as error:
            totals.stopped = _reason(error)
            raise
        finally:
            totals.report.seconds = monotonic() - started
            with held():
                _write(growing, totals, say)


def _write(growing: Sequence[_Growing], totals: Totals, say: Callable[[str], object]) -> None:
    """Write all reports that can be written. Raises what kept the first of the others from it."""
    errors: list[OSError | WriteError] = []
    for one in growing:
        try:
            one.write(*FORMS[one.wanted.kind].ends(totals), say)
        except (OSError, WriteError) as error:
            errors.append(error)
    if errors:
        raise errors[0]


def _reason(error: BaseException) -> str:
    """Return why a run ended early, in a line."""
    if isinstance(error, UnresError):
        return shown(str(error))
    if isinstance(error, KeyboardInterrupt | SystemExit):
        return "stopped by a signal"
    return shown(f"{type(error).__name__}: {error}")


def _verdict(outcome: Outcome, severity: Severity | None) -> Verdict:
    """Say what a document is to a build: not converted, or with what it should not have, or good."""
    if EXIT_CODES[outcome.status]:
        return "error"
    failed = outcome.outdated or (severity is not None and at_least(severity, outcome.findings))
    return "failure" if failed else "passed"


def _growing_file() -> IO[str]:
    # What a file's name has that is no Unicode is escaped, as it is in strings of JSON.
    return TemporaryFile("w+", encoding="utf-8", errors="backslashreplace", newline="\n")


class _Growing:
    """A report that documents are still added to."""

    def __init__(self, wanted: Wanted, stack: ExitStack) -> None:
        self.wanted = wanted
        self._file = stack.enter_context(_growing_file())
        self._between = ""

    def add(self, text: str) -> None:
        if text:
            self._file.write(self._between + text)
            self._between = FORMS[self.wanted.kind].between

    def write(self, head: str, tail: str, say: Callable[[str], object]) -> None:
        """Put the report into its place. Raises WriteError."""
        path = self.wanted.path
        if path is None:
            self._file.seek(0)
            github.publish(self._file, head + tail, say)
            return
        staged = path.with_name(f".{path.name}.tmp-{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            for left in left_beside(path):
                left.unlink(missing_ok=True)
            self._file.seek(0)
            with staged.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
                file.write(head)
                shutil.copyfileobj(self._file, file)
                file.write(tail)
                file.flush()
                os.fsync(file.fileno())
            staged.replace(path)
        except OSError as error:
            raise unwritten(path, error) from error
        finally:
            with suppress(OSError):  # it is swept later
                staged.unlink(missing_ok=True)


__all__ = ["FORMS", "UNASKED", "Wanted", "reporting"]
