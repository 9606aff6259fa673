"""Changes to trees: bytes changed at random are hardly ever XML, and then only the parser is tried."""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from lxml import etree

from tests.fuzz.packing import START
from tests.fuzz.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    Change = Callable[[etree._Element, etree._Element, Random], None]

JSON_VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    0.5,
    1e300,
    "",
    "x",
    "en",
    "2044-02-30",
    [],
    [0, 0],
    [5, 1],
    {},
    "\ud800",
    10**30,
)
VALUES = ("", "0", "1", "-1", "9", "99999999999", "x", "none", "true", "false", "#x", "1 2", "\u0661", "I", "a")


def mutated(data: bytes, chance: Random) -> bytes:
    """Return an input, of parts or one XML, with some changes to one of its trees."""
    parts = (b"\n" + data).split(b"\n" + START)[1:] if data.startswith(START) else [data]
    at = 0 if chance.random() < 0.7 else chance.randrange(len(parts))
    head, line, content = parts[at].partition(b"\n") if data.startswith(START) else (b"", b"", data)
    try:
        root = etree.fromstring(content, etree.XMLParser(recover=True, resolve_entities=False, huge_tree=False))
    except etree.XMLSyntaxError:  # nothing is left of it
        root = None
    if root is None:
        return data
    for _ in range(chance.randint(1, 4)):
        elements = [each for each in root.iter("*") if each is not root]
        if elements:
            with suppress(ValueError):  # a name that the lenient parser took, and no other does
                chance.choice(CHANGES)(chance.choice(elements), chance.choice(elements), chance)
    parts[at] = head + line + etree.tostring(root, encoding="utf-8")
    return b"\n".join(START + part for part in parts) if data.startswith(START) else parts[0]


def mutated_json(data: bytes, chance: Random) -> bytes:
    """Return JSON with some of its values changed, for values of its own or others."""
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        return data
    for _ in range(chance.randint(1, 4)):
        places = list(_places(whole))
        if not places:
            break
        (around, key), (other, from_) = chance.choice(places), chance.choice(places)
        kind = chance.randrange(5)
        if kind == 0:
            del around[key]
        elif kind == 1 and isinstance(around, list):
            around.insert(key, deepcopy(other[from_]))
        else:
            around[key] = deepcopy(other[from_]) if kind < 4 else chance.choice(JSON_VALUES)
    return json.dumps(whole).encode()


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each place of a value in JSON, as what it stands in and its key."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield value, key
        yield from _places(each)


def remove(element: etree._Element, _other: etree._Element, _chance: Random) -> None:
    around = element.getparent()
    if around is not None:
        around.remove(element)


def unwrap(element: etree._Element, _other: etree._Element, _chance: Random) -> None:
    around = element.getparent()
    if around is not None:
        for child in list(element):
            element.addprevious(child)
        around.remove(element)


def copy_beside(element: etree._Element, other: etree._Element, _chance: Random) -> None:
    if other.getparent() is not None and len(list(element.iter())) < 200:
        other.addnext(deepcopy(element))


def copy_into(element: etree._Element, other: etree._Element, chance: Random) -> None:
    if len(list(element.iter())) < 200:
        other.insert(chance.randint(0, len(other)), deepcopy(element))


def rename(element: etree._Element, other: etree._Element, _chance: Random) -> None:
    element.tag = other.tag


def wrap(element: etree._Element, other: etree._Element, _chance: Random) -> None:
    around = element.getparent()
    if around is not None:
        wrapper = etree.Element(other.tag, {str(key): str(value) for key, value in other.attrib.items()})
        around.replace(element, wrapper)
        wrapper.append(element)


def set_attribute(element: etree._Element, other: etree._Element, chance: Random) -> None:
    keys = [*element.attrib, *other.attrib]
    if keys:
        key = chance.choice(keys)
        value = other.get(key)
        element.set(key, value if value and chance.random() < 0.3 else chance.choice(VALUES))


def drop_attribute(element: etree._Element, _other: etree._Element, chance: Random) -> None:
    if element.attrib:
        del element.attrib[chance.choice(list(element.attrib))]


def set_text(element: etree._Element, other: etree._Element, chance: Random) -> None:
    text, at = element.text or "", chance.randint(0, len(element.text or ""))
    word = chance.choice(WORDS) if chance.random() < 0.7 else (other.text or "")
    said = text[:at] + word + text[at + chance.choice((0, 0, 1, 9)) :]
    element.text = "".join(
        each for each in said if each in "\t\n" or " " <= each < "\ud800" or "\ue000" <= each < "\ufffe"
    )


CHANGES: tuple[Change, ...] = (
    remove, unwrap, copy_beside, copy_into, rename, wrap, set_attribute, drop_attribute, set_text, set_text,
)  # fmt: skip
