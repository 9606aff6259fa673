"""What a document does with what it cites, told by the lead phrase of the paragraph (FORMAT.md section 3).

The words are coarse enough to be the same in all languages: 注意到 is both "notes" and "takes note".
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

from pipeline.numbers import UNSEEN

if TYPE_CHECKING:
    from pipeline.languages import Language

Relation = Literal[
    "recalls", "reaffirms", "considers", "endorses", "decides", "notes", "welcomes",
    "recognizes", "stresses", "guided", "condemns", "regrets", "requests", "cites",
]  # fmt: skip
"""The closed vocabulary; `docs/citations.md` says what each word stands for. `cites` where the phrase is none of
those that a language has for the others, or there is none."""


def relation(phrase: str, language: Language) -> Relation:
    """Return what a lead phrase says; `cites` for an empty one.

    A phrase that says two things ("Noting with concern") is told by its verb, which every language has
    in another place: the order of the language's table decides, not that of the words.
    """
    phrase = UNSEEN.sub("", phrase).replace("'", "’")
    return next((name for name, pattern in _patterns(language) if pattern.search(phrase)), "cites")


@cache
def _patterns(language: Language) -> tuple[tuple[Relation, re.Pattern[str]], ...]:
    known = {name: name for name in get_args(Relation)}
    return tuple(
        (known[name], re.compile(pattern, re.IGNORECASE)) for name, pattern in language.words["relations"].items()
    )
