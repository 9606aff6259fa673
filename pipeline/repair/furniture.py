"""What a page repeats: running heads, folios, job numbers, bar codes, rules, link lines.

FORMAT.md section 2.2. Each dropped line leaves a page break behind, the evidence the
later fixers need.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pipeline import languages
from pipeline.repair.page import Line, as_printed, bare, body_end, lines
from pipeline.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language
    from pipeline.text import Text

JOB = r"(?:GE\.)?\d\d-\d{5}\*?(?: ?\([A-Z]\))?(?: +\d{6}){0,3}"
FOLIO = r"\d{1,3}/\d{1,3}"
JOB_LINE = re.compile(rf"(?:{FOLIO} *)?{JOB}(?: *{FOLIO})?|\\\*(?:\d{{7}})?\\\*")
FOLIO_LINE = re.compile(r"(\d{1,3})/(\d{1,3})")
STAMP_LINE = re.compile(r"\d{6}(?: +\d{6})?")
RULE_LINE = re.compile(r"_{3,}")
RULE_END = re.compile(r"(?<=[^\s_])( ?)(_{9,})$", re.MULTILINE)
LINK_LINE = re.compile(r"https?://(?:undocs|docs\.un)\.org/\S*")
SYMBOL = re.compile(r"(?:[A-Z]{1,3}/(?:[\w.-]{1,40}/){0,8}[\w.-]{0,40}\d[\w.]*(?: ?\(\d{4}\))?(?: [A-Z]-[A-Z](?!\w))?)")
TITLE_NUMBER = re.compile(r"(?:E?S-)?\d{1,4}/\d{1,4}(?: ?[A-Z])?\.?(?=[-–—]?(?:\s|$))|(?<!\d)\d+/\d+\.")
WINDOW = 5


class Front(NamedTuple):
    """What the first page says of itself: the symbol, the title, and where the text begins."""

    symbol: str
    title: str
    end: int


def drop_links(text: Text, _language: Language) -> Iterator[Edit]:
    """Drop the page's link targets, which some extractors append as lines of their own."""
    if "://" not in text.value:
        return
    for line in lines(text.value):
        if LINK_LINE.fullmatch(line.text):
            yield _drop(line)


def drop_job_numbers(text: Text, language: Language) -> Iterator[Edit]:
    """Drop job numbers and bar codes, the stamps and the language's letter beside them, and fixed lines of the foot.

    Leaves alone a line of six digits or a letter that has no job number near it.
    """
    page = lines(text.value)
    jobs = [at for at, line in enumerate(page) if JOB_LINE.fullmatch(line.text)]
    near = {at + step for at in jobs for step in range(-3, 4)}
    found = set(jobs)
    for at, line in enumerate(page):
        stamp = at in near and (STAMP_LINE.fullmatch(line.text) or line.text == f"({language.job_letter})")
        if at in found or stamp or language.furniture.search(line.text):
            yield _drop(line)


def drop_folios(text: Text, _language: Language) -> Iterator[Edit]:
    """Drop page numbers such as `3/4`.

    They must agree on the number of pages and grow. A lone one must stand at a page break, at
    the end, or between blank lines as the last page's, so that a citation broken over lines
    (`67/50`) stays.
    """
    page = lines(text.value)
    found = [
        (at, int(match[1]), int(match[2]))
        for at, line in enumerate(page)
        if (match := FOLIO_LINE.fullmatch(line.text)) and 0 < int(match[1]) <= int(match[2]) and int(match[2]) > 1
    ]
    if not found:
        return
    total, count = Counter(pages for _, _, pages in found).most_common(1)[0]
    last = 0
    for at, number, pages in found:
        if pages != total or number <= last:
            continue
        edge = page[at].page or at + 1 == len(page) or page[at + 1].page
        last_page = number == total and page[at].gap and (at + 1 == len(page) or page[at + 1].gap)
        if count > 1 or edge or last_page:
            last = number
            yield _drop(page[at])


def drop_running_heads(text: Text, language: Language) -> Iterator[Edit]:
    """Drop the lines that repeat symbol and title, on one line or several, in either order.

    The title alone is a head only at the edge of a page, beside other furniture. Leaves alone
    the first page, and any line with a word that is not of the two.
    """
    front = read_front(text.value, language)
    symbol, title = bare(front.symbol), bare(front.title)
    if not symbol:
        return
    page = [line for line in lines(text.value) if line.start >= front.end]
    done = -1
    for at, line in enumerate(page):
        if at <= done:
            continue
        printed = bare(line.text)
        head = _head(page, at, symbol, title, done + 1) if symbol in printed else _title_alone(page, at, printed, title)
        if head:
            first, done = head
            yield from (_drop(line) for line in page[first : done + 1])


def part_rules(text: Text, _language: Language) -> Iterator[Edit]:
    """Set the rule above footnotes on a line of its own, where an extractor ran it into the line before.

    Leaves alone rules that are too short to be one, and behind a blank those that are not as long as one on a line of
    its own: the place for a signature in a form is drawn so.
    """
    if "___" not in text.value:
        return
    alone = {len(line.text) for line in lines(text.value) if RULE_LINE.fullmatch(line.text)}
    for match in RULE_END.finditer(text.value):
        if not match[1] or len(match[2]) in alone:
            yield Edit(Span(*match.span(1)), "\n")


def drop_rules(text: Text, _language: Language) -> Iterator[Edit]:
    """Drop the rules above footnotes, once the footnotes are lifted."""
    if "___" not in text.value:
        return
    for line in lines(text.value):
        if RULE_LINE.fullmatch(line.text):
            yield _drop(line)


def read_front(value: str, language: Language) -> Front:
    """Read symbol and title off the first page (FORMAT.md section 1.1).

    A draft has no title; its pages repeat the sponsors instead. Without a masthead the
    symbol is the one that stands beside the title on other lines.
    """
    page = lines(value[: body_end(value)])
    opening = text_start(page, language)
    head = page[:opening]
    number = next((at for at, line in enumerate(head) if TITLE_NUMBER.match(line.text)), None)
    title = ""
    if number is not None:
        title = TITLE_NUMBER.sub("", head[number].text, count=1) + "".join(line.text for line in head[number + 1 :])
    else:
        title = _sponsors(head, language)
    symbol = next(
        (
            match.group()
            for line in head
            for match in SYMBOL.finditer(line.text)
            if line.text.rstrip("\\*").endswith(match.group())
        ),
        "",
    )
    return Front(symbol or _beside(title, page[opening:]), title, head[-1].end if head else 0)


def text_start(page: tuple[Line, ...], language: Language) -> int:
    """Return the index of the enacting line; without one, of the first line that opens a paragraph."""
    return languages.text_start(language, [line.text for line in page], TITLE_NUMBER) or 0


def _sponsors(head: tuple[Line, ...], language: Language) -> str:
    """Return who submits a draft, as the lines of the first page's head say it."""
    roles = [language.role(as_printed(line.text)) for line in head]
    last = next((at for at, role in enumerate(roles) if role == "sponsors"), -1)
    first = last
    while first > 0 and roles[first - 1] == "other":
        first -= 1
    return "".join(line.text for line in head[first : last + 1]) if last >= 0 else ""


def _beside(title: str, page: tuple[Line, ...]) -> str:
    wanted = bare(title)
    found = Counter(
        match.group()
        for line in page
        for match in SYMBOL.finditer(line.text)
        if wanted and bare(line.text.replace(match.group(), "", 1)) == wanted
    )
    return found.most_common(1)[0][0] if found else ""


def _head(page: list[Line], at: int, symbol: str, title: str, low: int) -> tuple[int, int] | None:
    """Return the widest run of lines around `at` that is exactly symbol and title."""
    for first in range(max(low, at - WINDOW + 1), at + 1):
        for last in range(min(len(page), first + WINDOW) - 1, at - 1, -1):
            joined = "".join(bare(line.text) for line in page[first : last + 1])
            if title and len(joined) == len(symbol) + len(title) and joined.replace(symbol, "", 1) == title:
                return first, last
    rest = bare(page[at].text).replace(symbol, "", 1)
    return (at, at) if rest in title else None


def _title_alone(page: list[Line], at: int, printed: str, title: str) -> tuple[int, int] | None:
    """Return the run of lines from `at` on that is exactly the title, where the page begins or ends beside it."""
    last = at
    while title.startswith(printed) and len(printed) < len(title) and last + 1 < len(page):
        last += 1
        printed += bare(page[last].text)
    after = page[last + 1] if last + 1 < len(page) else None
    edge = page[at].page or after is None or after.page or FOLIO_LINE.fullmatch(after.text) is not None
    return (at, last) if title and printed == title and edge else None


def _drop(line: Line) -> Edit:
    return Edit(Span(line.start, line.end), "\f")
