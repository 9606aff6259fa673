"""Documents that harm the process that reads them. A reader that is only here does what they say."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.batch.document import Options
from pipeline.batch.isolation import LARGEST_FILE, Level, Limits
from pipeline.batch.plan import plan
from pipeline.batch.pool import DOCUMENTS, Forked, InProcess
from pipeline.batch.run import run
from pipeline.read import READERS
from pipeline.read.plain import read_plain
from tests.builders import put, resolution

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.batch.executor import Ended
    from pipeline.batch.isolation import Answer
    from pipeline.batch.report import Outcome
    from pipeline.limits import InputLimits
    from pipeline.read.source import Read

LIMITS = Limits(seconds=60, memory=400)
IMPATIENT = LIMITS._replace(seconds=2)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere fewer walls stand")


def eat() -> None:
    eaten: list[bytes] = []
    while True:
        eaten.append(bytes(100_000))


def eat_little_things() -> None:
    eaten: list[str] = []
    while True:
        eaten.append(str(len(eaten)))


def eat_at_once() -> None:
    bytes(1 << 40)


def hang() -> None:
    while True:
        pass


def sleep() -> None:
    time.sleep(1000)


def recurse() -> None:
    recurse()


def recurse_deeply() -> None:
    sys.setrecursionlimit(1 << 30)
    recurse_over({})


def recurse_over(thing: object) -> str:
    return repr(type("Deep", (), {"__repr__": lambda _: recurse_over(thing)})())


def crash() -> None:
    ctypes.string_at(0)


def abort() -> None:
    os.abort()


def leave() -> None:
    os._exit(0)


def flood() -> None:
    while True:
        os.write(1, b"x" * 1_000_000)


def print_much() -> None:
    while True:
        os.write(2, b"all is well\n" * 10_000)


def fork() -> None:
    if not os.fork():
        time.sleep(1000)


def fork_and_go_on() -> None:
    os.fork()


def fork_a_daemon() -> None:
    if not os.fork():
        if not os.fork():
            time.sleep(3)
        os._exit(0)
    os.wait()


def stop() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def call_home() -> None:
    socket.create_connection(("127.0.0.1", int(os.environ["UNRES_TEST_PORT"])), timeout=1)


POISONS: dict[Callable[[], object], tuple[str, str]] = {
    eat: ("memory", "took more memory than it may; nothing was written, --memory gives it more"),
    eat_little_things: ("memory", "took more memory than it may"),
    eat_at_once: ("memory", "took more memory than it may"),
    hang: ("timeout", "took longer than 2 s; nothing was written, --timeout gives it longer"),
    sleep: ("timeout", "took longer than 2 s"),
    stop: ("timeout", "took longer than 2 s"),
    recurse: ("crash", "unexpected RecursionError"),
    recurse_deeply: ("crash", "its process died: SIGSEGV"),
    crash: ("crash", "its process died: SIGSEGV; nothing was written, please report"),
    abort: ("crash", "its process died: SIGABRT"),
    leave: ("crash", "its process died: exit code 0"),
    flood: ("crash", f"wrote more than {LARGEST_FILE >> 20} MB"),
    print_much: ("crash", f"wrote more than {LARGEST_FILE >> 20} MB"),
    fork: ("crash", "started a process and left it behind"),
    fork_and_go_on: ("crash", "started a process and left it behind"),
    fork_a_daemon: ("crash", "started a process and left it behind"),
}


@pytest.fixture(autouse=True)
def _poisoned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text that begins with the name of a poison is that poison."""
    poisons = {poison.__name__: poison for poison in (*POISONS, call_home)}

    def read(data: bytes, name: str, limits: InputLimits) -> Read:
        if poison := poisons.get(data.decode().partition("\n")[0]):
            poison()
        return read_plain(data, name, limits)

    monkeypatch.setitem(READERS, ".txt", read)


def convert(folder: Path, out: Path, jobs: int = 2, limits: Limits = LIMITS) -> dict[str, Outcome]:
    options = Options(("md",))
    done: list[Outcome] = []
    run(plan([folder], out, options.suffixes), options, done.append, jobs=jobs, limits=limits)
    return {outcome.source.stem: outcome for outcome in done}


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".jsonl")


def processes() -> set[str]:
    """The processes of this test, those without a parent included."""
    found = set()
    for status in os.scandir("/proc"):
        if status.name.isdigit():
            try:
                fields = Path(status.path, "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:  # it ended in between
                continue
            if fields[0] != "Z" and os.getpid() in {int(fields[1]), int(fields[3])}:
                found.add(status.name)
    return found


@pytest.mark.parametrize("poison", POISONS, ids=lambda poison: poison.__name__)
def test_only_the_document_that_does_harm_fails(tmp_path: Path, poison: Callable[[], object]) -> None:
    status, message = POISONS[poison]
    names = ["a", "b", "poison", "x", "y"]
    for number, name in enumerate(names):
        put(tmp_path / "in" / f"{name}.txt", resolution(f"A/RES/99/{number}"))
    put(tmp_path / "in" / "poison.txt", f"{poison.__name__}\n".encode() + resolution())
    put(tmp_path / "out" / "poison.md", b"old")
    outcomes = convert(tmp_path / "in", tmp_path / "out", limits=IMPATIENT if status == "timeout" else LIMITS)
    assert list(outcomes) == names
    statuses = {name: outcome.status for name, outcome in outcomes.items()}
    assert statuses == {name: status if name == "poison" else "ok" for name in names}, outcomes["poison"]
    assert message in outcomes["poison"].message
    assert files(tmp_path / "out") == sorted(f"{name}.md" for name in names)
    assert (tmp_path / "out" / "poison.md").read_bytes() == b"old"


def test_what_a_process_wrote_before_it_died_is_told(tmp_path: Path) -> None:
    put(tmp_path / "in" / "a.txt", b"crash\n")
    assert "Fatal Python error: Segmentation fault" in convert(tmp_path / "in", tmp_path / "out")["a"].details


def test_nothing_is_left_running(tmp_path: Path) -> None:
    before = processes()
    for name in ("hang", "fork", "fork_and_go_on"):
        put(tmp_path / "in" / f"{name}.txt", f"{name}\n".encode())
    convert(tmp_path / "in", tmp_path / "out", jobs=3, limits=IMPATIENT)
    assert processes() <= before


def test_a_document_reaches_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("UNRES_TEST_PORT", str(server.getsockname()[1]))
        put(tmp_path / "in" / "a.txt", b"call_home\n")
        options = Options(("md",))
        done: list[Outcome] = []
        report = run(plan([tmp_path / "in"], tmp_path / "out", options.suffixes), options, done.append, limits=LIMITS)
        if report.level and not report.level.network:
            pytest.skip("no network of its own can be had here")
        assert "Network is unreachable" in done[0].message
        server.settimeout(0.1)
        with pytest.raises(TimeoutError):
            server.accept()


def all_of(pool: Forked[int] | InProcess[int], tasks: int) -> list[Ended[int]]:
    ended: list[Ended[int]] = []
    for number in range(tasks):
        while pool.is_full:
            ended += pool.wait()
        pool.start(number, number)
    while pool.tasks:
        ended += pool.wait()
    pool.close()
    return ended


def whose(_task: int) -> Answer:
    return {"status": "ok", "pid": os.getpid()}


class TestPool:
    def test_a_process_does_many_tasks_but_not_without_end(self) -> None:
        ended = all_of(Forked(whose, list, LIMITS, 1), DOCUMENTS + 1)
        pids = [end.answer["pid"] for end in ended]
        assert [end.number for end in ended] == list(range(DOCUMENTS + 1))
        assert len(set(pids)) == 2
        assert len(set(pids[:DOCUMENTS])) == 1

    def test_no_more_processes_than_wanted_or_needed(self) -> None:
        assert 1 <= len({end.answer["pid"] for end in all_of(Forked(whose, list, LIMITS, 3), 60)}) <= 3
        assert len(all_of(Forked(whose, list, LIMITS, 8), 1)) == 1

    def test_what_was_done_to_a_process_before_is_not_held_against_a_document(self) -> None:
        spoiled: list[int] = []

        def spoil(task: int) -> Answer:
            if spoiled:
                os.abort()
            if task == 3:
                spoiled.append(task)
            return {"status": "ok"}

        ended = all_of(Forked(spoil, list, LIMITS, 1), 8)
        assert [end.answer["status"] for end in ended] == ["ok"] * 8

    def test_long_answers(self) -> None:
        pool: Forked[int] = Forked(lambda task: {"status": "ok", "text": "x" * 300_000 * task}, list, LIMITS, 2)
        assert sorted(len(end.answer["text"]) for end in all_of(pool, 4)) == [0, 300_000, 600_000, 900_000]

    def test_an_answer_without_end(self) -> None:
        ended = all_of(Forked(lambda _: {"status": "ok", "text": "x" * (1 << 26)}, list, LIMITS, 1), 1)
        assert ended[0].answer["message"] == "told more than any document has to tell"

    def test_a_process_killed_while_it_has_nothing_to_do(self) -> None:
        pool = Forked(whose, list, LIMITS, 1)
        pool.start(0, 0)
        while pool.tasks:
            ended = pool.wait()
        os.kill(ended[0].answer["pid"], signal.SIGKILL)
        assert [end.answer["status"] for end in all_of(pool, 1)] == ["ok"]

    def test_without_fork_tasks_are_done_here(self) -> None:
        pool = InProcess(whose, list, LIMITS, 4)
        assert {end.answer["pid"] for end in all_of(pool, 3)} == {os.getpid()}
        assert str(pool.level) == "documents are NOT isolated: this platform cannot fork"

    def test_the_level_is_told(self) -> None:
        pool = Forked(whose, list, LIMITS, 1)
        all_of(pool, 1)
        assert pool.level
        assert pool.level.memory
        assert str(Level(process=True, memory=True)).endswith("memory limited, network NOT closed")
