"""A language is one TOML file beside this one; here is what a stage may ask of it.

The files hold what FORMAT.md sections 1.6, 3 and 4 establish: enacting bodies, fixed
lines, months, lead phrases, closing lines, and the rules for joining and spacing.
A new language is a new file; no stage names one.
"""

from pipeline.languages.detection import any_date, detect
from pipeline.languages.files import codes, codes_by_iso3
from pipeline.languages.fonts import Font
from pipeline.languages.loading import language
from pipeline.languages.marks import CLOSERS, COLONS, COMMAS, ENDS, SEMICOLONS, is_closed
from pipeline.languages.questions import LONGEST_DAY, Language
from pipeline.languages.start import text_start

__all__ = [
    "CLOSERS",
    "COLONS",
    "COMMAS",
    "ENDS",
    "LONGEST_DAY",
    "SEMICOLONS",
    "Font",
    "Language",
    "any_date",
    "codes",
    "codes_by_iso3",
    "detect",
    "is_closed",
    "language",
    "text_start",
]
