"""The documents of a chunk, converted on a worker of a cluster by a process beside it.

That process has no threads, and so may fork. It is started anew (not forked), serves one chunk after the
other, and ends when the worker does: its standard input ends then.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from contextlib import suppress
from functools import partial
from secrets import randbits
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.batch.manifest import versions
from pipeline.batch.pool import open_pool
from pipeline.batch.stopping import held
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.batch.isolation import Answer, Level, Limits

NO_PROCESS = 1 << 40
"""Attempts have numbers from here on, which no process has: what is left of one is swept by any later run."""
_own = threading.local()


class Chunk(NamedTuple):
    """Tasks for a worker, by which version of this program they are to be done, and from where paths are seen."""

    version: str
    folder: str
    work: Callable[[Any], Answer]
    warm: Callable[[], object]
    limits: Limits
    tasks: tuple[Any, ...]


class Done(NamedTuple):
    """What became of the tasks of a chunk, in their order."""

    level: Level | None
    answers: list[Answer]


def do(chunk: Chunk) -> Done:
    """Have a chunk done by the process of this thread, which is started where there is none.

    Raises UsageError where this is not the version that is asked for, and EOFError or OSError where the process died.
    """
    if not os.path.isdir(chunk.folder):  # noqa: PTH112 - a question, not an object
        msg = f"{chunk.folder}: a worker of the cluster has no such folder; it must see the same folders as the run"
        raise UsageError(msg)
    if chunk.version != versions():
        msg = "a worker of the cluster has another version of unres, or of Python; install the same everywhere"
        raise UsageError(msg)
    process: subprocess.Popen[bytes] | None = getattr(_own, "process", None)
    if process is None or process.poll() is not None:
        process = _own.process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-c", f"from {__name__} import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
    assert process.stdin
    assert process.stdout
    try:
        pickle.dump(chunk, process.stdin)
        process.stdin.flush()
        done: Done = pickle.load(process.stdout)  # noqa: S301 - from the process we started
    except BaseException:
        process.kill()
        process.wait()
        raise
    return done


def serve() -> None:
    """Be that process."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    tasks, parent = sys.stdin.buffer, os.getppid()
    with suppress(EOFError), held():
        while True:
            chunk: Chunk = pickle.load(tasks)  # noqa: S301 - from the process that started us
            os.chdir(chunk.folder)
            pickle.dump(_done(chunk, parent), answers)
            answers.flush()


def _done(chunk: Chunk, parent: int) -> Done:
    work, attempt = _attempt(chunk.work)
    answers: dict[int, Answer] = {}
    pool = open_pool(work, chunk.warm, chunk.limits, 1)
    try:
        for number, task in enumerate(chunk.tasks):
            pool.start(number, task)
            while pool.tasks:
                if os.getppid() != parent:  # the worker is dead, and the chunk is another's now
                    raise EOFError
                for end in pool.wait():
                    answers[end.number] = end.answer | attempt
    finally:
        level = pool.level
        pool.close()
    return Done(level, [answers[number] for number in range(len(chunk.tasks))])


def _attempt(work: Callable[[Any], Answer]) -> tuple[Callable[[Any], Answer], Answer]:
    """Have `work` stage its files under a number of this attempt alone, where it stages any.

    A worker that is thought dead may still be writing what another one was given in its place.
    """
    if not isinstance(work, partial) or work.keywords.get("run") is None:
        return work, {}
    attempt = {"run": NO_PROCESS + randbits(40)}
    return partial(work, **attempt), attempt
