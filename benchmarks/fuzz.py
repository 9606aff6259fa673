"""Feed a target of `tests/fuzz/targets.py` with what Atheris makes of the samples: fuzz.py TARGET RUNS [SECONDS].

A fault does not end the run: each kind is kept once, in `out/fuzz/TARGET/`, with its traceback, and the
run ends with 1 where there are any. What is found new in coverage is kept there too, and the next run goes on from it.
"""

# ruff: noqa: INP001, T201 - a script that tells what it finds

from __future__ import annotations

import random
import signal
import sys
import traceback
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import atheris  # noqa: E402

with atheris.instrument_imports(include=["pipeline"], enable_loader_override=False):
    import pipeline.languages
    import pipeline.parse
    import pipeline.repair
    import pipeline.validate.rules
    import pipeline.validate.xml  # noqa: F401
    from tests.fuzz.targets import TARGETS

from tests.fuzz.mutation import mutated, mutated_json  # noqa: E402
from tests.fuzz.seeds import seeds  # noqa: E402
from tests.fuzz.words import WORDS  # noqa: E402

if TYPE_CHECKING:
    from types import FrameType

LONGEST = 3000
TREES = frozenset({"docx", "changes", "odt", "akn", "check", "mending", "record"})
SECONDS = 20
"""An input that takes more time of the processor than this hangs."""


class HangError(BaseException):
    """No `except Exception` of ours or of a library may catch it."""


class Faults:
    """The faults of a target, each kind once."""

    def __init__(self, target: str) -> None:
        self.run, self.folder = TARGETS[target], ROOT / "out" / "fuzz" / target
        self.kinds: dict[str, str] = {}
        self.inputs = 0
        self.corpus = self.folder / "corpus"
        self.corpus.mkdir(parents=True, exist_ok=True)

    def feed(self, data: bytes) -> None:
        """Feed one input; libFuzzer calls it."""
        self.inputs += 1
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            self.run(data)
        except (Exception, HangError) as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            self._keep(error, data)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def _keep(self, error: BaseException, data: bytes) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if "/pipeline/" in frame.filename] or frames[-1:]
        kind = f"{type(error).__name__} in {ours[-1].name}, line {ours[-1].lineno}"
        if kind in self.kinds:
            return
        self.kinds[kind] = name = sha256(data).hexdigest()[:12]
        self.folder.joinpath(name).write_bytes(data)
        self.folder.joinpath(f"{name}.log").write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        print(f"{kind}: {error!s:.200} [{self.folder.name}/{name}]", file=sys.stderr, flush=True)


def hang(_signal: int, _frame: FrameType | None) -> NoReturn:
    """End an input that takes too long; the system calls it."""
    raise HangError


def change(data: bytes, most: int, seed: int) -> bytes:
    """Change an input: its tree mostly, at times its bytes."""
    chance = random.Random(seed)  # noqa: S311 - to be had again
    made = mutated_json if data.startswith(b"{") else mutated
    return made(data, chance)[:most] if chance.random() < 0.8 else atheris.Mutate(data, most)


def main() -> None:
    """Fuzz the target named."""
    target, runs = sys.argv[1], sys.argv[2]
    if target not in TARGETS:
        sys.exit(f"the targets are {', '.join(TARGETS)}")
    faults = Faults(target)
    for seed in seeds(target):
        faults.corpus.joinpath("seed-" + sha256(seed).hexdigest()[:12]).write_bytes(seed)
    words = faults.folder / "words.dict"
    words.write_text("".join('"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n' for word in WORDS))
    signal.signal(signal.SIGPROF, hang)
    longest = max(LONGEST, *(path.stat().st_size for path in faults.corpus.iterdir()))
    options = [f"-runs={runs}", f"-dict={words}", f"-max_len={longest}", f"-artifact_prefix={faults.folder}/died-"]
    options += ["-timeout=120", "-rss_limit_mb=2048", "-print_final_stats=1", "-verbosity=1"]
    options += [f"-max_total_time={sys.argv[3]}"] if len(sys.argv) > 3 else []
    own = {"custom_mutator": change} if target in TREES else {}
    atheris.Setup([sys.argv[0], *options, str(faults.corpus)], faults.feed, **own)
    atheris.Fuzz()


main()
