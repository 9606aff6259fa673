"""The rules a file of the United Nations profile is held to: the schema of OASIS, and those of AKN.md section 12.

A rule is a function of a file that yields where it is broken. What a rule says, how grave it is and what helps is
in `rules.toml`, in the order they are listed and told; its name there leads to its function here.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.validate.akn_rules import frbr, identifiers, links, notes, oasis, pointers, structure, text
from pipeline.validate.akn_rules.akn_file import AknFile, Hit, line_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lxml import etree

    from pipeline.model import Severity

TABLE = Path(__file__).parent / "rules.toml"
FINDERS: Mapping[str, Callable[[AknFile], Iterator[Hit]]] = {
    "file.root": structure.root,
    "file.schema": oasis.valid,
    "file.document": structure.document,
    "file.version": structure.contains,
    "file.publication": structure.publication,
    "file.references": structure.references,
    "eid.unique": identifiers.unique,
    "eid.form": identifiers.syntax,
    "eid.missing": identifiers.present,
    "eid.name": identifiers.abbreviated,
    "eid.context": identifiers.prefixed,
    "eid.number": identifiers.numbered,
    "pointer.empty": pointers.filled,
    "pointer.form": pointers.formed,
    "pointer.target": pointers.resolved,
    "pointer.class": pointers.classed,
    "link.iri": links.iris,
    "link.url": links.urls,
    "link.ontology": links.ontology,
    "link.class": links.classes,
    "note.marker": notes.marked,
    "note.placement": notes.placed,
    "note.empty": notes.filled,
    "note.repeated": notes.unrepeated,
    "note.unique": notes.unique,
    "note.sequence": notes.consecutive,
    "mention.target": notes.mentioned,
    "mention.marker": notes.mentioned_alike,
    "mention.order": notes.mentioned_after,
    "frbr.form": frbr.unbroken,
    "frbr.work": frbr.work_iri,
    "frbr.country": frbr.country,
    "frbr.kind": frbr.kind,
    "frbr.subtype": frbr.subtype,
    "frbr.author": frbr.author,
    "frbr.date": frbr.date,
    "frbr.number": frbr.number,
    "frbr.language": frbr.language,
    "frbr.expression": frbr.expression_iri,
    "frbr.expression-language": frbr.expression_language,
    "frbr.expression-date": frbr.expression_date,
    "frbr.format": frbr.manifestation_format,
    "frbr.manifestation": frbr.manifestation_iri,
    "frbr.component": frbr.component,
    "part.preface": structure.preface,
    "part.title": structure.title,
    "part.number": structure.number,
    "part.formula": structure.formula,
    "part.container": structure.named,
    "part.date": structure.dated,
    "part.list": structure.lists,
    "part.front-matter": structure.front_matter,
    "part.sequence": structure.consecutive,
    "text.empty": text.empty,
    "text.unreadable": text.readable,
    "text.nfc": text.composed,
    "text.tab": text.tabs,
    "text.blank": text.blanks,
    "text.number": text.numbered_once,
    "text.date": text.dates,
    "text.script": text.script,
}


class Rule(NamedTuple):
    """A rule: what holds, what helps where it does not, and where it is laid down.

    `ours` tells that it holds for each file we write, whatever its source (law 4); the others
    also tell of what the text itself has.
    """

    id: str
    severity: Severity
    ours: bool
    statement: str
    help: str
    source: str
    find: Callable[[AknFile], Iterator[Hit]]


class Broken(NamedTuple):
    """A rule broken in a line of a file."""

    rule: Rule
    line: int
    message: str


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules, in the order of their table."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return tuple(Rule(name, find=FINDERS[name], **words) for name, words in table.items())


def broken(root: etree._Element, held: Iterable[Rule]) -> list[Broken]:
    """Return where a file breaks the rules it is held to, rule by rule."""
    file = AknFile(root)
    return [Broken(rule, _line(hit), hit.message) for rule in held for hit in rule.find(file)]


def _line(hit: Hit) -> int:
    return hit.line if hit.element is None else line_of(hit.element)
