"""Where a run touches the disk: documents are read here, and sets of files are written whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.batch.plan import shown
from pipeline.errors import UnresError, WriteError
from pipeline.read.plain import LARGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TEMPORARY = re.compile(r"\..+\.(?:tmp|old)-(\d+)")


class InputError(UnresError):
    """An input cannot be read from the disk."""

    exit_code = 5


def load(path: Path) -> bytes:
    """Return the bytes of a file; of one that is far too large, enough for it to be refused as that.

    Raises InputError.
    """
    try:
        with path.open("rb") as file:
            return file.read(8 * LARGEST)
    except FileNotFoundError:
        msg = f"{shown(path)}: no such file or folder; check the path"
        raise InputError(msg) from None
    except OSError as error:
        msg = f"{shown(path)}: cannot be read: {error.strerror}"
        raise InputError(msg) from error


def check_writable(folder: Path) -> None:
    """Tell beforehand what would otherwise be told for each document. Raises WriteError."""
    nearest = next(place for place in (folder.absolute(), *folder.absolute().parents) if os.path.lexists(place))
    if not nearest.is_dir():
        msg = f"{shown(nearest)}: is not a folder, and files should be written into it; choose another folder"
        raise WriteError(msg)
    if not os.access(nearest, os.W_OK | os.X_OK):
        msg = f"{shown(nearest)}: nothing may be written into this folder; choose another or change its permissions"
        raise WriteError(msg)


def write_set(files: Mapping[Path, bytes]) -> None:
    """Write files that belong together.

    All are written beside their places and flushed, then renamed. Where that fails, the
    files that were there before are there again, and none of them was ever half written.
    Raises WriteError.
    """
    temporaries: dict[Path, Path] = {}
    old: dict[Path, Path] = {}
    path = Path()
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            temporaries[path] = _beside(path, "tmp")
            _flushed(temporaries[path], data)
        for path in files:
            if os.path.lexists(path):
                old[path] = _beside(path, "old")
                _keep(path, old[path])
        try:
            for path, temporary in temporaries.items():
                temporary.replace(path)
        except BaseException:  # also when stopped by a signal
            _restore(files, old)
            raise
        _flush_folders({path.parent for path in files})
    except OSError as error:
        msg = f"{shown(path)}: cannot be written: {error.strerror or error}"
        raise WriteError(msg) from error
    finally:
        for temporary in (*temporaries.values(), *old.values()):
            temporary.unlink(missing_ok=True)


def sweep(folders: Iterable[Path]) -> None:
    """Remove the temporaries that runs which are no more left in these folders.

    A run that has this process's number is no more: in a container numbers come again.
    """
    for folder in folders:
        with suppress(OSError):  # a folder that is not there yet, or temporaries of somebody else
            for path in folder.iterdir():
                match = TEMPORARY.fullmatch(path.name)
                if match and not _is_another_run(int(match[1])):
                    path.unlink(missing_ok=True)


def _beside(path: Path, kind: str) -> Path:
    return path.with_name(f".{path.name}.{kind}-{os.getpid()}")


def _flushed(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _keep(path: Path, copy: Path) -> None:
    copy.unlink(missing_ok=True)
    try:
        os.link(path, copy, follow_symlinks=False)
    except OSError:  # a file system without links
        shutil.copy2(path, copy, follow_symlinks=False)


def _restore(paths: Iterable[Path], old: Mapping[Path, Path]) -> None:
    for path in paths:
        with suppress(OSError):  # the first failure is the one to tell
            if path in old:
                old[path].replace(path)
            else:
                path.unlink(missing_ok=True)


def _flush_folders(folders: Iterable[Path]) -> None:
    for folder in folders:
        with suppress(OSError):  # some file systems cannot; the files themselves are flushed
            number = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(number)
            finally:
                os.close(number)


def _is_another_run(number: int) -> bool:
    if number == os.getpid():
        return False
    if os.name != "posix":  # elsewhere signal 0 is a real one
        return True
    try:
        os.kill(number, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
