"""When the signals that stop a run may: not while files get their places, only where a run waits or tells."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

STOPPING = {signal.SIGINT, signal.SIGTERM} | ({signal.SIGHUP} if hasattr(signal, "SIGHUP") else set())
CAN_WAIT = hasattr(signal, "pthread_sigmask")


@contextmanager
def held() -> Iterator[None]:
    """Have signals that stop a run wait until this is left, or until `let_through`."""
    with _masked("SIG_BLOCK"):
        yield


@contextmanager
def let_through() -> Iterator[None]:
    """Let signals that were held stop the run here."""
    with _masked("SIG_UNBLOCK"):
        yield


@contextmanager
def _masked(how: str) -> Iterator[None]:
    if not CAN_WAIT:
        yield
        return
    before = signal.pthread_sigmask(getattr(signal, how), ())
    try:
        signal.pthread_sigmask(getattr(signal, how), STOPPING)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
