"""The judges of Word files: openxml-audit, docx-plus, python-docx."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from lxml import etree

from judges.asking import document_of, flat
from pipeline.validate.reading import FIRST, Reading, differences, expected, without_places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def openxml_audit(path: Path) -> list[str]:
    """Ask openxml-audit: the schemas of Office Open XML, and the rules they cannot say."""
    # A validator keeps parts of the file before; each file has one of its own.
    return [str(error) for error in import_module("openxml_audit").OpenXmlValidator().validate(path).errors]


def docx_plus(path: Path) -> list[str]:
    """Ask docx-plus' linter. A style for every role may look like another's, and days are no typed numbers."""
    word, lint = import_module("docx").Document(str(path)), import_module("docx_plus.lint").lint
    return [str(finding) for finding in lint(word, exclude=["duplicate-styles", "manual-list"])]


def python_docx(path: Path) -> Iterator[str]:
    """Let python-docx read text, order and footnotes; numbers that Word counts are not in its text."""
    word = import_module("docx").Document(str(path))
    notes: list[str] = []
    by_id = _footnotes(word)
    found = [_paragraph(each, by_id, notes) for each in word.element.body.iter(f"{W}p")]
    wanted = expected(document_of(path))
    bare = [(flat(_placed(f"{number} {text}")), flat(_placed(text))) for number, text in wanted.paragraphs]
    shown = set(found)
    chosen = [full if full in shown else text for full, text in bare]
    pairs = [(mark, flat(_placed(text))) for mark, text in wanted.notes]
    yield from differences(chosen, pairs, Reading(found, notes, []))


def _placed(text: str) -> str:
    """Leave of a first mention its place, as `#3`, and of others their mark."""
    return without_places(FIRST.sub(r"#\1", text))


def _footnotes(word: Any) -> dict[str, etree._Element]:  # noqa: ANN401 - a class without types
    parts = [part for part in word.part.package.iter_parts() if part.partname == "/word/footnotes.xml"]
    return {each.get(f"{W}id"): each for part in parts for each in etree.fromstring(part.blob).iter(f"{W}footnote")}


def _paragraph(paragraph: etree._Element, by_id: dict[str, etree._Element], notes: list[str]) -> str:
    """Return the text of a paragraph; its footnotes are added to the notes."""
    parts: list[str] = []
    for run in paragraph.iter(f"{W}r"):
        reference = run.find(f"{W}footnoteReference")
        if reference is None:
            parts += [element.text or "" for element in run.iter(f"{W}t")]
            continue
        note = by_id[reference.get(f"{W}id")]
        runs = [each for each in note.iter(f"{W}r") if each.find(f"{W}footnoteRef") is None]
        own = ["".join(element.text or "" for element in each.iter(f"{W}t")) for each in runs]
        if reference.get(f"{W}customMarkFollows"):
            own = own[1:]  # the mark as printed
        notes.append(flat("".join(own)))
        parts.append(f"#{len(notes)}")
    return flat("".join(parts))
