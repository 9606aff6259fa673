"""The grammar of citations: the patterns of a language, compiled.

A language's `words.citations` holds, as patterns:

`noun_first`, `date_first`   "resolutions 67/139 of …", or "…第67/139号决议"
`open`, `close`              what encloses a number (第…号); part of the reference
`special`, `old`             what stands before the number of a special session; the session
                             in parentheses, as printed until 1976: "(S-VI)", "(د-3)"
`sessions`                   the letters of sessions where they are not "S", "ES" and none
`letters`, `letter`          the parts of a resolution after its number, "A to C"; one of them
`join`                       between two items of a list
`dated`                      between a number and its date
`again`                      between two dates where `dated` is said again: "du 2 mai 2015 et du 3 juin 2016"
`beside_noun`                between the noun and the list
`singled_out`                before a list that a noun announces from afar: "…, in particular 41/187 of …"
`resumes`                    before (or, noun last, after) a list that goes on after other words
`organs`, `short`            names; `short` ("Council") is one of several organs
`reach`                      between an organ's name and the citation; ends the text before it
`own`, `foreign`             text before a citation that makes it the enacting organ's, or nobody's here;
                             `own` is one for each organ where its gender shows
`noun_owns`                  the noun says whose it is, so it belongs to the text before: قرارها
`of_organ`, `foreign_after`  the same after its noun: "resolutions of the Security Council 1325 (2000) and …"
`year_last`                  the year may come last, typed from right to left: 19/2022 is 2022/19
`organ_follows`              before a name after its number, where that is not `of_organ`
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.numbers import LATIN_CAPITALS, WORDS, roman

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language
    from pipeline.model import Organ


class Number(NamedTuple):
    """A number as cited: `67/139`, `1325 (2000)`, `217 A (III)`.

    `series` is its session, or the year or session in parentheses (`old`), in the spelling
    of symbols: "S-10", "XXX". `letters` are its parts as printed, but in Latin letters.
    """

    start: int
    end: int
    series: str
    serial: str
    letters: str
    old: bool
    enclosed: bool


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """The patterns of one language, compiled."""

    noun_first: bool
    date_first: bool
    sessions: dict[str, str]
    number: re.Pattern[str]
    letter: re.Pattern[str]
    noun: re.Pattern[str]
    letter_range: str
    join: re.Pattern[str]
    dated: re.Pattern[str]
    again: re.Pattern[str]
    beside_noun: re.Pattern[str]
    singled_out: re.Pattern[str]
    resumes: re.Pattern[str]
    goes_on: re.Pattern[str]
    respectively: re.Pattern[str]
    organ_before: re.Pattern[str]
    organ_joined: re.Pattern[str]
    of_organ: re.Pattern[str]
    organ_follows: re.Pattern[str]
    organ_also: re.Pattern[str]
    names: re.Pattern[str]
    noun_owns: bool
    own: dict[Organ | None, re.Pattern[str]]
    foreign: re.Pattern[str]
    foreign_after: re.Pattern[str]


@cache
def grammar(language: Language) -> Grammar:
    """Compile the patterns of a language, once a process."""
    words = language.words["citations"]
    letters = words["letters"]
    own = words["own"] if isinstance(words["own"], dict) else dict.fromkeys(words["organs"], words["own"])
    names = "|".join(f"(?P<{name.replace('-', '_')}>{pattern})" for name, pattern in words["organs"].items())
    name = f"(?:{'|'.join(words['organs'].values())})"
    listed = f"{name}(?:(?:{words['join']}){name})*"
    follows = words.get("organ_follows", words["of_organ"])
    turned = r"\d{1,3}" if words.get("year_last") else "(?!)"
    core = (
        rf"(?:(?P<session>(?:{words['special']})?\d{{1,4}})/(?P<serial>\d{{1,3}})(?P<letters>{letters})?"
        rf"|(?P<old>\d{{1,4}})(?P<part>{letters})? ?[(（](?P<series>{words['old']}|(?:19|20)\d\d)[)）]"
        rf"|(?P<turned>{turned})/(?P<year>(?:19|20)\d\d))"
    )
    return Grammar(
        noun_first=words["noun_first"],
        date_first=words["date_first"],
        sessions=words.get("sessions", {}),
        letter=re.compile(words["letter"]),
        number=re.compile(
            rf"(?<![A-Za-z0-9/.–-])(?P<open>{words['open']})?{core}(?![A-Za-z0-9/]|\.\d)(?P<close>{words['close']})?"
        ),
        noun=re.compile(rf"(?P<resolution>{words['resolution']})|(?P<decision>{words['decision']})"),
        letter_range=words["letter_range"],
        join=re.compile(words["join"]),
        dated=re.compile(f"(?P<organ>(?:{follows}){listed})?(?:{words['dated']})"),
        again=re.compile(words["again"]),
        beside_noun=re.compile(f"(?:(?:{words['of_organ']}){listed})?(?:{words['beside_noun']})"),
        singled_out=re.compile(words["singled_out"]),
        resumes=re.compile(words["resumes"]),
        goes_on=re.compile(f"(?:{words['join']})" + (f"(?:{words['dated']})" if words["date_first"] else "")),
        respectively=re.compile(words["respectively"]),
        organ_before=re.compile(f"(?:{names})(?:{words['reach']})"),
        organ_joined=re.compile(f"(?:{names})(?:{words['join']})$"),
        of_organ=re.compile(f"(?:{words['of_organ']})(?:{names})?"),
        organ_follows=re.compile(f"(?:{follows})(?:{names})?"),
        organ_also=re.compile(f"(?:{words['join']})(?:{names})"),
        names=re.compile(names),
        noun_owns=words.get("noun_owns", False),
        own={organ: re.compile(pattern) for organ, pattern in own.items()},
        foreign=re.compile(words["foreign"]),
        foreign_after=re.compile(words["foreign_after"]),
    )


def numbers(text: str, patterns: Grammar) -> Iterator[Number]:
    """Yield everything in a text, its digits plain, that has the form of a resolution's number (FORMAT.md 4.1)."""
    for match in patterns.number.finditer(text):
        enclosed = bool(match["open"] or match["close"])
        old = match["series"] is not None
        series, serial, letters = match.group(
            *("series", "old", "part") if old else ("session" if match["session"] else "year", "serial", "letters")
        )
        serial = serial or match["turned"]
        latin = (
            patterns.letter.sub(lambda letter: WORDS.get(letter[0], letter[0]), letters or "")
            .translate(LATIN_CAPITALS)
            .strip()
        )
        yield Number(*match.span(), _series(series, patterns, old=old), serial, latin, old, enclosed)


def _series(printed: str, patterns: Grammar, *, old: bool) -> str:
    """Return a session as symbols have it: "دإ-10" -> "S-10", "د-30" in parentheses -> "XXX"."""
    kind, hyphen, number = re.sub(r"\s", "", printed).replace("–", "-").rpartition("-")
    if old and hyphen and number.isdigit():
        number = roman(int(number)).upper()
    kind = patterns.sessions.get(kind, kind)
    return f"{kind}-{number}" if kind else number
