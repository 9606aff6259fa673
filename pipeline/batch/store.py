"""Folders in a store as a place of files.

Nothing can be renamed there, and no two objects are written as one. So who converts a document puts its files, each
whole or not at all; where one cannot be put, those before it are made what they were. The record
in the manifest, which comes last, makes the set count: what was put without it is put again by the next run.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from pipeline.batch import remote
from pipeline.batch.address import Address
from pipeline.batch.files import unwritten
from pipeline.batch.manifest_in_store import open_in_store
from pipeline.batch.shown import shown
from pipeline.errors import WriteError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from concurrent.futures import Future
    from contextlib import AbstractContextManager
    from pathlib import PurePath

    from pipeline.batch.manifest import Manifest

AT_A_TIME = 16
"""Objects that are read at a time, beforehand."""


class Store:
    """Folders in stores."""

    def __init__(self) -> None:
        self._expected: dict[str, Future[str | None]] = {}
        self._threads: ThreadPoolExecutor | None = None

    def is_folder(self, path: PurePath) -> bool:
        """Tell whether there is anything below."""
        return remote.is_folder(cast("Address", path))

    def walk(
        self, folder: PurePath, refuse: Callable[[OSError], object]
    ) -> Iterator[tuple[PurePath, list[str], list[str]]]:
        """Yield what a list of all objects gives."""
        try:
            yield from remote.tree(cast("Address", folder))
        except OSError as error:
            refuse(OSError(error.errno, error.strerror, str(folder)))

    def beginning(self, path: PurePath, size: int) -> bytes:
        """Return the first bytes of an object."""
        return b"".join(remote.pieces(cast("Address", path), size))

    def resolved(self, folder: PurePath) -> PurePath:
        """Return the address: there are no links."""
        return folder

    def expect(self, paths: Iterable[PurePath | str]) -> None:
        """Begin to read."""
        self._threads = self._threads or ThreadPoolExecutor(AT_A_TIME, "unres-digest")
        for path in map(str, paths):
            self._expected[path] = self._threads.submit(_digest, path)

    def digest(self, path: PurePath | str) -> str | None:
        """Return the SHA-256 of an object."""
        expected = self._expected.pop(str(path), None)
        return expected.result() if expected else _digest(str(path))

    def forget(self) -> None:
        """Read no more of what was expected."""
        while self._expected:
            self._expected.popitem()[1].cancel()

    def manifest(self, folder: PurePath, *, writable: bool) -> AbstractContextManager[Manifest]:
        """Give the manifest; nothing is locked."""
        return open_in_store(cast("Address", folder), writable=writable)

    def commit(self, _paths: Collection[PurePath], _run: int, record: Callable[[], None]) -> None:
        """Record the set: its files were put where the document was converted."""
        record()

    def discard(self, paths: Iterable[PurePath], run: int) -> None:
        """Do nothing: nothing is staged in a store."""

    def sweep(self, folders: Iterable[PurePath], recorded: Callable[[PurePath], str | None]) -> None:
        """Do nothing: what was put and not recorded is put again."""

    def flush(self, folders: Iterable[PurePath]) -> None:
        """Do nothing: what a store has taken it has."""


STORE = Store()


def put_set(files: Mapping[Address, bytes]) -> None:
    """Put the files of a set, those that are not there already.

    Where one cannot be put, those before it are made what they were. Raises WriteError.
    """
    before: dict[Address, bytes | None] = {}
    address = next(iter(files))
    try:
        for address, data in files.items():
            there = _read(address)
            if there != data:
                before[address] = there
        for address in before:
            remote.put(address, files[address])
    except OSError as error:
        left = _put_back(before)
        more = f"; {shown(left)} is neither what it was nor recorded, and made again by the next run" if left else ""
        msg = f"{unwritten(address, error)}{more}"
        raise WriteError(msg) from error


def _put_back(before: Mapping[Address, bytes | None]) -> Address | None:
    """Make objects what they were before; return the first that cannot be."""
    for address, data in before.items():
        try:
            if _read(address) == data:
                continue
            if data is None:
                remote.remove(address)
            else:
                remote.put(address, data)
        except OSError:  # what could not be written is what is told
            return address
    return None


def _read(address: Address) -> bytes | None:
    """Return what is there, None where nothing is. Raises StoreError."""
    try:
        return remote.whole(address)
    except FileNotFoundError:
        return None


def _digest(path: str) -> str | None:
    found = sha256()
    try:
        for piece in remote.pieces(Address(path)):
            found.update(piece)
    except OSError:  # what is wrong is told when it is read to be converted
        return None
    return found.hexdigest()
