"""What a citation points to: from a number, and the organs it can be of, to its target."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.model import Target
from pipeline.numbers import roman

if TYPE_CHECKING:
    from pipeline.model import Organ, TargetKind
    from pipeline.parse.grammar import Number

FIRST_SESSION = 31  # General Assembly resolutions are numbered session/number from here
FIRST_DECISION = 301
SESSIONS = {roman(session).upper(): session for session in range(1, FIRST_SESSION)}
STEMS: dict[Organ, str] = {"unga": "A/RES", "unsc": "S/RES", "unecosoc": "E/RES", "unga-hrc": "A/HRC/RES"}


def certain_organ(
    number: Number, organs: tuple[Organ, ...] | None, enacting: Organ | None, date: str | None
) -> Organ | None:
    """Return the organ whose resolution or decision it is; None where more than one or none can be.

    `organs` are those the text leaves open: none where it is of another body, None where
    it says nothing; `enacting` is the organ that adopts the document.

    `1325 (2000)` is the Security Council's wherever no other body is named. Where no
    organ is named, a number is the enacting organ's, or of the only organ that has such
    numbers. The Human Rights Council numbers like the General Assembly, so in its documents
    only a date tells; and an old number of the Economic and Social Council is as well one of
    a commission of its.
    """
    if number.old and number.series.isdigit() and organs != ():
        return "unsc"
    named = organs is not None and organs != (enacting,)
    fitting = [organ for organ in dict.fromkeys(organs or ()) if _fits(number, organ, date)]
    if not fitting and not named and enacting and not (number.old and organs is None and enacting == "unecosoc"):
        fitting = [organ for organ in dict.fromkeys((enacting, "unga")) if _fits(number, organ, date)]
        if enacting != "unga-hrc":
            fitting = fitting[:1]
        elif not date:
            fitting = []
    return fitting[0] if len(fitting) == 1 else None


def target(number: Number, kind: TargetKind, organ: Organ, date: str | None, letter_range: str) -> Target | None:
    """Return the target of a number that is cited; None for one that cannot be.

    `letter_range` is the pattern of the word in "A to C". A date that cannot be that of the number,
    as one of another year than `1325 (2000)` has, is left out.
    """
    if date and not _of_its_time(number, organ, int(date[:4])):
        date = None
    letters = _letters(number.letters, letter_range)
    if letters is None:
        return None
    name = _iri_number(number, letters)
    if kind == "resolution":
        return Target(kind, _symbol(number, organ, letters), organ, name, date)
    # Those of a special session are counted as its resolutions are.
    if organ == "unga" and number.series.isdigit() and int(number.serial) < FIRST_DECISION:
        return None
    return Target(kind, None, organ, name, date)


def _fits(number: Number, organ: Organ, date: str | None) -> bool:
    """Tell whether the organ numbers its resolutions in this way (FORMAT.md section 4.1).

    The General Assembly opens a session in September of every year since 1946, the Human
    Rights Council holds three a year since 2006; so a date tells their numbers apart.
    """
    if number.old:
        return (organ == "unsc") if number.series.isdigit() else organ in {"unga", "unecosoc"}
    if not number.series.isdigit():
        return organ == "unga" or (organ == "unga-hrc" and number.series.startswith("S"))
    if len(number.series) == 4:
        return organ == "unecosoc"
    session, year = int(number.series), int(date[:4]) if date else None
    if organ == "unga":
        return session >= FIRST_SESSION and (year is None or year - session in {1945, 1946})
    return organ == "unga-hrc" and (year is None or year - (session - 1) // 3 in {2005, 2006, 2007})


def _of_its_time(number: Number, organ: Organ, year: int) -> bool:
    """Tell whether a number can be of a year (FORMAT.md section 4.1).

    A session of the Economic and Social Council may open the year before it, and resume the year after.
    """
    if number.series.isdigit() and len(number.series) == 4:
        return year == int(number.series) if number.old else year - int(number.series) in {-1, 0, 1}
    session = SESSIONS.get(number.series) if organ == "unga" else None
    return session is None or year - session in {1945, 1946}


def _letters(printed: str, letter_range: str) -> str | None:
    """Return the parts as symbols have them: "A to C" and "A, B and C" -> "A-C"; None where they have gaps."""
    letters = re.findall("[A-Z]+", printed)
    if len(letters) < 2:
        return "".join(letters)
    row = [chr(code) for code in range(ord(letters[0][0]), ord(letters[-1][0]) + 1)]
    return f"{letters[0]}-{letters[-1]}" if letters == row or re.search(letter_range, printed) else None


def _symbol(number: Number, organ: Organ, letters: str) -> str:
    """Return the symbol in link form (FORMAT.md section 4.6); the letter is no part of the oldest ones."""
    stem = STEMS[organ]
    if number.old:
        return f"{stem}/{number.serial}({number.series})"
    return f"{stem}/{number.series}/{number.serial}{letters}"


def _iri_number(number: Number, letters: str) -> str:
    """Return the number as identifiers have it: 51-45N, 1325-2000 (AKN.md section 3)."""
    if number.old:
        return f"{number.serial}{letters}-{number.series}"
    return f"{number.series}-{number.serial}{letters}"
