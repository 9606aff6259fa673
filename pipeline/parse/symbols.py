"""Find document symbols in running text (FORMAT.md section 4.3).

Only symbols of bodies whose documents the United Nations issues are found; `and/or`,
`24/7` and influenza `A/H1N1` are none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.model import Target
from pipeline.numbers import LATIN_CAPITALS, plain_digits
from pipeline.parse.targets import STEMS

if TYPE_CHECKING:
    from collections.abc import Iterator


# The Security Council's documents are `S/year/number`, before 1994 `S/number`; others use S/… otherwise.
# Those of the Convention on Biological Diversity, and the resolutions and decisions of the Industrial Development
# Organization, are not in the Official Document System.
BODIES = (
    r"A|AC|APLC|BWC|CAC|CAT|CBD(?=/COP)|CCPR|CCW|CD|CED|CEDAW|CEB|CERD|CMW|CRC|CRPD|CTOC|DP|DPS|E|ECE|ESCAP|ESCWA|FCCC|"
    r"(?:GC|IDB)(?!\.\d+/(?:Res|Dec))|HRI|HS|HSP|ICCD|ICEF|ISBA|JIU|LC|NPT|OPCAT|"
    r"S(?=/(?:[A-Z]|(?:19|20)\d\d/|\d{1,5}(?:/[A-Z]|(?![\d/]))))|SPLOS|ST|T|TD|TPNW|UNEP(?!/CBD)|UNW|WFP"
)
PART = r"(?:\d+[A-Za-z]?|[A-Z][A-Za-z]*\.[\dA-Z]*(?:-\d+)?|(?:S|ES)-\d+|COP\(\d+\)|[A-Z][A-Za-z]*)"
VOLUME = r"(?: ?\((?:(?:Vols?|Parts?|Sects?|SUPP|Supp|supp|Income [Ss]ect)(?![a-z])[^()]{0,14}|Plan outline)\))"
YEAR = r"(?: ?[(（](?:(?:19|20)\d\d|[IVXL]+)[)）])"
ONE = rf"(?:{BODIES})(?:\.\d+)?/{PART}(?:/ ?{PART}(?:\(\d+\))?)*(?:(?<=[/\d]\d){YEAR})?(?:{VOLUME}(?:/{PART})*)*"
SYMBOL = re.compile(rf"(?<![A-Za-z0-9/.-])(?P<first>{ONE})(?:[-–] ?{ONE})*(?![A-Za-z0-9/])")
# "and", whatever the language.
CHANGE = re.compile(r"(?:, | ?\w{1,3} ?)(?P<change>(?:Add|Corr|Rev|Amend)\.\d+)(?![A-Za-z0-9/])")
PARTS = re.compile(r"(?<=[IVX\d]) ?(?:和|及|et|y|e|и|و) ?(?=[IVX\d])")
NUMBER = re.compile(r"[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*")


class Found(NamedTuple):
    """A reference or a date in a text; `what` is its target, or YYYY-MM-DD."""

    start: int
    end: int
    what: Target | str


def symbols(text: str) -> Iterator[Found]:
    """Yield the document symbols in a text.

    A double symbol points to its first part. A modification named after a symbol, as
    in "A/60/88 and Corr.2", is a reference of its own, to A/60/88/Corr.2.
    """
    if "/" not in text:
        return
    latin = text if text.isascii() else plain_digits(text.translate(LATIN_CAPITALS))
    for match in SYMBOL.finditer(latin):
        symbol = re.sub(r"\s", "", PARTS.sub("and", match["first"])).translate({ord("（"): "(", ord("）"): ")"})
        if not any(character.isdigit() for character in symbol):
            continue
        yield Found(match.start(), match.end(), _target(symbol))
        after = CHANGE.match(latin, match.end())
        while after:
            yield Found(*after.span("change"), Target("document", f"{symbol}/{after['change']}"))
            after = CHANGE.match(latin, after.end())


def _target(symbol: str) -> Target:
    for organ, stem in STEMS.items():
        if symbol.startswith(f"{stem}/"):
            number = symbol.removeprefix(f"{stem}/").rstrip(")").replace("/", "-").replace("(", "-")
            return (
                Target("resolution", symbol, organ, number) if NUMBER.fullmatch(number) else Target("document", symbol)
            )
    return Target("document", symbol)
