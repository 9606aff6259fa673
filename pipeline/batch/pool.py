"""Processes that convert documents, so that what happens to one document stays with it.

A process is forked from this one, which has loaded all it takes, and is given one document
after the other, as there is one to be done. One that dies, takes too long or is left in an
odd state is replaced. What it did counts only where the document was its first: else that is
tried once more in a new process, since the fault may be of one before it.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import selectors
import signal
import socket
import sys
import traceback
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, BinaryIO, Generic, NamedTuple, cast

from pipeline.batch.executor import AHEAD, LATEST, Ended, T
from pipeline.batch.isolation import LARGEST_FILE, MEGABYTE, Answer, Level, Limits, nameless_file, serve
from pipeline.batch.stopping import let_through

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.batch.executor import Executor

DOCUMENTS = 256
"""A process is replaced after so many, so that what it leaks stays small."""
LARGEST_ANSWER = 64 * MEGABYTE
TOLD = 1 << 14
"""Of what a process that died has written, the last bytes are told."""
NEARLY = 0.9


@dataclass(slots=True)
class _Child(Generic[T]):
    pid: int
    socket: socket.socket
    output: BinaryIO
    task: tuple[int, T] | None = None
    deadline: float = 0.0
    given: int = 0
    answer: bytearray = field(default_factory=bytearray)


class _Death(NamedTuple):
    """How a process ended: its exit code, negative for a signal, its memory in MB over ours, and what it wrote last."""

    code: int
    peak: int
    told: str


class Forked(Generic[T]):
    """Tasks done in processes forked from this one. What can be read from `wake` ends the waiting too."""

    ahead = AHEAD

    def __init__(
        self,
        work: Callable[[T], Answer],
        warm: Callable[[], object],
        limits: Limits,
        jobs: int,
        wake: int | None = None,
    ) -> None:
        self.level: Level | None = None
        self._work, self._warm, self._limits, self._jobs = work, warm, limits, jobs
        self._is_warm = False
        self._children: list[_Child[T]] = []
        self._selector = selectors.DefaultSelector()
        if wake is not None:
            self._selector.register(wake, selectors.EVENT_READ)

    @property
    def tasks(self) -> list[T]:
        """The tasks that are being done."""
        return [child.task[1] for child in self._children if child.task]

    @property
    def is_full(self) -> bool:
        """Whether one must end before another can be started."""
        return len(self.tasks) >= self._jobs

    def start(self, number: int, task: T) -> None:
        """Have a task done, where the pool is not full."""
        idle = next((child for child in self._children if child.task is None), None)
        self._give(idle or self._fork(), (number, task))

    def wait(self) -> list[Ended[T]]:
        """Wait until something happens; return the tasks that ended, which may be none.

        Here alone a signal that stops the run is let through.
        """
        latest = min((child.deadline for child in self._children if child.task), default=0.0)
        with let_through():
            events = self._selector.select(max(0.0, min(LATEST, latest - monotonic())))
        ended = [self._heard(cast("_Child[T]", key.data)) for key, _ in events if key.data]
        late = [child for child in self._children if child.task and child.deadline <= monotonic()]
        ended += [self._lost(child, f"took longer than {self._limits.seconds:g} s", "timeout") for child in late]
        return [end for end in ended if end]

    def close(self) -> None:
        """End all processes, and what they may have started."""
        for child in tuple(self._children):
            self._end(child)
        self._selector.close()
        gc.unfreeze()

    def _give(self, child: _Child[T], task: tuple[int, T]) -> None:
        child.task, child.deadline = task, monotonic() + self._limits.seconds
        child.given += 1
        with suppress(OSError):  # it died while it had nothing to do: that is seen as soon as one waits
            child.socket.sendall(pickle.dumps(task[1]))

    def _fork(self) -> _Child[T]:
        if not self._is_warm:
            self._warm()
            gc.collect()
            gc.freeze()  # what all of them share is not copied because one collects its garbage
            self._is_warm = True
        ours, theirs = socket.socketpair()
        output = nameless_file()
        pid = os.fork()
        if pid == 0:
            try:
                for sibling in self._children:
                    sibling.socket.close()
                ours.close()
                serve(theirs, output, self._work, self._limits)
            except BaseException:  # noqa: BLE001 - told as what the process wrote
                os.write(2, traceback.format_exc().encode(errors="replace"))
            finally:
                os._exit(1)
        with suppress(OSError):  # it has done so itself, or is no more
            os.setpgid(pid, pid)
        theirs.close()
        child: _Child[T] = _Child(pid, ours, output)
        self._children.append(child)
        self._selector.register(ours, selectors.EVENT_READ, child)
        return child

    def _heard(self, child: _Child[T]) -> Ended[T] | None:
        try:
            data = child.socket.recv(1 << 16)
        except ConnectionError:
            data = b""
        if not data:
            return self._lost(child)
        child.answer += data
        if len(child.answer) > LARGEST_ANSWER:
            return self._lost(child, "told more than any document has to tell")
        if b"\n" not in data:
            return None
        *lines, child.answer = child.answer.split(b"\n")
        end: Ended[T] | None = None
        for line in lines:
            try:
                answer: Answer = json.loads(line)
            except ValueError:
                return self._lost(child, "gave an answer that cannot be read")
            if "level" in answer:
                self.level = Level(**answer["level"])
            else:
                end = self._answered(child, answer)
        return end

    def _answered(self, child: _Child[T], answer: Answer) -> Ended[T] | None:
        task, child.task = child.task, None
        if task is None:  # it speaks without being asked
            self._end(child)
            return None
        is_odd = answer["status"] in {"crash", "memory"}
        if is_odd or child.given >= DOCUMENTS:
            self._end(child)
        if is_odd and child.given > 1:
            self._give(self._fork(), task)
            return None
        return Ended(*task, answer)

    def _lost(self, child: _Child[T], message: str = "", status: str = "crash") -> Ended[T] | None:
        task, is_first = child.task, child.given == 1
        seconds = monotonic() - (child.deadline - self._limits.seconds)
        death = self._end(child)
        if task is None:
            return None
        if not is_first:
            self._give(self._fork(), task)
            return None
        if not message:
            status, message = self._cause(death)
        return Ended(*task, {"status": status, "message": message, "details": death.told, "seconds": seconds})

    def _cause(self, death: _Death) -> tuple[str, str]:
        if death.code == -signal.SIGXFSZ:
            return "crash", f"wrote more than {LARGEST_FILE // MEGABYTE} MB"
        if death.peak >= NEARLY * self._limits.memory:
            return "memory", f"took {death.peak:,} MB of memory and died"
        how = signal.Signals(-death.code).name if death.code < 0 else f"exit code {death.code}"
        return "crash", f"its process died: {how}"

    def _end(self, child: _Child[T]) -> _Death:
        with suppress(ProcessLookupError, PermissionError):  # it is no more; macOS says so of one yet to be reaped
            os.killpg(child.pid, signal.SIGKILL)
        _, status, usage = os.wait4(child.pid, 0)
        self._selector.unregister(child.socket)
        self._children.remove(child)
        child.socket.close()
        with child.output as output:
            output.seek(max(0, output.seek(0, os.SEEK_END) - TOLD))
            told = output.read(TOLD).decode(errors="replace")
        import resource  # noqa: PLC0415 - not every platform has it, and none without fork gets here

        own = resource.getrusage(resource.RUSAGE_SELF)  # a process starts with what this one has
        peak = max(usage.ru_maxrss - own.ru_maxrss, 0) >> (20 if sys.platform == "darwin" else 10)
        return _Death(os.waitstatus_to_exitcode(status), peak, told)


class InProcess(Generic[T]):
    """The same where there is no fork: tasks are done here, one after the other, and nothing is limited."""

    level: Level | None = Level()
    ahead = AHEAD

    def __init__(
        self, work: Callable[[T], Answer], _warm: object, _limits: object, _jobs: object, _wake: object = None
    ) -> None:
        self._work = work
        self._ended: list[Ended[T]] = []

    @property
    def tasks(self) -> list[T]:
        """The tasks that were done, and not yet told."""
        return [end.task for end in self._ended]

    @property
    def is_full(self) -> bool:
        """Whether what became of one must be told before another can be started."""
        return bool(self._ended)

    def start(self, number: int, task: T) -> None:
        """Do a task."""
        self._ended.append(Ended(number, task, self._work(task)))

    def wait(self) -> list[Ended[T]]:
        """Return the tasks that were done."""
        ended, self._ended = self._ended, []
        return ended

    def close(self) -> None:
        """Do nothing: there is no process to end."""


def open_pool(
    work: Callable[[T], Answer], warm: Callable[[], object], limits: Limits, jobs: int, wake: int | None = None
) -> Executor[T]:
    """Return the pool this platform can have: of so many processes, at most, that do `work`.

    `warm` loads beforehand what all of them take. What can be read from the file `wake` ends the waiting for them too.
    """
    return (Forked if hasattr(os, "fork") else InProcess)(work, warm, limits, jobs, wake)
