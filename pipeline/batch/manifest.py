"""The manifest of an output folder: what was made of what, a line of JSON for each set of files.

A line is appended once all files of a set have their places: it is what makes the set count.
Where a run is killed the last line may be torn; it is no line then, and its document is
converted again. At the end of a run the file is written anew, sorted, a line a set, so that
it does not depend on the order in which documents were done.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Protocol, cast

from pipeline.batch.files import unwritten
from pipeline.validate.schema import schema_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import PurePath

NAME = "unres-manifest.jsonl"
PACKAGE = Path(__file__).parent.parent
LIBRARIES = ("cobalt", "lxml", "orjson", "pikepdf", "pypandoc_binary", "pypdfium2", "pyspellchecker", "python-docx")
"""What decides, beside our own code and data, which bytes a document becomes."""


class Entry(NamedTuple):
    """A set of files: its name (the path below the output folder, without ending), the key of what it was made of.

    `files` gives the SHA-256 of each by its path below the output folder; `outcome` is what
    became of the document, as plain JSON values.
    """

    name: str
    key: str
    files: Mapping[str, str]
    outcome: Mapping[str, Any]

    def line(self) -> bytes:
        """Return the entry as a line of the manifest; ASCII, as a file's name need not be Unicode."""
        return json.dumps(self._asdict()).encode() + b"\n"


@cache
def versions() -> str:
    """Return what stands for this version of the tool: of its code, its languages, its schema, and its libraries."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - not quick, and not for --help

    found = sha256(schema_text().encode())
    for path in sorted(path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        found.update(f"\0{path.relative_to(PACKAGE)}\0".encode() + path.read_bytes())
    for library in LIBRARIES:
        with suppress(PackageNotFoundError):  # one that is not there decides nothing
            found.update(f"\0{library} {version(library)}".encode())
    return found.hexdigest() + f" Python {sys.version_info.major}.{sys.version_info.minor}"


def key(configuration: object, place: str, content: str) -> str:
    """Return the key of a set: what it is made of, as which, by what.

    `configuration` is all that changes what is made, `place` where it lies and what the
    document is called, `content` the SHA-256 of the document. No time is part of it.
    """
    return sha256(json.dumps([versions(), configuration, place, content]).encode()).hexdigest()


class Home(Protocol):
    """Where a manifest lies. What is appended to the open file is kept there, at the latest when it is told to."""

    @property
    def folder(self) -> PurePath:
        """The folder whose manifest it is."""

    @property
    def is_whole(self) -> bool:
        """Whether the manifest there says all that the open file does, and in that order."""

    def added(self, line: bytes) -> None:
        """Take a line that was appended."""

    def keep(self) -> None:
        """Keep the lines that were taken. Raises WriteError."""

    def has(self) -> Callable[[str], bool]:
        """Return what tells of a file of the folder whether it is there."""

    def write(self, lines: Iterable[bytes]) -> None:
        """Write the manifest anew; without lines, remove it. Raises OSError."""


class Manifest:
    """The manifest of a folder, open. In memory is where each line begins, not what it says."""

    def __init__(self, home: Home, number: int) -> None:
        self._home = home
        self._number = number
        self._keys: dict[bytes, int] = {}
        self._sets: dict[str, int] = {}
        self._count = 0
        self._end = 0
        with self._opened() as file:
            for line in file:
                if line.endswith(b"\n"):
                    with suppress(
                        ValueError, TypeError, RecursionError
                    ):  # a damaged line: its document is converted again
                        self._know(Entry(**json.loads(line)), self._end)
                    self._count += 1
                    self._end += len(line)
            self._is_torn = file.tell() > self._end

    def find(self, wanted: str) -> Entry | None:
        """Return the entry of this key, None where there is none."""
        at = self._keys.get(bytes.fromhex(wanted))
        return None if at is None else self._entry(at)

    def __len__(self) -> int:
        """Return how many sets there are."""
        return len(self._sets)

    def digests(self) -> dict[PurePath, str]:
        """Return the SHA-256 of all files that count, by their places."""
        entries = map(self._entry, self._sets.values())
        return {self._home.folder / name: digest for entry in entries for name, digest in entry.files.items()}

    def append(self, entry: Entry) -> None:
        """Add an entry, or nothing; it counts once it is kept. Raises WriteError."""
        line = entry.line()
        try:
            with self._opened("r+b") as file:
                file.seek(self._end)
                file.write(line)
        except OSError as error:
            with suppress(OSError):  # what is torn is no line
                os.ftruncate(self._number, self._end)
            raise unwritten(self._home.folder / NAME, error) from error
        self._home.added(line)
        self._know(entry, self._end)
        self._count += 1
        self._end += len(line)

    def keep(self) -> None:
        """Make what was added count. Raises WriteError."""
        self._home.keep()

    def compact(self) -> None:
        """Leave one line a set, sorted, and none of sets that were deleted. Raises WriteError."""
        is_there = self._home.has()
        kept = [at for name, at in sorted(self._sets.items()) if any(map(is_there, self._entry(at).files))]
        is_compact = len(kept) == self._count and kept == sorted(kept) and not self._is_torn
        try:
            if not (kept and is_compact and self._home.is_whole):
                self._home.write(self._entry(at).line() for at in kept)
        except OSError as error:
            raise unwritten(self._home.folder / NAME, error) from error

    def _know(self, entry: Entry, at: int) -> None:
        self._keys[bytes.fromhex(entry.key)] = at
        self._sets[entry.name] = at

    def _entry(self, at: int) -> Entry:
        with self._opened() as file:
            file.seek(at)
            return Entry(**json.loads(file.readline()))

    def _opened(self, mode: str = "rb") -> BinaryIO:
        os.lseek(self._number, 0, os.SEEK_SET)
        return cast("BinaryIO", open(self._number, mode, closefd=False))
