"""Words made of pieces: of those that little tells to be one an editor is told, once a word."""

from __future__ import annotations

import pytest

from pipeline.edits import apply
from pipeline.languages import language
from pipeline.repair import FIXERS, repair
from pipeline.text import CERTAIN, Edit, Move, Piece, Repair, Span, Text
from pipeline.validate.joined import doubtful_joins

BY_NAME = {fixer.__name__: fixer for fixer in FIXERS}
JOIN = Repair("close_words", Span(3, 4), " ", "", 0.7, "white_space", ())


@pytest.mark.parametrize(
    ("fixer", "code", "text", "sure"),
    [
        ("close_words", "ar", "تنشئ المنارة و شركة للزيت", False),  # it may be أو شركة
        ("close_words", "ar", "تنشئ المنارة و شركة للزيت، وشركة للسفن", True),
        ("close_words", "ar", "تعرب عن تقديرها للجنة الاستشار ية", True),
        ("close_words", "en", "and regular c are of lamps", False),
        ("close_words", "en", "Noting the freed om of the keepers", True),
        ("close_words", "en", "upon the lighthouses and see king to light the coast", True),
        ("close_apart", "ar", "إن مجلس المنارات المذك ِر بقراراته", True),
        ("close_apart", "ar", "تنشئ المنارات حسب الخطة َ التضامنية البالغة", False),
        ("close_apart", "ar", "تنشئ المنارات نفق ِر السفن", False),
        ("close_apart", "ar", "تنشئ المنارات نفق ِر السفن، ثم نفقر البحار", True),
    ],
)
def test_join_is_doubtful_where_the_whole_is_no_word_or_far_less_usual_than_its_second_half(
    fixer: str, code: str, text: str, *, sure: bool
) -> None:
    proposals = list(BY_NAME[fixer](Text.of(text), language(code)))
    edits = [proposal for proposal in proposals if isinstance(proposal, Edit)]
    assert edits
    assert {edit.confidence >= CERTAIN for edit in edits} == {sure}


def test_pair_of_letters_is_doubtful_before_an_ending_that_is_none() -> None:
    text = "تعرب الجمهور ية عن أهمية التحضير ية والتقدير ية والبحر ية للفر يق ثم شر يتر"
    edits = [edit for edit in BY_NAME["close_pairs"](Text.of(text), language("ar")) if isinstance(edit, Edit)]
    assert [text[edit.span.end :] for edit in edits if edit.confidence < CERTAIN] == ["يتر"]
    assert len(edits) > 1


def told(text: Text, *repairs: Repair) -> list[tuple[Span, str]]:
    return [(finding.span, finding.message) for finding in doubtful_joins(repairs, text)]


def test_word_of_several_pieces_has_one_finding_that_shows_it() -> None:
    source = Text.of("تنشئ المنارات حسب الخطة َ التضامنية البالغة")
    text, repairs = apply(source, BY_NAME["close_apart"](source, language("ar")), "close_apart", lambda *_: "replaced")
    assert sum(repair.old == " " for repair in repairs) == 2
    (found,) = told(text, *repairs)
    assert found == (Span(23, 24), "Uncertain repair (close apart): “الخطةَالتضامنية” was made of pieces.")


def test_place_is_told_where_the_pieces_of_a_word_are_not_beside_the_blank() -> None:
    source = Text.of("abc def\nghi jkl")
    text, _ = apply(source, [Move((Span(4, 7),), 12), Edit(Span(3, 4), "")], "order", lambda *_: "white_space")
    assert told(text, JOIN) == [
        (Span(3, 4), "Uncertain repair (close words): the blank here was taken for one inside a word, and closed.")
    ]


def test_nothing_is_told_of_a_word_that_went_with_its_line() -> None:
    source = Text.of("abc def of the isles\n1. Lights the lamps")
    text, _ = apply(source, [Edit(Span(0, 21), "")], "drop", lambda *_: "furniture")
    assert not told(text, JOIN)
    written = Text("\n1. Lights", (Piece(0, 0, 21, copied=False), Piece(1, 21, 30, copied=True)))
    assert not told(written, JOIN)


def test_blank_before_an_indicator_is_no_join() -> None:
    source = Text.of("abc 3")
    text, (logged,) = apply(source, [Edit(Span(3, 4), "", 0.7)], "mark_indicators", lambda *_: "white_space")
    assert not told(text, logged)


def test_finding_shows_the_word_as_it_was_left_by_all_repairs() -> None:
    repaired = repair(Text.of("تنشئ المنارة و شركة للزيت\n"), language("ar"))
    doubtful = [each for each in repaired.repairs if each.confidence < CERTAIN]
    assert [message for _, message in told(repaired.text, *doubtful)] == [
        "Uncertain repair (close words): “وشركة” was made of pieces."
    ]
