"""The footnotes and endnotes of a Word file, each with the mark Word shows (ECMA-376 part 1, section 17.11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.docx_numbers import UnknownFormatError, W, counted, value
from pipeline.read.repaired import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.docx_numbers import Element

KINDS = ("footnote", "endnote")
USUAL = {"footnote": "decimal", "endnote": "lowerRoman"}
CHICAGO = ("*", "†", "‡", "§")


class Notes:
    """Gives the notes their marks as they are placed, one after the other, and knows what bookmarks enclose."""

    def __init__(self, footnotes: Element, endnotes: Element, settings: Element, document: Element) -> None:
        self._notes = {
            (kind, note.get(f"{W}id")): note
            for kind, part in zip(KINDS, (footnotes, endnotes), strict=True)
            for note in part.iter(f"{W}{kind}")
            if note.get(f"{W}type") in {None, "normal"}
        }
        self._formats = {kind: _format(kind, settings, document) for kind in KINDS}
        self._counts = {kind: start - 1 for kind, (_, start) in self._formats.items()}
        self._marks: dict[tuple[str, str], str] = {}
        self._known: set[str] = set()
        self._open: dict[str, str] = {}
        self._bookmarks: dict[str, str] = {}

    def place(self, reference: Element, printed: str) -> str | None:
        """Return the mark of the note that is placed here; `None` where the file does not have that note.

        A note has one place: where it is placed again, in itself maybe, it is mentioned again.
        """
        kind = reference.tag.removeprefix(W).removesuffix("Reference")
        key = (kind, reference.get(f"{W}id"))
        if key not in self._notes:
            return None
        if key in self._marks:
            return self._marks[key]
        mark = printed.strip()
        if not mark:
            self._counts[kind] += 1
            mark = _written(self._counts[kind], self._formats[kind][0])
        self._marks[key] = mark
        self._known.add(mark)
        self._bookmarks.update(dict.fromkeys(self._open.values(), mark))
        return mark

    def placed(self) -> Iterator[tuple[str, list[Element]]]:
        """Yield the mark and the paragraphs of every note that was placed, those that notes place as well."""
        written: set[tuple[str, str]] = set()
        while waiting := [each for each in self._marks.items() if each[0] not in written]:
            for key, mark in waiting:
                written.add(key)
                yield mark, list(self._notes[key].iter(f"{W}p"))

    def is_known(self, mark: str) -> bool:
        """Tell whether a note with this mark was placed before."""
        return mark in self._known

    def open(self, identifier: str, name: str) -> None:
        """Begin a bookmark."""
        self._open[identifier] = name

    def close(self, identifier: str) -> None:
        """End a bookmark."""
        self._open.pop(identifier, None)

    def pointed(self, name: str) -> str | None:
        """Return the mark that a bookmark encloses."""
        return self._bookmarks.get(name)


def _format(kind: str, settings: Element, document: Element) -> tuple[str, int]:
    """Return how notes are counted, and from where: as the sections say, else the settings."""
    places = [*document.iter(f"{W}{kind}Pr"), *settings.iter(f"{W}{kind}Pr")]
    forms = (value(place, "numFmt") for place in places)
    starts = (value(place, "numStart") for place in places)
    return next(filter(None, forms), USUAL[kind]), int(next(filter(None, starts), None) or 1)


def _written(number: int, form: str) -> str:
    if form == "chicago":
        return escape(CHICAGO[(number - 1) % len(CHICAGO)] * ((number - 1) // len(CHICAGO) + 1))
    try:
        return counted(number, form)
    except UnknownFormatError:
        return str(number)
