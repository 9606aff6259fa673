"""What a fuzzer feeds: each target takes any bytes and returns, or fails with what is a fault of ours.

Refused with a message is well, and so is a document of which all laws hold. All else that is raised is a fault.
The inputs that once led to one are kept in `tests/corpus/fuzz/<target>/`, and `tests/test_fuzz.py` runs them.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
import orjson
from lxml import etree

from pipeline.akn_repair import mend
from pipeline.cli import commands
from pipeline.cli.configuration import OWN, SHARED, read_configuration
from pipeline.convert import emit, normalize
from pipeline.docx_numbers import W
from pipeline.errors import LawError, ReadError, UsageError
from pipeline.read import read
from pipeline.serialize import from_json, to_json
from pipeline.validate.akn_parse import parse_akn
from pipeline.validate.akn_rules import broken, rules
from pipeline.validate.schema import schema_errors
from tests.fuzz.packing import START, packed

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.model import Record

    Target = Callable[[bytes], None]

FORMATS = ("json", "docx", "xml", "md")
"""What is emitted of extracted text; of other files, whose documents are no others, only JSON."""


def document(data: bytes, name: str) -> None:
    """Convert a file, and hold every law."""
    try:
        record = normalize(data, name)
    except ReadError as refused:
        assert str(refused).startswith(name), refused
        assert "; " in str(refused), refused
        return
    except LawError as error:
        if error.law != 2:
            raise
        return  # known of pages torn badly (tests/test_laws.py): told as a breach, and nothing is written
    hold(record, read(data, name).source, FORMATS if name.endswith(".txt") else FORMATS[:1])


def hold(record: Record, source: str, formats: tuple[str, ...]) -> None:
    """Assert that the account of all characters is exact, and the laws that `emit` holds."""
    fates = record.ledger
    total = fates.document + fates.footnotes + fates.indicators + fates.furniture + fates.replaced + fates.white_space
    assert total == fates.total == len(source)
    assert from_json(to_json(record)) == record
    emit(record, formats)


def text(data: bytes) -> None:
    document(data.decode("utf-8", "ignore").encode(), "a.txt")


def pdf(data: bytes) -> None:
    document(data, "a.pdf")


def docx(data: bytes) -> None:
    document(packed(data), "a.docx")


def odt(data: bytes) -> None:
    document(packed(data), "a.odt")


def rtf(data: bytes) -> None:
    document(data, "a.rtf")


def html(data: bytes) -> None:
    document(data, "a.html")


def markdown(data: bytes) -> None:
    document(data.decode("utf-8", "ignore").encode(), "a.md")


def akn(data: bytes) -> None:
    document(data, "a.xml")


def changes(data: bytes) -> None:
    """Read tracked changes, and the same file after its changes have been accepted in its XML."""
    parts = (b"\n" + data).split(b"\n" + START)[1:]
    accepted: list[bytes] = []
    try:
        for part in parts:
            path, _, content = part.partition(b"\n")
            root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
            accept(root)
            accepted.append(START + path + b"\n" + etree.tostring(root, encoding="utf-8"))
        told = read(packed(data), "a.docx").source
    except (etree.XMLSyntaxError, ReadError):
        return
    try:
        assert read(packed(b"\n".join(accepted)), "a.docx").source == told
    except ReadError as error:
        msg = f"refused after its changes were accepted: {error}"
        raise AssertionError(msg) from error


def accept(root: etree._Element) -> None:
    """Accept insertions and deletions of runs; those of paragraphs and rows stay."""
    for each in list(root.iter(W + "del", W + "moveFrom", W + "ins", W + "moveTo")):
        around = each.getparent()
        if around is None or around.tag in {W + "rPr", W + "trPr"}:
            continue
        if each.tag in {W + "ins", W + "moveTo"}:
            for child in list(each):
                each.addprevious(child)
        around.remove(each)


def check(data: bytes) -> None:
    """Hold a file to the rules of `unres check`."""
    try:
        root = parse_akn(data, "a.xml")
    except ReadError as refused:
        assert str(refused).startswith("a.xml: "), refused
        return
    assert all(hit.line >= 0 for hit in broken(root, rules()))


def mending(data: bytes) -> None:
    """Make a file clean: the second time there is nothing to do that the first has not done."""
    try:
        mended = mend(data, "a.xml")
    except ReadError as refused:
        assert str(refused).startswith("a.xml: "), refused
        return
    assert mend(mended.data, "a.xml").data == mended.data or mended.left


def record(data: bytes) -> None:
    """Read a record: what the schema passes is read, what is read is written as it was."""
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return
    try:
        found = from_json(value)
    except ReadError as refused:
        assert str(refused).startswith("/"), refused
        assert not isinstance(value, dict) or value.get("schema_version") != "2.1.0" or schema_errors(value), refused
        return
    assert from_json(to_json(found)) == found


def configuration(data: bytes) -> None:
    """Read a configuration, as a file of ours and as one that projects share: what is wrong is told with its file."""
    with TemporaryDirectory() as folder:
        for name in (OWN, SHARED):
            path = Path(folder, name)
            path.write_bytes(data)
            try:
                found = read_configuration(path, commands, click.Context(commands))
            except UsageError as refused:
                assert str(refused).startswith(str(path)), refused
            else:
                assert all(limit > 0 for limit in found.limits)
                assert found.places.keys() >= {("", key) for key in found.values}


TARGETS: dict[str, Target] = {
    each.__name__: each
    for each in (text, pdf, docx, changes, odt, rtf, html, markdown, akn, check, mending, record, configuration)
}
