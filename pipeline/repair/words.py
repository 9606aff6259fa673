"""Words torn apart or run together, mended only where the document itself is the evidence."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.repair.page import lines
from pipeline.repair.widths import UNWRAPPED, width
from pipeline.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from pipeline.languages import Language
    from pipeline.text import Text

PLAIN = re.compile(r"[^\W\d_]+")
TORN = re.compile(r"\b(?<!['’-])([^\W\d_]++) (?=([^\W\d_]++)\b(?!['’]))")
TORN_HYPHEN = re.compile(r" (?<=[^\W\d_] )-(?: ?(?=[^\W\d_])|(?=,))|-(?<=[^\W\d_]-) (?=[^\W\d_])")
TORN_RANGE = re.compile(r" (?:(?<=\s\d )|(?<=\s\d\d ))– ?(?=\d)|–(?:(?<=\s\d–)|(?<=\s\d\d–)) (?=\d)")
HYPHEN = re.compile("-")
HYPHENED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LINE_HYPHEN = re.compile(r"[^\W\d_]-$")
LAST_WORD = re.compile(r"(?<![^\W\d_])(?<![^\W\d_]-)" + COMPOUND.pattern + "$")
LEAD_JOINED = re.compile(r"^(?:\d{1,3}\. ?|\([a-z]\) )?([A-Z][a-z]{5,})", re.MULTILINE)
WIDER, MERGED = 1.03, 1.3
"""So much wider than usual is a line that holds the rest of a broken word, or of the next line."""
STRETCHED, SLACK = 12.0, 3.0
"""So much less, or more, than the usual width may the words of a full line be: it is justified, or set in."""
LABEL_LETTER = re.compile(r"(?<![^\W\d_])[^\W\d_](?=[).])")
KNOWN = 50
"""A word so often in the dictionary is no misspelling."""
DICTIONARY_SIZE = 1e9
"""About so many words were counted for a dictionary."""
APART = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}")
"""Letters set apart (`I n v i t e s`)."""
RARE = 3000
"""A word that is a half by chance only is not more often in a dictionary: `per cent` is two."""
CHANCE = 3e4
"""So many times more often than by chance, a word is whole."""
VOWEL = re.compile("[aeiouyаеёиоуыэюяáéíóúàâêîôû]", re.IGNORECASE)


def part_enacting(text: Text, language: Language) -> Iterator[Edit]:
    """Part the words of an enacting line that ran together (`Le Conseil économiqueetsocial`).

    Leaves alone every line that is more or less than an enacting line.
    """
    for line in lines(text.value):
        if spaced := language.enacting_spaced(line.text):
            yield Edit(Span(line.start, line.end), spaced, 0.95)


def close_hyphens(text: Text, language: Language) -> Iterator[Edit]:
    """Close a blank beside a hyphen inside a word (`self -determination`, `short -, medium- and long-term`).

    The document, or the list of compounds, has the word with its hyphen; or blanks stand
    before hyphens only, which no dash has. Days have no blanks between them (`4 –15 March`).
    Leaves alone suspended hyphens (`short- and long-term`, `Wärterinnen und -wärter`) and,
    where a hyphen has a blank after it too, all that may be dashes.
    """
    if language.joins_without_space:
        return
    value = text.value
    for match in TORN_RANGE.finditer(value) if "– " in value or " –" in value else ():
        yield Edit(Span(*match.span()), "–", 0.9)
    torn = list(TORN_HYPHEN.finditer(value)) if "- " in value or " -" in value else []
    if not torn:
        return
    known = {word.casefold() for word in _hyphened(value)} | {word.casefold() for word in language.compounds}
    known_halves = {half for word in known for half in (word, *_halves(word))}
    hung = tuple(f"{word.strip()}-" for word in language.suspending)
    words = {match: word for match in torn if not (word := _around(value, match)).startswith(hung)}
    torn = list(words)
    loose = [match for match in torn if words[match] not in known_halves]
    hanging = {match for match in loose if value.startswith(language.suspending, match.end())}
    dashes = any(match.group() == "- " and match not in hanging for match in loose)
    if not dashes and any(match.group() == " -" for match in loose):
        new = {match: "- " if match in hanging and match.group() == " - " else "-" for match in loose}
        # A word that is closed here is known where it hangs too, and would be closed there next time.
        known_halves |= {words[match] for match in loose if new[match] == "-" and match.group() != "- "}
    else:
        new = {}
    for match in torn:
        if words[match] in known_halves:
            yield Edit(Span(*match.span()), "-", 0.95)
        elif match in new and match.group() != "- ":
            yield Edit(Span(*match.span()), new[match], 0.9)


def _around(value: str, match: re.Match[str]) -> str:
    """Return the word that a torn hyphen stands in."""
    left = re.search(r"(?<![\w-])[\w-]*$", value[max(0, match.start() - 40) : match.start()])
    right = re.match(r"[\w-]*", value[match.end() : match.end() + 40])
    return f"{left[0] if left else ''}-{right[0] if right else ''}".casefold()


def _hyphened(value: str) -> Iterator[str]:
    """Yield the words of a text that have hyphens, found from their hyphens: most words have none."""
    done = 0
    for hyphen in HYPHEN.finditer(value):
        start = hyphen.start()
        if start < done:
            continue
        while start > done and value[start - 1].isalpha():
            start -= 1
        if match := HYPHENED.match(value, start):
            done = match.end()
            yield match.group()


def _halves(word: str) -> Iterator[str]:
    parts = word.split("-")
    for size in range(2, len(parts)):
        yield "-".join(parts[:size])


def restore_hyphens(text: Text, language: Language) -> Iterator[Edit]:
    """Put back the hyphen an extractor took for one of its own at a line's end (`highlevel`, `high level`).

    It then ran two lines into one: only words of lines far wider than the others count, and
    those that stand where a line of the usual width ends. The document or the list of
    compounds must have the word with its hyphens; of the one word at that place, both halves.
    Leaves alone every other word, words the document writes in this way on other lines, and
    a text whose lines end with hyphens: its extractor left them in.
    """
    page = lines(text.value)
    if language.joins_without_space or any(line.text.endswith("-") and LINE_HYPHEN.search(line.text) for line in page):
        return
    widths = sorted(width(line.text) for line in page)
    usual = widths[len(widths) * 9 // 10] if widths else 0
    wide = [line for line in page if width(line.text) >= WIDER * usual]
    if usual > UNWRAPPED or not wide:
        return
    known = _known_forms(text.value, language)
    written = Counter(word.casefold() for word in COMPOUND.findall(text.value))
    halves = written.keys() | {half for form in known.values() for half in form.casefold().split("-")}
    here = Counter(word.casefold() for line in wide for word in COMPOUND.findall(line.text))
    starts = {line.start for line in wide}
    others = "\n".join(line.text for line in page if line.start not in starts)
    for line in wide:
        for blank in re.finditer(" ", line.text):
            at = blank.start()
            if _is_end(line.text[:at], usual) and _is_hyphened(line.text, at, known, others):
                yield Edit(Span(line.start + blank.start(), line.start + blank.end()), "-", 0.8)
        for match in COMPOUND.finditer(line.text):
            word = match.group().casefold()
            if written[word] != here[word]:
                continue
            form = known.get(word.replace("-", ""), "")
            ends = [at for at in range(match.start() + 2, match.end() - 1) if _is_end(line.text[:at], usual)]
            if not ends and width(line.text) < MERGED * usual:
                continue
            form = form or _parted(match.group(), [at - match.start() for at in ends], halves)
            if len(form) > len(word):
                yield from _hyphens(line.start + match.start(), match.group(), form)


def _is_end(before: str, usual: float) -> bool:
    """Tell whether the first of some lines that ran together may have ended after these words."""
    printed = width(before)
    count = max(1, round(printed / usual))
    return count * (usual - STRETCHED) <= printed <= count * usual + SLACK


def _is_hyphened(line: str, at: int, known: dict[str, str], others: str) -> bool:
    """Tell whether the two words around a blank have a hyphen elsewhere, and always in the other lines."""
    left, right = LAST_WORD.search(line, 0, at), COMPOUND.match(line, at + 1)
    if left is None or right is None or f"{left.group()} {right.group()}" in others:
        return False
    form = f"{left.group()}-{right.group()}".casefold()
    return known.get(form.replace("-", ""), "").casefold() == form


def _known_forms(value: str, language: Language) -> dict[str, str]:
    """Return the words with hyphens that the document or the list of compounds has, by their letters alone."""
    known: dict[str, str] = {}
    for word in [*language.compounds, *_hyphened(value)]:
        known.setdefault(word.replace("-", "").casefold(), word)
    return known


def _parted(word: str, ends: Iterable[int], halves: AbstractSet[str]) -> str:
    """Part a word where its line may have ended, if that leaves two words; "" where it does not, or in two ways."""
    ways = [
        f"{word[:at]}-{word[at:]}"
        for at in ends
        if 3 <= at <= len(word) - 3 and word[at].islower() and {word[:at].casefold(), word[at:]} <= halves
    ]
    return ways[0] if len(ways) == 1 else ""


def _hyphens(start: int, word: str, form: str) -> Iterator[Edit]:
    """Yield the hyphens that a word lacks of its full form."""
    at = 0
    for sign in form:
        if sign == "-" and word[at] != "-":
            yield Edit(Span(start + at, start + at), "-", 0.8)
        else:
            at += 1


def close_words(text: Text, language: Language) -> Iterator[Edit]:
    """Close a false blank inside a word (`Confere nce`).

    The whole must be a word of the document, of which a half is none: it has no vowel, or
    neither half stands but where it completes one. Or it must be one of the language's
    dictionary, and its halves far too rare to meet by chance. Leaves alone what could be
    two words (`in form`, `any one`), as where the second is one (`технологиям и`).
    """
    if language.joins_without_space:
        return
    found = _pairs(text.value, language)
    if not found:
        return
    counts = Counter(PLAIN.findall(text.value)) - Counter(LABEL_LETTER.findall(text.value))
    halves = Counter(half for match, here in found if here for half in match.groups())
    taken = -1
    for match, here in found:
        left, right = match.groups()
        left_stands = counts[left] > halves[left] or left in language.lead_words
        right_stands = counts[right] > halves[right]
        parts = not right_stands and (not left_stands or not VOWEL.search(right))
        certain = here and (parts or not (left_stands or VOWEL.search(left)))
        if (certain or _is_torn(left, right, language)) and match.start() >= taken:
            taken = match.end() + len(right)
            yield Edit(Span(match.end() - 1, match.end()), "", 0.9)


@lru_cache(maxsize=1)
def _pairs(value: str, language: Language) -> tuple[tuple[re.Match[str], bool], ...]:
    """Return the pairs of words that may be one, and whether the whole is a word of the text.

    A text that needs no more repair is looked through again, to prove just that, and this takes most of the time.
    """
    known = {word.lower() for word in {*PLAIN.findall(value), *language.lead_words}}
    frequencies = language.frequencies
    found: list[tuple[re.Match[str], bool]] = []
    for match in TORN.finditer(value):
        left, right = match.groups()
        whole = (left + right).lower()
        here = whole in known
        if not here and frequencies.get(whole, 0) < KNOWN:
            continue
        if right.islower() and (here or _is_torn(left, right, language)):
            found.append((match, here))
    apart = {at for match in APART.finditer(value) for at in range(*match.span())} if found else set()
    return tuple((match, here) for match, here in found if match.start() not in apart)


def _is_torn(left: str, right: str, language: Language) -> bool:
    """Tell whether two words are one of the dictionary, by far more often than they would meet by chance."""
    whole = language.frequency(left + right)
    if whole < KNOWN:
        return False
    if len(left) == 1 and left.isupper() and language.frequency(right) >= RARE:  # the letter of a part: "A and B and"
        return False
    halves = sorted(max(language.frequency(half), 0.5) for half in (left, right))
    return halves[0] < RARE and whole > CHANCE * halves[0] * halves[1] / DICTIONARY_SIZE


def part_leads(text: Text, language: Language) -> Iterator[Edit]:
    """Part a lead phrase that ran into the next word (`Recallingalso`).

    The first half must be a lead word of the lists, the second a word that follows it
    there or stands elsewhere in the document. Leaves alone words the document repeats.
    """
    if language.joins_without_space:
        return
    value = text.value
    joined = [match for match in LEAD_JOINED.finditer(value) if match[1] not in language.lead_words]
    counts: Counter[str] | None = None
    for match in joined:
        word = match[1]
        for at in range(len(word) - 2, 4, -1):
            left, right = word[:at], word[at:]
            if left not in language.lead_words:
                continue
            counts = Counter(PLAIN.findall(value)) if counts is None else counts
            if right in language.lead_words or counts[right] > 1:
                yield Edit(Span(match.start(1) + at, match.start(1) + at), " ", 0.9)
                break
