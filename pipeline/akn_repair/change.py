"""What a fixer of Akoma Ntoso files changes, and how it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.validate.akn_rules.akn_file import line_of, name_of

if TYPE_CHECKING:
    from lxml import etree


class Change(NamedTuple):
    """A change of a file: the fixer, the line in the file as it was (0 for what was added), what was, what is."""

    fixer: str
    line: int
    what: str
    old: str
    new: str


def set_attribute(fixer: str, element: etree._Element, key: str, value: str | None) -> Change:
    """Set an attribute, or take it away with None, and return the change."""
    old = element.get(key)
    if value is None:
        del element.attrib[key]
    else:
        element.set(key, value)
    return Change(fixer, line_of(element), f"{name_of(element)}/@{_shown(key)}", old or "", value or "")


def added(fixer: str, element: etree._Element) -> Change:
    """Return the change that an element was added."""
    facts = " ".join(f'{_shown(str(key))}="{value!s}"' for key, value in element.items())
    return Change(fixer, 0, name_of(element), "", facts)


def _shown(key: str) -> str:
    return key.rpartition("}")[2] if "akn4un" not in key else f"akn4un:{key.rpartition('}')[2]}"
