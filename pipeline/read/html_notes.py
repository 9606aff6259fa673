"""The footnotes of a web page: a link whose text is a mark, and the place it leads to, which begins with that mark.

So write LibreOffice, Word, pandoc and the pages of the United Nations; what they call their links differs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.read.repaired import MARK, escape

if TYPE_CHECKING:
    from collections.abc import Mapping

    Element = Any  # lxml's elements, which its stubs keep private

HOLDERS = {"p", "li", "dd", "tr", "div", "aside", "section"}
AROUND = {"div", "li", "aside"}
FEW = 10
BACK = {"↩", "↩\ufe0e", "↑", "^", "⏎", ""}
BRACKETS = "[](){} \t\r\n\u00a0"


class Notes(NamedTuple):
    """The marks of the links that are indicators, the elements that hold the notes, and the links back."""

    indicators: Mapping[Element, str]
    holders: Mapping[Element, str]
    back: frozenset[str]
    """Where a link in a note leads that goes back to its indicator."""


def find_notes(root: Element) -> Notes:
    """Find the footnotes of a page."""
    order = {element: at for at, element in enumerate(root.iter())}
    places: dict[str, Element] = {}
    for element in order:
        for key in ("id", "name"):
            if element.get(key):
                places.setdefault(element.get(key), element)
    leads: dict[Element, tuple[str, Element]] = {}
    for link in root.iter("a"):
        mark, target = mark_of(link), places.get(link.get("href", "").removeprefix("#"))
        if mark and target is not None and link.get("href").startswith("#") and order[target] > order[link]:
            leads[link] = mark, target
    targets = {target for _, target in leads.values()}
    indicators: dict[Element, str] = {}
    holders: dict[Element, str] = {}
    back: set[str] = set()
    for link, (mark, target) in leads.items():
        holder = _holder(target, targets)
        if holder is None or (holder.tag != "li" and not _begins(holder, mark)) or holders.get(holder, mark) != mark:
            continue
        holders[holder] = indicators[link] = mark
        around = [link, link.getparent(), *link.iter()]
        back |= {f"#{each.get(key)}" for each in around for key in ("id", "name") if each.get(key)}
    return Notes(indicators, holders, frozenset(back))


def mark_of(link: Element) -> str:
    """Return the mark that is the text of a link; "" where that is none."""
    text = escape("".join(link.itertext()).strip(BRACKETS))
    return text if MARK.fullmatch(text) else ""


def is_back(link: Element, mark: str, notes: Notes) -> bool:
    """Tell whether a link in a note only leads back to where the note is mentioned."""
    text = "".join(link.itertext()).strip(BRACKETS)
    return link.get("href") in notes.back and (escape(text) == mark or text in BACK)


def _begins(holder: Element, mark: str) -> bool:
    text = escape("".join(holder.itertext()).lstrip(BRACKETS))
    return text.startswith(mark)


def _holder(target: Element, targets: set[Element]) -> Element | None:
    """Return the element that holds the whole note: the paragraph, or what stands around its paragraphs alone."""
    found = target
    while found is not None and found.tag not in HOLDERS:
        found = found.getparent()
    if found is None:
        return None
    around = found.getparent()
    if found.tag == "p" and around is not None and around.tag in AROUND and len(around) <= FEW:
        alone = not any(each in targets and each is not target for each in around.iter())
        return around if alone else found
    return found
