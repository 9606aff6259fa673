"""Where files are: what a run asks of a place, and how a folder of this machine answers.

A folder of this machine gives a set of files its places by renaming; a store (`store`) has nothing to rename.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Protocol, cast

from pipeline.batch import files
from pipeline.batch.address import Address
from pipeline.batch.manifest_on_disk import open_manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from contextlib import AbstractContextManager

    from pipeline.batch.manifest import Manifest


class Storage(Protocol):
    """A kind of place. What it is asked for lies in it."""

    def is_folder(self, path: PurePath) -> bool:
        """Tell whether this is a folder. Raises OSError."""

    def walk(
        self, folder: PurePath, refuse: Callable[[OSError], object]
    ) -> Iterator[tuple[PurePath, list[str], list[str]]]:
        """Yield folders with the names of folders and files in them, as os.walk does; tell those not to be read."""

    def beginning(self, path: PurePath, size: int) -> bytes:
        """Return the first bytes of a file. Raises OSError."""

    def resolved(self, folder: PurePath) -> PurePath:
        """Return the same folder, however it was named."""

    def expect(self, paths: Iterable[PurePath | str]) -> None:
        """Know that the digests of these files will be asked for."""

    def forget(self) -> None:
        """Know that no more will be asked of what was expected: the run has ended."""

    def digest(self, path: PurePath | str) -> str | None:
        """Return the SHA-256 of a file, None where there is none that can be read."""

    def manifest(self, folder: PurePath, *, writable: bool) -> AbstractContextManager[Manifest]:
        """Give the manifest of a folder. Raises WriteError where nothing may be written, or another run has it."""

    def commit(self, paths: Collection[PurePath], run: int, record: Callable[[], None]) -> None:
        """Make the files of a set count, which call `record` records. Raises WriteError."""

    def discard(self, paths: Iterable[PurePath], run: int) -> None:
        """Remove what a run has staged beside these places."""

    def sweep(self, folders: Iterable[PurePath], recorded: Callable[[PurePath], str | None]) -> None:
        """Undo what runs that are no more left half done (`files.sweep`)."""

    def flush(self, folders: Iterable[PurePath]) -> None:
        """Make what was written outlast a failure of the power."""


class Local:
    """Folders of this machine."""

    def is_folder(self, path: PurePath) -> bool:
        """Tell whether this is a folder."""
        return Path(path).is_dir()

    def walk(
        self, folder: PurePath, refuse: Callable[[OSError], object]
    ) -> Iterator[tuple[PurePath, list[str], list[str]]]:
        """Yield what os.walk does."""
        for place, folders, names in os.walk(folder, onerror=refuse):
            yield Path(place), folders, names

    def beginning(self, path: PurePath, size: int) -> bytes:
        """Return the first bytes of a file."""
        with Path(path).open("rb") as file:
            return file.read(size)

    def resolved(self, folder: PurePath) -> PurePath:
        """Return the folder that links lead to."""
        return Path(folder).resolve()

    def expect(self, paths: Iterable[PurePath | str]) -> None:
        """Do nothing: files are at hand."""

    def forget(self) -> None:
        """Do nothing, as before."""

    digest = staticmethod(files.digest)

    def manifest(self, folder: PurePath, *, writable: bool) -> AbstractContextManager[Manifest]:
        """Give the manifest, locked."""
        if writable:
            files.check_writable(Path(folder))
        return open_manifest(Path(folder), writable=writable)

    def commit(self, paths: Collection[PurePath], run: int, record: Callable[[], None]) -> None:
        """Give staged files their places, and record them."""
        files.commit(cast("Collection[Path]", paths), run, record)

    def discard(self, paths: Iterable[PurePath], run: int) -> None:
        """Remove temporaries."""
        files.discard(cast("Iterable[Path]", paths), run, ("tmp",))

    def sweep(self, folders: Iterable[PurePath], recorded: Callable[[PurePath], str | None]) -> None:
        """Put back what was there before."""
        files.sweep(cast("Iterable[Path]", folders), recorded)

    def flush(self, folders: Iterable[PurePath]) -> None:
        """Make renames last."""
        files.flush(cast("Iterable[Path]", folders))


LOCAL = Local()


def storage_of(path: PurePath) -> Storage:
    """Return where a path, or an address, lies."""
    if not isinstance(path, Address):
        return LOCAL
    from pipeline.batch.store import STORE  # noqa: PLC0415 - few runs need it

    return STORE
