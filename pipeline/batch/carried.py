"""Documents that lie in a store, or become files of one: fetched before, and put after, while others are converted.

Who converts reaches no network: what it reads and writes lies in a folder of this machine, the spool.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pipeline.batch.address import Address
from pipeline.batch.beside import Beside, Setup, awaited
from pipeline.batch.executor import AHEAD, Ended
from pipeline.batch.files import staged, unreadable
from pipeline.batch.plan import Job, targets
from pipeline.batch.remote import pieces
from pipeline.batch.shown import shown
from pipeline.batch.store import put_set
from pipeline.errors import WriteError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from pipeline.batch.isolation import Answer, Level

CARRIERS = 16
"""Documents that are fetched and put at a time."""


class Cargo(NamedTuple):
    """What is carried of each document: so many bytes at most; files of these endings, which a run of this number
    has staged, None for one that writes nothing.
    """

    largest: int
    suffixes: tuple[str, ...]
    run: int | None


class _Fetched(NamedTuple):
    """A document that can be converted: with which source and into which folder, as they lie on this machine."""

    number: int
    job: Job


class Carried:
    """Documents converted by a process beside this one, which does not reach where they lie."""

    ahead = AHEAD

    def __init__(self, inner: Beside[Job], setup: Setup, cargo: Cargo) -> None:
        self._inner, self._cargo = inner, cargo
        self._spool = Path(tempfile.mkdtemp(prefix="unres-"))
        self._jobs: dict[int, Job] = {}
        self._fetched: deque[_Fetched] = deque()
        self._most = setup.jobs + CARRIERS
        self._threads = ThreadPoolExecutor(CARRIERS, "unres-carrier")
        inner.prepare(setup._replace(spool=str(self._spool)))

    @property
    def level(self) -> Level | None:
        """How documents are isolated."""
        return self._inner.level

    @property
    def is_alive(self) -> bool:
        """Whether it can still be given documents."""
        return self._inner.is_alive

    @property
    def tasks(self) -> list[Job]:
        """The documents that are being fetched, converted or put."""
        return list(self._jobs.values())

    @property
    def is_full(self) -> bool:
        """Whether one must end before another can be started."""
        return len(self._jobs) >= self._most

    def start(self, number: int, task: Job) -> None:
        """Have a document converted, where it is not full."""
        self._inner.begin()  # it loads what it takes while documents are fetched
        self._jobs[number] = task
        self._have_done(self._fetch, number, task)

    def wait(self) -> list[Ended[Job]]:
        """Wait until something happens; return the documents that are done, which may be none.

        Raises LostError, and UsageError where a driver is missing.
        """
        ended = [end for event in awaited(self._inner.events) for end in self._heard(event)]
        while self._fetched and not self._inner.is_full:
            self._inner.start(*self._fetched.popleft())
        return ended

    def close(self) -> None:
        """Have nothing more converted; what is being put is put."""
        self._threads.shutdown(cancel_futures=True)
        self._inner.close()
        shutil.rmtree(self._spool, ignore_errors=True)

    def _heard(self, event: object) -> list[Ended[Job]]:
        match event:
            case _Fetched():
                self._fetched.append(event)
                return []
            case Ended():
                return [event._replace(task=self._jobs.pop(event.number))]
            case BaseException():
                raise event
        converted = self._inner.heard(event)
        self._have_done(self._put, converted)
        return []

    def _have_done(self, what: Callable[..., None], *arguments: object) -> None:
        """Have a thread do something; what it does not tell as the outcome of a document is raised here."""

        def tell(done: Future[None]) -> None:
            if not done.cancelled() and (error := done.exception()):
                self._inner.events.put(error)

        self._threads.submit(what, *arguments).add_done_callback(tell)

    def _fetch(self, number: int, job: Job) -> None:
        """Bring a document here, and say so."""
        place = self._spool / str(number)
        source, folder = job.source, job.folder
        try:
            place.mkdir()
            if isinstance(source, Address):
                source = place / source.name
                with source.open("wb") as file:
                    file.writelines(pieces(cast("Address", job.source), self._cargo.largest))
        except OSError as error:
            self._say(number, {"status": "failed", "message": str(unreadable(job.source, error))})
        else:
            if isinstance(folder, Address):
                folder = place / "made"
            self._inner.events.put(_Fetched(number, Job(source, folder, job.name)))

    def _put(self, converted: Ended[Job]) -> None:
        """Put what a document became, and say what became of it."""
        number, here, answer = converted
        job = self._jobs[number]
        if "message" in answer:
            answer["message"] = answer["message"].replace(shown(here.source), shown(job.source))
        run = self._cargo.run
        try:
            if isinstance(job.folder, Address) and "files" in answer and run is not None:
                places = zip(targets(job, self._cargo.suffixes), targets(here, self._cargo.suffixes), strict=True)
                put_set({cast("Address", there): staged(cast("Path", made), run) for there, made in places})
        except (WriteError, OSError) as error:
            answer = {"status": "failed", "message": str(error)}
        self._say(number, answer)

    def _say(self, number: int, answer: Answer) -> None:
        shutil.rmtree(self._spool / str(number), ignore_errors=True)
        self._inner.events.put(Ended[Any](number, None, answer))
