"""The round trips: real documents to each format of ours, and back from it to the same record.

`roundtrips.py FOLDER [--step 4]` converts the PDFs and the texts of one extractor of FOLDER/corpus into Word (also with
tracked changes), Akoma Ntoso and Markdown, reads those files again, and holds the document against the first,
provenance apart. Then the United Nations' own Akoma Ntoso files are converted, and scored against themselves with
FOLDER/score. It prints a row a format, and each document that does not come back with the first place where it
differs. Run by `make accuracy`.
"""
# ruff: noqa: INP001, T201 - a script that prints a table

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter, defaultdict
from importlib import import_module
from multiprocessing import Pool
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

from pipeline.compare import body
from pipeline.convert import convert, normalize
from pipeline.errors import LawError

FORMATS = ("docx", "xml", "md")
TRACKED = "tracked docx"
"""Word with tracked changes, which are accepted on the way back; that rejecting them gives the source is a law."""
AIM = {"docx": 1.0, TRACKED: 1.0, "xml": 1.0, "md": 0.99}
EXTRACTOR = "pdfbox"
FIGURES = ("blocks", "joined", "text", "notes", "facts")
SHOWN = 100


class Trip(NamedTuple):
    """A document, a format, and where the record that comes back differs from the one that went; "" for nowhere."""

    path: Path
    kind: str
    difference: str


def main() -> None:
    """Convert, read back, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--step", type=int, default=1, help="only each STEPth symbol")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="processes")
    asked = parser.parse_args()
    sys.path.insert(0, str(asked.folder / "score"))
    golds = sorted((asked.folder / "corpus").glob("r*/*/*/gold.xml"))
    symbols = set(sorted({gold.parts[-3] for gold in golds})[:: asked.step])
    golds = [gold for gold in golds if gold.parts[-3] in symbols]
    sources = [
        path
        for gold in golds
        for path in (gold.parent / "source.pdf", gold.parent / "text" / f"{EXTRACTOR}.txt")
        if path.exists()
    ]
    with Pool(asked.jobs) as pool:
        print_trips([trip for trips in pool.imap(there_and_back, sources, chunksize=4) for trip in trips])
        print_published(dict(zip(golds, pool.imap(published, golds, chunksize=4), strict=True)))


def there_and_back(path: Path) -> list[Trip]:
    """Convert a document, and read back what it became."""
    try:
        record, files = convert(path.read_bytes(), path.name, formats=FORMATS)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        return [Trip(path, "source", f"{type(error).__name__}: {error}")]
    wanted, lang = body(record.document), record.document.language
    trips = [Trip(path, kind, came_back(files[kind], kind, wanted, lang)) for kind in FORMATS]
    try:
        tracked = convert(path.read_bytes(), path.name, formats=("docx",), tracked=True).files["docx"]
    except LawError as error:
        return [*trips, Trip(path, TRACKED, str(error))]
    return [*trips, Trip(path, TRACKED, came_back(tracked, "docx", wanted, lang))]


def came_back(data: bytes, kind: str, wanted: dict[str, Any], lang: str) -> str:
    """Return where the document of a file differs from the one it was made of."""
    try:
        found = body(normalize(data, f"a.{kind}").document)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        return f"{type(error).__name__}: {error}"
    if found["language"] != lang:
        return f"its language is taken for {found['language']}"
    return difference(wanted, found)


def difference(one: Any, other: Any, place: str = "") -> str:  # noqa: ANN401 - JSON values
    """Return the first place where two JSON values differ, and what stands there; "" for none."""
    if one == other:
        return ""
    if isinstance(one, dict) and isinstance(other, dict):
        pairs = [(f"{place}.{name}", one.get(name), other.get(name)) for name in {**one, **other}]
    elif isinstance(one, list) and isinstance(other, list) and one and other:
        pairs = [(f"{place}[{at}]", left, right) for at, (left, right) in enumerate(zip(one, other, strict=False))]
        if len(one) != len(other):
            rest = max(one, other, key=len)[min(len(one), len(other)) :]
            pairs.append((f"{place} has {len(one)} and comes back with {len(other)}", rest[:1], []))
    else:
        return f"{place}: {str(one)[:SHOWN]!r} comes back as {str(other)[:SHOWN]!r}"
    return next(filter(None, (difference(left, right, where) for where, left, right in pairs)), "")


def print_trips(trips: list[Trip]) -> None:
    """Print how many documents come back the same from each format, and those that do not."""
    groups: dict[tuple[str, str, str], list[Trip]] = defaultdict(list)
    for trip in trips:
        if trip.kind in AIM:
            groups[trip.path.parts[-3 - (trip.path.suffix != ".pdf") - 1], trip.path.suffix, trip.kind].append(trip)
    for (part, suffix, kind), found in sorted(groups.items()):
        same = sum(not trip.difference for trip in found)
        short = "" if same >= AIM[kind] * len(found) else f", missed: aim {AIM[kind]:.0%}"
        print(f"{part}{suffix} -> {kind} -> the same record: {same} of {len(found)}{short}")
    for trip in sorted(trips):
        if trip.difference:
            print(f"  {'/'.join(trip.path.parts[-4:])}, {trip.kind}: {trip.difference}")


def published(gold: Path) -> str | dict[str, float]:
    """Convert a file of the United Nations; return its figures against itself, or why it is not converted."""
    try:
        files = convert(gold.read_bytes(), gold.name).files
    except Exception as error:  # noqa: BLE001 - as above
        return f"{type(error).__name__}: {error}"
    scorer, flatten = import_module("score"), import_module("flatten").flatten
    theirs, ours = flatten(str(gold)), flatten(files["xml"])
    figures: dict[str, float] = scorer.compare(theirs, ours)
    for flat in (theirs, ours):
        flat.blocks = [(zone, "", scorer.num(number + text)) for zone, number, text in flat.blocks]
    return {**figures, "joined": scorer.compare(theirs, ours)["blocks"]}


def print_published(found: dict[Path, str | dict[str, float]]) -> None:
    """Print how many of the United Nations' files convert, and their figures against themselves."""
    scored: dict[str, list[dict[str, float]]] = defaultdict(list)
    for gold, result in found.items():
        if isinstance(result, dict):
            scored[f"{gold.parts[-4]}/{gold.parts[-2]}"].append(result)
    count = Counter(f"{gold.parts[-4]}/{gold.parts[-2]}" for gold in found)
    print("published XML, converted and scored against itself: " + ", ".join(FIGURES))
    for group, figures in sorted(scored.items()):
        means = " ".join(f"{fmean(one[name] for one in figures):.4f}" for name in FIGURES)
        print(f"  {group:12} {len(figures)} of {count[group]} converted: {means}")
    for gold, result in sorted(found.items(), key=lambda pair: pair[0]):
        if isinstance(result, str):
            print(f"  {'/'.join(gold.parts[-4:])}: {result}")


if __name__ == "__main__":
    main()
