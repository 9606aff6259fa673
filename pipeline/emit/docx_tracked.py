"""The repairs as Word's own tracked changes (ECMA-376 part 1, section 17.13.5).

The Word file is written as always, but for numbers, which are text; then the source is woven into it. Rejecting all
changes gives the source, accepting all of them the document. What stands in the document as in the source, in its
order, is text without a change; all else of the document is inserted, all else of the source deleted where it stood.
The break at the end of a line of the source is the end of a paragraph where one ends there, else a deleted break. A
footnote is inserted as a whole: in the source its text is on the page.
"""

from __future__ import annotations

import copy
import re
from itertools import count, groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from pipeline.emit.docx_runs import UNWRITABLE, directed
from pipeline.emit.docx_template import MAIN, NAMESPACES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from pipeline.emit.docx_body import Body
    from pipeline.emit.docx_runs import Piece
    from pipeline.languages import Language

    Element = Any  # lxml's elements, which its stubs keep private

W = f"{{{MAIN}}}"
SIGN = re.compile("([\t\n\f])")
SIGNS = {"\t": f"{W}tab", "\n": f"{W}br", "\f": f"{W}br"}
PRESERVED = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
NOTE_STYLE = "FootnoteReference"
AUTHOR = "unres"
FIRST = 100_000
"""The first identifier of a change; comments and bookmarks have others."""


class Printed(NamedTuple):
    """A character of the document, as it is printed.

    `kept` is its offset in the source where it stands there in the same order, else -1; `rule` what put it here.
    """

    sign: str
    kept: int
    rule: str


class Changes(NamedTuple):
    """What was made of a source: the characters of the document in its order, without footnotes and indicators.

    `rules` has, for each character of the source, the rule that took it away, where one did.
    """

    source: str
    printed: Sequence[Printed]
    rules: Sequence[str]


def track(body: Body, changes: Changes, language: Language, time: datetime) -> Body:
    """Return the body of a Word file with its changes tracked.

    Raises ValueError where its text is not the one of `changes`.
    """
    paragraphs = _woven(body.paragraphs, changes, language, time)
    return body._replace(paragraphs=paragraphs, footnotes=_inserted(body.footnotes, time))


def _woven(paragraphs: str, changes: Changes, language: Language, time: datetime) -> str:
    body = _parsed(paragraphs)
    inner = list(body.iter(f"{W}p"))
    weaver = _Weaver(changes._replace(printed=_with_tables_inserted(inner, changes.printed)), language, time)
    for paragraph in inner:
        weaver.weave(paragraph, is_last=paragraph is inner[-1])
    for properties in body.iter(f"{W}trPr"):
        properties.append(weaver.change("ins"))
    return _written(body)


def _with_tables_inserted(paragraphs: Sequence[Element], printed: Sequence[Printed]) -> list[Printed]:
    """Return what is printed, all of it in tables inserted: Word has no change that makes lines cells."""
    found = list(printed)
    at = 0
    for paragraph in paragraphs:
        end = at + sum(len(_text(run)) for run in paragraph.iter(f"{W}r"))
        if _is_in_cell(paragraph):
            found[at:end] = [each._replace(kept=-1) for each in printed[at:end]]
        at = end
    return found


def _is_in_cell(paragraph: Element) -> bool:
    return next(paragraph.iterancestors(f"{W}tc"), None) is not None


def _inserted(footnotes: str, time: datetime) -> str:
    body = _parsed(footnotes)
    marker = _Marker(time, 2 * FIRST)
    for run in list(body.iter(f"{W}r")):
        marker.insert(run)
    return _written(body)


def _parsed(paragraphs: str) -> Element:
    return etree.fromstring(f"<w:body {NAMESPACES}>{paragraphs}</w:body>")


def _written(body: Element) -> str:
    written = etree.tostring(body, encoding="unicode")
    return written[written.index(">") + 1 : written.rindex("<")]


class _Marker:
    """Makes changes, each with a number of its own."""

    def __init__(self, time: datetime, first: int = FIRST) -> None:
        self._numbers = count(first)
        self._date = f"{time:%Y-%m-%dT%H:%M:%SZ}"

    def change(self, kind: str, rule: str = "") -> Element:
        """Return an element of a change: `ins` or `del`."""
        author = f"{AUTHOR} {rule}".strip()
        said = {"id": str(next(self._numbers)), "author": author, "date": self._date}
        return etree.Element(W + kind, {W + key: value for key, value in said.items()})

    def insert(self, run: Element, rule: str = "") -> None:
        """Mark a run as inserted, where it stands."""
        inserted = self.change("ins", rule)
        run.addprevious(inserted)
        inserted.append(run)


class _Weaver(_Marker):
    """Goes through the paragraphs and the source together: `_at` in the document, `_done` in the source."""

    def __init__(self, changes: Changes, language: Language, time: datetime) -> None:
        super().__init__(time)
        self._changes, self._language = changes, language
        self._at = self._done = 0
        self._next = _next_kept(changes)

    def weave(self, paragraph: Element, *, is_last: bool) -> None:
        """Weave a paragraph, and what the source has between it and the next."""
        runs = [(run, _text(run)) for run in paragraph.iter(f"{W}r")]
        end = self._at + sum(len(text) for _, text in runs)
        for run, text in runs:
            if text:
                self._run(run, text, end)
            elif run.find(f"{W}commentReference") is None:
                self.insert(run)
        if is_last:
            paragraph.extend(self._deleted(len(self._changes.source)))
        elif not _is_in_cell(paragraph):
            self._end(paragraph)

    def _end(self, paragraph: Element) -> None:
        """End a paragraph: with a break of the source, where it has one here, else with one that is inserted."""
        line_end = self._changes.source.find("\n", self._done, self._next[self._at][1])
        if line_end >= 0:
            paragraph.extend(self._deleted(line_end))
            self._done += 1
        else:
            etree.SubElement(paragraph.find(f"{W}pPr"), f"{W}rPr").append(self.change("ins"))

    def _run(self, run: Element, text: str, end: int) -> None:
        """Weave a run of a paragraph whose text ends at `end`; what replaces a stretch comes after it."""
        printed = self._changes.printed[self._at : self._at + len(text)]
        if not printed:  # a footnote that nothing points to
            self.insert(run)
            return
        if text != "".join(each.sign for each in printed):
            msg = f"the file reads {text!r} at character {self._at} of the document"
            raise ValueError(msg)
        for length, rule in _stretches(printed):
            at, ahead = self._next[self._at]
            if at < end:
                for deleted in self._deleted(ahead):
                    run.addprevious(deleted)
            part = copy.deepcopy(run)
            part.find(f"{W}t").text, text = text[:length], text[length:]
            run.addprevious(part)
            if rule is None:
                self._done += length
            else:
                self.insert(part, rule)
            self._at += length
        run.getparent().remove(run)

    def _deleted(self, end: int) -> Iterator[Element]:
        """Yield the source from where it is done, deleted."""
        start, self._done = self._done, max(end, self._done)
        for rule, stretch in groupby(range(start, end), key=self._changes.rules.__getitem__):
            length = sum(1 for _ in stretch)
            text = UNWRITABLE.sub("", self._changes.source[start : start + length])
            start += length
            if text:
                deleted = self.change("del", rule)
                for piece in directed([text], self._language)[0]:
                    deleted.append(_deleted_run(piece))
                yield deleted


def _next_kept(changes: Changes) -> list[tuple[int, int]]:
    """Return, for each place in the document, where the next character that is kept stands there and in the source."""
    following = (len(changes.printed), len(changes.source))
    found = [following]
    for at in range(len(changes.printed) - 1, -1, -1):
        kept = changes.printed[at].kept
        following = (at, kept) if kept >= 0 else following
        found.append(following)
    return found[::-1]


def _text(run: Element) -> str:
    """Return the text of a run that the document has there, which a footnote's mark is not."""
    style = run.find(f"{W}rPr/{W}rStyle")
    if style is not None and style.get(f"{W}val") == NOTE_STYLE:
        return ""
    return "".join(each.text or "" for each in run.iterchildren(f"{W}t"))


def _stretches(printed: Sequence[Printed]) -> Iterator[tuple[int, str | None]]:
    """Yield the lengths of stretches that the source has as they are, with None, and of others with their rule."""
    # A stretch that is kept runs in step with the source; one that is inserted has one rule.
    steps = (each.kept - at if each.kept >= 0 else each.rule for at, each in enumerate(printed))
    for step, stretch in groupby(steps):
        yield sum(1 for _ in stretch), step if isinstance(step, str) else None


def _deleted_run(piece: Piece) -> Element:
    run = etree.Element(f"{W}r")
    if piece.right_to_left:
        etree.SubElement(etree.SubElement(run, f"{W}rPr"), f"{W}rtl")
    for part in filter(None, SIGN.split(piece.text)):
        if part in SIGNS:
            etree.SubElement(run, SIGNS[part], {f"{W}type": "page"} if part == "\f" else {})
        else:
            etree.SubElement(run, f"{W}delText", PRESERVED).text = part
    return run
