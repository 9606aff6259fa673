"""Each rule with a document that trips it, and one that does not. All texts are invented."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest

from pipeline.model import (
    AnnexStart,
    Block,
    Closing,
    ClosingLine,
    Document,
    Enacting,
    Footnote,
    Heading,
    Indicator,
    Inline,
    Link,
    Masthead,
    OperativeParagraph,
    Paragraph,
    PreambularParagraph,
    Reference,
    Run,
    Source,
    Target,
    Unclassified,
)
from pipeline.text import Repair, Span
from pipeline.validate.rules import RULES, find, is_resolution, uncertain_repairs
from tests.builders import part, tally, vote

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.model import Finding

AT = Span(7, 9)


def run(text: str) -> Run:
    return Run(text, AT)


def mark(text: str) -> Indicator:
    return Indicator(text, AT)


def operative(number: str | None, *inlines: Inline, children: tuple[Paragraph, ...] = ()) -> OperativeParagraph:
    return OperativeParagraph(number, inlines or (run("Decides to keep the lamp lit;"),), AT, children)


def closing(date: str) -> Closing:
    return Closing(
        (ClosingLine("meeting", (run("62nd plenary meeting"),), AT), ClosingLine("date", (run(date),), AT)), AT
    )


def document(
    *blocks: Block,
    notes: tuple[str, ...] = (),
    symbol: str | None = "A/RES/99/901",
    adopted: str | None = "2044-12-12",
    language: str = "en",
) -> Document:
    masthead = Masthead("unga", symbol, "99/901", "Ninety-ninth session", None, adopted, "62", ())
    footnotes = tuple(Footnote(note, (run("A/99/917."),), AT) for note in notes)
    return Document(language, masthead, None, blocks, footnotes, Source("a.txt", "0" * 64, 10))


def scanned(text: str) -> Document:
    return document(operative("1.", run(f"{text};")), adopted="1974-12-12")


def linked(href: str, at: int = 7) -> Document:
    """Return a document that cites A/RES/99/5, and whose source links what is read at a place."""
    cited = Reference("resolution 99/5", Target("resolution", "A/RES/99/5"), AT)
    source = Source("a.pdf", "0" * 64, 100, links=(Link(Span(at, at + 2), href),))
    return replace(document(operative("1.", run("Recalls "), cited)), source=source)


ENACTING = Enacting((run("The General Assembly,"),), AT)
HEADING = Heading("II", (run("Lights"),), 1, AT)
ANNEX = AnnexStart(None, (run("Annex"),), (run("Guidelines"),), AT)
PREAMBULAR = PreambularParagraph((run("Recalling its resolution 98/907,"),), AT)
GOOD = document(ENACTING, PREAMBULAR, operative("1."), operative("2."), closing("12 December 2044"))


class Case(NamedTuple):
    """A rule by its name, a document, and the identifiers of the findings it must give."""

    rule: str
    document: Document
    found: list[str]


CASES = [
    *(Case(rule.__name__, GOOD, []) for rule in RULES),
    Case("missing_parts", document(ENACTING, operative("1."), symbol=None), ["masthead.symbol"]),
    Case("missing_parts", document(ENACTING, operative("1."), adopted=None), ["masthead.adopted"]),
    Case("missing_parts", document(operative("1.")), ["body.enacting"]),
    Case("missing_parts", document(ENACTING), ["body.operative"]),
    Case("unclassified_paragraphs", document(Unclassified((run("Lights out"),), AT)), ["body.unclassified"]),
    Case("number_gaps", document(operative("1."), operative("3.")), ["body.numbers"]),
    Case("number_gaps", document(operative("2."), operative("4."), operative("6.")), ["body.numbers"] * 3),
    Case("number_gaps", document(operative("1."), operative(None), operative("2.")), []),
    Case("number_gaps", document(operative("1."), HEADING, operative("2.")), []),
    Case("number_gaps", document(operative("1."), HEADING, operative("1.")), []),
    Case("number_gaps", document(operative("1."), operative("2."), ANNEX, operative("1.")), []),
    Case("number_gaps", document(operative("1."), operative("1 bis."), operative("2.")), []),
    Case("unfinished_paragraphs", document(operative("1.", run("Decides to keep the"))), ["body.unfinished"]),
    Case("unfinished_paragraphs", document(PreambularParagraph((run("Recalling"),), AT)), ["body.unfinished"]),
    Case("unfinished_paragraphs", document(operative("1.", run("Takes note of “Lights.”"))), []),
    Case("unfinished_paragraphs", document(operative("1.", run("Decides;"), mark("1"))), []),
    Case(
        "unfinished_paragraphs",
        document(operative("1.", run("Decides"), children=(Paragraph("(a)", (run("To go;"),), AT),))),
        [],
    ),
    Case(
        "doubtful_signs",
        scanned("Recalling the Agreements! made in 1990° by the keepers:of"),
        ["ocr.sign"] * 3,
    ),
    Case("doubtful_signs", scanned("Recalling resolution 1761 (XVID of the keepers, and UNLAMP IT"), ["ocr.sign"] * 2),
    Case("doubtful_signs", scanned("Recalling, inter alia, part II of the report: lamps; and i.e. that"), []),
    Case("doubtful_signs", document(operative("1.", run("Recalling the Agreements! concluded"))), []),
    Case("orphan_numbers", scanned("Recalling the lamp of Atlantis 71 for which, 72"), ["ocr.number"] * 2),
    Case("orphan_numbers", scanned("Recalling paragraphs 4 and 5, 3 months in 1974"), []),
    Case(
        "doubtful_digits",
        document(operative("١ -", run("القرار ٥٧٩١ والقرار ١٩٧٤")), language="ar"),
        ["source.digits"],
    ),
    Case("doubtful_digits", document(operative("١ -", run("القرار ١٩٧٥ والقرار ١٩٧٤")), language="ar"), []),
    Case("doubtful_digits", document(operative("1.", run("٥٧٩١"))), []),
    Case("lone_indicators", document(operative("1.", mark("1")), notes=("2",)), ["notes.missing"]),
    Case("lone_indicators", document(operative("1.", mark("1"), mark("1")), notes=("1",)), []),
    Case("lone_footnotes", document(operative("1.", mark("1")), notes=("1", "2")), ["notes.unplaced"]),
    Case("lone_footnotes", document(operative("1.", mark("1")), notes=("1",)), []),
    Case("dates_that_differ", document(closing("13 December 2044")), ["closing.date"]),
    Case("dates_that_differ", document(closing("2044年12月13日"), language="zh"), ["closing.date"]),
    Case("dates_that_differ", document(closing("13 December 2044"), adopted=None), []),
    Case("dates_that_differ", document(part("A"), closing("13 December 2044"), part("B")), []),
    Case("votes_that_differ", document(vote("recorded_vote", "V", tallies=(tally("in_favour", 1, "Arcadia"),))), []),
    Case("votes_that_differ", document(vote("recorded_vote", "V", tallies=(tally("against", None, "Arcadia"),))), []),
    Case(
        "votes_that_differ",
        document(vote("recorded_vote", "V", tallies=(tally("in_favour", 2, "Arcadia"), tally("against", 1)))),
        ["vote.count"] * 2,
    ),
    Case(
        "votes_that_differ",
        document(vote("vote", "V", tallies=(tally("in_favour", 13), tally("abstaining", 1, "Arcadia")))),
        [],
    ),
    Case("unreadable_characters", document(operative("1.", run("Deci\ufffdes;"))), ["text.unreadable"]),
    Case("unreadable_characters", document(operative("1.", run("Deci\ue000es;"))), ["text.unreadable"]),
    Case("unreadable_characters", document(operative("1.", run("Deci\u25a1es;"))), ["text.unreadable"]),
    Case("unreadable_characters", document(operative("1.", run("决定；"), mark("1"))), []),
    Case("links_that_differ", linked("https://undocs.org/en/A/RES/99/5"), []),
    Case("links_that_differ", linked("https://docs.un.org/A/RES/99/5/"), []),
    Case("links_that_differ", linked("https://undocs.org/en/A/RES/99/5A-B"), []),
    Case("links_that_differ", linked("https://undocs.org/en/A/RES/99/51"), ["reference.link"]),
    Case("links_that_differ", linked("https://example.org/A/RES/99/51"), []),
    Case("links_that_differ", linked("https://undocs.org/en/A/RES/99/51", at=90), []),
]


def rule(name: str) -> Callable[[Document], object]:
    return next(rule for rule in RULES if rule.__name__ == name)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_rule(case: Case) -> None:
    found: list[Finding] = list(rule(case.rule)(case.document))  # type: ignore[call-overload]
    assert [finding.rule for finding in found] == case.found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_has_a_document_that_trips_it(rule: Callable[..., object]) -> None:
    assert any(case.found for case in CASES if case.rule == rule.__name__)


def test_finding_is_of_the_place_it_is_about_and_tells_what_stands_there() -> None:
    source = "1. a\n2. Lights out"
    (finding,) = find(document(ENACTING, operative("1."), Unclassified((run("Lights out"),), Span(5, 18))), (), source)
    assert finding.span == Span(5, 18)
    assert (finding.line, finding.column) == (2, 1)
    assert "“Lights out”" in finding.message


def test_findings_are_in_the_order_of_the_source() -> None:
    late, early = (Unclassified((run("Lights"),), Span(at, at + 1)) for at in (8, 3))
    found = find(document(ENACTING, operative("1."), late, early), (), "0123456789")
    assert [finding.span.start for finding in found] == [3, 8]


def test_text_left_out_of_its_place_is_a_note_that_says_so() -> None:
    repair = Repair("place_pieces", AT, "of the isles", "of the isles", 0, None, ())
    (found,) = uncertain_repairs([repair])
    assert found.message == "Out of order (place pieces): “of the isles” has no certain place and was left."


@pytest.mark.parametrize(("confidence", "old", "count"), [(0.7, "1", 1), (0.9, "1", 0), (0.7, " ", 0)])
def test_repair_that_rests_on_little_is_a_note(confidence: float, old: str, count: int) -> None:
    repair = Repair("mark_indicators", AT, old, "", confidence, "replaced", ())
    found = list(uncertain_repairs([repair]))
    assert [(finding.rule, finding.severity) for finding in found] == [("repair.uncertain", "note")] * count
    assert [finding.rule for finding in find(GOOD, [repair], "0123456789")] == ["repair.uncertain"] * count


def test_document_without_anything_of_a_resolution_is_none() -> None:
    letter = Unclassified((run("Dear keeper"),), AT)
    assert not is_resolution(document(letter, symbol=None))
    assert is_resolution(document(letter))
    assert is_resolution(document(ENACTING, symbol=None))
    assert is_resolution(document(OperativeParagraph(None, (Run("Decides", AT, "lead"),), AT), symbol=None))
