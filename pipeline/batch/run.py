"""Carry out a plan, several documents at a time; what happens to one does not touch the others.

What is written, and in which order it is told, does not depend on how many are done at a time.
"""

from __future__ import annotations

import os
from collections import deque
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from pipeline.batch.document import convert, find_name, warm
from pipeline.batch.engine import cargo_of, open_executor
from pipeline.batch.isolation import Limits, cores
from pipeline.batch.manifest import Entry, key
from pipeline.batch.plan import clashes, targets
from pipeline.batch.report import EXIT_CODES, Outcome, count, failed, made
from pipeline.batch.shown import shown
from pipeline.batch.stopping import held, let_through
from pipeline.batch.storage import storage_of
from pipeline.errors import WriteError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from pathlib import PurePath

    from pipeline.batch.document import Options
    from pipeline.batch.executor import Executor
    from pipeline.batch.isolation import Answer, Level
    from pipeline.batch.manifest import Manifest
    from pipeline.batch.plan import Job, Plan
    from pipeline.batch.report import Report

R = TypeVar("R")
TOLD_AHEAD = 32
"""So many documents before it is asked for, the digest of one in a store is told to be."""


def run(
    plan: Plan,
    options: Options,
    on_done: Callable[[Outcome], None],
    *,
    jobs: int | None = None,
    limits: Limits = Limits(),  # noqa: B008 - a constant
    check: bool = False,
    scheduler: str | None = None,
) -> Report:
    """Convert the documents of a plan, so many at a time, and tell `on_done` of each, in the order of the plan.

    A document whose files are what they would be again is not converted. With `check` nothing is
    written: outcomes name the files that a run would change. With the address of a Dask `scheduler`
    its workers convert, who must see the documents and the folder of the plan at the same paths.
    Raises ClusterError and UsageError where they cannot, and
    WriteError where nothing at all may be written into the folder of the plan, and
    where another run is writing there.
    """
    storage = storage_of(plan.out)
    with held(), storage.manifest(plan.out, writable=not check) as manifest, ExitStack() as stack:
        cargo = cargo_of(plan, options, None if check else os.getpid(), scheduler)
        executor = partial(open_executor, limits=limits, jobs=jobs or cores(), scheduler=scheduler, cargo=cargo)
        if cargo:
            for each in {storage, *(storage_of(job.source) for job in plan.jobs)}:
                stack.callback(each.forget)
        ours = _Run(plan, options, manifest, executor, None if check else os.getpid(), stack, cargo is not None)
        folders = {plan.out, *(job.folder for job in plan.jobs)}
        if not check:
            storage.sweep(folders, lambda path: manifest.digests().get(path))
        report = count(_told(ours.outcomes(), on_done))
        if not check:
            if scheduler:  # what workers that died have staged
                storage.sweep(folders, lambda path: manifest.digests().get(path))
            storage.flush(ours.folders)
            manifest.compact()
        report.level = ours.level
        return report


def _told(outcomes: Iterable[Outcome], on_done: Callable[[Outcome], None]) -> Iterator[Outcome]:
    for outcome in outcomes:
        with let_through():
            on_done(outcome)
        yield outcome


@dataclass
class _Run:
    """A plan being carried out. `number` is that of a run that writes; None is for one that only checks."""

    plan: Plan
    options: Options
    manifest: Manifest
    executor: Callable[[Callable[[Job], Answer], Callable[[], object]], Executor[Job]]
    number: int | None
    stack: ExitStack
    is_carried: bool
    folders: set[PurePath] = field(default_factory=set)
    below: dict[PurePath, str] = field(default_factory=dict)
    level: Level | None = None

    def __post_init__(self) -> None:
        self.storage = storage_of(self.plan.out)
        self.out = f"{self.plan.out}/"

    def outcomes(self) -> Iterator[Outcome]:
        """Carry the plan out; yield what became of its documents, in its order."""
        for path, message in self.plan.unreadable:
            yield Outcome(path, "failed", message=f"{shown(path)}: {message}")
        jobs = self.plan.jobs
        if self.options.naming == "symbol":
            jobs = yield from self._named_by_symbol(jobs)
        work = partial(convert, options=self.options, run=self.number)
        for _, outcome in self._each(self._expected(jobs, files=True), work, self._unchanged, self._finished):
            yield outcome

    def _named_by_symbol(self, jobs: Iterable[Job]) -> Generator[Outcome, None, tuple[Job, ...]]:
        """Return the jobs named by their symbols; yield what became of those that end here.

        All must be read before any is written. Their records are not kept, so that memory does
        not grow with the number of documents; reading them again costs less than writing them.
        """
        named = []
        work = partial(find_name, options=self.options)
        expected = self._expected(jobs, files=False)
        for job, answer in self._each(expected, work, self._known_name, lambda _, answer: answer):
            if EXIT_CODES[answer["status"]]:
                yield failed(job.source, answer)
            else:
                named.append(job._replace(name=answer["name"] or job.name))
        clashing = clashes(named, self.options.suffixes)
        for job, message in clashing.items():
            yield Outcome(job.source, "refused", message=message)
        return tuple(job for job in named if job not in clashing)

    def _each(
        self,
        jobs: Iterable[Job],
        work: Callable[[Job], Answer],
        known: Callable[[Job], R | None],
        finished: Callable[[Job, Answer], R],
    ) -> Iterator[tuple[Job, R]]:
        """Yield each job with what is `known` of it or else what is `finished` of the answer, in their order."""
        pool = self.executor(work, partial(warm, self.options))
        self.stack.callback(self._end, pool)
        done: dict[int, tuple[Job, R]] = {}
        told = 0

        def wait() -> None:
            for end in pool.wait():
                done[end.number] = end.task, finished(end.task, end.answer)
            self.manifest.keep()

        def ready() -> Iterator[tuple[Job, R]]:
            nonlocal told
            while told in done:
                yield done.pop(told)
                told += 1

        for number, job in enumerate(jobs):
            while pool.is_full or (pool.tasks and number - told >= pool.ahead):
                wait()
            result = known(job)
            if result is None:
                pool.start(number, job)
            else:
                done[number] = job, result
            yield from ready()
        while pool.tasks:
            wait()
            yield from ready()
        self._end(pool)

    def _expected(self, jobs: Iterable[Job], *, files: bool) -> Iterable[Job]:
        """Return jobs; where they are carried, it is told in time which digests will be asked for."""
        return self._told_ahead(jobs, files=files) if self.is_carried else jobs

    def _told_ahead(self, jobs: Iterable[Job], *, files: bool) -> Iterator[Job]:
        waiting: deque[Job] = deque()
        for job in jobs:
            if self.manifest:
                storage_of(job.source).expect([job.source])
            if files and (self.manifest or self.number is None):
                self.storage.expect([self.out + name for name in self._files(job)])
            waiting.append(job)
            if len(waiting) > TOLD_AHEAD:
                yield waiting.popleft()
        yield from waiting

    def _end(self, pool: Executor[Job]) -> None:
        self.level = pool.level or self.level
        jobs = pool.tasks
        pool.close()
        for job in jobs:
            self._discard(job)

    def _unchanged(self, job: Job) -> Outcome | None:
        entry = self._entry(job)
        if entry is None or list(entry.files) != self._files(job):
            return None
        if any(self.storage.digest(self.out + name) != known for name, known in entry.files.items()):
            return None
        return made(job.source, entry.outcome)._replace(unchanged=True)

    def _known_name(self, job: Job) -> Answer | None:
        entry = self._entry(job)
        return {"status": "ok", "name": entry.name.rpartition("/")[2]} if entry else None

    def _finished(self, job: Job, answer: Answer) -> Outcome:
        if "files" not in answer:
            self._discard(job)
            return failed(job.source, answer)
        paths = targets(job, self.options.suffixes)
        if self.number is None:
            wanted = zip(paths, answer["files"], strict=True)
            outdated = [path for path, digest in wanted if self.storage.digest(path) != digest]
            return made(job.source, answer)._replace(outdated=tuple(outdated))
        entry = Entry(
            self._place(job.folder, job.name),
            self._key(job, answer["source"]),
            dict(zip(self._files(job), answer["files"], strict=True)),
            {name: answer[name] for name in ("status", "repairs", "findings", "note")},
        )
        self.folders.add(job.folder)
        try:
            self.storage.commit(paths, answer.get("run", self.number), partial(self.manifest.append, entry))
        except WriteError as error:
            return failed(job.source, {"status": "failed", "message": str(error)})
        return made(job.source, answer)._replace(outputs=tuple(paths))

    def _discard(self, job: Job) -> None:
        if self.number is not None:
            self.storage.discard(targets(job, self.options.suffixes), self.number)

    def _entry(self, job: Job) -> Entry | None:
        """Return what the manifest has of a document as it is now."""
        content = storage_of(job.source).digest(job.source) if self.manifest else None
        return self.manifest.find(self._key(job, content)) if content else None

    def _key(self, job: Job, content: str) -> str:
        return key(self.options.configuration, self._place(job.folder, job.source.name), content)

    def _files(self, job: Job) -> list[str]:
        name = self._place(job.folder, job.name)
        return [name + suffix for suffix in self.options.suffixes]

    def _place(self, folder: PurePath, name: str) -> str:
        """Return the path below the output folder, the same on every platform."""
        if folder not in self.below:
            self.below[folder] = "".join(f"{part}/" for part in folder.relative_to(self.plan.out).parts)
        return self.below[folder] + name
