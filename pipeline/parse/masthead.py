"""The first page: its lines by what they say, and the facts in them (FORMAT.md section 1)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.languages import any_date, text_start
from pipeline.model import Masthead, MastheadLine, Title
from pipeline.numbers import plain_digits
from pipeline.parse.paragraphs import cut, is_split
from pipeline.parse.tables import is_table_row, row_cells
from pipeline.parse.targets import STEMS
from pipeline.walk import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.languages import Language
    from pipeline.model import ClosingLine, MastheadRole, Organ
    from pipeline.parse.paragraphs import Paragraph, Reading

TITLE_NUMBER = re.compile(r"(?:E?S-)?\d{1,4}/\d{1,4}(?: ?[A-Z])?(?:\.?(?= |$)(?: [-–—](?= |$))?|[-–—](?= |$))")
"""The number of the title, and what parts it from the words: "69/60.", in Arabic "69/60 -"."""
COUNCIL_NUMBER = re.compile(r"(?<!\d)\d+ ?[(（]\d{4}[)）]")
"""The number of a Security Council resolution, `2722 (2024)`."""
COUNCIL_SYMBOL = re.compile(r"(S/RES/\d+) ?[(（](\d{4})[)）]")
"""Its symbol, which extractors and languages give with and without the blank, `S/RES/2722 (2024)`."""
SERIES = re.compile(r"(?P<stem>A/HRC|[AES])/(?:DEC|PRST)/")
"""What the symbols of decisions and of statements of the President begin with."""
OWN_NAME = {"symbol", "resolution"}
DAY = 120
"""Meeting and day stand in the first words of a decision."""


def opening(body: Sequence[Paragraph], language: Language) -> int:
    """Return the index of the enacting line; without one, of the first paragraph of the text, after the title."""
    texts = [paragraph.text for paragraph in body]
    start = text_start(language, texts, TITLE_NUMBER)
    if start is not None:
        return start
    return next((at for at, text in enumerate(texts) if TITLE_NUMBER.match(text)), -1) + 1


def read_masthead(head: Sequence[Paragraph], first: str, reading: Reading) -> tuple[Masthead, Title | None]:
    """Read the paragraphs before the enacting line, and what `first`, the paragraph after them, says of the adoption.

    Out: the masthead with the facts they give, and the title, if the text has one. A draft's
    has no number and comes after who submits it (FORMAT.md section 1.5).
    """
    lines: list[MastheadLine] = []
    texts: dict[MastheadRole, str] = {}
    title: Title | None = None
    before: MastheadRole = "other"
    submitted = False
    for paragraph in head:
        number = TITLE_NUMBER.match(paragraph.text)
        if number and title is None and not is_split(paragraph, number.end()):
            rest = cut(paragraph, len(paragraph.text) - len(paragraph.text[number.end() :].lstrip()))
            title = Title(number.group(), reading.heading(rest), reading.span(paragraph))
            continue
        if is_table_row(paragraph, reading):
            cells = row_cells(paragraph, reading)
            lines += (MastheadLine("other", reading.inlines(cell), reading.span(cell)) for cell in cells)
            continue
        name = reading.language.role(paragraph.text)
        if name == "other" and submitted and title is None:
            title = Title(None, reading.heading(paragraph), reading.span(paragraph))
            continue
        submitted = name == "sponsors" or (name == "proponent" and not paragraph.text.startswith("["))
        titled = (
            name == "other" and before in {"agenda_item", "agenda_title"} and not reading.language.kind(paragraph.text)
        )
        before = "agenda_title" if titled else name
        inlines = reading.label(paragraph) if before in OWN_NAME else reading.inlines(paragraph)
        lines.append(MastheadLine(before, inlines, reading.span(paragraph)))
        texts.setdefault(before, paragraph.text)
    act = first if reading.language.opens_act(first) else ""
    return _facts(texts, tuple(lines), title, act, reading), title


def _facts(
    texts: dict[MastheadRole, str], lines: tuple[MastheadLine, ...], title: Title | None, act: str, reading: Reading
) -> Masthead:
    language, organ = reading.language, reading.organ
    symbol = _spaced(plain_digits(texts.get("symbol", "")).rstrip("*")) or None
    series = SERIES.match(symbol or "")
    # The symbol is surer than the names: the Human Rights Council's documents name the Assembly above it.
    organ = organ or _organ_of(f"{series['stem']}/RES/" if series else symbol or "")
    if organ is None and "organ" in texts:
        organ = language.organ_named(texts["organ"])
    council = COUNCIL_NUMBER.search(plain_digits(texts.get("resolution", "")))
    organ = organ or ("unsc" if council else None)
    number = plain_digits(title.number).rstrip(" .-–—") if title and title.number else None
    stem = f"{STEMS[organ]}/" if organ else None
    # Decisions and statements have no symbol but the one that is printed.
    is_resolution = not act and not any(map(language.kind, texts.values()))
    if symbol is None and number and stem and organ != "unsc" and is_resolution:
        symbol = stem + number.replace(" ", "")
    if symbol is None and council:
        symbol = _spaced(f"{stem}{council.group()}")
    if symbol and stem and symbol.startswith(stem) and (number is None or symbol.startswith(f"{stem}{number} ")):
        number = symbol.removeprefix(stem) or None
    if symbol and series and number is None:
        number = symbol[series.end() :]
    adopted = texts.get("adopted") or texts.get("resolution", "")
    return Masthead(
        organ=organ,
        symbol=symbol,
        number=number,
        session=texts.get("session"),
        issued=any_date(texts.get("issued", "")) or any_date(texts.get("distribution", "")),
        adopted=language.first_date(adopted) or language.first_date(act[:DAY]),
        meeting=language.meeting_number(adopted) or language.meeting_number(act),
        lines=lines,
    )


def _spaced(symbol: str) -> str:
    """Return a symbol as it is printed, with the one blank that not every text has."""
    return COUNCIL_SYMBOL.sub(r"\1 (\2)", symbol)


def _organ_of(symbol: str) -> Organ | None:
    """Return the organ whose resolutions have such symbols."""
    return next((organ for organ, stem in STEMS.items() if symbol.startswith(f"{stem}/")), None)


def close(masthead: Masthead, lines: Sequence[ClosingLine], language: Language) -> Masthead:
    """Add what the closing says of the adoption: the date where the masthead has none, and the meeting."""
    adopted, meeting = masthead.adopted, masthead.meeting
    for line in lines:
        text = plain(line.inlines)
        if line.role == "date":
            adopted = adopted or language.first_date(text)
        elif line.role == "meeting":
            meeting = meeting or language.meeting_number(text)
    return replace(masthead, adopted=adopted, meeting=meeting)
