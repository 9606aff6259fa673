"""How the time of every fixer, of the parser and of the checks grows with a hostile text. Run as a program, alone.

    python -m tests.growth    prints a line of JSON for each text that takes more than about linear time, and a last one

Times are those of the processor, of one text at two lengths in one process.
"""

from __future__ import annotations

import gc
import json
import time
from collections import defaultdict
from contextlib import contextmanager
from itertools import cycle, product
from typing import TYPE_CHECKING

from pipeline.edits import apply
from pipeline.errors import LawError
from pipeline.languages import language
from pipeline.model import Source
from pipeline.parse import parse
from pipeline.read import read
from pipeline.repair import FIXERS, FURNITURE
from pipeline.validate.ledger import take_account
from pipeline.validate.rules import find
from tests.attacks_on_patterns import GENERAL
from tests.test_laws import LINES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.text import Fate

SHORT, LONG = 5_000, 20_000
STEEP = 8
"""Four times the text may take so many times as long: 4 is linear, 16 quadratic."""
QUICK = 0.1
"""What takes less for the long text is not looked at: it is the noise of the machine."""
LANGUAGES = ("en", "zh", "ar")


def texts() -> Iterator[tuple[str, str]]:
    """Yield a language, and what is repeated."""
    alone = (*GENERAL, *(f"{line}\n" for line in LINES), *(f"{line}\n\n" for line in LINES))
    yield from zip(cycle(LANGUAGES), alone, strict=False)
    yield from product(LANGUAGES, PAGES)


PAGES = (  # what pages are made of
    "The lamps, \n1\nand oil of\n_____\n1 See A/99/1.\n\f",
    "a\n1\n2\n3\n____\n1 a\n2 b\n3 c\n\f", "1 a\n", "1. a;\n", "(a) b;\n",
    "Lamp    North    1\n", "a\n\n", "word word word word word word word word word word\n", "wo-\nrd ", "a a1 b2, c3. ",
    "A/RES/99/901 of 2 December 2044, ", "resolutions 98/1, 98/2 A to C and ", "Ruritania, (", "[^1]: a\n\n", "_____\n",
    "لمصابيح 98/1 (أ) ", "\u202bلمص 12\u202c ", "大会第98/1号决议，",
    "1\n", "\n1 ", ")1( ", "(1) a\n", "* a\n", "\\", "| a |\n", "| a | b |\n",
)  # fmt: skip


@contextmanager
def timed(times: dict[str, float], name: str) -> Iterator[None]:
    begun = time.process_time()
    yield
    times[name] += time.process_time() - begun


def measure(repeated: str, length: int, code: str) -> dict[str, float]:
    """Return the time that each step takes on a text."""
    times: dict[str, float] = defaultdict(float)
    ours = language(code)
    data = (opening(code) + repeated * (length // len(repeated))).encode()
    with timed(times, "read"):
        source = read(data, "a.txt")
    text, repairs = source.text, list(source.repairs)
    for fixer in FIXERS:
        with timed(times, fixer.__name__):
            text, made = apply(text, fixer(text, ours), fixer.__name__, _fate(fixer.__name__))
            repairs += made
    with timed(times, "parse"):
        document = parse(text, ours, Source("a.txt", "0" * 64, len(source.source)))
    with timed(times, "find"):
        find(document, tuple(repairs), source.source, ())
    with timed(times, "take_account"):
        try:
            take_account(source.source, text, tuple(repairs), document)
        except LawError as error:
            times[f"law {error.law}"] += 0
    return times


def _fate(fixer: str) -> Callable[[str, str], Fate]:
    kind: Fate = "furniture" if fixer in FURNITURE else "replaced"
    return lambda old, new: kind if (old + new).strip() else "white_space"


def opening(code: str) -> str:
    return {"en": "The General Assembly,\n\n", "zh": "大会，\n\n", "ar": "إن الجمعية العامة،\n\n"}[code]


def main() -> None:
    """Tell what grows too fast."""
    gc.disable()  # it goes through all that is kept, again and again
    count = 0
    for code, repeated in texts():
        count += 1
        try:
            short, long = measure(repeated, SHORT, code), measure(repeated, LONG, code)
            for name, taken in long.items():
                if taken > QUICK and taken > STEEP * short[name]:
                    again, less = measure(repeated, LONG, code)[name], measure(repeated, SHORT, code)[name]
                    if min(again, taken) > STEEP * max(less, short[name]):
                        slow = {"language": code, "text": repeated, "step": name, "short": less, "long": again}
                        print(json.dumps(slow), flush=True)
        except Exception as error:
            error.add_note(f"{code} {repeated!r}")
            raise
    print(json.dumps({"texts": count, "steps": len(FIXERS) + 4}))


if __name__ == "__main__":
    main()
