"""The same run on a Dask cluster: a scheduler and workers as processes of their own, on the loopback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest

from pipeline.batch import cluster as cluster_module
from pipeline.batch.cluster import Clustered, ClusterError
from pipeline.batch.isolation import Limits
from tests.builders import put, resolution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.batch.executor import Ended
    from pipeline.batch.isolation import Answer

pytest.importorskip("distributed", reason="needs the extra cluster: pip install 'unres[cluster]'")

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Give the address of a scheduler that has so many workers, and their processes."""
    started: list[subprocess.Popen[bytes]] = []
    seeing_tests = {**os.environ, "PYTHONPATH": str(ROOT)}

    def start(name: str, *arguments: str) -> Path:
        told = folder / f"{name}.log"
        with told.open("wb") as log:
            command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:], "--no-dashboard"]
            started.append(subprocess.Popen(command, stderr=log, stdout=log, cwd=folder, env=seeing_tests))
        return told

    try:
        told = start("scheduler", "dask_scheduler", "--host", "127.0.0.1", "--port", "0")
        address = waited(told, r"Scheduler at:\s+(tcp://\S+)")
        for number in range(workers):
            options = ("--no-nanny", "--nthreads", "1", "--host", "127.0.0.1")
            start(f"worker{number}", "dask_worker", address, *options)
        for number in range(workers):
            waited(folder / f"worker{number}.log", r"(Registered to)")
        yield address, started[1:]
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def waited(log: Path, pattern: str) -> str:
    latest = monotonic() + PATIENCE
    while monotonic() < latest:
        if match := re.search(pattern, log.read_text()):
            return match[1]
        sleep(0.05)
    pytest.fail(f"no {pattern} in:\n{log.read_text()}")


def command(source: Path, out: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "pipeline", "convert", str(source), "--out", str(out), *options]


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def documents(folder: Path, count: int) -> None:
    for number in range(count):
        put(folder / f"{number // 40}" / f"{number:03}.txt", resolution(f"A/RES/70/{number + 1}"))
    put(folder / "empty.txt", b"")


def steady(told: bytes) -> list[bytes]:
    """Return the lines that do not tell of time."""
    of_time = (b"time:", b"time by stage:", b"slowest:")
    return [line for line in told.splitlines() if not line.startswith(of_time) and b" a second, " not in line]


def test_a_worker_that_is_killed_changes_nothing(tmp_path: Path) -> None:
    documents(tmp_path / "in", 239)
    local = subprocess.run(command(tmp_path / "in", tmp_path / "local"), cwd=ROOT, capture_output=True, check=False)
    out = tmp_path / "out"
    with cluster(tmp_path, 2) as (address, workers):
        on_cluster = command(tmp_path / "in", out, "--engine", "dask", "--scheduler", address)
        with subprocess.Popen(on_cluster, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
            while not list(out.rglob("*.md")) and run.poll() is None:
                sleep(0.01)
            assert run.poll() is None, run.communicate()
            os.kill(workers[0].pid, signal.SIGKILL)
            told = run.communicate(timeout=PATIENCE)
        assert (run.returncode, told[0]) == (local.returncode, local.stdout)
        assert steady(told[1]) == steady(local.stderr)
        assert files(out) == files(tmp_path / "local")
        again = subprocess.run(on_cluster, cwd=ROOT, capture_output=True, check=False)
        assert b"239 documents unchanged" in again.stdout


def kill_all_but_us(task: str) -> Answer:
    if task == "poison":
        os.kill(os.getppid(), signal.SIGKILL)
    return {"status": "ok", "task": task}


def test_a_task_that_ends_what_does_it_is_found_among_its_chunk(tmp_path: Path) -> None:
    tasks = ["a", "b", "poison", "c", "d"]
    with cluster(tmp_path, 1) as (address, _):
        executor: Clustered[str] = Clustered(address, kill_all_but_us, str, Limits())
        for number, task in enumerate(tasks):
            executor.start(number, task)
        ended: list[Ended[str]] = []
        while executor.tasks:
            ended += executor.wait()
        executor.close()
    assert {end.task: end.answer["status"] for end in ended} == dict.fromkeys(tasks, "ok") | {"poison": "crash"}
    assert all(tasks[end.number] == end.task for end in ended)


def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "REACH", 0.5)
    with pytest.raises(ClusterError, match="no scheduler can be reached there"):
        Clustered("tcp://127.0.0.1:9", kill_all_but_us, str, Limits())


def test_a_scheduler_without_workers_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "REACH", 1.0)
    with cluster(tmp_path, 0) as (address, _), pytest.raises(ClusterError, match="this scheduler has no workers"):
        Clustered(address, kill_all_but_us, str, Limits())


def test_engine_and_scheduler_go_together(tmp_path: Path) -> None:
    documents(tmp_path / "in", 1)
    done = subprocess.run(
        command(tmp_path / "in", tmp_path / "out", "--engine", "dask"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "--scheduler ADDRESS" in done.stderr
