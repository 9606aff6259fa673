"""What the Akoma Ntoso metadata says of a document: its name, number, dates and IRIs.

Rules: AKN.md sections 1 (D2, D5, D6), 3 and 5. A fact the source does not give is left out;
where the format demands one, the placeholder is plain to see.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipeline.kinds import kind_of
from pipeline.numbers import chinese_number, iri_number, plain_digits
from pipeline.walk import is_draft, plain

if TYPE_CHECKING:
    from pipeline.languages import Language
    from pipeline.model import Document, Organ

UNKNOWN_DATE = "0001-01-01"
"""Stands where the format demands a date and the source gives none. A year in which there was
no United Nations cannot be taken for a real date; the UN's own files use the same."""

UNNUMBERED = "unnumbered"
NUMBER_END = re.compile(r"(?<![\s.．。:：–—-])[\s.．。:：–—-]*$")
SYMBOL_SESSION = re.compile(r"^A/(?:HRC/|C\.\d/)?(?:RES/|DEC/)?((?:ES-|S-)?\d+)/")
CHINESE_SESSION = re.compile("第([一二三四五六七八九十]+)届")
ORIGINAL = re.compile(r"Original\s?:\s*([^\W\d_]+)")
LANGUAGES = {
    **dict.fromkeys(("arabic", "arabe", "árabe"), "ara"),
    **dict.fromkeys(("chinese", "chinois", "chino"), "zho"),
    **dict.fromkeys(("english", "anglais", "inglés"), "eng"),
    **dict.fromkeys(("french", "français", "francés"), "fra"),
    **dict.fromkeys(("russian", "russe", "ruso"), "rus"),
    **dict.fromkeys(("spanish", "espagnol", "español"), "spa"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts the metadata repeats. Dates are YYYY-MM-DD.

    `number` is as printed, in plain digits, `segment` the same in an IRI; `work` is the IRI of the resolution
    in any language, `expression` in this one; `date_name` says what kind of date `date` is.
    `original` is the language it was written in, if printed and not this one.
    """

    name: str
    organ: Organ | None
    actor: str
    symbol: str | None
    number: str
    segment: str
    title: str
    date: str
    date_name: str
    adopted: str | None
    issued: str | None
    session: str | None
    meeting: str | None
    language: str
    original: str | None
    work: str
    expression: str


def facts(document: Document, language: Language) -> Facts:
    """Gather the facts of a document. In: any document, however little of it was recognised."""
    masthead = document.masthead
    symbol = masthead.symbol.rstrip("*").strip() if masthead.symbol else None
    adopted = real_date(masthead.adopted)
    issued = real_date(masthead.issued)
    when = adopted or issued or UNKNOWN_DATE
    number = _printed_number(document, symbol)
    segment = iri_number(masthead.number or number) or UNNUMBERED
    actor = masthead.organ or "un"
    work = f"/akn/un/statement/deliberation/{actor}/{when}/{segment}"
    return Facts(
        name=_name(document, language),
        organ=masthead.organ,
        actor=actor,
        symbol=symbol,
        number=number,
        segment=segment,
        title=" ".join(plain(document.title.inlines).split()) if document.title else "",
        date=when,
        date_name="adoption" if adopted else "publication" if issued else "unknown",
        adopted=adopted,
        issued=issued,
        session=_session(document, symbol),
        meeting=masthead.meeting,
        language=language.iso3,
        original=_original(document, language),
        work=work,
        expression=f"{work}/{language.iso3}@",
    )


def real_date(iso: str | None) -> str | None:
    """Return the date if the calendar has it, else None: the schema refuses 30 February.

    >>> real_date("2099-12-02"), real_date("2099-02-30")
    ('2099-12-02', None)
    """
    try:
        return date.fromisoformat(iso).isoformat() if iso else None
    except ValueError:
        return None


def split_number(printed: str) -> tuple[str, str]:
    """Split a printed number from the stop after it, which stays outside the number (AKN.md section 5).

    >>> split_number("69/60."), split_number("27/1"), split_number("99/902 -")
    (('69/60', '.'), ('27/1', ''), ('99/902', ' -'))
    """
    end = NUMBER_END.search(printed)
    at = end.start() if end else len(printed)
    return printed[:at].strip(), printed[at:].rstrip()


def number_in(line: str, number: str) -> re.Match[str] | None:
    """Find a number in a line that may space it otherwise: `2722(2024)` for `2722 (2024)`."""
    spaced = r"\s*".join(map(re.escape, "".join(number.split())))
    return re.search(rf"(?<!\d){spaced}", plain_digits(line))


def _printed_number(document: Document, symbol: str | None) -> str:
    """Return the number as the preface prints it, but in plain digits, else as the symbol does."""
    if document.title and document.title.number and (number := split_number(document.title.number)[0]):
        return plain_digits(number)
    if number := document.masthead.number or "":
        lines = (plain(line.inlines) for line in document.masthead.lines if line.role == "resolution")
        found = next((match[0] for line in lines if (match := number_in(line, number))), None)
        return found or number
    return symbol.partition("/")[2] or symbol if symbol else UNNUMBERED


def _name(document: Document, language: Language) -> str:
    if not is_draft(document):
        return kind_of(document)
    lines = document.masthead.lines
    submitted = (plain(line.inlines) for line in lines if line.role in {"sponsors", "proponent"})
    decision = any(re.search(language.words["citations"]["decision"], text) for text in submitted)
    return "decisionDraft" if decision else "resolutionDraft"


def _session(document: Document, symbol: str | None) -> str | None:
    """Return the session as a number where it or the symbol prints one, else in its own words."""
    line = next((plain(line.inlines) for line in document.masthead.lines if line.role == "session"), "")
    printed = document.masthead.session or line
    if digits := re.search(r"\d+", printed):
        return plain_digits(digits[0])
    if chinese := CHINESE_SESSION.search("".join(printed.split())):
        return str(chinese_number(chinese[1]))
    if found := SYMBOL_SESSION.match(symbol or ""):
        return found[1]
    return printed.strip() or None


def _original(document: Document, language: Language) -> str | None:
    lines = (plain(line.inlines) for line in document.masthead.lines if line.role == "original")
    found = next((match[1] for line in lines if (match := ORIGINAL.search(line))), "")
    code = LANGUAGES.get(found.casefold())
    return code if code != language.iso3 else None
