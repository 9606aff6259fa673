"""Stores for tests: one that fails, one of a server on the loopback. The resolutions are invented."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from threading import Lock
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, ClassVar

import fsspec
from fsspec.implementations.memory import MemoryFileSystem

from pipeline.batch import remote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PATIENCE = 60.0
AS_IT_IS = {"use_listings_cache": False, "skip_instance_cache": True}
OBJECT_STORE = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing-secret",
    "AWS_DEFAULT_REGION": "us-east-1",
}


class Failing(MemoryFileSystem):  # type: ignore[misc]
    """A store that takes so many objects and then fails: once, or with `sticks` from then on, for removing too."""

    protocol = "failing"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    lock = Lock()
    puts = 0
    fails_at: int | None = None
    sticks = False
    is_torn = False

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(super()._strip_protocol(path.replace("failing://", "memory://")))

    @classmethod
    def fail(cls, at: int | None, *, sticks: bool = False) -> None:
        cls.puts, cls.fails_at, cls.sticks = 0, at, sticks

    def pipe_file(self, path: str, value: bytes, **options: Any) -> None:
        with self.lock:
            type(self).puts += 1
            number = self.puts
        if self._is_time(number):
            msg = f"no room at failing://me:secret@host/{path}"
            raise RuntimeError(msg)
        super().pipe_file(path, value, **options)

    def put_file(self, lpath: str, rpath: str, **_options: Any) -> None:
        with open(lpath, "rb") as file:  # noqa: PTH123 - as in fsspec
            self.pipe_file(rpath, file.read())

    def rm_file(self, path: str) -> None:
        if self.sticks and self._is_time(self.puts):
            msg = "nothing can be removed"
            raise PermissionError(13, msg)
        super().rm_file(path)

    def _is_time(self, number: int) -> bool:
        return self.fails_at is not None and (number == self.fails_at or (self.sticks and number > self.fails_at))


fsspec.register_implementation("failing", Failing, clobber=True)


def put_all(address: str, files: Mapping[str, bytes]) -> None:
    """Put objects below an address."""
    system, root = fsspec.core.url_to_fs(address, **AS_IT_IS)
    for name, data in files.items():
        system.pipe_file(f"{root}/{name}", data)


def get_all(address: str) -> dict[str, bytes]:
    """Return all objects below an address."""
    system, root = fsspec.core.url_to_fs(address, **AS_IT_IS)
    return {path.removeprefix(f"{root}/"): system.cat_file(path) for path in system.find(root)}


def on_disk(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def forget_drivers() -> None:
    """Let stores be reached anew."""
    remote._driver.cache_clear()


@contextmanager
def object_store() -> Iterator[dict[str, str]]:
    """Start a server that speaks S3; give the environment by which it is reached."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **quiet) as server:  # type: ignore[call-overload]
        try:
            latest = monotonic() + PATIENCE
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    assert monotonic() < latest, "the server does not start"
                    assert server.poll() is None, "the server has ended"
                    sleep(0.05)
            yield {**os.environ, **OBJECT_STORE, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}
        finally:
            server.kill()
