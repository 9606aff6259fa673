"""A bag as a mapping of paths to bytes: what RFC 8493 adds to the payload, and reading one back without trust."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import unicodedata
from typing import TYPE_CHECKING

from pipeline.batch.files import flush, left_beside
from pipeline.batch.shown import shown
from pipeline.errors import ReadError, WriteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
ALGORITHMS = ("sha256", "sha512")
MOST_FILES = 1000
MOST_BYTES = 1 << 30
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})


def name_faults(paths: Iterable[str]) -> Iterator[str]:
    """Yield what is wrong with names: those that lead out of the bag or that some system cannot keep apart."""
    seen: dict[str, str] = {}
    for path in paths:
        for piece in path.split("/"):
            unsafe = piece in {"", ".", ".."} or piece[0] == "~" or piece[-1] in ". "
            unprintable = not piece.isprintable() or any(sign in '\\:*?"<>|' for sign in piece)
            if unsafe or unprintable or piece.partition(".")[0].lower() in RESERVED:
                yield f"{shown(path)}: a name that is not safe on every system"
                break
        key = unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
        if key in seen:
            yield f"{shown(path)}: differs from {shown(seen[key])} by case or normalisation alone"
        seen[key] = path


def bagged(payload: Mapping[str, bytes], info: Mapping[str, str]) -> dict[str, bytes]:
    """Return all files of a bag. `payload` has paths that start with `data/`. Raises ReadError for unsafe names."""
    for fault in name_faults(payload):
        msg = f"{fault}; rename the file"
        raise ReadError(msg)
    oxum = f"{sum(map(len, payload.values()))}.{len(payload)}"
    lines = [f"{key}: {' '.join(value.split())}\n" for key, value in {**info, "Payload-Oxum": oxum}.items()]
    tags = {"bagit.txt": DECLARATION, "bag-info.txt": "".join(lines).encode()}
    tags |= {f"manifest-{name}.txt": manifest(payload, name) for name in ALGORITHMS}
    last = {f"tagmanifest-{name}.txt": manifest(tags, name) for name in ALGORITHMS}
    return {**tags, **last, **payload}


def manifest(files: Mapping[str, bytes], algorithm: str) -> bytes:
    """Return a manifest of files, sorted by path."""
    return "".join(f"{hashlib.new(algorithm, files[path]).hexdigest()}  {path}\n" for path in sorted(files)).encode()


def bag_faults(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield where a bag is not, byte for byte, what `bagged` makes of its payload."""
    yield from name_faults(files)
    payload = {path: data for path, data in files.items() if path.startswith("data/")}
    tags = {"bagit.txt", "bag-info.txt", *(f"manifest-{name}.txt" for name in ALGORITHMS)}
    last = {f"tagmanifest-{name}.txt" for name in ALGORITHMS}
    yield from (f"{name}: is missing" for name in sorted((tags | last) - files.keys()))
    yield from (f"{shown(name)}: is not of the bag" for name in sorted(files.keys() - tags - last - payload.keys()))
    tagged = {name: files[name] for name in tags & files.keys()}
    for algorithm in ALGORITHMS:
        for name, of in ((f"manifest-{algorithm}.txt", payload), (f"tagmanifest-{algorithm}.txt", tagged)):
            if name in files:
                yield from _differences(name, files[name], manifest(of, algorithm))
    oxum = f"Payload-Oxum: {sum(map(len, payload.values()))}.{len(payload)}\n".encode()
    if files.get("bagit.txt", DECLARATION) != DECLARATION:
        yield "bagit.txt: is not that of BagIt 1.0 in UTF-8"
    if not files.get("bag-info.txt", oxum).endswith(oxum):
        yield "bag-info.txt: Payload-Oxum does not fit the payload"


def _differences(name: str, found: bytes, wanted: bytes) -> Iterator[str]:
    listed, there = set(found.split(b"\n")), set(wanted.split(b"\n"))
    for line in sorted(listed ^ there):
        what = "is listed, but the file is another or missing" if line in listed else "is not listed with this digest"
        yield f"{name}: {shown(line.decode(errors='replace').partition('  ')[2])}: {what}"
    if listed == there and found != wanted:
        yield f"{name}: its lines are not in order"


def read_bag(folder: Path) -> dict[str, bytes]:
    """Return the files of a bag. Raises ReadError for links, devices, empty folders, and what is far too large."""
    found: dict[str, bytes] = {}
    total = 0
    for path in _regular(folder):
        total += path.lstat().st_size
        if len(found) == MOST_FILES or total > MOST_BYTES:
            msg = f"{shown(folder)}: more than {MOST_FILES} files or {MOST_BYTES} bytes; is it a bag of one document?"
            raise ReadError(msg)
        found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def _regular(folder: Path) -> Iterator[Path]:
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        if not stat.S_ISDIR(place.lstat().st_mode):
            msg = f"{shown(place)}: a bag is a folder, and this is none; name the folder itself"
            raise ReadError(msg)
        entries = sorted(place.iterdir())
        if not entries:
            msg = f"{shown(place)}: an empty folder, which no bag has; was something removed?"
            raise ReadError(msg)
        for entry in entries:
            mode = entry.lstat().st_mode
            if stat.S_ISDIR(mode):
                waiting.append(entry)
            elif stat.S_ISREG(mode):
                yield entry
            else:
                msg = f"{shown(entry)}: a link or a device, which no bag may have; remove it"
                raise ReadError(msg)


def _is_there(folder: Path, files: Mapping[str, bytes]) -> bool:
    try:
        return read_bag(folder) == files
    except (ReadError, OSError):  # it is something else then, and told as that
        return False


def write_bag(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a bag beside its place, and rename it; one that is there already and is the same is left as it is.

    Raises WriteError, also where there is something else.
    """
    if os.path.lexists(folder) and _is_there(folder, files):
        return
    for left in left_beside(folder):
        shutil.rmtree(left, ignore_errors=True)
    staging = folder.with_name(f".{folder.name}.tmp-{os.getpid()}")
    try:
        if os.path.lexists(folder):
            msg = f"{shown(folder)}: is there already and is another; remove it or choose another folder"
            raise WriteError(msg)
        for name, data in files.items():
            path = staging / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        flush({staging, *(path for path in staging.rglob("*") if path.is_dir())})
        staging.rename(folder)
        flush([folder.parent])
    except OSError as error:
        msg = f"{shown(folder)}: cannot be written: {error.strerror or error}"
        raise WriteError(msg) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
