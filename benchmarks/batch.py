"""What a batch costs: rate, memory, a second run with nothing to do, two at a time.

The samples are made into as many distinct documents as are wanted. Run by `make bench-batch`.
"""
# ruff: noqa: INP001, S603, T201 - a script that runs our own command, and prints a table

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from time import perf_counter, sleep
from typing import NamedTuple

from pipeline.convert import convert

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
COUNT = 10_000
IN_A_FOLDER = 1000
SHARE = 0.03
"""A second run should take no more than this share of the first."""
GAIN = 1.7
"""How much faster two at a time should be than one."""
GROWTH = 1.1
"""How much more memory all documents may take than a tenth of them."""
ISOLATION = 5.0
"""Milliseconds a document may cost for being isolated."""
NUMBER = re.compile(r"(?<=\d\d/)(60|90\d)\b")


class Cost(NamedTuple):
    """What a run took: seconds by the clock, seconds of processors, the peak of memory of all its processes in MB."""

    clock: float
    processors: float
    memory: float


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write(place / "few", count // 10)
        write(place / "all", count)
        print(
            f"{count:,} documents; others had {os.getloadavg()[0]:.1f} processes running on {os.cpu_count()} processors"
        )
        few = measure(place / "few", place / "out few", 2)
        one = measure(place / "few", place / "out one", 1)
        first = measure(place / "all", place / "out", 2)
        again = measure(place / "all", place / "out", 2)
        row("first run, two at a time", f"{first.clock:.1f} s", f"{count / first.clock:.1f} documents a second")
        row("processors", f"{first.processors:.1f} s", f"{first.processors / count * 1000:.1f} ms a document")
        row("second run", f"{again.clock:.1f} s", verdict(again.clock / first.clock, SHARE, "of the first"))
        row(
            "second run, processors",
            f"{again.processors:.1f} s",
            verdict(again.processors / first.processors, SHARE, "of the first"),
        )
        row(
            "memory, all processes",
            f"{first.memory:.0f} MB",
            f"{verdict(first.memory / few.memory, GROWTH, 'of a tenth')}",
        )
        row("memory, second run", f"{again.memory:.0f} MB")
        gain = one.clock / few.clock
        row("two at a time : one", f"{gain:.2f}", f"{'at least' if gain >= GAIN else 'LESS than'} {GAIN}")
        alone = in_process(place / "few")
        cost = (one.processors - alone) / (count // 10) * 1000
        row(
            "isolation, writing, manifest",
            f"{cost:.1f} ms",
            verdict(cost, ISOLATION, "ms a document more than in one process"),
        )


def verdict(value: float, most: float, of: str) -> str:
    """Return a figure beside what it should be."""
    return f"{value:.3g} {of}, {'at most' if value <= most else 'MORE than'} {most:g}"


def row(name: str, figure: str, remark: str = "") -> None:
    """Print a line of the table."""
    print(f"  {name:32}{figure:>12}  {remark}".rstrip(), flush=True)


def write(folder: Path, count: int) -> None:
    """Write so many documents, none of which is another."""
    texts = [path.read_text(encoding="utf-8") for path in SAMPLES]
    for number in range(count):
        sample = number % len(SAMPLES)
        place = folder / f"{number // IN_A_FOLDER:03}"
        place.mkdir(parents=True, exist_ok=True)
        text = NUMBER.sub(str(1000 + number), texts[sample])
        (place / f"{number:06}{SAMPLES[sample].name[-7:]}").write_text(text, encoding="utf-8")


def measure(source: Path, out: Path, jobs: int) -> Cost:
    """Convert a folder with the command, and watch what it takes."""
    command = [sys.executable, "-m", "pipeline", "convert", str(source), "--out", str(out), "--jobs", str(jobs)]
    before, started, peak = os.times(), perf_counter(), [0.0]
    with subprocess.Popen([*command, "--quiet", "--fail-on", "never"], cwd=ROOT) as process:
        watcher = threading.Thread(target=watch, args=(process, peak))
        watcher.start()
        if process.wait():
            sys.exit(f"the run ended with {process.returncode}")
    watcher.join()
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(perf_counter() - started, used, peak[0])


def watch(process: subprocess.Popen[bytes], peak: list[float]) -> None:
    """Note the peak of the memory of a process and its children; what they share counts once."""
    while process.poll() is None:
        try:
            workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
            peak[0] = max(peak[0], sum(proportional(int(pid)) for pid in (process.pid, *workers)))
        except OSError:  # one of them ended in between
            continue
        sleep(0.1)


def proportional(pid: int) -> float:
    """Return the memory of a process in MB, of what it shares its share."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return int(rollup.partition("Pss:")[2].split()[0]) / 1024


def in_process(folder: Path) -> float:
    """Return the seconds of a processor that the same documents take in one process that writes nothing."""
    script = "import sys; sys.path.insert(0, '.'); from benchmarks.batch import convert_all; convert_all(sys.argv[1])"
    before = os.times()
    subprocess.run([sys.executable, "-c", script, str(folder)], cwd=ROOT, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def convert_all(folder: str) -> None:
    """Convert all documents of a folder one after the other, and write nothing."""
    for path in sorted(Path(folder).rglob("*.txt")):
        convert(path.read_bytes(), path.name)


if __name__ == "__main__":
    main()
