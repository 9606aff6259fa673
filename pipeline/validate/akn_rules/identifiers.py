"""Rules 1 of AKN.md section 12: every element that others may point to has one name, made as section 7 says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.numbers import canonical
from pipeline.validate.akn_rules.akn_file import Hit, line_of, name_of, text_of
from pipeline.validate.akn_rules.vocabulary import ABBREVIATIONS, AKN, HIERARCHY, IDENTIFIED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from pipeline.validate.akn_rules.akn_file import AknFile

SYNTAX = re.compile(r"[A-Za-z][^\s#]*")
CONTEXT = frozenset(AKN + name for name in (*HIERARCHY, "attachment", "component"))
NUM = f"{AKN}num"


def unique(file: AknFile) -> Iterator[Hit]:
    """Find eIds used twice."""
    if len(file.ids) == len(file.eids):
        return
    for eid, element in file.eids:
        first = file.ids[eid]
        if element is not first:
            yield Hit(element, f"eId {eid} is that of the <{name_of(first)}> in line {line_of(first)} already")


def syntax(file: AknFile) -> Iterator[Hit]:
    """Find eIds that cannot be pointed to."""
    for eid, element in file.eids:
        if not SYNTAX.fullmatch(eid):
            yield Hit(element, f"eId {eid!r} is no identifier: it begins with a letter and has no white space and no #")


def present(file: AknFile) -> Iterator[Hit]:
    """Find elements without the eId their type asks for."""
    for name in file.named.keys() & IDENTIFIED:
        for element in file.named[name]:
            if not element.get("eId"):
                yield Hit(element, f"<{name}> has no eId")


def abbreviated(file: AknFile) -> Iterator[Hit]:
    """Find eIds whose last step is not of the name of their element."""
    for eid, element, name in file.content:
        last = eid.rpartition("__")[2]
        wanted = _abbreviation(element, name)
        if last.partition("_")[0] != wanted:
            yield Hit(element, f"eId {eid} of <{name}>: its last step begins with “{wanted}”, not “{last}”")


def prefixed(file: AknFile) -> Iterator[Hit]:
    """Find hierarchical elements whose eId does not begin with that of the element around them."""
    for eid, element, name in file.content:
        around = next((found for found in element.iterancestors() if found.tag in CONTEXT), None)
        context = None if around is None or name not in HIERARCHY else around.get("eId")
        if context and not eid.startswith(f"{context}__"):
            yield Hit(element, f"eId {eid} of <{name}> does not begin with {context}__, the eId of what it stands in")


def numbered(file: AknFile) -> Iterator[Hit]:
    """Find eIds that do not carry the number printed."""
    for eid, element, name in file.content:
        num = element.find(NUM) if name in HIERARCHY or name == "item" else None
        if num is None:
            continue
        printed = text_of(num)
        base, last = f"{_abbreviation(element, name)}_", eid.rpartition("__")[2]
        wanted = {canonical(printed), canonical(printed, capital=True)} - {""}
        # A number that is printed twice in one place is counted: para_1, para_1_2.
        given = last.removeprefix(base)
        if (
            wanted
            and given not in wanted
            and not (given.rpartition("_")[0] in wanted and given.rpartition("_")[2].isdigit())
        ):
            yield Hit(element, f"eId {eid} of <{name}> numbered “{printed}”: it ends with {base}{min(wanted)}")


def _abbreviation(element: etree._Element, name: str) -> str:
    """Return what an eId calls an element; one that is named by its file is called by that name."""
    return element.get("name") or name if name == "hcontainer" else ABBREVIATIONS.get(name, name)
