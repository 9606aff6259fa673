"""The fixer of eIds: each is made of name, number and place, and all that points to it follows (AKN.md section 7)."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from pipeline.akn_repair.change import Change, set_attribute
from pipeline.numbers import canonical
from pipeline.validate.akn_rules.akn_file import name_of, text_of
from pipeline.validate.akn_rules.vocabulary import ABBREVIATIONS, AKN, HIERARCHY, IDENTIFIED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

    from pipeline.validate.akn_rules.akn_file import AknFile


CONTEXTS = HIERARCHY | {
    "attachment", "blockList", "component", "components", "conclusions", "container", "coverPage", "item", "preamble",
    "preface", "voting",
}  # fmt: skip
"""The elements whose eId begins those of what stands in them."""
ONCE = frozenset({"preface", "preamble", "mainBody", "conclusions", "coverPage", "attachments", "components"})
"""The elements that stand once in a document, without a number."""
TOLD = ONCE - {"attachments"}
"""Those of them that have an eId though none is asked for: it begins what stands in them (AKN.md section 7)."""
OF_PARENT = frozenset({"content", "intro", "wrapUp", "heading", "subheading", "listIntroduction", "listWrapUp"})
"""The elements that stand once in their parent."""
IN_CONTEXT = HIERARCHY | {
    "attachment", "blockList", "component", "container", "count", "crossHeading", "formula", "item", "quorum", "table",
}  # fmt: skip
"""The elements that are counted in their context, where they are not numbered; all others are counted in the file."""
CAPITALS = frozenset({"section", "part", "title", "chapter", "attachment"})
Place = tuple[Any, str]
"""The element something stands in, and the name of what stands there."""
NAMED = IDENTIFIED | TOLD
KEPT = frozenset({"original", "hasAttachment", "attachmentOf"})


def renumber(file: AknFile) -> Iterator[Change]:
    """Give every element that needs or has an eId the one it should have; terms and links to the work keep theirs."""
    renamed: dict[str, str] = {}
    fixed = [element for element in file.elements if _is_kept(element)]
    taken = Counter(eid for element in fixed if (eid := element.get("eId")))
    counts: Counter[str] = Counter()
    printed = _printed(file)
    for element in file.elements:
        name = name_of(element)
        if not str(element.tag).startswith(AKN) or _is_kept(element):
            continue
        old = element.get("eId")
        if old is None and name not in NAMED:
            continue
        new = _claim(_wanted(element, name, counts, printed), taken)
        if old is not None:
            renamed.setdefault(old, new)
        if new != old:
            yield set_attribute("renumber", element, "eId", new)
    for pointer in (*file.pointers, *file.links):
        values = [_renamed(value, renamed) for value in pointer.value.split(" ")]
        if (value := " ".join(values)) != pointer.value:
            yield set_attribute("renumber", pointer.element, pointer.key, value)


def _wanted(element: etree._Element, name: str, counts: Counter[str], printed: Mapping[Place, set[str]]) -> str:
    """Return the eId an element should have, were no other to have it: by its number, else by its place."""
    context = _context(element)
    step = element.get("name") or name if name == "hcontainer" else ABBREVIATIONS.get(name, name)
    if name == "authorialNote":
        return _note(element, counts)
    if name in OF_PARENT:
        parent = element.getparent()
        own = "" if parent is None else parent.get("eId") or context
        return _joined(own, step)
    if name in ONCE:
        return _joined(context if name != "preamble" else _outer(element), step)
    base = _joined(context, step) if name in IN_CONTEXT else step
    if number := _number(element, name):
        counts[base] += 1
        return f"{base}_{number}"
    if printed[_numbering(element, name), name]:
        # What has no number does not take one that another has, or may once have, in print.
        base = f"{base}_nn"
    counts[base] += 1
    return f"{base}_{counts[base]}"


def _printed(file: AknFile) -> Mapping[Place, set[str]]:
    """Return the numbers printed, by where their elements stand and what they are called."""
    found: defaultdict[Place, set[str]] = defaultdict(set)
    for name in HIERARCHY | {"item"}:
        for element in file.all(name):
            if number := _number(element, name):
                found[_numbering(element, name), name].add(number)
    return found


def _numbering(element: etree._Element, name: str) -> etree._Element | None:
    """Return the element whose parts of a name are numbered together: the parent; for paragraphs the body."""
    return next(element.iterancestors(f"{AKN}mainBody"), None) if name == "paragraph" else element.getparent()


def _number(element: etree._Element, name: str) -> str:
    num = element.find(f"{AKN}num") if name in HIERARCHY or name == "item" else None
    return "" if num is None else canonical(text_of(num), capital=name in CAPITALS)


def _note(note: etree._Element, counts: Counter[str]) -> str:
    marker = (note.get("marker") or "").strip()
    if marker.isascii() and marker.isdigit():
        return f"authorialNote_{marker}"
    base = "authorialNote_star" if marker and not marker.strip("*") else "authorialNote"
    counts[base] += 1
    return f"{base}_{counts[base]}"


def _context(element: etree._Element) -> str:
    """Return the eId of the nearest element around this one that begins its eIds."""
    return next(
        (eid for around in element.iterancestors() if name_of(around) in CONTEXTS and (eid := around.get("eId"))), ""
    )


def _outer(element: etree._Element) -> str:
    return next(
        (eid for around in element.iterancestors(f"{AKN}component", f"{AKN}attachment") if (eid := around.get("eId"))),
        "",
    )


def _joined(context: str, step: str) -> str:
    return f"{context}__{step}" if context else step


def _claim(wanted: str, taken: Counter[str]) -> str:
    """Return the eId wanted, with `_2`, `_3` … where it is taken."""
    found = wanted
    while taken[found]:
        taken[wanted] += 1
        found = f"{wanted}_{taken[wanted]}"
    taken[found] += 1
    return found


def _is_kept(element: etree._Element) -> bool:
    name = name_of(element)
    return (name.startswith("TLC") or name in KEPT) and element.get("eId") is not None


def _renamed(value: str, renamed: dict[str, str]) -> str:
    return f"#{renamed[value[1:]]}" if value.startswith("#") and value[1:] in renamed else value
