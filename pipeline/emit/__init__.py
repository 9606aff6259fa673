"""A document to bytes, one function a format. `EMITTERS` is the table of formats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.model import Record


class Emitter(NamedTuple):
    """A format: the ending of its files, and what makes them.

    It takes the record, the same as plain JSON values, and the markup date. `lacking` tells what
    this machine lacks for it.
    """

    suffix: str
    emit: Callable[[Record, dict[str, Any], str | None], bytes]
    lacking: Callable[[], str | None] = lambda: None


def _json(_record: Record, data: dict[str, Any], _date: str | None) -> bytes:
    from pipeline.emit.json import emit_json  # noqa: PLC0415 - a format is loaded where it is wanted

    return emit_json(data)


def _docx(record: Record, _data: dict[str, Any], date: str | None) -> bytes:
    from pipeline.emit.docx import emit_docx  # noqa: PLC0415 - a format is loaded where it is wanted

    return emit_docx(record.document, date=date)


def _xml(record: Record, _data: dict[str, Any], date: str | None) -> bytes:
    from pipeline.emit.akn import emit_akn  # noqa: PLC0415 - a format is loaded where it is wanted

    return emit_akn(record.document, markup_date=date)


def _xml_ref(record: Record, _data: dict[str, Any], date: str | None) -> bytes:
    from pipeline.emit.akn import emit_akn  # noqa: PLC0415 - a format is loaded where it is wanted

    return emit_akn(record.document, markup_date=date, note_refs="ref")


def _markdown(record: Record, _data: dict[str, Any], _date: str | None) -> bytes:
    from pipeline.emit.markdown import emit_markdown  # noqa: PLC0415 - a format is loaded where it is wanted

    return emit_markdown(record.document)


def _gfm(record: Record, _data: dict[str, Any], _date: str | None) -> bytes:
    from pipeline.emit.markdown_gfm import emit_gfm  # noqa: PLC0415 - a format is loaded where it is wanted

    return emit_gfm(record.document)


def _html(record: Record, _data: dict[str, Any], _date: str | None) -> bytes:
    from pipeline.emit.html import emit_html  # noqa: PLC0415 - a format is loaded where it is wanted

    return emit_html(record.document)


def _odt(record: Record, _data: dict[str, Any], _date: str | None) -> bytes:
    from pipeline.emit.pandoc import emit_odt  # noqa: PLC0415 - a format is loaded where it is wanted

    return emit_odt(record.document)


def _epub(record: Record, _data: dict[str, Any], _date: str | None) -> bytes:
    from pipeline.emit.pandoc import emit_epub  # noqa: PLC0415 - a format is loaded where it is wanted

    return emit_epub(record.document)


def _rtf(record: Record, _data: dict[str, Any], _date: str | None) -> bytes:
    from pipeline.emit.pandoc import emit_rtf  # noqa: PLC0415 - a format is loaded where it is wanted

    return emit_rtf(record.document)


def _plain(record: Record, _data: dict[str, Any], _date: str | None) -> bytes:
    from pipeline.emit.plain import emit_plain  # noqa: PLC0415 - a format is loaded where it is wanted

    return emit_plain(record.document)


def _pdf(record: Record, _data: dict[str, Any], date: str | None) -> bytes:
    from pipeline.emit.pdf import emit_pdf  # noqa: PLC0415 - a format is loaded where it is wanted

    return emit_pdf(record.document, date=date)


def _pdf_lacking() -> str | None:
    from pipeline.emit.pdf import lacking  # noqa: PLC0415 - a format is loaded where it is wanted

    return lacking()


EMITTERS: Mapping[str, Emitter] = {
    "json": Emitter(".json", _json),
    "docx": Emitter(".docx", _docx),
    "xml": Emitter(".xml", _xml),
    "md": Emitter(".md", _markdown),
    "gfm": Emitter(".md", _gfm),
    "xmlref": Emitter(".xml", _xml_ref),
    "html": Emitter(".html", _html),
    "odt": Emitter(".odt", _odt),
    "epub": Emitter(".epub", _epub),
    "rtf": Emitter(".rtf", _rtf),
    "txt": Emitter(".txt", _plain),
    "pdf": Emitter(".pdf", _pdf, _pdf_lacking),
}
CHOICES = tuple(kind for kind in EMITTERS if kind != "xmlref")
"""The formats one may name: how the XML mentions notes again is an option of its own (`--note-refs`)."""
USUAL = ("json", "docx", "xml", "md")
"""The formats that are written where none is named."""
