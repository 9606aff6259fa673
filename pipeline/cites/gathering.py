"""The citations of files and folders: each document is read, and a file that is refused is told and passed over."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.batch.files import InputError
from pipeline.batch.manifest import NAME as MANIFEST
from pipeline.batch.plan import plan
from pipeline.batch.shown import shown
from pipeline.cites import citations
from pipeline.differences import read_document
from pipeline.emit.akn_facts import UNNUMBERED, facts
from pipeline.errors import LawError, ReadError
from pipeline.kinds import kind_of
from pipeline.languages import language
from pipeline.limits import USUAL_LIMITS, InputLimits
from pipeline.model import Target
from pipeline.walk import cited, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.cites import Citation
    from pipeline.emit.akn_facts import Facts
    from pipeline.model import Document, Kind

NOWHERE = Path(os.devnull)
"""Nothing is written."""


class Citing(NamedTuple):
    """A document and what it cites; `work` is what others cite it by, the name of the file where that is not known."""

    file: str
    work: str
    kind: Kind
    language: str
    title: str
    iri: str | None = None
    citations: tuple[Citation, ...] = ()


class Failed(NamedTuple):
    """A file that has no citations to tell, why, and the exit code of that."""

    message: str
    code: int


def gather(paths: Sequence[Path], lang: str, limits: InputLimits = USUAL_LIMITS) -> Iterator[Citing | Failed]:
    """Yield what each document of files and folders cites, in the order of a conversion.

    Folders are searched as `unres convert` does it (`pipeline.batch.plan`); of one that it wrote, the records are read.
    Raises UsageError for one without documents.
    """
    planned = plan([file for path in paths for file in _records(path)], NOWHERE, (), named_later=True)
    yield from (Failed(f"{shown(path)}: {message}", 5) for path, message in planned.unreadable)
    for job in planned.jobs:
        try:
            document = read_document(Path(job.source), lang, limits)
        except (ReadError, InputError, LawError) as error:
            yield Failed(str(error), error.exit_code)
        else:
            yield _citing(shown(job.source), document)


def _records(path: Path) -> list[Path]:
    """Return the records of a folder that a conversion wrote; else the path itself."""
    return (sorted(path.rglob("*.json")) if (path / MANIFEST).is_file() else []) or [path]


def _citing(file: str, document: Document) -> Citing:
    known = facts(document, language(document.language))
    certain = known.organ and known.adopted and known.segment != UNNUMBERED
    return Citing(
        file,
        _work(known) or file,
        kind_of(document),
        document.language,
        plain(document.title.inlines) if document.title else "",
        known.work if certain else None,
        citations(document),
    )


def _work(known: Facts) -> str | None:
    """Return what others cite a document by; None where it has no symbol and number."""
    if known.name == "decision" and known.organ and known.segment != UNNUMBERED:
        return cited(Target("decision", None, known.organ, known.segment, None))
    return "".join(known.symbol.split()) if known.symbol else None
