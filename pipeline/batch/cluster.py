"""The same on a Dask cluster: documents go out in chunks, what became of them comes back.

Workers read and stage documents where they lie, so that they must see the same folders as the
run; the run alone gives files their places. What lies in a store a worker fetches, and puts there.
Dask has no limit for a task, and its workers have threads, which had better not fork: each has a
process beside it (`beside`) that forks one for the documents, with our own limits. A chunk of
which a worker dies is done by another one, and one that takes several workers with it is halved,
until the document that does so stands alone.
"""

from __future__ import annotations

import pickle
from concurrent.futures import CancelledError
from contextlib import suppress
from logging import CRITICAL, getLogger
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pipeline.batch.beside import Setup
from pipeline.batch.chunks import Chunk, Run, do
from pipeline.batch.executor import LATEST, Ended
from pipeline.batch.isolation import Level
from pipeline.batch.manifest import versions
from pipeline.batch.stopping import let_through
from pipeline.errors import UnresError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.batch.carried import Cargo
    from pipeline.batch.isolation import Answer, Limits

T = TypeVar("T")
DOCUMENTS = 20
"""Documents a chunk has: enough for what a task costs, few enough to be done again."""
FEW = 5
"""Documents of a chunk as long as there is a thread with nothing to do."""
EACH = 2
"""Chunks handed out for each thread of a worker: one that is done, one that waits there."""
REACH = 10.0
"""Seconds to find the scheduler and a worker."""


class ClusterError(UnresError):
    """The cluster cannot be reached, or not any more."""

    exit_code = 5


class Clustered(Generic[T]):
    """Tasks done by the workers of a Dask cluster."""

    def __init__(
        self,
        address: str,
        work: Callable[[T], Answer],
        warm: Callable[[], object],
        limits: Limits,
        cargo: Cargo | None = None,
    ) -> None:
        self.level: Level | None = None
        self._address = address
        self._run = pickle.dumps(Run(Setup(work, warm, limits, 1, str(Path.cwd())), cargo))
        self._gathered: list[tuple[int, T]] = []
        self._chunks: dict[Any, list[tuple[int, T]]] = {}
        self._client = _connected(address)
        self._most: int = EACH * sum(self._client.nthreads().values())

    @property
    def tasks(self) -> list[T]:
        """The tasks that are being done, or soon will be."""
        return [task for chunk in (self._gathered, *self._chunks.values()) for _, task in chunk]

    @property
    def is_full(self) -> bool:
        """Whether one must end before another can be started."""
        return not self._gathered and len(self._chunks) >= self._most

    @property
    def ahead(self) -> int:
        """How many tasks are done at most before one that takes its time: else it would hold up all workers."""
        return 2 * DOCUMENTS * self._most

    def start(self, number: int, task: T) -> None:
        """Have a task done; it goes out when there are enough of them for a chunk."""
        self._gathered.append((number, task))
        if len(self._gathered) >= (DOCUMENTS if EACH * len(self._chunks) >= self._most else FEW):
            self._submit_gathered()

    def wait(self) -> list[Ended[T]]:
        """Wait until something happens; return the tasks that ended, which may be none.

        Here alone a signal that stops the run is let through.
        Raises ClusterError, and UsageError where a worker has another version.
        """
        from distributed import wait  # noqa: PLC0415 - an extra

        self._submit_gathered()
        try:
            with let_through():
                done = wait(list(self._chunks), timeout=LATEST, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            if self._client.status != "running":
                raise self._gone() from None
            return []
        except CancelledError:
            raise self._gone() from None
        return [end for future in done for end in self._ended(future)]

    def close(self) -> None:
        """Have nothing more done, and leave the cluster."""
        if self._client.status == "running" and self._chunks:
            with suppress(CancelledError, OSError, TimeoutError):  # the scheduler is gone just now
                self._client.cancel(list(self._chunks), force=True)
        self._chunks.clear()
        if self._client.status != "closed":
            self._client.close()

    def _submit_gathered(self) -> None:
        if self._gathered:
            self._submit(self._gathered)
            self._gathered = []

    def _submit(self, tasks: list[tuple[int, T]]) -> None:
        chunk = Chunk(versions(), self._run, tuple(task for _, task in tasks))
        self._chunks[self._client.submit(do, chunk, pure=False)] = tasks

    def _ended(self, future: Any) -> Sequence[Ended[T]]:  # noqa: ANN401 - of a library without types
        tasks = self._chunks.pop(future)
        error = future.exception() if future.status == "error" else None
        if future.status == "cancelled":
            raise self._gone()
        if isinstance(error, UsageError):
            raise error
        if error and len(tasks) > 1:
            half = len(tasks) // 2
            self._submit(tasks[:half])
            self._submit(tasks[half:])
            return []
        if error:
            message = f"ended the worker that converted it: {type(error).__name__}"
            return [Ended(*tasks[0], {"status": "crash", "message": message, "details": str(error)})]
        level, answers = future.result()
        future.release()
        self.level = Level(*level) if level else self.level
        return [Ended(number, task, answer) for (number, task), answer in zip(tasks, answers, strict=True)]

    def _gone(self) -> ClusterError:
        return ClusterError(f"{self._address}: the scheduler is gone; start it, and run again: what is done stays done")


def _connected(address: str) -> Any:  # noqa: ANN401 - of a library without types
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError:
        msg = "--engine dask needs the library distributed: pip install 'unres[cluster]'"
        raise UsageError(msg) from None
    for name in ("distributed", "distributed.client"):
        getLogger(name).setLevel(CRITICAL)  # what goes wrong is told in our words
    try:
        client = Client(address, timeout=REACH)
    except (OSError, ValueError) as error:
        msg = f"{address}: no scheduler can be reached there: {error}; start one: dask scheduler"
        raise ClusterError(msg) from error
    try:
        client.wait_for_workers(1, timeout=REACH)
    except TimeoutError:
        client.close()
        msg = f"{address}: this scheduler has no workers; start one: dask worker {address}"
        raise ClusterError(msg) from None
    return client
