"""What a run leaves behind that is killed, or for which the disk fails, at any moment.

After each blow: no file is half written; once the next run has begun, the set of a document is wholly
as it was or wholly new; a run to the end then gives, byte for byte, what a run without the blow
gives; no temporary is left, and no process. `make torture` strikes often, the tests a few times.
"""
# ruff: noqa: INP001, S603, S607, T201 - a script that runs our own command, and prints

from __future__ import annotations

import errno
import mmap
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.batch.document import Options
from pipeline.batch.files import sweep
from pipeline.batch.manifest import NAME
from pipeline.batch.manifest_on_disk import open_manifest
from pipeline.batch.plan import plan
from pipeline.batch.report import Outcome, Report, exit_code
from pipeline.batch.run import run
from pipeline.errors import WriteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
FORMATS = "json,xml,md"
BLOWS = 200
PAGE = 4096
BLOW = {
    "kill -9 of the run": ("run", signal.SIGKILL),
    "kill -9 of a worker": ("one", signal.SIGKILL),
    "kill -9 of all": ("all", signal.SIGKILL),
    "SIGTERM": ("run", signal.SIGTERM),
    "SIGINT": ("run", signal.SIGINT),
}
Tree = dict[str, bytes]


class Course(NamedTuple):
    """Two states of a folder of documents, and what each becomes."""

    old: Path
    new: Path
    from_old: Tree
    from_new: Tree


def main() -> None:
    """Strike, and tell how often. Takes how many blows of a kind there should be, and a seed."""
    blows, seed = (*map(int, sys.argv[1:]), *(BLOWS, 1)[len(sys.argv) - 1 :])
    chance = random.Random(seed)  # noqa: S311 - a course that can be run again
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        course = lay(place, 30)
        for name, (whom, number) in BLOW.items():
            struck = sum(strike(course, place / whom, whom, number, chance) for _ in range(blows))
            print(f"{name:32} {struck:5} blows of {blows} fell within a run; seed {seed}", flush=True)
        small = lay(place / "small", 5)
        for name, sticks in {"a failing operation": False, "all failing from one on": True}.items():
            print(f"{name:32} {fail_each(small, place / str(sticks), sticks=sticks):5} operations, each", flush=True)
        print(f"{'a full disk':32} {fill_disk(small, place / 'disk'):5} disks too small by more and less")


def lay(place: Path, count: int) -> Course:
    """Write so many documents in two states, and convert each without any harm."""
    samples = [path for path in sorted(SAMPLES.iterdir()) if path.suffix == ".txt"]
    for state in ("old", "new"):
        (place / state).mkdir(parents=True)
        for number in range(count):
            sample = samples[number % len(samples)]
            text = re.sub(r"(?<=\d\d/)(60|90\d)\b", str(1000 + number), sample.read_text(encoding="utf-8"))
            text += "\n" * (state == "new")
            # Some documents are there in one state only.
            if not (state == "old" and number % 3 == 0):
                (place / state / f"{number:03}{sample.name[-7:]}").write_text(text, encoding="utf-8")
        assert convert(place / state, place / f"from {state}") == 0
    return Course(place / "old", place / "new", tree(place / "from old"), tree(place / "from new"))


def tree(folder: Path) -> Tree:
    """Return all files below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def convert(source: Path, out: Path) -> int:
    """Convert a folder in this process and those it forks; return the exit code."""
    options = Options(tuple(FORMATS.split(",")))
    try:
        report: Report = run(plan([source], out, options.suffixes), options, ignore, jobs=2)
    except WriteError:
        return 5
    return exit_code(report, None)


def ignore(_outcome: Outcome) -> None:
    """Tell nothing."""


def made_before(course: Course, out: Path) -> None:
    """Make the folder what a run over the old state leaves."""
    for path in sorted(out.rglob("*"), reverse=True):
        path.unlink()
    out.mkdir(exist_ok=True)
    for name, data in course.from_old.items():
        (out / name).write_bytes(data)


def strike(course: Course, out: Path, whom: str, number: signal.Signals, chance: random.Random) -> bool:
    """Start a run over the new state and send a signal while it writes; return whether it was still running."""
    made_before(course, out)
    command = [sys.executable, "-m", "pipeline", "convert", str(course.new), "--out", str(out), "--to", FORMATS]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": ROOT}
    with subprocess.Popen([*command, "--jobs", "2", "--fail-on", "never"], **quiet) as process:  # type: ignore[call-overload]
        wait_until(lambda: process.poll() is not None or len(tree_names(out) - set(course.from_old)) > 0)
        time.sleep(chance.random() * chance.choice([0.001, 0.02, 0.3]))
        workers = children(process.pid)
        was_running = process.poll() is None
        if was_running:
            for pid in {"run": [process.pid], "one": workers[:1], "all": [process.pid, *workers]}[whom]:
                send(pid, number)
        code = process.wait()
    if number != signal.SIGKILL and was_running:
        assert code in (128 + number, 0), code
    wait_until(lambda: not any(map(is_running, workers)))
    if number != signal.SIGKILL or whom == "one":
        assert not temporaries(out), temporaries(out)
    examine(course, out)
    return was_running


def examine(course: Course, out: Path) -> None:
    """Hold what is there against what may be there, then convert to the end. Raises AssertionError."""
    for name, data in tree(out).items():
        if name != NAME and name not in temporaries(out):
            assert data in (course.from_old.get(name), course.from_new.get(name)), f"{name} is neither old nor new"
    with open_manifest(out, writable=True) as manifest:
        sweep([out], manifest.digests().get)
    assert not temporaries(out), temporaries(out)
    sets_are_whole(course, tree(out))
    assert convert(course.new, out) == 0
    assert tree(out) == course.from_new


def sets_are_whole(course: Course, there: Mapping[str, bytes]) -> None:
    """Raise AssertionError where of one document some files are old and some are new."""
    for name in {name.rpartition(".")[0] for name in course.from_new if name != NAME}:
        names = [f"{name}.{kind}" for kind in FORMATS.split(",")]
        is_new = [there.get(file) == course.from_new[file] for file in names]
        is_old = [there.get(file) == course.from_old.get(file) for file in names]
        assert all(is_new) or all(is_old), f"{name}: {is_old=} {is_new=}"


def fail_each(course: Course, out: Path, *, sticks: bool) -> int:
    """Let the first operation on the disk fail, then the second, and so on to the last; return how many there are."""
    for number in range(1, 10_000):
        made_before(course, out)
        with disk_fails_at(number, out, sticks=sticks) as happened:
            code = convert(course.new, out)
        assert code in (0, 5), code
        if not sticks:
            sets_are_whole(course, tree(out))
        examine(course, out)
        if happened() < number:
            return number - 1
    msg = "there is no end to it"
    raise AssertionError(msg)


def fill_disk(course: Course, place: Path) -> int:
    """Convert onto disks that are a page larger each time, until all has room; return how many were too small.

    Where none can be mounted, which takes root, that is 0.
    """
    place.mkdir()
    too_small = 0
    room = sum(-(len(data) // -PAGE) for data in course.from_old.values())
    for pages in range(room, 10 * room):
        size = f"size={pages * PAGE}"
        if subprocess.run(["mount", "-t", "tmpfs", "-o", size, "none", str(place)], check=False).returncode:
            break
        try:
            if has_old_state(course, place / "out"):
                code = convert(course.new, place / "out")
                assert code in (0, 5), code
                assert not temporaries(place / "out")
                sets_are_whole(course, tree(place / "out"))
                subprocess.run(["mount", "-o", f"remount,size={10 * room * PAGE}", str(place)], check=True)
                examine(course, place / "out")
                if code == 0:
                    break
                too_small += 1
        finally:
            subprocess.run(["umount", str(place)], check=True)
    return too_small


def has_old_state(course: Course, out: Path) -> bool:
    """Make the folder what a run over the old state leaves, and tell whether there is room for it."""
    try:
        made_before(course, out)
    except OSError:
        return False
    return True


COUNTED = {"open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.truncate", "fsync"}


class Saboteur:
    """Counts operations on a folder, in this process and those forked from it, and lets some fail."""

    def __init__(self) -> None:
        self.folder = ""
        self.at = 0
        self.sticks = False
        self.count = mmap.mmap(-1, 8)

    def operate(self, event: str, path: object) -> None:
        """Count an operation, and raise OSError where it is its turn."""
        if not self.folder or event not in COUNTED or not str(path).startswith(self.folder):
            return
        number = int.from_bytes(self.count[:8], "little") + 1
        self.count[:8] = number.to_bytes(8, "little")
        if number == self.at or (self.sticks and number > self.at and event != "os.remove"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take an operation that Python tells of; of opening only what is for writing."""
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        if event in COUNTED:
            self.operate(event, arguments[0])


SABOTEUR = Saboteur()
sys.addaudithook(SABOTEUR.audit)


@contextmanager
def disk_fails_at(number: int, folder: Path, *, sticks: bool) -> Iterator[Callable[[], int]]:
    """Let an operation on a folder fail, with `sticks` all after it too; gives how many there were."""
    fsync = os.fsync

    def sabotaged(fd: Any) -> None:  # noqa: ANN401 - as it is in os
        SABOTEUR.operate("fsync", Path(f"/proc/self/fd/{fd}").readlink())
        fsync(fd)

    SABOTEUR.at, SABOTEUR.sticks, SABOTEUR.count[:8] = number, sticks, bytes(8)
    SABOTEUR.folder, os.fsync = str(folder), sabotaged
    try:
        yield lambda: int.from_bytes(SABOTEUR.count[:8], "little")
    finally:
        SABOTEUR.folder, os.fsync = "", fsync


def tree_names(folder: Path) -> set[str]:
    """Return the names in a folder."""
    return {entry.name for entry in os.scandir(folder)} if folder.exists() else set()


def temporaries(folder: Path) -> set[str]:
    """Return the names of temporaries in a folder."""
    return {name for name in tree_names(folder) if name[0] == "."}


def children(pid: int) -> list[int]:
    """Return the children of a process."""
    try:
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()))
    except OSError:
        return []


def is_running(pid: int) -> bool:
    """Tell whether there is such a process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def send(pid: int, number: signal.Signals) -> None:
    """Send a signal to a process that may be no more."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def wait_until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something is so. Raises AssertionError where it takes too long."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.0005)


if __name__ == "__main__":
    main()
