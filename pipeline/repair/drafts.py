"""The head of a draft: who submits it, and its title, which has no number (FORMAT.md section 1.5)."""

from __future__ import annotations

import re
from statistics import median_low
from typing import TYPE_CHECKING

from pipeline.repair.lines import joint
from pipeline.repair.page import as_printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.languages import Language
    from pipeline.repair.page import Line

COLON = re.compile("[:：]")
LIST_COMMA = re.compile("[,،、] ?")
CASED = re.compile(r"[^\W\d_]")
LINKED = re.compile(r" [^\W\d_]{1,3}$")
"""A line that ends with an article or preposition goes on, even with a capital."""
MOST = 40
"""All the members there are fill fewer lines than this."""


def submission(page: Sequence[Line], language: Language) -> tuple[int, int] | None:
    """Return the first and the last of the lines that say who submits a draft; None for no draft.

    `page` are the lines before the enacting line. The sponsors end with what the document is
    (": draft resolution", which a line may break), and begin where the lines above stop
    to be a list of States.
    """
    texts = [as_printed(line.text) for line in page]
    for at, text in enumerate(texts):
        role = language.role(text)
        if role == "proponent" and not text.startswith("["):
            return at, _last(texts, at)
        if role == "sponsors":
            return _first(page, texts, at, language), at
        below = texts[at + 1] if at + 1 < len(texts) else ""
        broken = below and role == language.role(below) == "other" and COLON.search(text)
        if broken and language.role(text + joint(text, below, language) + below) == "sponsors":
            return _first(page, texts, at, language), at + 1
    return None


def _last(texts: Sequence[str], at: int) -> int:
    """Return the last line of "Draft resolution submitted by …": a title opens with a capital."""
    while at + 1 < len(texts) and (texts[at + 1][0].islower() or LINKED.search(texts[at])):
        at += 1
    return at


def _first(page: Sequence[Line], texts: Sequence[str], at: int, language: Language) -> int:
    """Go up from the last line of the sponsors to their first; a wide gap is above it, unless the list goes on."""
    usual = median_low(line.gap for line in page)
    # The Security Council's have no agenda item above them, whose title could be taken for States.
    alone = all(language.role(text) != "agenda_item" for text in texts[:at])
    top = max(0, at - MOST)
    while at > top and (_lists(texts[at - 1], language) or (alone and language.role(texts[at - 1]) == "other")):
        if page[at].gap > usual and not _goes_on(texts[at - 1], language):
            break
        at -= 1
    return at


def _goes_on(text: str, language: Language) -> bool:
    """Tell whether a line ends inside a list: with its comma, or the word before its last name."""
    return bool(LIST_COMMA.fullmatch(text[-1:])) or f"{text} ".endswith(language.suspending)


def _lists(text: str, language: Language) -> bool:
    """Tell whether a line is of a list of States that goes on in the line below.

    Names of States have capitals, but where a name goes on from the line before. Scripts without
    capitals leave it to the commas, and to the words that no name of a State has in it.
    """
    unnamed = language.words.get("unnamed")
    if language.role(text) != "other" or COLON.search(text) or (unnamed and re.search(unnamed, text)):
        return False
    goes_on = _goes_on(text, language)
    names = LIST_COMMA.split(text)
    if any(letter.islower() for letter in text):
        capitals = all(CASED.match(name) is None or name[0].isupper() for name in names[1:] if name)
        return capitals and (goes_on or len(names) > 2)
    return goes_on or len(names) > 2
