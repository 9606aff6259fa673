"""Markdown, read back by pandoc. All texts are invented."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.emit.markdown import emit_markdown
from pipeline.model import (
    AnnexStart,
    Block,
    Closing,
    ClosingLine,
    Date,
    Enacting,
    Heading,
    Inline,
    OperativeParagraph,
    PreambularParagraph,
    Title,
)
from pipeline.validate.read_pandoc import read_pandoc
from pipeline.validate.readback import markdown_differences
from tests.builders import NOWHERE, document, item, link, loose, mark, note, operative, run
from tests.hostile import HOSTILE, blocks, inlines

if TYPE_CHECKING:
    from collections.abc import Callable


def written(*blocks: Block, **parts: Any) -> str:
    """Return the Markdown without its front matter."""
    return emit_markdown(document(*blocks, **parts)).decode().split("\n---\n", 1)[1].strip("\n")


def test_front_matter_has_the_facts_the_source_gives_and_no_other() -> None:
    title = Title("99/901.", (run("The States' “tests”: *first* part"), mark("1")), NOWHERE)
    made = document(
        title=title, organ="unga", symbol="A/RES/99/901", adopted="2094-12-02", notes=(note("1", run("x")),)
    )
    assert emit_markdown(made).decode().split("\n\n")[0].split("\n") == [
        "---",
        "symbol: 'A/RES/99/901'",
        r"title: 'The States\'' “tests”: \*first\* part'",
        "organ: 'General Assembly'",
        "lang: 'en-GB'",
        "date: '2094-12-02'",
        "---",
    ]


def test_a_whole_document_reads_well() -> None:
    made = document(
        Enacting((run("大会，"),), NOWHERE),
        PreambularParagraph(
            (run("回顾", "lead"), run("其"), link("第 99/1 号决议", "A/RES/99/1"), mark("1"), run("，")), NOWHERE
        ),
        Heading("一", (run("总则"),), 1, NOWHERE),
        OperativeParagraph(
            "1.",
            (run("决定", "lead"), run("如下"), mark("1", repeated=True), run("：")),
            NOWHERE,
            (item("(a)", "第一；", children=(item("㈠", "甲；"),)), item("(b)", "第二。")),
        ),
        Closing((ClosingLine("date", (Date("2094 年 12 月 2 日", "2094-12-02", NOWHERE),), NOWHERE),), NOWHERE),
        AnnexStart("一", (run("附件一"),), (run("名单"),), NOWHERE),
        language="zh",
        lines=("A/RES/99/901",),
        title=Title("99/901.", (run("试验"),), NOWHERE),
        notes=(note("1", run("见 A/99/1。")),),
    )
    assert (
        emit_markdown(made).decode()
        == """\
---
title: '试验'
lang: 'zh-CN'
---

::: masthead

A/RES/99/901

:::

# 99/901. 试验

大会，

**回顾**其[第 99/1 号决议](https://docs.un.org/zh/A/RES/99/1)[^1]，

## 一 总则 {#sec_I}

1\\. **决定**如下^[1](#fn1)^：

> \\(a) 第一；
>
> > ㈠ 甲；
>
> \\(b) 第二。

::: {.closing style="text-align: end"}

2094 年 12 月 2 日

:::

# 附件一 {#att_1}

## 名单

[^1]: 见 A/99/1。
"""
    )
    assert markdown_differences(made, emit_markdown(made)) == []


@pytest.mark.parametrize(
    "text",
    [
        "A/RES/69/60 (2014), para. 4; see S/RES/1325(2000) – “quoted”, ‘so’ & 5 % of 10 < 20 > 5 + 1 = 6",
        "snake_case, 1.5, well-being; 24/7: yes! (a) in the middle, 1. too, C#, e.g. https://un.org/a_b?c=d",
        "以“实际裁军措施”（见附件）……——《公约》",
        "(see below)",
        "A.1 and #hashtag|",
    ],
)
def test_ordinary_text_is_not_escaped(text: str) -> None:
    assert written(loose(run(text))) == text.replace("#hashtag", r"\#hashtag")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Decides", r"1\. Decides"),
        ("12) x", r"12\) x"),
        ("(iv) x", r"\(iv) x"),
        ("a. x", r"a\. x"),
        ("1.", r"1\."),
        ("- x", r"\- x"),
        ("> x", r"\> x"),
        (": x", r"\: x"),
        ("| x", r"\| x"),
        ("---", r"\-\--"),
        ("...", r"\..."),
        ("[Original: English]", r"\[Original: English\]"),
        ("<b>&amp;", r"\<b>\&amp;"),
        ("a_ _b", r"a\_ \_b"),
        ("people's", r"people\'s"),
        ("two  blanks\nand a line", "two blanks and a line"),
    ],
)
def test_what_markdown_would_read_is_escaped(text: str, expected: str) -> None:
    assert written(loose(run(text))) == expected


def test_emphasis_leaves_white_space_outside_and_joins_neighbours() -> None:
    runs = (run("Also ", "italic"), run("recalling ", "lead"), run("it "), run(" "), run("now", "bold"))
    assert written(loose(*runs)) == "*Also recalling* it **now**"


def test_emphases_that_touch_are_kept_apart() -> None:
    assert written(loose(run("a", "italic"), run("b", "bold"))) == "*a*<!-- -->**b**"


def test_marks_have_labels_and_further_mentions_are_links() -> None:
    first = loose(run("Iraq"), mark("*"), run(": draft"), mark("1"), run("(a)"))
    again = loose(mark("1", repeated=True), mark("9"))
    notes = (note("*", run("Star.")), note("1", run("One, see"), mark("*")), note("8", run("Lost.")))
    assert written(first, again, notes=notes).split("\n\n") == [
        r"Iraq[^star-1]: draft[^1]\(a)",
        "^[1](#fn2)^<!-- -->^9^",
        "::: unmentioned",
        r"8 Lost.",
        ":::",
        "[^star-1]: Star.",
        r"[^1]: One, see^[\*](#fn1)^",
    ]


def test_notes_that_share_a_mark_are_taken_in_order() -> None:
    made = document(loose(mark("1")), loose(mark("1")), notes=(note("1", run("First.")), note("1", run("Second."))))
    assert b"[^1.2]: Second." in emit_markdown(made)
    assert markdown_differences(made, emit_markdown(made)) == []


def test_an_indicator_before_a_colon_defines_no_note_and_one_after_an_exclamation_mark_is_no_image() -> None:
    image = link("A/99/1", "A/99/1")
    made = document(
        loose(mark("1"), run(": x!"), image, run("!"), mark("2")), notes=(note("1"), note("2", run("Two.")))
    )
    assert markdown_differences(made, emit_markdown(made)) == []


def test_links_are_made_for_symbols_only() -> None:
    links = loose(link("1325 [2000]", "S/RES/1325 (2000)"), run(" "), link("decision 58/519", None))
    assert written(links) == r"[1325 \[2000\]](https://docs.un.org/en/S/RES/1325%282000%29) decision 58/519"


def test_pandoc_counts_no_number_anew() -> None:
    made = document(operative("3.", "Three", children=(item("(b)", "b"), item("(d)", "d"))), operative("7.", "Seven"))
    assert read_pandoc(emit_markdown(made), "markdown").paragraphs == ["3. Three", "(b) b", "(d) d", "7. Seven"]


def test_a_document_of_nothing_is_only_its_language() -> None:
    assert emit_markdown(document()) == b"---\nlang: 'en-GB'\n---\n"


@settings(max_examples=25, deadline=None, suppress_health_check=[*HealthCheck])
@given(
    st.lists(blocks, min_size=8, max_size=16), st.lists(inlines, min_size=4, max_size=4), inlines, st.sampled_from("ez")
)
def test_hostile_text_reads_back(made: list[Block], notes: list[tuple[Inline, ...]], title: Any, letter: str) -> None:
    given_notes = tuple(note(each, *text) for each, text in zip("123*", notes, strict=True))
    heading = Title("99/901.", title, NOWHERE)
    whole = document(
        *made, title=heading, notes=given_notes, language={"e": "en", "z": "zh"}[letter], lines=("[x]", "1. x")
    )
    assert markdown_differences(whole, emit_markdown(whole)) == []


def heading(text: str) -> Heading:
    return Heading(None, (run(text),), 1, NOWHERE)


@pytest.mark.parametrize(
    "block", [lambda text: loose(run(text)), heading, lambda text: operative(None, "x", children=(item(None, text),))]
)
def test_pandoc_reads_the_text_with_every_hostile_start_and_end(block: Callable[[str], Block]) -> None:
    texts = [text for sign in HOSTILE for text in (sign, f"{sign}x", f"{sign} x", f"x{sign}", f"{sign}1", sign * 2)]
    found = read_pandoc(emit_markdown(document(*map(block, texts))), "markdown").paragraphs
    assert [text for text in found if text != "x"] == [
        text for text in (" ".join(text.split()) for text in texts) if text not in ("", "x")
    ]


def test_without_headings_no_anchor_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Anchors cost what writing the XML does."""
    wanted = emit_markdown(document(operative("1.", "Decides;", mark("1")), notes=(note("1", "One."),)))
    monkeypatch.delattr(sys.modules["pipeline.emit.anchors"], "eids")
    assert emit_markdown(document(operative("1.", "Decides;", mark("1")), notes=(note("1", "One."),))) == wanted
    with pytest.raises(NameError):
        emit_markdown(document(Heading("I", (run("Tides"),), 1, NOWHERE)))
