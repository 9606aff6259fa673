"""What a stage may ask of a language (FORMAT.md sections 1.6, 3 and 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.languages.dictionary import word_counts
from pipeline.languages.leads import lead_pattern
from pipeline.numbers import UNSEEN, plain_digits

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from pipeline.languages.fonts import Font
    from pipeline.model import Emphasis, Face, Kind, MastheadRole, Organ

LONGEST_DAY = 40
"""A day without its year, and what joins it to a date, take no more characters."""


SHORTEST_WITHIN = 3
"""A word of no more letters is not taken for a letter and a word."""


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """What the stages ask about a language. Patterns match single lines or paragraphs.

    `code` is ISO 639-1 (`zh`), `iso3` the Akoma Ntoso code (`zho`), `tag` the BCP 47 tag
    for Word (`zh-CN`), `link` the segment of document links (`zh`), `job_letter` the
    letter of the language in job numbers. A line at least `full_line` of the usual width
    may have been broken by the page; `spaced_marks` tells of a blank before `;` and `:`.
    `vote_side` matches the name of a side of a vote ("In favour:"), its groups are the sides
    of the model. `lead_words` are the words of lead phrases; `suspending` the words after a
    hyphen that hangs; `look_alikes` the letters of another script that are typed for this
    language's own; `ending` matches what ends words and is none. `act` matches the meeting that a
    decision or a statement of the President opens with; `apart` are pairs of words that a dictionary has as one;
    `torn_ending` matches endings that are words too and are none where they stand; `letters` are words of one letter;
    `prefixes` the letters that stand before a word as a part of it, whatever the word, `article` those of the article;
    `drawn` matches in a word what may stand for the line that draws it out, `drawn_mark` the mark of an item with
    one; `compounds` are words with hyphens, and `compound_first` matches the first parts of others; `font` is one whose
    letters an extractor gives as other characters.
    """

    code: str
    iso3: str
    tag: str
    link: str
    name: str
    job_letter: str
    right_to_left: bool
    joins_without_space: bool
    lead_emphasis: tuple[Face, ...]
    organ_names: dict[Organ, str]
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...]
    act: re.Pattern[str]
    enacting: tuple[tuple[Organ, str], ...]
    enacting_lines: frozenset[str]
    enacting_opens: frozenset[str]
    roles: tuple[tuple[MastheadRole, re.Pattern[str]], ...]
    meeting: re.Pattern[str]
    adopted_meeting: re.Pattern[str]
    ordinals: dict[str, str]
    vote: re.Pattern[str]
    vote_side: re.Pattern[str]
    note: re.Pattern[str]
    annex: re.Pattern[str]
    section: re.Pattern[str]
    first_part: re.Pattern[str]
    date: re.Pattern[str]
    also_before: re.Pattern[str]
    also_after: re.Pattern[str]
    months: tuple[str, ...]
    furniture: re.Pattern[str]
    counted_after: re.Pattern[str]
    counted_before: re.Pattern[str]
    spaced_marks: bool
    bracketed_notes: bool
    doubled: re.Pattern[str] | None
    drawn: re.Pattern[str] | None
    drawn_mark: re.Pattern[str] | None
    lead_words: frozenset[str]
    compounds: frozenset[str]
    compound_first: re.Pattern[str]
    apart: frozenset[str]
    torn_ending: re.Pattern[str]
    letters: str
    suspending: tuple[str, ...]
    look_alikes: dict[str, str]
    dictionary: str
    alphabet: str
    prefixes: str
    article: str
    ending: re.Pattern[str]
    font: Font | None
    words: dict[str, Any]

    def enacting_organ(self, text: str) -> Organ | None:
        """Return the organ whose enacting line opens the text, if one does."""
        return next((organ for organ, line in self.enacting if text.startswith(line)), None)

    def organ_named(self, text: str) -> Organ | None:
        """Return the organ that a line of the masthead names, blanks and kinds of apostrophe apart."""
        wanted = folded(text)
        return next((organ for organ, name in self.organ_names.items() if folded(name) == wanted), None)

    def is_enacting(self, text: str) -> bool:
        """Tell whether a text is an enacting line and nothing else."""
        return text in self.enacting_lines

    def enacting_spaced(self, text: str) -> str | None:
        """Return the enacting line that a text is but for blanks and the place of vowel signs; None where it is one."""
        if text[:1] not in self.enacting_opens or self.is_enacting(text):
            return None
        wanted = _spelled(text)
        return next((line for line in self.enacting_lines if _spelled(line) == wanted), None)

    def role(self, text: str) -> MastheadRole:
        """Name what a line or paragraph of the masthead says; `other` where it is not known."""
        return next((name for name, pattern in self.roles if pattern.search(text)), "other")

    def kind(self, text: str) -> Kind | None:
        """Return what a line of the masthead says the document is; None where it does not, as in most resolutions."""
        return next((kind for kind, pattern in self.kinds if pattern.search(text)), None)

    def opens_act(self, text: str) -> bool:
        """Tell whether a text opens with the meeting, as what an organ decided or its President stated does."""
        return self.act.match(text) is not None

    def lead(self, text: str, *, operative: bool) -> int:
        """Return the length of the lead phrase that opens the text, in code points; 0 for none."""
        match = lead_pattern(self.code, "operative" if operative else "preambular").match(text)
        return match.end() if match else 0

    def counts_on(self, before: str, after: str) -> bool:
        """Tell whether a number between these words counts or names something ("Goal 3", "3 months")."""
        return bool(self.counted_after.match(after) or self.counted_before.search(before))

    def meeting_number(self, text: str) -> str | None:
        """Return the number of the meeting that a line names, in digits: "62nd plenary meeting" -> "62"."""
        match = self.meeting.search(text) or self.adopted_meeting.search(text) or self.act.match(text)
        number: str | None = match["number"] if match else None
        return self.ordinals.get(number.capitalize(), plain_digits(number)) if number else None

    def opens_preambular(self, text: str) -> bool:
        """Tell whether the text opens the way a preambular paragraph does."""
        return lead_pattern(self.code, "preambular").match(text) is not None

    def opens_operative(self, text: str) -> bool:
        """Tell whether the text, without its number, opens the way an operative paragraph does."""
        return lead_pattern(self.code, "operative").match(text) is not None

    def frequency(self, word: str) -> int:
        """Return how often a word stands in general texts of the language; 0 for one that is not known.

        Every word is unknown in a language without a dictionary.
        """
        return self.frequencies.get(word.lower(), 0)

    def frequency_within(self, word: str) -> int:
        """Return the same, or how often what follows a letter stands there which may stand before any word."""
        inside = len(word) > SHORTEST_WITHIN and word[0] in self.prefixes
        return self.frequency(word) or (self.frequency(word[1:]) if inside else 0)

    @property
    def frequencies(self) -> Mapping[str, int]:
        """How often each word, in small letters, stands in general texts; empty in a language without a dictionary."""
        return word_counts(self.dictionary) if self.dictionary else {}

    def shown(self, emphasis: Emphasis) -> tuple[Face, ...]:
        """Return how an emphasis is printed: a lead phrase is italic, bold, or both (AKN.md section 5)."""
        return self.lead_emphasis if emphasis == "lead" else (emphasis,)

    def dates(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, YYYY-MM-DD) for every full date, and for the day joined to it that shares its year.

        Of "25 to 30 August 2015" both days are dates, wherever a language prints the month and the year;
        the first is no later than the last, or it belongs to something else.
        """
        for match in self.date.finditer(text):
            full = self._day(match, match)
            if full is None:
                continue
            before = self.also_before.search(text, max(0, match.start() - LONGEST_DAY), match.start())
            first = self._day(before, match) if before else None
            if before and first and first < full:
                yield *before.span("fragment"), first
            yield *match.span(), full
            after = self.also_after.match(text, match.end())
            last = self._day(after, match) if after else None
            if after and last and full < last:
                yield *after.span("fragment"), last

    def first_date(self, text: str) -> str | None:
        """Return the first full date in the text as YYYY-MM-DD."""
        return next(filter(None, (self._day(match, match) for match in self.date.finditer(text))), None)

    def _day(self, match: re.Match[str], full: re.Match[str]) -> str | None:
        """Return the day of a match as YYYY-MM-DD, with the year, and if need be the month, of the full date."""
        month, day = match["month"] or full["month"], int(match["day"])
        number = int(month) if month.isdigit() else self.months.index(folded(month)) + 1
        return f"{int(full['year'])}-{number:02}-{day:02}" if 1 <= number <= 12 and 1 <= day <= 31 else None


def _spelled(line: str) -> tuple[str, list[str]]:
    """Return the letters of a line in order, and all its characters in none."""
    return folded(line), sorted("".join(line.split()))


def folded(name: str) -> str:
    """Return a name without blanks, as "آذار/ مارس" may have one, and vowel signs; with one kind of apostrophe."""
    return UNSEEN.sub("", "".join(name.split())).replace("'", "’")
