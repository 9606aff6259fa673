"""A pool in a process beside this one, for a process that has threads, as all that reach a store or a cluster do.

That process has none, and so may fork. It is started anew (not forked), does the tasks of one run after
the other, and ends when this one does: its standard input ends then.
"""

from __future__ import annotations

import os
import pickle
import select
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, BinaryIO, Generic, NamedTuple, TypeVar, cast

from pipeline.batch.executor import AHEAD, LATEST, Ended, Executor
from pipeline.batch.pool import open_pool
from pipeline.batch.stopping import held, let_through
from pipeline.errors import UnresError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.batch.isolation import Answer, Level, Limits

T = TypeVar("T")
LENGTH = 8
"""A message is as many bytes as a number of so many bytes before it says."""
START = "import sys; sys.path[:] = sys.argv[1:]; from pipeline.batch.beside import serve; serve()"


class Setup(NamedTuple):
    """How tasks are to be done: as a pool takes it, from which folder paths are seen where they are relative,
    what to remove at the end.
    """

    work: Callable[[Any], Answer]
    warm: Callable[[], object]
    limits: Limits
    jobs: int
    folder: str
    spool: str = ""


class LostError(UnresError):
    """The process beside this one is no more."""


class Beside(Generic[T]):
    """Tasks done by a process beside this one. `events` has what it tells, and what others put there to be heard."""

    ahead = AHEAD

    def __init__(self) -> None:
        self.level: Level | None = None
        self.events: SimpleQueue[object] = SimpleQueue()
        self._setup: Setup | None = None
        self._is_told = False
        self._tasks: dict[int, T] = {}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def tasks(self) -> list[T]:
        """The tasks that are being done."""
        return list(self._tasks.values())

    @property
    def is_full(self) -> bool:
        """Whether one must end before another can be started."""
        return self._setup is None or len(self._tasks) >= self._setup.jobs

    @property
    def is_alive(self) -> bool:
        """Whether it can still be given tasks."""
        return self._process is None or self._process.poll() is None

    def prepare(self, setup: Setup) -> None:
        """Have all tasks from now on done in this way."""
        self._setup, self._is_told = setup, False

    def begin(self) -> None:
        """Have the process started and told how, where it is not; else the first task does."""
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-P", "-c", START, *(path or str(Path.cwd()) for path in sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            threading.Thread(target=self._listen, args=[self._process.stdout], daemon=True).start()
        if not self._is_told:
            self._is_told = True
            self._send(self._setup)

    def start(self, number: int, task: T) -> None:
        """Have a task done, where it is not full."""
        self.begin()
        self._tasks[number] = task
        self._send((number, task))

    def wait(self) -> list[Ended[T]]:
        """Wait until something happens; return the tasks that ended, which may be none.

        Here alone a signal that stops the run is let through. Raises LostError.
        """
        return [self.heard(event) for event in awaited(self.events)]

    def heard(self, event: object) -> Ended[T]:
        """Return the task that ended. Raises LostError where the process did."""
        if event is None:
            msg = "the process that converts documents is no more; run again: what is done stays done"
            raise LostError(msg)
        self.level, number, answer = cast("tuple[Level | None, int, Answer]", event)
        return Ended(number, self._tasks.pop(number), answer)

    def close(self) -> None:
        """End the process, and what it has forked."""
        if self._process is None:
            return
        assert self._process.stdin
        with suppress(OSError):  # it is no more
            self._process.stdin.close()
        self._process.wait()

    def _send(self, message: object) -> None:
        assert self._process
        assert self._process.stdin
        data = pickle.dumps(message)
        with suppress(OSError):  # it is no more: that is heard as soon as one waits
            self._process.stdin.write(len(data).to_bytes(LENGTH) + data)
            self._process.stdin.flush()

    def _listen(self, answers: BinaryIO) -> None:
        with answers, suppress(EOFError, OSError, pickle.UnpicklingError):
            while True:
                self.events.put(pickle.load(answers))  # noqa: S301 - from the process we started
        self.events.put(None)


def awaited(events: SimpleQueue[Any]) -> list[Any]:
    """Wait for something to happen; return all that has, which may be nothing."""
    found: list[Any] = []
    try:
        with let_through():
            found.append(events.get(timeout=LATEST))
        while True:
            found.append(events.get_nowait())
    except Empty:
        return found


def serve() -> None:
    """Be that process."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    parent, setup, pool = os.getppid(), None, None
    try:
        with suppress(EOFError), held():
            while True:
                # It is given no more than it has room for: what comes while it is full is the end.
                while pool is None or not pool.tasks or _is_readable(0):
                    message = _received(0)
                    if isinstance(message, Setup):
                        pool, setup = _opened(message, pool), message
                    else:
                        assert pool
                        pool.start(*message)
                if os.getppid() != parent:  # it has died, and its tasks are another's now
                    break
                for end in pool.wait():
                    pickle.dump((pool.level, end.number, end.answer), answers)
                answers.flush()
    finally:
        if pool:
            pool.close()
        if setup and setup.spool:
            shutil.rmtree(setup.spool, ignore_errors=True)


def _opened(setup: Setup, before: Executor[Any] | None) -> Executor[Any]:
    if before:
        before.close()
    if setup.folder:
        os.chdir(setup.folder)
    return open_pool(setup.work, setup.warm, setup.limits, setup.jobs, 0)


def _received(number: int) -> Any:  # noqa: ANN401 - a setup, or a number and a task
    return pickle.loads(_exactly(number, int.from_bytes(_exactly(number, LENGTH))))  # noqa: S301 - from who started us


def _exactly(number: int, count: int) -> bytes:
    """Read so many bytes and no more, so that one can still ask whether there is more. Raises EOFError."""
    found = b""
    while len(found) < count:
        data = os.read(number, count - len(found))
        if not data:
            raise EOFError
        found += data
    return found


def _is_readable(number: int) -> bool:
    return os.name == "posix" and bool(select.select([number], [], [], 0)[0])
