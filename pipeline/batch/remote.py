"""Stores that an address names, reached through fsspec: listed, read, written an object at a time.

The one place that knows fsspec. It is an extra, and loaded where an address is given; a driver
starts threads, so that a process that has reached a store had better not fork.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.batch.address import Address, without_secrets
from pipeline.batch.stopping import held
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PIECE = 1 << 22
"""Bytes asked for at a time."""
LONGEST_REASON = 300


class StoreError(OSError):
    """A store cannot be reached, or does not do what it is asked; `strerror` tells why, without secrets."""


def driver(address: Address) -> Any:  # noqa: ANN401 - of a library without types
    """Return what reaches the store of an address. Raises UsageError where a library for it is missing."""
    return _driver(address.protocol)


@cache
def _driver(protocol: str) -> Any:  # noqa: ANN401 - as above
    try:
        import fsspec  # noqa: PLC0415 - an extra
    except ImportError:
        msg = f"{protocol}://: addresses need the library fsspec: pip install 'unres[remote]'"
        raise UsageError(msg) from None
    try:
        made = fsspec.get_filesystem_class(protocol)
    except ImportError as error:
        msg = f"{protocol}://: its driver is not installed: {error}"
        raise UsageError(msg) from None
    except ValueError:
        msg = f"{protocol}://: fsspec knows no such protocol; it knows s3, gs, abfs, sftp and others"
        raise UsageError(msg) from None
    # What is asked for is as it is now. Signals that stop a run are not for the threads it may start.
    with held(), _reaching():
        return made(use_listings_cache=False, skip_instance_cache=True)


def is_folder(address: Address) -> bool:
    """Tell whether there is anything below an address. Raises StoreError."""
    with _reaching():
        return bool(driver(address).isdir(str(address)))


def tree(folder: Address) -> Iterator[tuple[Address, list[str], list[str]]]:
    """Yield each folder below one, it first, with the names of the folders and the files in it, as os.walk does.

    Folders that are taken from the names are not gone into. What has an empty name, as `a//b.txt`, is
    no file in a folder; it is passed over as what is hidden. Raises StoreError.
    """
    folders: dict[str, dict[str, None]] = defaultdict(dict)
    files: dict[str, list[str]] = defaultdict(list)
    for path in names(folder):
        place, _, name = path.rpartition("/")
        parts = place.split("/") if place else []
        if "" in (*parts, name) or path.startswith("/"):
            continue
        files[place].append(name)
        for depth, part in enumerate(parts):
            folders["/".join(parts[:depth])][part] = None
    waiting = [""]
    while waiting:
        place = waiting.pop()
        below = list(folders[place])
        yield folder / place, below, files[place]
        waiting += [f"{place}/{name}".lstrip("/") for name in reversed(below)]


def names(folder: Address) -> list[str]:
    """Return the names of all files below a folder, from there on; none where there is no folder. Raises StoreError."""
    try:
        with _reaching():
            found = driver(folder).find(str(folder))
    except FileNotFoundError:
        return []
    root = key(folder).rstrip("/") + "/"
    return [path.removeprefix(root) for path in found]


def pieces(address: Address, most: int | None = None) -> Iterator[bytes]:
    """Yield what an object holds, no more than so many bytes of it. Raises FileNotFoundError, StoreError."""
    with _reaching(), driver(address).open(str(address), "rb") as file:
        left = most
        while left is None or left > 0:
            data = file.read(PIECE if left is None else min(PIECE, left))
            if not data:
                break
            left = None if left is None else left - len(data)
            yield data


def whole(address: Address) -> bytes:
    """Return what an object holds, asked for in one go. Raises FileNotFoundError, StoreError."""
    with _reaching():
        data: bytes = driver(address).cat_file(str(address))
        return data


def put(address: Address, data: bytes) -> None:
    """Write an object, whole or not at all. Raises StoreError."""
    with _reaching(is_written=True):
        driver(address).pipe_file(str(address), data)


def put_file(address: Address, path: Path) -> None:
    """Write an object that holds what a file of this machine does. Raises StoreError."""
    with _reaching(is_written=True):
        driver(address).put_file(str(path), str(address))


def remove(address: Address) -> None:
    """Remove an object, where it is there. Raises StoreError."""
    try:
        with _reaching():
            driver(address).rm_file(str(address))
    except FileNotFoundError:
        return


def key(address: Address) -> str:
    """Return the name a store has for what an address names."""
    return str(driver(address)._strip_protocol(str(address)))  # noqa: SLF001 - drivers are written with it


@contextmanager
def _reaching(*, is_written: bool = False) -> Iterator[None]:
    """Tell in one way what goes wrong in drivers, each of which tells it in its own."""
    try:
        yield
    except FileNotFoundError as error:
        if is_written:
            raise StoreError(error.errno, "there is no such bucket or folder; make it first") from error
        raise
    except (StoreError, UsageError):
        raise
    except Exception as error:  # drivers raise what their libraries do
        said = without_secrets(" ".join(str(error).split()))[:LONGEST_REASON]
        reason = f"{type(error).__name__}: {said}; check the address, and the credentials in the environment"
        raise StoreError(getattr(error, "errno", None), reason) from error
