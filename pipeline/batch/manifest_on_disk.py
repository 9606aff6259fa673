"""The manifest of a folder of this machine: a file that is appended to, and locked while a run has it."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from pipeline.batch.files import unwritten
from pipeline.batch.manifest import NAME, Manifest
from pipeline.batch.shown import shown
from pipeline.errors import WriteError

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


class _OnDisk:
    """A manifest whose open file is itself, locked: what is appended is kept."""

    is_whole = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def added(self, line: bytes) -> None:
        """Do nothing: it is there."""

    def keep(self) -> None:
        """Do nothing: they are there."""

    def has(self) -> Callable[[str], bool]:
        """Return what looks for a file of the folder."""
        return lambda name: os.path.lexists(self.folder / name)

    def write(self, lines: Iterable[bytes]) -> None:
        """Put a file in the place of the one that is open, locked like it."""
        path = self.folder / NAME
        temporary = path.with_name(f".{NAME}.tmp-{os.getpid()}")
        first = next(iter(lines := iter(lines)), None)
        if first is None:
            path.unlink()
            return
        try:
            with temporary.open("wb") as file:
                lock(file.fileno(), self.folder, exclusive=True)
                file.writelines((first, *lines))
                file.flush()
                os.fsync(file.fileno())
                temporary.replace(path)
        finally:
            with suppress(OSError):  # it is swept later
                temporary.unlink(missing_ok=True)


@contextmanager
def open_manifest(folder: Path, *, writable: bool) -> Iterator[Manifest]:
    """Give the manifest of a folder, locked; one that is empty where there is none.

    With `writable` the folder and the file are made, and the lock keeps all others out; without,
    nothing is written, and the lock keeps out those who write.
    Raises WriteError where another run has it, and where it cannot be opened.
    """
    path = folder / NAME
    try:
        if writable:
            folder.mkdir(parents=True, exist_ok=True)
        number = _open_locked(path, folder, writable=writable)
    except OSError as error:
        raise unwritten(path, error) from error
    try:
        yield Manifest(_OnDisk(folder), number)
    finally:
        os.close(number)


def lock(number: int, folder: Path, *, exclusive: bool) -> None:
    """Lock a file as long as this process has it open. Raises WriteError where another process has it locked.

    The lock is the process's own: what is forked from it does not have it, and dies later without harm.
    """
    if sys.platform == "win32":
        return
    try:
        fcntl.lockf(number, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        msg = f"{shown(folder)}: another run is writing into this folder; wait for its end, or choose another folder"
        raise WriteError(msg) from None


def _open_locked(path: Path, folder: Path, *, writable: bool) -> int:
    while True:
        try:
            number = os.open(path, os.O_RDWR | os.O_CREAT if writable else os.O_RDONLY, 0o666)
        except FileNotFoundError:
            if writable:
                raise
            return os.open(os.devnull, os.O_RDONLY)
        try:
            lock(number, folder, exclusive=writable)
            # The run that had it may have put another file in its place at its end.
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(number), path.stat()):
                    return number
        except BaseException:
            os.close(number)
            raise
        os.close(number)
