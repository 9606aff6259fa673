"""Characters an extractor leaves behind, or writes in another form than the document has."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pipeline.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language
    from pipeline.text import Text

LINE_END = re.compile("\r\n?|[\x0b\x85\u2028\u2029]")
INVISIBLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
BLANKS = re.compile("[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]")
NO_BREAK = "\u00a0"
BOUND = re.compile(rf"(?<=\S)[ {NO_BREAK}](?=[;:!?»](?!\w))|(?<=«)[ {NO_BREAK}](?=\S)")
"""A blank that no line may break at, in a language with `spaced_marks`."""
FORMS = {"\u2010": "-", "\u2011": "-", "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
FORM = re.compile("[" + "".join(FORMS) + "\u2e80-\u2fd5\ufb50-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc]")
STARS = re.compile(r"(?:^|(?<=\n))[^\S\n]*(?:\\\*){3}(?=\s|$)")
MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u3099\u309a"
WORD = re.compile(r"(?<![^\W\d_])[^\W\d_a-zA-Z]*+[a-zA-Z][^\W\d_]*+")
"""A word with a Latin letter."""
ALONE = re.compile(r"(?:\A|[^\d\s] |\W\n)[a-z] [^\W\d_a-zA-Z]")
SYMBOL_LETTER = re.compile(r"(?<![^\W_])[^\W\d_](?=/(?:[A-Z]+/|\d+/)[A-Z\d])")
CLUSTER = re.compile(f"[^{MARKS}][{MARKS}]+|[\u2126\u212a\u212b\uf900-\ufaff]")


def unify_line_ends(text: Text, _language: Language) -> Iterator[Edit]:
    """Write every kind of line end as a line feed; a form feed, the end of a page, stays."""
    for match in LINE_END.finditer(text.value):
        yield Edit(Span(*match.span()), "\n")


def drop_invisible(text: Text, _language: Language) -> Iterator[Edit]:
    """Drop control characters, soft hyphens, zero-width and direction marks.

    Leaves alone line ends, form feeds, tabs, and the joiners some scripts need.
    """
    for match in INVISIBLE.finditer(text.value):
        yield Edit(Span(*match.span()), "")


def unify_blanks(text: Text, language: Language) -> Iterator[Edit]:
    """Write every kind of blank as a space: the kind is the typesetter's, not the text's.

    Leaves alone a no-break space where the language asks for one (`spaces.bind_marks`).
    """
    for match in BLANKS.finditer(text.value):
        if not (language.spaced_marks and match.group() == NO_BREAK and BOUND.match(text.value, match.start())):
            yield Edit(Span(*match.span()), " ")


def unify_forms(text: Text, _language: Language) -> Iterator[Edit]:
    """Write ligatures, hyphens, Han radicals and printed forms of Arabic letters as what they stand for.

    Three stars are set apart.

    Leaves alone superscripts, full-width punctuation and everything else that
    compatibility normalisation would change along with them (DESIGN.md section 5).
    """
    for match in FORM.finditer(text.value):
        found = match.group()
        yield Edit(Span(*match.span()), FORMS.get(found) or unicodedata.normalize("NFKC", found))
    for match in STARS.finditer(text.value) if r"\*\*\*" in text.value else ():
        yield Edit(Span(*match.span()), r"\* \* \*")


def unify_scripts(text: Text, language: Language) -> Iterator[Edit]:
    """Write letters of another script as the language's own they look like, and the reverse in a symbol.

    Only in a word that has letters of both, a letter alone before such a word (`c удовлетворением`),
    or the first of a symbol (`А/RES/69/60`). Leaves alone words of one script, and the letter
    after a number (`75/290 B`).
    """
    own, value = language.look_alikes, text.value
    if not own:
        return
    foreign = {letter: look for look, letter in own.items()}
    native = frozenset(foreign)
    for match in WORD.finditer(value):
        word = match.group()
        # The letter of a symbol may be glued to the word before it: "морейA/RES/69/60".
        last = len(word) - (value[match.end() : match.end() + 1] == "/")
        strange = [at for at, letter in enumerate(word[:last]) if letter.isascii()]
        if not all(word[at] in own for at in strange):
            continue
        alone = len(word) == 1 and word.islower() and ALONE.match(value, match.start() - 2)
        if not word.isascii() or alone:
            for at in strange:
                yield Edit(Span(match.start() + at, match.start() + at + 1), own[word[at]], 0.9)
    for match in SYMBOL_LETTER.finditer(value):
        if match.group() in native:
            yield Edit(Span(*match.span()), foreign[match.group()], 0.9)


def compose(text: Text, _language: Language) -> Iterator[Edit]:
    """Join a letter and its combining marks into one character (NFC)."""
    if unicodedata.is_normalized("NFC", text.value):
        return
    for match in CLUSTER.finditer(text.value):
        yield Edit(Span(*match.span()), unicodedata.normalize("NFC", match.group()))
