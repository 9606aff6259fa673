"""Every format, held to judges that are not ours, over real documents with PDF as input.

`formats.py FOLDER [--step 10] [--only docx]` converts the PDFs of FOLDER/corpus into each format, in one warm
process, and hands the files to the judges of `judges.py`. It prints a row a format and judge: documents judged,
documents with findings, findings; then what was found. A judge that this machine lacks is a row too, with what it
lacks. Run by `make formats`, which installs the judges that pip and npm have.
"""
# ruff: noqa: INP001, T201 - a script that prints a table

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, NamedTuple

from judges import JUDGES, Judge

from pipeline.convert import normalize
from pipeline.emit import EMITTERS
from pipeline.errors import ReadError
from pipeline.serialize import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATS = {kind: f".{kind}" for kind in ("json", "docx", "xml", "html", "md", "odt", "epub", "rtf", "txt")} | {
    "gfm": ".gfm.md"
}
"""Each format and the ending its files get here."""


class Row(NamedTuple):
    """What a judge said: the findings of each file that has any."""

    judge: Judge
    judged: int
    findings: dict[Path, list[str]]
    skipped: str = ""


def main() -> None:
    """Convert, judge and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--step", type=int, default=1, help="only each STEPth document")
    parser.add_argument("--only", action="append", choices=FORMATS, help="one format alone; may be given again")
    parser.add_argument("--without", action="append", default=[], help="a judge to leave out; may be given again")
    parser.add_argument("--shown", type=int, default=5, help="how many findings of a judge are printed")
    parser.add_argument("--keep", type=Path, help="a folder for the files; those it has already are judged again")
    asked = parser.parse_args()
    wanted = asked.only or list(FORMATS)
    corpus = asked.folder / "corpus"
    sources = list(documents(corpus))[:: asked.step]
    if not sources:
        sys.exit(f"no source.pdf below {corpus}")
    with tempfile.TemporaryDirectory() as temporary:
        kept = asked.keep or Path(temporary)
        kept.mkdir(parents=True, exist_ok=True)
        convert_all(sources, kept, {"json", *wanted})
        judges = [judge for judge in JUDGES if judge.form in wanted and judge.name not in asked.without]
        print(f"\n{'format':8}{'judge':46}{'documents':>10}{'with':>6}{'findings':>10}")
        print_findings([judged(judge, kept, asked.folder) for judge in judges], asked.shown)


def documents(corpus: Path) -> Iterator[Path]:
    """Yield the official PDFs, and those set from the United Nations' XML in six languages."""
    yield from sorted(corpus.glob("real/*/*/source.pdf"))
    yield from sorted(corpus.glob("rendered/*/*/source.pdf"))


def convert_all(sources: list[Path], folder: Path, wanted: set[str]) -> None:
    """Write the files of each document into the folder, and print what each format costs."""
    spent: dict[str, list[float]] = {kind: [] for kind in wanted}
    refused: list[str] = []
    for path in sources:
        stem = f"{path.parts[-4]}_{path.parts[-3]}.{path.parts[-2]}"
        if all((folder / (stem + FORMATS[kind])).exists() for kind in wanted):
            continue
        try:
            record = normalize(path.read_bytes(), path.name)
        except ReadError as error:
            refused.append(str(error))
            continue
        data = to_json(record)
        for kind in wanted:
            start = process_time()
            written = EMITTERS[kind].emit(record, data, None)
            spent[kind].append(process_time() - start)
            (folder / (stem + FORMATS[kind])).write_bytes(written)
    print(f"{len(sources)} documents, {len(refused)} refused", *refused, sep="\n  ")
    costs = (f"{kind} {median(seconds) * 1000:.1f} ms" for kind, seconds in sorted(spent.items()) if seconds)
    print("CPU time of our process for a file, median, pandoc's own apart:", ", ".join(costs))


def judged(judge: Judge, folder: Path, shared: Path) -> Row:
    """Let a judge look at all files of its format."""
    ending = FORMATS[judge.form]
    files = sorted(path for path in folder.glob(f"*{ending}") if ending == ".gfm.md" or ".gfm" not in path.suffixes)
    if lacks := judge.lacks(shared):
        row = Row(judge, 0, {}, lacks)
    else:
        found: dict[Path, list[str]] = {}
        for path, message in judge.judge(files, shared):
            found.setdefault(path, []).append(message)
        row = Row(judge, len(files), found)
    line = f"{judge.form:8}{judge.name:46}"
    if row.skipped:
        print(f"{line}skipped: {row.skipped}", flush=True)
    else:
        print(f"{line}{row.judged:10}{len(row.findings):6}{sum(map(len, row.findings.values())):10}", flush=True)
    return row


def print_findings(rows: list[Row], shown: int) -> None:
    """Print the findings of each judge, those that say the same as one, with the first file that has it."""
    for row in rows:
        counts: Counter[str] = Counter()
        first: dict[str, Path] = {}
        for path, messages in row.findings.items():
            counts.update(messages)
            for message in messages:
                first.setdefault(message, path)
        if counts:
            print(f"\n{row.judge.form}, {row.judge.name}:")
        for message, count in counts.most_common(shown):
            print(f"  {count} times, first in {first[message].name}: {message[:300]}")
        if len(counts) > shown:
            print(f"  and {len(counts) - shown} more kinds")


if __name__ == "__main__":
    main()
