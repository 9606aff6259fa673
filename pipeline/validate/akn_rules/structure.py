"""Rules 6 of AKN.md section 12: the parts of a resolution, and the facts that stand twice (sections 2, 4 and 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.numbers import canonical, plain_digits
from pipeline.validate.akn_rules.akn_file import DOCUMENTS, Hit, name_of, text_of, within
from pipeline.validate.akn_rules.vocabulary import AKN, NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from pipeline.validate.akn_rules.akn_file import AknFile

FRONT_MATTER = (
    "docType", "docTitle", "docNumber", "docProponent", "docIntroducer", "docPurpose", "docStage", "session",
    "docCommittee", "docStatus", "docAuthority", "docketNumber", "docJurisdiction",
)  # fmt: skip
SECTIONS = ("mainBody", "section", "part", "title", "division", "chapter")
PARAGRAPH, NUM = f"{AKN}paragraph", f"{AKN}num"


def root(file: AknFile) -> Iterator[Hit]:
    """Find files that are not Akoma Ntoso of the OASIS standard."""
    if file.root.tag != f"{AKN}akomaNtoso":
        yield Hit(file.root, f"the root is {file.root.tag}, not akomaNtoso of the namespace {NAMESPACE}")


def document(file: AknFile) -> Iterator[Hit]:
    """Find files whose document is no statement and no collection of statements."""
    found = next(file.root.iterchildren(f"{AKN}*"), None)
    if found is not None and name_of(found) not in DOCUMENTS:
        yield Hit(found, f"the document is <{name_of(found)}>, not <statement> or <documentCollection>")


def contains(file: AknFile) -> Iterator[Hit]:
    """Find statements that do not say which version they hold."""
    for found in file.all("statement"):
        if found.get("contains") != "originalVersion":
            yield Hit(found, f"@contains is “{found.get('contains', '')}”, not originalVersion")


def publication(file: AknFile) -> Iterator[Hit]:
    """Find documents without their publication."""
    yield from _lacking(file, "meta/publication")


def references(file: AknFile) -> Iterator[Hit]:
    """Find documents without references."""
    yield from _lacking(file, "meta/references")


def preface(file: AknFile) -> Iterator[Hit]:
    """Find resolutions without a preface; a text that is adopted within one may have none of its own."""
    for found in file.all("statement"):
        if found.find(f"{AKN}preface") is None and within(found, "statement") is None:
            yield Hit(found, "<statement> has no <preface>")


def title(file: AknFile) -> Iterator[Hit]:
    """Find prefaces without a title."""
    for found in file.all("statement"):
        part = found.find(f"{AKN}preface")
        if part is not None and next(part.iter(f"{AKN}docTitle", f"{AKN}docType"), None) is None:
            yield Hit(part, "the preface has no docTitle")


def number(file: AknFile) -> Iterator[Hit]:
    """Find prefaces that are numbered otherwise than the metadata.

    The preface of a collection has the number without the letters of its parts, that of a part its letter.
    """
    for found in file.documents:
        known = found.find(f"{AKN}meta/{AKN}identification/{AKN}FRBRWork/{AKN}FRBRnumber")
        shown = "" if known is None else known.get("showAs") or ""
        for element in found.iterfind(f"{AKN}preface//{AKN}docNumber"):
            text = plain_digits(text_of(element)).rstrip(". ")
            in_parts = shown.startswith(f"{text} ") or shown.endswith(f" {text}")
            if shown and element.get("refersTo") != "#symbol" and text != shown and not (in_parts and _in_parts(found)):
                yield Hit(element, f"the preface is numbered “{text}”, the metadata say “{shown}”")


def formula(file: AknFile) -> Iterator[Hit]:
    """Find preambles without the enacting formula. A second preamble is for the schema to refuse."""
    for found in file.all("statement"):
        part = found.find(f"{AKN}preamble")
        if part is not None and part.find(f"{AKN}formula") is None:
            yield Hit(part, "the preamble has no formula (“The General Assembly,”)")


def named(file: AknFile) -> Iterator[Hit]:
    """Find preambular paragraphs without the name of their phrase."""
    for part in file.all("preamble"):
        for container in part.iterfind(f"{AKN}container"):
            if not (container.get("name") or "").strip():
                yield Hit(container, "the container of a preambular paragraph has no name")


def dated(file: AknFile) -> Iterator[Hit]:
    """Find conclusions with another date than the Work."""
    for found in file.documents:
        work = found.find(f"{AKN}meta/{AKN}identification/{AKN}FRBRWork/{AKN}FRBRdate")
        for element in found.iterfind(f"{AKN}conclusions//{AKN}docDate"):
            if work is not None and element.get("date") != work.get("date"):
                message = f"the conclusions are dated {element.get('date')}, the metadata say {work.get('date')}"
                yield Hit(element, message)


def lists(file: AknFile) -> Iterator[Hit]:
    """Find lists of web pages, which have no place in a resolution."""
    for element in file.all("ol", "ul"):
        yield Hit(element, f"<{name_of(element)}> is not allowed in a resolution")


def front_matter(file: AknFile) -> Iterator[Hit]:
    """Find elements of the first page in the body."""
    for element in file.all(*FRONT_MATTER):
        if within(element, "mainBody") is not None and within(element, "attachment", "embeddedStructure") is None:
            yield Hit(
                element, f"<{name_of(element)}> stands in the body; it belongs to cover page, preface, conclusions"
            )


def consecutive(file: AknFile) -> Iterator[Hit]:
    """Find paragraphs that do not follow one another in number; after something else they may begin anew."""
    for parent in file.all(*SECTIONS):
        last, between = 0, False
        for child in parent:
            num = child.find(NUM) if child.tag == PARAGRAPH else None
            printed = "" if num is None else text_of(num)
            number = canonical(printed)
            if not number.isdecimal():
                between = True
                continue
            value = int(number)
            if last and value != last + 1 and not (between and value == 1):
                yield Hit(child, f"paragraph {printed} follows paragraph {last}")
            last, between = value, False


def _lacking(file: AknFile, path: str) -> Iterator[Hit]:
    for found in file.all(*DOCUMENTS):
        if found.find("/".join(AKN + step for step in path.split("/"))) is None:
            yield Hit(found, f"<{name_of(found)}> has no <{path.rpartition('/')[2]}>")


def _in_parts(found: etree._Element) -> bool:
    parent = found.getparent()
    return name_of(found) == "documentCollection" or (parent is not None and name_of(parent) == "component")
