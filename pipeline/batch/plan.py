"""What a run will do: which documents it reads, and which files each of them becomes.

Everything that can be known beforehand is refused beforehand, so that a run that starts
has one owner for each file it writes.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from pipeline.batch.shown import shown
from pipeline.batch.storage import storage_of
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

SUFFIXES = (".pdf", ".txt", ".docx", ".odt", ".rtf", ".html", ".htm", ".xml")
"""What a folder is searched for; of files of one name the first of these is read."""
WRITTEN = {".docx", ".odt", ".rtf", ".html", ".xml"}
"""What a folder is searched for and a run may have written."""
AKN_ROOT = b"akomaNtoso"
BEGINNING = 4096
"""So many bytes of an XML file show its root."""
UNSAFE = re.compile(r"[^\w.-]+")


class Job(NamedTuple):
    """One document: the file it is read from, and the folder and name (without ending) of what is written."""

    source: PurePath
    folder: PurePath
    name: str


class Plan(NamedTuple):
    """The documents of a run, the folder all is written to, and the folders not to be read: (path, what is wrong)."""

    jobs: tuple[Job, ...]
    out: PurePath
    unreadable: tuple[tuple[PurePath, str], ...]


def plan(paths: Sequence[PurePath], out: PurePath, suffixes: Collection[str], *, named_later: bool = False) -> Plan:
    """Find the documents under files and folders, and name what each becomes.

    With `named_later` these names are none of files yet: those of what is written come from the documents, or nothing
    is written. Then none of them can clash here.

    A folder is searched for files with the endings of `SUFFIXES`, all the way down; its folders are kept
    below `out`. Passed over are hidden files and folders, links to folders, a text, a Word file or an
    XML file beside what it was made of, XML that is not Akoma Ntoso, and `out` itself where it lies in the
    folder. What an earlier run wrote (a Word, XML or other file beside the record of its name, `.json`) is read
    only where a folder has nothing else. A file that is named is taken whatever its ending is.
    Raises UsageError for a folder without documents, for two documents that would write one
    file, and for a document that would be overwritten.
    """
    jobs: dict[tuple[PurePath, PurePath], Job] = {}  # a file may be named and also lie in a folder that is
    unreadable: list[tuple[PurePath, str]] = []
    for path in paths:
        found = _documents(path, out, unreadable) if _is_folder(path) else [Job(path, out, path.stem)]
        if not found and not unreadable:
            msg = f"{shown(path)}: no {', '.join(SUFFIXES)} documents in this folder or below it"
            raise UsageError(msg)
        for job in found:
            jobs.setdefault((_place(job.source), job.folder / job.name), job)
    if not named_later and (clashing := clashes(jobs.values(), suffixes)):
        messages = sorted(set(clashing.values()))
        more = f" (and {len(messages) - 1} more like it)" if len(messages) > 1 else ""
        raise UsageError(messages[0] + more)
    return Plan(tuple(jobs.values()), out, tuple(unreadable))


def targets(job: Job, suffixes: Iterable[str]) -> list[PurePath]:
    """Return the files a document becomes."""
    return [job.folder / f"{job.name}{suffix}" for suffix in suffixes]


def clashes(jobs: Iterable[Job], suffixes: Collection[str]) -> dict[Job, str]:
    """Return the documents that may not be written, each with the reason.

    Names that differ only in case or in how an accent is encoded are one name, since on
    many file systems they are.
    """
    jobs = tuple(jobs)
    found: dict[Job, str] = {}
    owners: dict[str, Job] = {}
    inputs = {_key(_place(job.source)) for job in jobs if job.source.suffix.lower() in suffixes}
    for job in jobs:
        files = targets(job, suffixes)
        owner = owners.setdefault(_key(job.folder / job.name), job)
        if owner is not job:
            msg = f"{shown(owner.source)} and {shown(job.source)} would both become {shown(files[0])}"
            found[job] = found[owner] = f"{msg}; rename one, or convert them into different folders"
        elif inputs and (lost := [path for path in files if _key(_place(path)) in inputs]):
            found[job] = f"{shown(lost[0])} is an input and would be overwritten; choose another folder"
    return found


def symbol_name(symbol: str, language: str) -> str:
    """Return the name of the files of a document with this symbol; empty where nothing of it is safe.

    >>> symbol_name("S/RES/2722 (2024)", "en")
    'S_RES_2722_2024.en'
    """
    safe = UNSAFE.sub("_", symbol).strip("._-")
    return f"{safe}.{language}" if safe else ""


def _documents(folder: PurePath, out: PurePath, unreadable: list[tuple[PurePath, str]]) -> list[Job]:
    found = list(_search(folder, out, unreadable))
    return [job for job, written in found if not written] or [job for job, _ in found]


def _search(folder: PurePath, out: PurePath, unreadable: list[tuple[PurePath, str]]) -> Iterator[tuple[Job, bool]]:
    """Yield the documents of a folder, and whether an earlier run wrote them."""
    storage, own = storage_of(folder), storage_of(out).resolved(out)

    def refuse(error: OSError) -> None:
        unreadable.append((type(folder)(error.filename), f"this folder cannot be read: {error.strerror}"))

    for here, folders, files in storage.walk(folder, refuse):
        target = out / here.relative_to(folder)
        folders[:] = sorted(name for name in folders if name[0] != "." and storage.resolved(here / name) != own)
        known = [PurePath(name) for name in sorted(files) if name[0] != "." and name.lower().endswith(SUFFIXES)]
        known = [path for path in known if path.suffix.lower() != ".xml" or _is_akn(here / path)]
        # A text or a Word file beside a PDF of its name was made of it, and so on in the order of the endings.
        first: dict[str, int] = {}
        records = {PurePath(name).stem for name in files if name.lower().endswith(".json")}
        for path in known:
            first[path.stem] = min(first.get(path.stem, len(SUFFIXES)), _rank(path))
        for path in known:
            if _rank(path) > first[path.stem]:
                continue
            written = path.stem in records and path.suffix.lower() in WRITTEN
            yield Job(here / path, target, path.stem), written


def _is_akn(path: PurePath) -> bool:
    try:
        beginning = storage_of(path).beginning(path, BEGINNING)
    except OSError:  # what is wrong is told when it is read
        return True
    return AKN_ROOT in beginning.replace(b"\0", b"")  # in UTF-16, every other byte


def _rank(path: PurePath) -> int:
    return SUFFIXES.index(path.suffix.lower())


def _is_folder(path: PurePath) -> bool:
    try:
        return storage_of(path).is_folder(path)
    except OSError:  # what is wrong is told when it is read
        return False


def _place(path: PurePath) -> PurePath:
    """Return where a file lies, by whatever way it was named. A link is a file of its own: it is what is replaced."""
    return storage_of(path).resolved(path.parent) / path.name


def _key(path: PurePath) -> str:
    return normalize("NFC", str(path)).casefold()
