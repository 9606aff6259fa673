"""Time and memory that hostile files take: attacks.py [WORDS], for those whose names have the words.

Each is read, repaired and parsed in a process of its own, after a harmless document of its kind: what is
told is what the attack takes on top. Exits with 1 where one takes more than 2 seconds of the processor or 256 MB,
is refused without saying so, or is converted without its text.
"""

# ruff: noqa: INP001, T201 - a script that prints a table

from __future__ import annotations

import os
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from pipeline.convert import normalize  # noqa: E402
from pipeline.errors import LawError, ReadError  # noqa: E402
from tests import attacks  # noqa: E402

if TYPE_CHECKING:
    from tests.attacks import Attack

MOST_SECONDS, MOST_MEMORY = 2.0, 256
PATIENCE, ROOM = 60, 6 * 1024**3
HARMLESS = {"docx": attacks.docx, "odt": attacks.odt, "pdf": attacks.pdf, "xml": attacks.akn}


def outcome(data: bytes, name: str) -> str:
    """Return what became of a file."""
    try:
        record = normalize(data, name)
    except ReadError as error:
        return f"refused: {error}"
    except LawError as error:
        return f"BREACH: {error}"
    except MemoryError:
        return "MEMORY"
    text = "converted" if attacks.LAMPS in repr(record.document) else "WITHOUT ITS TEXT"
    return f"{text}, {len(record.findings)} findings"


def tried(attack: Attack) -> tuple[float, float, str]:
    """Return the seconds and megabytes an attack takes, and what became of it."""
    data = attack.make()
    harmless = HARMLESS.get(attack.name, lambda: None)() or (
        attacks.rtf("") if attack.name == "rtf" else attacks.plain("")
    )
    reader, writer = os.pipe()
    if (child := os.fork()) == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
        resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        outcome(harmless, f"a.{attack.name}")
        Path("/proc/self/clear_refs").write_text("5")  # the highest memory is measured from here
        before, begun = memory("VmRSS"), time.process_time()
        told = outcome(data, f"a.{attack.name}")
        taken = time.process_time() - begun
        os.write(writer, f"{taken}\n{memory('VmHWM') - before}\n{told}".encode()[:4000])
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8", errors="replace") as pipe:
        lines = pipe.read().split("\n", 2)
    _, status, used = os.wait4(child, 0)
    if len(lines) < 3:
        signal = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, f"DIED of signal {signal}"
    return float(lines[0]), float(lines[1]), lines[2]


def memory(kind: str) -> float:
    """Return a figure of the memory of this process, in megabytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition(f"{kind}:")[2].split()[0]) / 1024


def main() -> int:
    """Print the table."""
    wanted = " ".join(sys.argv[1:])
    failed = 0
    print(f"{'':34} {'CPU s':>6} {'MB':>6}")
    for attack in attacks.ATTACKS:
        if wanted in str(attack):
            seconds, megabytes, told = tried(attack)
            over = seconds > MOST_SECONDS or megabytes > MOST_MEMORY or told[0].isupper()
            failed += over
            print(f"{attack!s:34} {seconds:6.2f} {megabytes:6.0f} {'!' if over else ' '} {told:.100}", flush=True)
    print(f"{failed} over {MOST_SECONDS:.0f} s of the processor or {MOST_MEMORY} MB, or not told")
    return min(failed, 1)


sys.exit(main())
