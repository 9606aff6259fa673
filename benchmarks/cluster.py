"""What a cluster costs: the same documents by the local pool and by two workers of a Dask cluster on this machine.

Seconds of processors of all processes that take part, and by the clock. `cold` is the first run of workers that
have just started, `warm` a later one. Run by `make bench-cluster`.
"""
# ruff: noqa: INP001, S603, T201 - a script that runs our own command, and prints a table

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from time import perf_counter, sleep
from typing import TYPE_CHECKING, NamedTuple

import psutil  # comes with distributed

from benchmarks.batch import row, verdict, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parent.parent
COUNT = 500
ROUNDS = 3
WORKERS = 2
MOST = 0.25
"""How much more a cluster may cost."""


class Cost(NamedTuple):
    """What a run took: seconds of processors, seconds by the clock."""

    processors: float
    clock: float


def main() -> None:
    """Measure and print; of each kind of run the best counts."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    costs: dict[str, list[Cost]] = {"local": [], "cold": [], "warm": []}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write(place / "in", count)
        busy = f"{os.getloadavg()[0]:.1f} processes running on {os.cpu_count()} processors"
        print(f"{count:,} documents; others had {busy}", flush=True)
        for number in range(ROUNDS):
            costs["local"].append(measure(place, f"local{number}", "--jobs", str(WORKERS)))
            with cluster(place) as (address, processes):
                options = ("--engine", "dask", "--scheduler", address)
                for kind in ("cold", "warm"):
                    costs[kind].append(measure(place, f"{kind}{number}", *options, also=processes))
    best = {kind: Cost(*map(min, zip(*found, strict=True))) for kind, found in costs.items()}
    for kind, cost in best.items():
        more = verdict(cost.processors / best["local"].processors - 1, MOST, "more") if kind != "local" else ""
        row(f"{kind}, processors", f"{cost.processors:.1f} s", more)
    for kind, cost in best.items():
        row(f"{kind}, by the clock", f"{cost.clock:.1f} s")


def measure(place: Path, out: str, *options: str, also: Sequence[psutil.Process] = ()) -> Cost:
    """Convert with the command; of processes that take part, count what they take meanwhile."""
    command = [sys.executable, "-m", "pipeline", "convert", str(place / "in"), "--out", str(place / out), *options]
    before, taken, started = os.times(), used(also), perf_counter()
    subprocess.run([*command, "--quiet", "--fail-on", "never"], cwd=ROOT, check=True)
    after, clock = os.times(), perf_counter() - started
    own = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(own + used(also) - taken, clock)


def used(processes: Sequence[psutil.Process]) -> float:
    """Return the seconds of processors that processes, those they have started, and those that ended have taken."""
    total = 0.0
    for process in processes:
        for each in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):  # it ended just now, and is counted with its parent
                total += sum(each.cpu_times()[:4])
    return total


@contextmanager
def cluster(place: Path) -> Iterator[tuple[str, list[psutil.Process]]]:
    """Start a scheduler and workers; give its address, and all of them."""
    processes: list[psutil.Popen] = []

    def start(name: str, *arguments: str) -> str:
        """Start one; return what it tells by which it can be seen to be ready."""
        log = place / f"{name}.log"
        command = [sys.executable, "-m", f"distributed.cli.dask_{name.rstrip('0123456789')}", *arguments]
        with log.open("wb") as told:
            processes.append(psutil.Popen([*command, "--no-dashboard"], stdout=told, stderr=told, cwd=ROOT))
        while not (match := re.search(r"Scheduler at:\s+(tcp://\S+)|Registered to", log.read_text())):
            sleep(0.05)
        return match[1]

    try:
        address = start("scheduler", "--host", "127.0.0.1", "--port", "0")
        for number in range(WORKERS):
            start(f"worker{number}", address, "--no-nanny", "--nthreads", "1", "--host", "127.0.0.1")
        yield address, processes
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


if __name__ == "__main__":
    main()
