"""What a process that converts documents may do: so much memory, so much output, no network.

Limits guard against documents that are broken or meant to do harm, not against code: what is
here bounds what a fault in a reader can cost.
"""

from __future__ import annotations

import ctypes
import faulthandler
import json
import os
import pickle
import signal
import sys
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TypeVar, cast

from pipeline.batch.stopping import STOPPING

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

T = TypeVar("T")
Answer = dict[str, Any]
"""What there is to tell of a document, as plain JSON values; `status` is always among it."""
MEGABYTE = 1 << 20
LARGEST_FILE = 256 * MEGABYTE
"""No file a process writes may grow past this; of a resolution none comes near it."""
LEAST_MEMORY = 256
"""Megabytes a process needs to convert anything at all."""
NEW_NETWORK = 0x4000_0000
NEW_USER = 0x1000_0000
SET_DEATH_SIGNAL = 1
SET_SUBREAPER = 36
FIRST_TO_GO = "1000"


class Limits(NamedTuple):
    """What a document may take: seconds, and megabytes of memory."""

    seconds: float = 60.0
    memory: int = 1024


class Level(NamedTuple):
    """Which of the walls around a document stand on this machine."""

    process: bool = False
    memory: bool = False
    network: bool = False

    def __str__(self) -> str:
        """Return it in words."""
        if not self.process:
            return "documents are NOT isolated: this platform cannot fork"
        memory = "memory limited" if self.memory else "memory NOT limited"
        network = "no network" if self.network else "network NOT closed"
        return f"documents are isolated: processes of their own, time and output limited, {memory}, {network}"


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def nameless_file() -> BinaryIO:
    """Return a file for what a process writes, in memory where there are such."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("output"), "w+b")
    return cast("BinaryIO", tempfile.TemporaryFile())


def serve(peer: socket.socket, output: BinaryIO, work: Callable[[T], Answer], limits: Limits) -> None:
    """Be a process that converts documents: tell the level, then for each task that comes the answer.

    What is written to standard output and error goes to `output`.
    """
    own = os.getpid()
    level = _confine(limits, output)
    peer.sendall(json.dumps({"level": level._asdict()}).encode() + b"\n")
    with peer.makefile("rb") as tasks:
        while True:
            task: T = pickle.load(tasks)  # noqa: S301 - from the process that forked us
            try:
                told = json.dumps(work(task))
            except MemoryError:
                told = json.dumps({"status": "memory", "message": "took more memory than it may"})
            if os.getpid() != own:  # a copy that a document made of us
                return
            if _has_left_processes():
                told = json.dumps({"status": "crash", "message": "started a process and left it behind"})
            peer.sendall(told.encode() + b"\n")


def _confine(limits: Limits, output: BinaryIO) -> Level:
    """Put this process, which was just forked, within the limits; return which of them hold."""
    os.setpgid(0, 0)
    # A process that is killed for its output says so by that signal; Python would have it ignored.
    for number in (*STOPPING, signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(output.fileno(), 1)
    os.dup2(output.fileno(), 2)
    faulthandler.enable(2)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, LARGEST_FILE)
    if sys.platform != "linux":  # elsewhere memory is limited only in name
        return Level(process=True)
    # Not RLIMIT_AS: pandoc reserves addresses by the terabyte, and uses few of them.
    # What this process had before it was forked is not the document's.
    _limit(resource.RLIMIT_DATA, _data() + limits.memory * MEGABYTE)
    system = ctypes.CDLL(None)
    system.prctl(SET_DEATH_SIGNAL, signal.SIGKILL)
    system.prctl(SET_SUBREAPER, 1)  # what a process of ours leaves behind becomes its own, and is seen
    with suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:  # noqa: PTH123 - quick
        file.write(FIRST_TO_GO)
    # Root keeps its rights only where it stays in its own user space; others have none without a new one.
    network = system.unshare(NEW_NETWORK if os.geteuid() == 0 else NEW_NETWORK | NEW_USER) == 0
    return Level(process=True, memory=True, network=network)


def _data() -> int:
    """Return the bytes of memory this process has written to, or may (`VmData`, in kilobytes, of Linux)."""
    with open("/proc/self/status", encoding="ascii") as file:  # noqa: PTH123 - as above
        told = next((line.split()[1] for line in file if line.startswith("VmData:")), "0")
    return int(told) * 1024


def _limit(what: int, most: int) -> None:
    """Limit this process, where it is not already limited to less."""
    _, hard = resource.getrlimit(what)
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (least, least))


def _has_left_processes() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True
