"""Rules 4 of AKN.md section 12: the IRIs of a file are made of the metadata beside them (section 3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.languages import codes_by_iso3
from pipeline.validate.akn_rules.akn_file import Hit, name_of
from pipeline.validate.akn_rules.identification import LEVELS
from pipeline.validate.akn_rules.vocabulary import PARALLEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.validate.akn_rules.akn_file import AknFile
    from pipeline.validate.akn_rules.identification import Frbr

EXPRESSION = re.compile(r"/(?P<language>[a-z]{3})@(?P<date>[0-9:-]*)")
BROKEN = re.compile(r"\s|//|/$")
ANNEX = re.compile(r"!(?:main/)?annex(?:_\w+)?")


class Segment(NamedTuple):
    """A segment of the Work IRI, and the metadata it is equal to."""

    name: str
    element: str
    key: str = "value"


def unbroken(file: AknFile) -> Iterator[Hit]:
    """Find IRIs that end with a slash, or have an empty segment or white space."""
    for frbr in file.identifications:
        for level in LEVELS:
            for name in ("this", "uri"):
                if BROKEN.search(iri := frbr.value(level, name)):
                    message = f"“{iri}” ends with a slash, or has an empty segment or white space"
                    yield _hit(frbr, level, name, message)


def work_iri(file: AknFile) -> Iterator[Hit]:
    """Find Work IRIs that are not of the form that resolutions have."""
    for frbr in file.identifications:
        if not frbr.segments:
            message = f"Work IRI “{frbr.work}” is not /akn/un/statement/deliberation/ACTOR/DATE/NUMBER"
            yield _hit(frbr, "Work", "uri", message)


def country(file: AknFile) -> Iterator[Hit]:
    """Find countries that are not `un`, or not that of the IRI."""
    for frbr in _known(file):
        found = frbr.value("Work", "country")
        if found != "un" or frbr.segments["country"] != "un":
            message = f"the country is “{found}”, that of the IRI “{frbr.segments['country']}”; both are un"
            yield _hit(frbr, "Work", "country", message)


def kind(file: AknFile) -> Iterator[Hit]:
    """Find Work IRIs that name another kind of document than the element."""
    for frbr in _known(file):
        element = "" if frbr.document is None else name_of(frbr.document)
        if element == "statement" != frbr.segments["kind"]:
            yield _hit(frbr, "Work", "uri", f"the IRI says “{frbr.segments['kind']}”, the element statement")


def subtype(file: AknFile) -> Iterator[Hit]:
    """Find subtypes that are not `deliberation`, or not that of the IRI."""
    yield from _differing(file, Segment("subtype", "subtype"))
    for frbr in _known(file):
        if frbr.segments["kind"] == "statement" and frbr.segments["subtype"] != "deliberation":
            message = f"the subtype of a statement is deliberation, the IRI says “{frbr.segments['subtype']}”"
            yield _hit(frbr, "Work", "uri", message)


def date(file: AknFile) -> Iterator[Hit]:
    """Find Works whose date is not that of their IRI."""
    yield from _differing(file, Segment("date", "date", "date"))


def number(file: AknFile) -> Iterator[Hit]:
    """Find Works whose number is not that of their IRI."""
    yield from _differing(file, Segment("number", "number"))


def author(file: AknFile) -> Iterator[Hit]:
    """Find Works whose author is not the actor of their IRI."""
    for frbr in _known(file):
        pointer = frbr.value("Work", "author", "href")
        term = file.ids.get(pointer[1:]) if pointer.startswith("#") else None
        found = "" if term is None else (term.get("href") or "").rpartition("/")[2]
        if found != frbr.segments["actor"]:
            actor = frbr.segments["actor"]
            message = f"the author “{pointer}” is {found or 'no term'}, the IRI says {actor}"
            yield _hit(frbr, "Work", "author", message)


def language(file: AknFile) -> Iterator[Hit]:
    """Find languages that are none of those resolutions are published in."""
    for frbr in file.identifications:
        found = frbr.value("Expression", "language", "language")
        if found != PARALLEL and found not in codes_by_iso3():
            yield _hit(
                frbr,
                "Expression",
                "language",
                f"the language is “{found}”; known are {', '.join((*codes_by_iso3(), PARALLEL))}",
            )


def expression_iri(file: AknFile) -> Iterator[Hit]:
    """Find Expression IRIs that are not the Work IRI, a language and `@`."""
    for frbr in file.identifications:
        if not _expression(frbr):
            work = frbr.work.rstrip("/")
            message = f"Expression IRI “{frbr.expression}” is not {work}/LANGUAGE@"
            yield _hit(frbr, "Expression", "uri", message)


def expression_language(file: AknFile) -> Iterator[Hit]:
    """Find Expression IRIs in another language than the metadata."""
    for frbr in file.identifications:
        match = _expression(frbr)
        found = frbr.value("Expression", "language", "language")
        if match and match["language"] != found:
            yield _hit(
                frbr, "Expression", "uri", f"the IRI is of language {match['language']}, the metadata say {found}"
            )


def expression_date(file: AknFile) -> Iterator[Hit]:
    """Find Expression IRIs of a version with another date than the metadata."""
    for frbr in file.identifications:
        match = _expression(frbr)
        found = frbr.value("Expression", "date", "date")
        if match and match["date"] and match["date"] != found:
            yield _hit(
                frbr, "Expression", "uri", f"the IRI is of the version {match['date']}, the metadata say {found}"
            )


def manifestation_format(file: AknFile) -> Iterator[Hit]:
    """Find Manifestations that do not say that they are XML."""
    for frbr in file.identifications:
        if (found := frbr.value("Manifestation", "format")) != "xml":
            yield _hit(frbr, "Manifestation", "format", f"the format is “{found}”, not xml")


def manifestation_iri(file: AknFile) -> Iterator[Hit]:
    """Find Manifestation IRIs that are not the Expression IRI and `.xml`."""
    for frbr in file.identifications:
        wanted = f"{frbr.expression.rstrip('/')}.xml"
        if frbr.manifestation.rstrip("/") != wanted:
            yield _hit(frbr, "Manifestation", "uri", f"Manifestation IRI “{frbr.manifestation}” is not {wanted}")


def component(file: AknFile) -> Iterator[Hit]:
    """Find `FRBRthis` that is not the IRI of its level and `!main`, or the annex, the same at all levels."""
    for frbr in file.identifications:
        work = frbr.work.rstrip("/")
        part = frbr.value("Work", "this").rstrip("/").removeprefix(f"{work}/")
        if not (ANNEX.fullmatch(part) if frbr.is_attached else part == "!main"):
            part = "!annex_1" if frbr.is_attached else "!main"
        expression = frbr.expression.rstrip("/")
        wanted = (f"{work}/{part}", f"{expression}/{part}", f"{expression}/{part}.xml")
        for level, this in zip(LEVELS, wanted, strict=True):
            found = frbr.value(level, "this")
            if found.rstrip("/") != this:
                yield _hit(frbr, level, "this", f"{level} FRBRthis “{found}” is not {this}")


def _known(file: AknFile) -> Iterator[Frbr]:
    """Yield the identifications whose Work IRI can be read."""
    return (frbr for frbr in file.identifications if frbr.segments)


def _expression(frbr: Frbr) -> re.Match[str] | None:
    work, found = frbr.work.rstrip("/"), frbr.expression.rstrip("/")
    return EXPRESSION.fullmatch(found, len(work)) if found.startswith(work) else None


def _hit(frbr: Frbr, level: str, name: str, message: str) -> Hit:
    """Return a hit at `FRBRname` of a level, or at the identification where it is missing."""
    found = frbr.at(level, name)
    return Hit(frbr.element if found is None else found, message)


def _differing(file: AknFile, segment: Segment) -> Iterator[Hit]:
    for frbr in _known(file):
        found, wanted = frbr.value("Work", segment.element, segment.key), frbr.segments[segment.name]
        if found != wanted:
            message = f"the {segment.name} is “{found}”, the IRI says {wanted}"
            yield _hit(frbr, "Work", segment.element, message)
