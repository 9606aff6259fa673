"""Text that knows its origins: whatever fixers propose, each source character is accounted for once."""

from __future__ import annotations

from itertools import chain, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.edits import OverlapError, apply
from pipeline.text import Edit, Fate, Move, Proposal, Repair, Span, Text


def fate(old: str, new: str) -> Fate:
    return "white_space" if not old.strip() and not new.strip() else "replaced"


def change(text: Text, *proposals: Proposal) -> tuple[Text, list[Repair]]:
    return apply(text, proposals, "fixer", fate)


def copied(text: Text) -> list[tuple[int, str]]:
    """What a text has of its source, as (offset, characters)."""
    slices = text.slices(0, len(text.value))
    return [(piece.source + low - piece.start, text.value[low:high]) for piece, low, high in slices if piece.copied]


def test_source_is_its_own_origin() -> None:
    text = Text.of("a lamp")
    assert text.value == "a lamp"
    assert text.source_span(2, 6) == Span(2, 6)
    assert copied(text) == [(0, "a lamp")]


def test_empty_text_has_no_origin() -> None:
    assert Text.of("").pieces == ()
    assert Text.of("").source_span(0, 0) == Span(0, 0)


def test_edits_are_carried_out_at_once_in_whatever_order() -> None:
    text, repairs = change(Text.of("one  lamp  lit"), Edit(Span(9, 11), " "), Edit(Span(3, 5), " ", 0.5))
    assert text.value == "one lamp lit"
    assert [(one.source, one.old, one.new, one.confidence) for one in repairs] == [
        (Span(3, 5), "  ", " ", 0.5),
        (Span(9, 11), "  ", " ", 1.0),
    ]
    assert repairs[0].removed == ((3, "  "),)
    assert repairs[0].fate == "white_space"


def test_edits_offsets_are_those_of_the_source_after_earlier_edits() -> None:
    text, _ = change(Text.of("abcdef"), Edit(Span(1, 3), ""))
    text, repairs = change(text, Edit(Span(2, 3), "E"))
    assert text.value == "adEf"
    assert repairs[0].source == Span(4, 5)
    assert [text.source_span(at, at + 1) for at in range(4)] == [Span(0, 1), Span(3, 4), Span(4, 5), Span(5, 6)]


def test_insertion_removes_nothing_and_stands_where_it_was_put() -> None:
    text, repairs = change(Text.of("ab"), Edit(Span(1, 1), "-"))
    assert text.value == "a-b"
    assert repairs[0].removed == ()
    assert repairs[0].fate is None
    assert text.source_span(1, 2) == Span(1, 1)


def test_edit_that_changes_nothing_is_not_logged() -> None:
    source = Text.of("ab")
    assert change(source, Edit(Span(0, 1), "a")) == (source, [])
    assert change(source) == (source, [])


def test_replacement_of_a_replacement_removes_no_source_a_second_time() -> None:
    text, _ = change(Text.of("abc"), Edit(Span(1, 2), "xy"))
    text, repairs = change(text, Edit(Span(1, 3), "z"))
    assert text.value == "azc"
    assert repairs[0].removed == ()
    assert repairs[0].source == Span(1, 2)


def test_move_keeps_origins() -> None:
    text, repairs = change(Text.of("1 note\nbody"), Move(("\n[^", Span(0, 1), "]: ", Span(2, 6)), 11))
    assert text.value == " \nbody\n[^1]: note"
    at = text.value.index("note")
    assert text.source_span(at, at + 4) == Span(2, 6)
    assert repairs[0].fate is None
    assert (repairs[0].old, repairs[0].new) == ("1note", "\n[^1]: note")


def test_moves_to_one_place_keep_their_order_before_an_edit_there() -> None:
    proposals: list[Proposal] = [Move((Span(1, 2),), 3), Move((Span(0, 1),), 3), Edit(Span(3, 4), "!")]
    assert change(Text.of("abcd"), *proposals)[0].value == "cba!"


@pytest.mark.parametrize(
    "proposals",
    [
        [Edit(Span(0, 2), ""), Edit(Span(1, 3), "")],
        [Edit(Span(0, 2), ""), Move((Span(1, 3),), 4)],
        [Move((Span(0, 3),), 4), Edit(Span(1, 1), "x")],
        [Move((Span(0, 3),), 2)],
        [Move((Span(0, 1),), 4), Move((Span(0, 1),), 4)],
    ],
)
def test_proposals_that_touch_the_same_characters_are_refused(proposals: list[Proposal]) -> None:
    with pytest.raises(OverlapError, match="two proposals"):
        change(Text.of("abcd"), *proposals)


def test_empty_span_is_anchored_at_the_character_that_follows() -> None:
    text, _ = change(Text.of("abcd"), Edit(Span(1, 2), ""))
    assert text.source_span(1, 1) == Span(2, 2)
    assert text.source_span(3, 3) == Span(4, 4)


@st.composite
def rounds(draw: st.DrawFn) -> tuple[str, list[list[Proposal]]]:
    """A source, and proposals of several fixers, each for the text the one before has left."""
    source = draw(st.text("ab 决\n1", max_size=30))
    text = Text.of(source)
    fixers: list[list[Proposal]] = []
    for _ in range(draw(st.integers(1, 4))):
        size = len(text.value)
        cuts = sorted(draw(st.sets(st.integers(0, size), max_size=8)))
        proposals: list[Proposal] = []
        for start, end in list(pairwise(cuts))[::2]:
            kind = draw(st.sampled_from(["edit", "insert", "move"]))
            if kind == "move":
                proposals.append(Move((draw(st.text("[^]x", max_size=2)), Span(start, end)), size))
            else:
                span = Span(start, end if kind == "edit" else start)
                proposals.append(Edit(span, draw(st.text("ab x", max_size=3)), draw(st.floats(0, 1))))
        fixers.append(draw(st.permutations(proposals)))
        text, _ = apply(text, fixers[-1], "fixer", fate)
    return source, fixers


@given(rounds())
def test_origins_stay_true_and_every_source_character_is_accounted_for_once(
    case: tuple[str, list[list[Proposal]]],
) -> None:
    source, fixers = case
    text = Text.of(source)
    removed: list[tuple[int, str]] = []
    for proposals in fixers:
        text, repairs = apply(text, proposals, "fixer", fate)
        removed += [part for repair in repairs for part in repair.removed]
    done = 0
    for at, characters in sorted(chain(copied(text), removed)):
        assert at == done
        assert source[at : at + len(characters)] == characters
        done += len(characters)
    assert done == len(source)


@given(rounds())
def test_pieces_cover_the_text_without_gaps_and_slices_agree_with_them(case: tuple[str, list[list[Proposal]]]) -> None:
    source, fixers = case
    text = Text.of(source)
    for proposals in fixers:
        text, _ = apply(text, proposals, "fixer", fate)
        slices = list(text.slices(0, len(text.value)))
        assert [low for _, low, _ in slices] == [piece.start for piece in text.pieces]
        assert [0, *(high for _, _, high in slices)] == [*(low for _, low, _ in slices), len(text.value)]
        for at in range(len(text.value)):
            span = text.source_span(at, at + 1)
            assert 0 <= span.start <= span.end <= len(source)
