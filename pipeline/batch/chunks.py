"""The documents of a chunk, converted on a worker of a cluster by a process beside it (`beside`)."""

from __future__ import annotations

import os
import pickle
import threading
from functools import partial
from secrets import randbits
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.batch.beside import Beside, Setup
from pipeline.batch.carried import Cargo, Carried
from pipeline.batch.manifest import versions
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.batch.isolation import Answer, Level

NO_PROCESS = 1 << 40
"""Attempts have numbers from here on, which no process has: what is left of one is swept by any later run."""


class Chunk(NamedTuple):
    """Tasks for a worker, by which version of this program they are to be done, and how.

    `run` is a Run, pickled once: as long as it is the same, a worker goes on as before.
    """

    version: str
    run: bytes
    tasks: tuple[Any, ...]


class Run(NamedTuple):
    """How the tasks of a run are done, and what of them is carried where they lie in a store."""

    setup: Setup
    cargo: Cargo | None


class Done(NamedTuple):
    """What became of the tasks of a chunk, in their order."""

    level: Level | None
    answers: list[Answer]


class _Own(threading.local):
    """What a thread of a worker has: what does tasks, of which run, and what its answers say of this attempt."""

    executor: Beside[Any] | Carried | None = None
    run = b""
    attempt: Answer = {}  # noqa: RUF012 - replaced, never changed


_own = _Own()


def do(chunk: Chunk) -> Done:
    """Have a chunk done by the process of this thread, which is started where there is none.

    Raises UsageError where this is not the version that is asked for, and LostError where the process died.
    """
    if chunk.version != versions():
        msg = "a worker of the cluster has another version of unres, or of Python; install the same everywhere"
        raise UsageError(msg)
    executor = _executor(chunk.run)
    answers: dict[int, Answer] = {}

    def wait() -> None:
        for end in executor.wait():
            answers[end.number] = end.answer | _own.attempt

    try:
        for number, task in enumerate(chunk.tasks):
            while executor.is_full:
                wait()
            executor.start(number, task)
        while executor.tasks:
            wait()
    except BaseException:
        _own.executor = None
        executor.close()
        raise
    return Done(executor.level, [answers[number] for number in range(len(chunk.tasks))])


def _executor(pickled: bytes) -> Beside[Any] | Carried:
    """Return what does the tasks of a run in this thread: what did those before, where that can."""
    before = _own.executor if _own.executor and _own.executor.is_alive else None
    if before and _own.run == pickled:
        return before
    run: Run = pickle.loads(pickled)  # noqa: S301 - from the scheduler, who can have anything done
    if run.setup.folder and not os.path.isdir(run.setup.folder):  # noqa: PTH112 - a question, not an object
        msg = f"{run.setup.folder}: a worker of the cluster has no such folder; it must see the same folders as the run"
        raise UsageError(msg)
    setup, cargo, _own.attempt = _attempted(run)
    if _own.executor and not (before and isinstance(before, Beside)):
        _own.executor.close()
        before = None
    _own.executor, _own.run = None, pickled
    beside = before if isinstance(before, Beside) else Beside()
    if cargo:
        _own.executor = Carried(beside, setup, cargo)
    else:
        beside.prepare(setup)
        _own.executor = beside
    return _own.executor


def _attempted(run: Run) -> tuple[Setup, Cargo | None, Answer]:
    """Have files staged under a number of this attempt alone, where any are staged.

    A worker that is thought dead may still be writing what another one was given in its place.
    """
    setup, cargo = run
    if not isinstance(setup.work, partial) or setup.work.keywords.get("run") is None:
        return setup, cargo, {}
    number = NO_PROCESS + randbits(40)
    return setup._replace(work=partial(setup.work, run=number)), cargo and cargo._replace(run=number), {"run": number}
