"""Which language a text is written in, and a date in whichever."""

from __future__ import annotations

import re
from functools import cache

from pipeline.languages.files import codes, data_of
from pipeline.languages.fonts import font_of
from pipeline.languages.loading import language

JOB_LETTER = re.compile(r"^[^\S\n]*(?:GE\.)?\d\d-\d{5}\*? ?\(([A-Z])\)", re.MULTILINE)
RECOGNISED = 0.02
"""A language's own words are at least this share of its texts."""
BEGINNING = 1_000_000
"""So many characters, three hundred pages, tell the language of a text."""


def detect(text: str) -> str | None:
    """Return the code of the language a text is written in, None where it is none of ours.

    Evidence: the letter in its job number, else the share of each language's own words in it, or of the characters
    that a font of it has for letters.
    Of the other languages, nothing but these words is compiled.
    """
    job = JOB_LETTER.search(text)
    if job and (found := next((code for code in codes() if data_of(code)["job_letter"] == job[1]), None)):
        return found
    # Columns are set with many blanks, which are no part of the text.
    text = " ".join(text[:BEGINNING].split())
    if found := next((code for code in codes() if (font := font_of(code)) and font.is_in(text)), None):
        return found
    shares = {code: sum(map(len, _common(code).findall(text))) / max(1, len(text)) for code in codes()}
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= RECOGNISED else None


@cache
def _common(code: str) -> re.Pattern[str]:
    return re.compile(data_of(code)["words"]["common"])


def any_date(text: str) -> str | None:
    """Return the first full date in the text, in whichever language, as YYYY-MM-DD.

    The date of issue is in English in some other language versions.
    """
    return next((iso for code in codes() if (iso := language(code).first_date(text))), None) if text else None
