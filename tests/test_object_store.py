"""The same with a server that speaks S3, on the loopback, and processes of their own. The resolutions are invented."""

from __future__ import annotations

import signal
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

import pytest

from pipeline.batch.address import Address
from pipeline.batch.manifest import NAME
from pipeline.batch.manifest_in_store import PARTS, open_in_store
from tests.builders import put, resolution

pytest.importorskip("s3fs", reason="needs s3fs: pip install s3fs")
pytest.importorskip("moto.server", reason="needs moto: pip install 'moto[server]'")
from tests.stores import forget_drivers, get_all, object_store, on_disk

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
COUNT = 42


class Bucket:
    """A bucket of a server, with documents in `in`; what they become on this machine."""

    def __init__(self, environment: dict[str, str], local: Path) -> None:
        import s3fs

        self.environment, self.local = environment, local
        self.expected = on_disk(local / "out")
        system = s3fs.S3FileSystem(use_listings_cache=False)
        system.mkdir("bucket")
        for name, data in on_disk(local / "in").items():
            system.pipe_file(f"bucket/in/{name}", data)
        self.system = system

    def start(self, out: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "pipeline", "convert", "s3://bucket/in", "--out", out, "--to", "json,md"]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": ROOT, "env": self.environment}
        return subprocess.Popen([*command, *options], **pipes)  # type: ignore[call-overload, no-any-return]

    def convert(self, out: str, *options: str) -> tuple[int, str]:
        with self.start(out, *options) as run:
            told, messages = run.communicate()
        assert b"testing-secret" not in told + messages
        return run.returncode, (told + messages).decode()

    def objects(self, folder: str) -> dict[str, bytes]:
        return get_all(f"s3://bucket/{folder}")

    def recorded(self, folder: str) -> dict[str, str]:
        place = Address(f"s3://bucket/{folder}")
        with open_in_store(place, writable=False) as opened:
            return {str(path).removeprefix(f"{place}/"): digest for path, digest in opened.digests().items()}


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    local = tmp_path_factory.mktemp("local")
    for number in range(COUNT):
        put(local / "in" / f"{number % 3}" / f"{number:03}.txt", resolution(f"A/RES/70/{number + 1}"))
    put(local / "in" / "empty.txt", b"")
    command = [sys.executable, "-m", "pipeline", "convert", str(local / "in"), "--out", str(local / "out")]
    done = subprocess.run([*command, "--to", "json,md"], cwd=ROOT, check=False, capture_output=True)
    assert done.returncode == 3
    forget_drivers()
    with object_store() as environment, pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        yield Bucket(environment, local)
    forget_drivers()


def test_a_run_a_second_and_a_check(bucket: Bucket) -> None:
    code, told = bucket.convert("s3://bucket/first")
    assert (code, f"{2 * COUNT} files written" in told) == (3, True), told
    assert "s3://bucket/in/empty.txt: the file has no text" in told
    assert bucket.objects("first") == bucket.expected
    code, told = bucket.convert("s3://bucket/first")
    assert (code, f"0 files written; {COUNT} documents unchanged" in told) == (3, True), told
    bucket.system.rm_file("bucket/first/1/001.md")
    code, told = bucket.convert("s3://bucket/first", "--check")
    assert "outdated: s3://bucket/first/1/001.md" in told
    assert f"2 files written; {COUNT - 1} documents unchanged\n" in bucket.convert("s3://bucket/first")[1]
    assert bucket.objects("first") == bucket.expected


def test_a_run_that_is_killed(bucket: Bucket) -> None:
    with bucket.start("s3://bucket/killed") as run:
        while run.poll() is None and len(bucket.system.find(f"bucket/killed/{PARTS}")) < 3:
            sleep(0.02)
        run.send_signal(signal.SIGKILL)
        run.communicate()
    there, counts = bucket.objects("killed"), bucket.recorded("killed")
    assert 0 < len(counts) < 2 * COUNT
    assert {name: sha256(there[name]).hexdigest() for name in counts} == counts
    told = bucket.convert("s3://bucket/killed")[1]
    assert f"{len(counts) // 2} documents unchanged" in told
    assert bucket.objects("killed") == bucket.expected


def test_a_run_that_is_stopped(bucket: Bucket) -> None:
    with bucket.start("s3://bucket/stopped") as run:
        while run.poll() is None and len(bucket.system.find(f"bucket/stopped/{PARTS}")) < 3:
            sleep(0.02)
        run.send_signal(signal.SIGINT)
        _, messages = run.communicate()
    assert (run.returncode, b"no file is left half written" in messages) == (130, True)
    there, counts = bucket.objects("stopped"), bucket.recorded("stopped")
    assert 0 < len(counts) < 2 * COUNT
    for name in {name.partition(".")[0] for name in there if not name.startswith((NAME, PARTS))}:
        assert {f"{name}.json", f"{name}.md"} <= there.keys()
    bucket.convert("s3://bucket/stopped")
    assert bucket.objects("stopped") == bucket.expected


def test_two_runs_at_a_time(bucket: Bucket) -> None:
    with bucket.start("s3://bucket/both") as one, bucket.start("s3://bucket/both") as other:
        for run in (one, other):
            _, messages = run.communicate()
            assert run.returncode == 3, messages
    assert {name: data for name, data in bucket.objects("both").items() if name != NAME} == {
        name: data for name, data in bucket.expected.items() if name != NAME
    }
    bucket.convert("s3://bucket/both")
    assert bucket.objects("both") == bucket.expected


def test_a_cluster_of_which_a_worker_is_killed(bucket: Bucket, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="needs the extra cluster: pip install 'unres[cluster]'")
    from tests.test_cluster import cluster

    with cluster(tmp_path, 2) as (address, workers):
        options = ("--engine", "dask", "--scheduler", address)
        with bucket.start("s3://bucket/cluster", *options) as run:
            while run.poll() is None and not bucket.system.find("bucket/cluster/0"):
                sleep(0.02)
            workers[0].kill()
            _, messages = run.communicate()
        assert run.returncode == 3, messages
        assert bucket.objects("cluster") == bucket.expected
        assert f"{COUNT} documents unchanged" in bucket.convert("s3://bucket/cluster", *options)[1]
        bucket.convert(str(tmp_path / "out"), *options)
        assert on_disk(tmp_path / "out") == bucket.expected


def test_a_bucket_that_is_not_there(bucket: Bucket) -> None:
    code, told = bucket.convert("s3://no-such-bucket/out")
    assert (code, "there is no such bucket or folder; make it first" in told) == (5, True), told


def test_a_server_that_is_not_there(bucket: Bucket) -> None:
    bucket.environment = {**bucket.environment, "AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}
    code, told = bucket.convert("s3://bucket/out")
    assert code == 5
    assert "Could not connect to the endpoint" in told
