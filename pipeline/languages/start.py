"""Where the body of a text begins, after its masthead and title (FORMAT.md sections 1 and 2)."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.languages.questions import Language

FIRST_PARAGRAPH = re.compile(r"1(?:\. ?| ?- )\D")
HEAD = 8
"""How many lines the title may take, or what else stands between the name of a decision and its text."""
PART_TITLE = 6
"""How many lines the letter and the title of a part may take."""


def text_start(language: Language, texts: Sequence[str], title: re.Pattern[str]) -> int | None:
    """Return the index of the enacting line; without one, of the first text that opens a paragraph.

    `title` matches the number of the title. A decision or a statement of the President starts
    with the meeting that made it, whether an enacting line follows or not.
    """
    start = _enacted(language, texts, title)
    act = _acted(language, texts[:start], title)
    if start is not None or act is not None:
        return start if act is None else act
    opens = (
        at
        for at, text in enumerate(texts)
        if FIRST_PARAGRAPH.match(text)
        or language.opens_preambular(text)
        or _ends_head(language, texts[max(0, at - 2) : at])
    )
    return next(opens, None)


def _acted(language: Language, texts: Sequence[str], title: re.Pattern[str]) -> int | None:
    """Return the index of the first text that opens as a decision or a statement does, right after its head.

    A line that goes on from "adopted by the Security Council" may read the same.
    """
    for at, text in enumerate(texts):
        if at and language.act.match(text) and language.role(texts[at - 1]) != "adopted":
            head = texts[max(0, at - HEAD) : at]
            if any(title.match(line) or language.kind(line) for line in head):
                return at
    return None


def _enacted(language: Language, texts: Sequence[str], title: re.Pattern[str]) -> int | None:
    """Return the index of the enacting line.

    The name of an organ before the title is the masthead's, even where it reads as an enacting
    line does, and so is an enacting line that the title and another one follow. Of a
    resolution in parts the text starts with the letter of the first.
    """
    titled = False
    enacting = [at for at, text in enumerate(texts) if language.is_enacting(text)]
    done = 0
    for at, after in zip_longest(enacting, enacting[1:]):
        titled = titled or any(map(title.match, texts[done:at]))
        repeated = after is not None and any(map(title.match, texts[at + 1 : after]))
        if titled or not (repeated or language.organ_named(texts[at]) is not None):
            return _part_start(language, texts, at, title) if titled else at
        done = at
    return None


def _part_start(language: Language, texts: Sequence[str], enacting: int, title: re.Pattern[str]) -> int:
    """Return the index of the letter of the first part, where it and its title stand before the enacting line."""
    for at in range(enacting - 1, max(enacting - PART_TITLE, 0), -1):
        if language.first_part.search(texts[at]):
            return at
        if title.match(texts[at]):
            break
    return enacting


def _ends_head(language: Language, above: Sequence[str]) -> bool:
    """Tell whether the last of some lines is the last of a masthead without a title.

    It heads a resolution and gives its date, alone or with the number above it.
    """
    roles = [language.role(text) for text in above]
    headed = roles[-1:] == ["resolution"] or roles == ["resolution", "adopted"]
    return headed and language.first_date(above[-1]) is not None
