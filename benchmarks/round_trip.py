"""Whether a Word file of ours, saved anew by LibreOffice, gives the same record.

Real documents become Word files, LibreOffice saves each as DOCX, ODT, RTF and HTML, and every one of these is
converted again. What counts is the document as JSON, its provenance apart (`pipeline.compare.body`).
Needs `soffice`; `--keep DIR` leaves the files to look at.
"""
# ruff: noqa: INP001, T201 - a script that prints a table

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.compare import body
from pipeline.convert import convert, normalize
from pipeline.errors import UnresError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Document

EVERY = 8
FORMS = {"docx": "docx:MS Word 2007 XML", "odt": "odt", "rtf": "rtf", "html": "html:HTML (StarWriter):EmbedImages"}
SECONDS = 900


def main() -> None:
    """Print the share of each format, and the first difference of each document that is not the same."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("shared", type=Path)
    arguments.add_argument("--keep", type=Path, help="a folder for the files")
    arguments.add_argument("--only", action="append", choices=FORMS, help="one format alone")
    given = arguments.parse_args()
    if shutil.which("soffice") is None:
        print("skipped: soffice (LibreOffice) is not installed")
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        measure(given.shared / "corpus", folder, given.only or list(FORMS))


def measure(corpus: Path, folder: Path, forms: list[str]) -> None:
    """Save the documents in each form, read them again, and print what came of it."""
    ours = folder / "ours"
    ours.mkdir(parents=True, exist_ok=True)
    wanted: dict[str, Document] = {}
    for path in documents(corpus):
        name = "_".join(path.parts[-4:] if path.is_relative_to(corpus) else path.parts[-1:]).rpartition(".")[0]
        file = ours / f"{name}.docx"
        if not file.exists():
            file.write_bytes(convert(path.read_bytes(), path.name, formats=("docx",)).files["docx"])
        wanted[name] = normalize(file.read_bytes(), file.name).document
    for form in forms:
        saved = folder / form
        if not saved.exists():
            save(sorted(ours.glob("*.docx")), FORMS[form], saved)
        results = {name: result(document, saved / f"{name}.{form}") for name, document in wanted.items()}
        same = sum(not difference for difference in results.values())
        by_language = Counter(wanted[name].language for name, difference in results.items() if not difference)
        languages = ", ".join(f"{language} {count}" for language, count in sorted(by_language.items()))
        print(f"{form}: {same} of {len(results)} the same ({languages})")
        for name, difference in results.items():
            if difference:
                print(f"  {name}: {difference}")


def documents(corpus: Path) -> Iterator[Path]:
    """Yield our samples and every eighth document: official PDFs, texts of others, and PDFs in six languages."""
    yield from sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))
    real = sorted(path for path in (corpus / "real").iterdir() if path.is_dir())
    yield from (path / "en" / "source.pdf" for path in real[::EVERY])
    yield from (path / "en" / "text" / "pdfbox.txt" for path in real[EVERY // 2 :: EVERY])
    rendered = sorted(path for path in (corpus / "rendered").iterdir() if path.is_dir())
    for at, language in enumerate(("ar", "en", "es", "fr", "ru", "zh")):
        yield from (path / language / "source.pdf" for path in rendered[at::EVERY])


def save(files: list[Path], form: str, folder: Path) -> None:
    """Let LibreOffice save Word files in another form."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(  # noqa: S603 - the files are ours
            ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", form,  # noqa: S607
             "--outdir", str(folder), *map(str, files)],
            check=True, capture_output=True, timeout=SECONDS,
        )  # fmt: skip


def result(document: Document, path: Path) -> str:
    """Return where the document read from a file differs; "" for nowhere."""
    try:
        found = normalize(path.read_bytes(), path.name).document
    except (UnresError, OSError) as error:
        return f"{type(error).__name__}: {error}"
    return first_difference(body(document), body(found))


def first_difference(one: object, other: object, place: str = "") -> str:
    """Return the place of the first difference of two JSON values, and both sides of it."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return next(filter(None, (first_difference(one[key], other[key], f"{place}.{key}") for key in one)), "")
    if isinstance(one, list) and isinstance(other, list):
        pairs = enumerate(zip(one, other, strict=False))
        inner = next(filter(None, (first_difference(a, b, f"{place}[{at}]") for at, (a, b) in pairs)), "")
        return inner or (f"{place}: {len(one)} and {len(other)} items" if len(one) != len(other) else "")
    return "" if one == other else f"{place}: {str(one)[:100]!r} and {str(other)[:100]!r}"


if __name__ == "__main__":
    sys.exit(main())
