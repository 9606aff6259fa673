"""Where a run touches the disk: documents are read here, and sets of files are written whole or not at all.

A set is staged beside its places by whoever makes it, and committed by the run.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from glob import escape
from hashlib import sha256
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from pipeline.batch.shown import shown
from pipeline.errors import UnresError, WriteError
from pipeline.limits import USUAL_LIMITS, InputLimits

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

TEMPORARY = re.compile(r"\.(?P<name>.+)\.(?P<kind>tmp|old|new)-(?P<run>\d+)")
"""Beside a place: `tmp` is what will be there, `old` what was there, `new` says that nothing was there."""
CHUNK = 1 << 20


class InputError(UnresError):
    """An input cannot be read from the disk."""

    exit_code = 5


def load(path: Path, limits: InputLimits = USUAL_LIMITS) -> bytes:
    """Return the bytes of a file; of one that is far too large, enough for it to be refused as that.

    Raises InputError.
    """
    try:
        with path.open("rb") as file:
            return file.read(limits.largest + 1)
    except OSError as error:
        raise unreadable(path, error) from error


def check_writable(folder: Path) -> None:
    """Tell beforehand what would otherwise be told for each document. Raises WriteError."""
    nearest = next(place for place in (folder.absolute(), *folder.absolute().parents) if os.path.lexists(place))
    if not nearest.is_dir():
        msg = f"{shown(nearest)}: is not a folder, and files should be written into it; choose another folder"
        raise WriteError(msg)
    if not os.access(nearest, os.W_OK | os.X_OK):
        msg = f"{shown(nearest)}: nothing may be written into this folder; choose another or change its permissions"
        raise WriteError(msg)


def stage(files: Mapping[Path, bytes], run: int) -> None:
    """Write files beside their places, as temporaries of the run of this number, and flush them.

    Where that fails, none of them is left. Raises WriteError.
    """
    path, staged = Path(), False
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _flushed(_beside(path, "tmp", run), data)
        staged = True
    except OSError as error:
        raise unwritten(path, error) from error
    finally:
        if not staged:
            discard(files, run, ("tmp",))


def commit(paths: Collection[Path], run: int, record: Callable[[], None]) -> None:
    """Give staged files their places, then call `record`, which makes the set count.

    Where that fails, the files that were there before are there again: now, or where that fails
    too, at the start of the next run. Raises WriteError.
    """
    path = Path()
    try:
        try:
            for path in paths:
                _keep(path, run)
            for path in paths:
                _beside(path, "tmp", run).replace(path)
            record()
        except BaseException:  # also when stopped by a signal
            for put in paths:
                with suppress(OSError):  # the first failure is the one to tell
                    _restore(put, run)
            raise
        discard(paths, run, ("old", "new"))
    except OSError as error:
        raise unwritten(path, error) from error
    finally:
        discard(paths, run, ("tmp",))


def write_set(files: Mapping[Path, bytes]) -> None:
    """Write files that belong together, of which no manifest tells. Raises WriteError."""
    stage(files, os.getpid())
    commit(files, os.getpid(), lambda: None)


def staged(path: Path, run: int) -> bytes:
    """Return what a run has staged for a place. Raises OSError."""
    return _beside(path, "tmp", run).read_bytes()


def discard(paths: Iterable[Path], run: int, kinds: Iterable[str]) -> None:
    """Remove what a run has left beside these places."""
    for path in paths:
        for kind in kinds:
            with suppress(OSError):  # a folder that cannot be written into any more; it is swept later
                _beside(path, kind, run).unlink(missing_ok=True)


def flush(folders: Iterable[Path]) -> None:
    """Make renames in these folders outlast a failure of the power."""
    for folder in folders:
        with suppress(OSError):  # some file systems cannot; the files themselves are flushed
            number = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(number)
            finally:
                os.close(number)


def digest(path: PurePath | str) -> str | None:
    """Return the SHA-256 of a file, None where there is none that can be read."""
    if not os.path.isfile(path):  # noqa: PTH113 - a run asks this of every file there is
        return None
    found = sha256()
    with suppress(OSError), open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
        while data := file.read(CHUNK):
            found.update(data)
        return found.hexdigest()
    return None


def unreadable(path: PurePath, error: OSError) -> InputError:
    """Return the error that tells of a file that cannot be read."""
    if isinstance(error, FileNotFoundError):
        return InputError(f"{shown(path)}: no such file or folder; check the path")
    return InputError(f"{shown(path)}: cannot be read: {error.strerror}")


def unwritten(path: PurePath, error: OSError) -> WriteError:
    """Return the error that tells of a file that cannot be written."""
    return WriteError(f"{shown(path)}: cannot be written: {error.strerror or error}")


def sweep(folders: Iterable[Path], recorded: Callable[[Path], str | None]) -> None:
    """Undo what runs that are no more left half done in these folders.

    What was there before is put back, unless what is there now counts: is what `recorded`
    gives, the SHA-256 of the file in the manifest. Temporaries are removed.
    A run that has this process's number is no more: in a container numbers come again.
    """
    for folder in folders:
        with suppress(OSError):  # a folder that is not there yet, or temporaries of somebody else
            for path in list(folder.glob(".*")):
                match = TEMPORARY.fullmatch(path.name)
                if match and not _is_another_run(int(match["run"])):
                    place = folder / match["name"]
                    if match["kind"] == "tmp" or _counts(place, recorded):
                        path.unlink(missing_ok=True)
                    else:
                        _restore(place, int(match["run"]))


def _beside(path: Path, kind: str, run: int) -> Path:
    return path.with_name(f".{path.name}.{kind}-{run}")


def _flushed(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _keep(path: Path, run: int) -> None:
    """Keep what is there, or keep in mind that nothing is."""
    copy = _beside(path, "old", run)
    if not os.path.lexists(path):
        _beside(path, "new", run).touch()
        return
    copy.unlink(missing_ok=True)
    try:
        os.link(path, copy, follow_symlinks=False)
    except OSError:  # a file system without links; half a copy must not pass for what was kept
        partial = _beside(copy, "tmp", run)
        try:
            shutil.copy2(path, partial, follow_symlinks=False)
            partial.replace(copy)
        finally:
            partial.unlink(missing_ok=True)


def _restore(path: Path, run: int) -> None:
    """Put back what was there before, where that was kept."""
    old, new = _beside(path, "old", run), _beside(path, "new", run)
    if os.path.lexists(old):
        old.replace(path)
        old.unlink(missing_ok=True)  # of two links to one file, the renaming removes none
    elif os.path.lexists(new):
        path.unlink(missing_ok=True)
        new.unlink()


def _counts(path: Path, recorded: Callable[[Path], str | None]) -> bool:
    known = recorded(path)
    return known is not None and digest(path) == known


def left_beside(place: Path) -> Iterator[Path]:
    """Yield what runs that are no more have staged beside one place, a file or a folder, and not put there."""
    for path in place.parent.glob(f".{escape(place.name)}.tmp-*"):
        match = TEMPORARY.fullmatch(path.name)
        if match and not _is_another_run(int(match["run"])):
            yield path


def _is_another_run(number: int) -> bool:
    """Tell whether a process of this number runs, other than this one."""
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
