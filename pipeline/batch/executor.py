"""What a run asks of whatever does its tasks: a pool of processes, one beside this one, or a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from pipeline.batch.isolation import Answer, Level

T = TypeVar("T")
AHEAD = 1024
LATEST = 0.5
"""Seconds after which a signal is seen that comes just before the waiting begins."""


class Ended(NamedTuple, Generic[T]):
    """A task that has come to its end, by its number."""

    number: int
    task: T
    answer: Answer


class Executor(Protocol[T]):
    """What does tasks, several at a time, wherever it does them. Results come in any order."""

    @property
    def level(self) -> Level | None:
        """How tasks are isolated, None as long as none was done."""

    @property
    def ahead(self) -> int:
        """So many tasks may be done before one that still takes its time; they are told after it."""

    @property
    def tasks(self) -> list[T]:
        """The tasks that are being done."""

    @property
    def is_full(self) -> bool:
        """Whether one must end before another can be started."""

    def start(self, number: int, task: T) -> None:
        """Have a task done, where it is not full."""

    def wait(self) -> list[Ended[T]]:
        """Wait until something happens; return the tasks that ended, which may be none."""

    def close(self) -> None:
        """Have nothing more done."""
