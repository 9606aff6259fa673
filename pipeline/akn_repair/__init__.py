"""Makes an Akoma Ntoso file of others clean by the rules of `unres check`, without changing a word of its text.

Only what the file itself tells is written: nothing is looked up, nothing guessed. A fixer changes the tree and yields
what it changed; the order is that of FIXERS. What is left that no fixer could put right is told, and is for an editor.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple, cast

from lxml import etree

from pipeline.akn_repair.eids import renumber
from pipeline.akn_repair.identification import add_publication, complete_identification, name_version, rebuild_iris
from pipeline.akn_repair.structure import (
    join_bodies,
    lift_paragraphs,
    name_containers,
    part_preface,
    plain_headings,
    refer_to_whole,
    unwrap_numbers,
)
from pipeline.akn_repair.terms import drop_placeholders, mend_authors, mend_pointers, mend_terms
from pipeline.akn_repair.text import close_blanks, drop_empty, join_numbers, lift_numbers, straighten, unlink
from pipeline.errors import LawError
from pipeline.limits import USUAL_LIMITS, InputLimits
from pipeline.validate.akn_parse import parse_akn
from pipeline.validate.akn_rules import Broken, broken, rules
from pipeline.validate.akn_rules.akn_file import AknFile
from pipeline.validate.akn_rules.vocabulary import NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.akn_repair.change import Change

FIXERS: tuple[Callable[[AknFile], Iterator[Change]], ...] = (
    join_bodies,
    lift_paragraphs,
    unwrap_numbers,
    plain_headings,
    straighten,
    close_blanks,
    unlink,
    join_numbers,
    lift_numbers,
    part_preface,
    drop_empty,
    name_containers,
    name_version,
    complete_identification,
    rebuild_iris,
    add_publication,
    refer_to_whole,
    drop_placeholders,
    mend_terms,
    mend_authors,
    mend_pointers,
    renumber,
)


class Mended(NamedTuple):
    """A file made clean, what was changed, and what no fixer could put right."""

    data: bytes
    changes: tuple[Change, ...]
    left: tuple[Broken, ...]


def mend(data: bytes, name: str, limits: InputLimits = USUAL_LIMITS) -> Mended:
    """Make a file clean; `name` is what messages call it.

    Raises ReadError for what is no XML, LawError where the text would not be the same.
    """
    root = parse_akn(data, name, limits)
    if not broken(root, rules()):
        return Mended(data, (), ())
    before = text_outside_metadata(root)
    changes = [change for fixer in FIXERS for change in fixer(AknFile(root))]
    if text_outside_metadata(root) != before:
        raise LawError(1, f"{name}: its text would not be the same after the repair")
    written = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")
    again = parse_akn(written, name, limits)
    return Mended(written, tuple(changes), tuple(broken(again, rules())))


def text_outside_metadata(root: etree._Element) -> str:
    """Return the text of a file, white space and the form of its letters apart."""
    pieces = cast("list[str]", root.xpath("//text()[not(ancestor::akn:meta)]", namespaces={"akn": NAMESPACE}))
    return unicodedata.normalize("NFC", "".join("".join(pieces).split()))
