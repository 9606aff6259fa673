"""The manifest of a folder in a store, where nothing can be appended to, and nothing is locked.

What a run adds is put beside the manifest, in parts that are numbered; who opens the manifest reads it and them in
that order. At its end a run puts the whole manifest, and only then removes the parts that are in it. So
whenever a run is killed, all that it had recorded is there, and at most what it had in its hands is done again.
"""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from pipeline.batch.files import unwritten
from pipeline.batch.manifest import NAME, Manifest
from pipeline.batch.remote import StoreError, names, pieces, put, put_file, remove

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from pipeline.batch.address import Address

PARTS = ".unres-manifest.parts"
AT_A_TIME = 16
"""Parts that are removed at a time."""


class _InStore:
    """A manifest that is read into the open file, and the lines that are to be kept in the next part."""

    def __init__(self, folder: Address, opened: BinaryIO) -> None:
        self.folder = folder
        self._lines: list[bytes] = []
        self._own = token_hex(8)
        self._parts = sorted(name for name in names(folder / PARTS) if name.partition("-")[0].isdigit())
        self._number = int(self._parts[-1].partition("-")[0]) + 1 if self._parts else 1
        self._is_begun = False
        self._read(folder / NAME, opened)
        for name in self._parts:
            self._read(folder / PARTS / name, opened)
        opened.flush()

    @property
    def is_whole(self) -> bool:
        """Whether there are no parts but the one that is empty."""
        return not self._parts

    def begin(self) -> None:
        """Put a part that is empty: a store that does not take it takes no document either."""
        put(self._part(0), b"")
        self._is_begun = True

    def added(self, line: bytes) -> None:
        """Take a line for the next part."""
        self._lines.append(line)

    def keep(self) -> None:
        """Put the next part, where there are lines for it. Raises WriteError."""
        if not self._lines:
            return
        part = self._part(self._number)
        try:
            put(part, b"".join(self._lines))
        except StoreError as error:
            raise unwritten(part, error) from error
        self._parts.append(part.name)
        self._number += 1
        self._lines.clear()

    def has(self) -> Callable[[str], bool]:
        """Return what looks into a list of all files below the folder."""
        return frozenset(names(self.folder)).__contains__

    def write(self, lines: Iterable[bytes]) -> None:
        """Put the manifest, then remove the parts that are in it; without lines remove it with them."""
        with tempfile.TemporaryDirectory(prefix="unres-") as place:
            file = Path(place, NAME)
            with file.open("wb") as whole:
                whole.writelines(lines)
            if file.stat().st_size:
                put_file(self.folder / NAME, file)
            else:
                remove(self.folder / NAME)
        with ThreadPoolExecutor(AT_A_TIME, "unres-parts") as threads:
            # The oldest go first: what is left where a run is killed is what came last.
            list(threads.map(remove, (self.folder / PARTS / name for name in self._parts)))
        self._parts.clear()

    def leave(self) -> None:
        """Remove the part that is empty."""
        if self._is_begun:
            with suppress(StoreError):  # another run removes it
                remove(self._part(0))

    def _part(self, number: int) -> Address:
        return self.folder / PARTS / f"{number:08}-{self._own}.jsonl"

    def _read(self, address: Address, opened: BinaryIO) -> None:
        last = b"\n"
        with suppress(FileNotFoundError):  # there is none yet, or it is in the manifest by now
            for piece in pieces(address):
                opened.write(piece)
                last = piece[-1:]
        if last != b"\n":  # torn by another hand: what follows is a line of its own
            opened.write(b"\n")


@contextmanager
def open_in_store(folder: Address, *, writable: bool) -> Iterator[Manifest]:
    """Give the manifest of a folder in a store; one that is empty where there is none.

    Raises WriteError where it cannot be read, and with `writable` where nothing can be written beside it.
    """
    with tempfile.TemporaryFile() as opened:
        try:
            home = _InStore(folder, opened)
            if writable:
                home.begin()
        except StoreError as error:
            raise unwritten(folder / NAME, error) from error
        try:
            yield Manifest(home, opened.fileno())
        finally:
            home.leave()
