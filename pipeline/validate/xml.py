"""Checks of a finished Akoma Ntoso file: the OASIS schema, the profile's rules, and its text (law 4).

The rules are those of `akn_rules` that hold for every file we write, whatever its source.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.validate.akn_rules import Rule, broken, rules
from pipeline.validate.xml_text import XmlText, text_errors, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model import Document

SCHEMA = "file.schema"


def check_xml(document: Document, data: bytes) -> list[str]:
    """Return what is wrong with the XML of a document: schema, rules, text (law 4); [] if nothing."""
    try:
        root = _parse(data)
    except etree.XMLSyntaxError as error:
        return [f"not well-formed: {error}"]
    return [*_told(root, ours()), *text_errors(document, root)]


def written_errors(document: Document, data: bytes) -> list[str]:
    """Return what is wrong with the XML of a document by schema and text alone, whatever the rules were then."""
    try:
        root = _parse(data)
        return [*_xsd_errors(root), *text_errors(document, root)]
    except etree.XMLSyntaxError as error:
        return [f"not well-formed: {error}"]


def xsd_errors(data: bytes) -> list[str]:
    """Return what the strict OASIS schema finds wrong. Raises XMLSyntaxError if it is not XML."""
    return _xsd_errors(_parse(data))


def _xsd_errors(root: etree._Element) -> list[str]:
    return _told(root, (rule for rule in rules() if rule.id == SCHEMA))


def rule_errors(data: bytes) -> list[str]:
    """Return the rules of the profile that the file breaks. Raises XMLSyntaxError if it is not XML."""
    return _told(_parse(data), (rule for rule in ours() if rule.id != SCHEMA))


def xml_text(data: bytes) -> XmlText:
    """Return the text of the file, cover page to attachments, and its footnotes apart."""
    return text_of(_parse(data))


@cache
def ours() -> tuple[Rule, ...]:
    """Return the rules that hold for every file we write."""
    return tuple(rule for rule in rules() if rule.ours)


def _told(root: etree._Element, held: Iterable[Rule]) -> list[str]:
    return [f"{rule.id}: {message} (line {line})" for rule, line, message in broken(root, held)]


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(no_network=True, resolve_entities=False, huge_tree=True)
    return etree.fromstring(data, parser)
