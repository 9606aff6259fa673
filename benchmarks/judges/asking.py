"""What a judge is, what it may lack, and the texts that are held against what it reads.

A judge knows nothing of this project. Where it gives text back, it is held against the record (the JSON that was
written beside the file): words, numbers, footnotes and their order; white space does not count.
"""

from __future__ import annotations

import json
import re
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.serialize import document_from_json
from pipeline.validate.readback import DIFFERENCES
from pipeline.validate.reading import expected, without_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.model import Document

    Findings = Iterable[tuple[Path, str]]
    Ask = Callable[[list[Path], Path], Findings]


NODE = Path(__file__).parent.parent.parent / ".venv" / "node_modules"
"""Where `make formats` lets npm put its judges."""
SECONDS = 3600
MARKS = re.compile("[⟦⟧]")
UNSEEN = re.compile("[\\s\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class Judge(NamedTuple):
    """A judge of a format: what it says of files, and what the machine lacks for it, "" for nothing."""

    form: str
    name: str
    judge: Ask
    lacks: Callable[[Path], str]


def document_of(path: Path) -> Document:
    """Return the document of the record beside a file."""
    stem = ".".join(path.name.split(".")[:2])
    return document_from_json(json.loads(path.with_name(f"{stem}.json").read_bytes())["document"])


def one_by_one(judge: Callable[[Path], Iterable[str]]) -> Ask:
    """Return what asks a judge about one file after the other."""

    def ask(files: list[Path], _shared: Path) -> Iterator[tuple[Path, str]]:
        for path in files:
            yield from ((path, message) for message in judge(path))

    return ask


def law_5(form: str) -> Ask:
    """Return what lets pandoc read the files of a format back."""
    return one_by_one(lambda path: DIFFERENCES[form](document_of(path), path.read_bytes()))


def nothing(_shared: Path) -> str:
    """Nothing is lacking."""
    return ""


def program(name: str, package: str) -> Callable[[Path], str]:
    """Return what tells that a program is missing."""
    return lambda _shared: "" if shutil.which(name) else f"{name} is missing ({package})"


def module(*names: str) -> Callable[[Path], str]:
    """Return what tells that a library is missing."""

    def lacks(_shared: Path) -> str:
        missing = [name for name in names if find_spec(name) is None]
        return f"{', '.join(missing)} not installed (pip install '.[judges]')" if missing else ""

    return lacks


def node(path: str) -> Callable[[Path], str]:
    """Return what tells that a package of npm is missing."""
    package = path.partition("/")[0]
    return lambda _shared: "" if (NODE / path).exists() else f"{package} is missing (npm install {package})"


def corpus_file(path: str) -> Callable[[Path], str]:
    """Return what tells that a file beside the corpus is missing."""
    return lambda shared: "" if (shared / path).exists() else f"{shared / path} is missing"


def every(*needs: Callable[[Path], str]) -> Callable[[Path], str]:
    """Return what tells the first thing that is missing."""
    return lambda shared: next(filter(None, (need(shared) for need in needs)), "")


def flat(text: str) -> str:
    """Leave the letters and signs of a text: no white space, no signs of direction, no marks around indicators."""
    return UNSEEN.sub("", MARKS.sub("", text))


def texts(document: Document) -> tuple[list[str], list[str]]:
    """Return the paragraphs of a record, number and indicators in place, and its notes in order of first mention."""
    wanted = expected(document)
    paragraphs = [flat(f"{number} {without_places(text)}") for number, text in wanted.paragraphs]
    return paragraphs, [flat(without_places(text)) for _, text in wanted.notes]


def compared(wanted: str, found: str, what: str) -> Iterator[str]:
    """Yield a sentence on the first difference of two texts."""
    if wanted == found:
        return
    pairs = enumerate(zip(wanted, found, strict=False))
    at = next((index for index, (one, other) in pairs if one != other), min(len(wanted), len(found)))
    near = slice(max(0, at - 20), at + 30)
    yield f"{what} reads “{found[near]}”, and the record “{wanted[near]}”"
