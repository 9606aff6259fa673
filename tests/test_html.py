"""Pages of HTML, read back by pandoc and lxml. All texts are invented."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree, html

from pipeline.convert import normalize
from pipeline.emit.akn import emit_akn
from pipeline.emit.html import emit_html
from pipeline.languages import codes
from pipeline.model import AnnexStart, Document, Enacting, Title
from pipeline.validate.readback import html_differences
from tests.builders import (
    NOWHERE,
    closing,
    date,
    document,
    enacting,
    heading,
    item,
    lead,
    line,
    link,
    loose,
    mark,
    note,
    operative,
    part,
    preambular,
    run,
    table,
    vote,
)
from tests.hostile import HOSTILE, documents
from tests.test_readback import DOCUMENT

if TYPE_CHECKING:
    from pipeline.model import Block

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))
OWN = re.compile(r"__mention(?:_[0-9]+)?$")


def page(found: Document) -> html.HtmlElement:
    return html.document_fromstring(emit_html(found), parser=html.HTMLParser(encoding="utf-8"))


def body(*blocks: Block, **parts: Any) -> str:
    """Return what a page has between the masthead and its end."""
    return emit_html(document(*blocks, **parts)).decode().partition("<main>\n")[2].partition("\n</main>")[0]


def test_a_whole_document_is_written_as_it_should_be() -> None:
    times = (
        item("(a)", "By day;", children=(item("(i)", "at noon;"),)),
        item("(b)", "By night"),
        item(None, "or both."),
    )
    made = document(
        Enacting((run("The General Assembly,"),), NOWHERE),
        preambular(lead("Recalling"), " its ", link("resolution 99/1", "A/RES/99/1"), mark("1"), " of tides,"),
        operative("1.", lead("Decides"), " again", mark("1", repeated=True), ":", children=times),
        closing(("date", date("2 December 2094", "2094-12-02"))),
        AnnexStart("I", (run("Annex I"),), (run("Keepers"),), NOWHERE),
        heading("A.", 1, "Old ones"),
        notes=(note("1", "See the tables & <charts>."), note("2", "Lost.")),
        title=Title("99/901.", (run("Tides"),), NOWHERE),
        symbol="A/RES/99/901",
        lines=("A/RES/99/901",),
    )
    assert html_differences(made, emit_html(made)) == []
    assert (
        emit_html(made).decode().partition("<main>\n")[2]
        == """\
<header class="masthead">
<p class="other">A/RES/99/901</p>
</header>
<h1><span class="number">99/901.</span> Tides</h1>
<p id="preamble__formula_1" class="enacting">The General Assembly,</p>
<p id="preamble__container_1" class="preambular"><i>Recalling</i> its \
<a href="https://docs.un.org/en/A/RES/99/1">resolution 99/1</a>\
<sup><a id="authorialNote_1__mention" href="#authorialNote_1" role="doc-noteref">1</a></sup> of tides,</p>
<div id="para_1" class="operative">
<p><span class="number">1.</span> <i>Decides</i> again<sup><a id="noteRef_1" href="#authorialNote_1">1</a></sup>:</p>
<ol>
<li id="para_1__list_1__point_a"><p><span class="number">(a)</span> By day;</p>
<ol>
<li id="para_1__list_1__point_a__list_1__point_i"><p><span class="number">(i)</span> at noon;</p>
</li>
</ol>
</li>
<li id="para_1__list_1__point_b"><p><span class="number">(b)</span> By night</p>
</li>
</ol>
<div><p>or both.</p>
</div>
</div>
<footer id="conclusions__container_1" class="closing"><p><time datetime="2094-12-02">2 December 2094</time></p></footer>
<section id="att_1" class="annex" aria-labelledby="att_1__heading">
<h2 id="att_1__heading">Annex I</h2>
<p class="annex-title">Keepers</p>
<h3 id="att_1__sec_A"><span class="number">A.</span> Old ones</h3>
</section>
<p id="authorialNote_2" class="note"><span class="number">2</span> Lost.</p>
<section class="notes" role="doc-endnotes" aria-label="Footnotes">
<ol>
<li id="authorialNote_1"><p>\
<a href="#authorialNote_1__mention" role="doc-backlink" aria-label="1: Back to the text">1</a>\
 See the tables &amp; &lt;charts&gt;.\
<a href="#noteRef_1" class="again" aria-label="1: Back to the text (2)"></a></p></li>
</ol>
</section>
</main>
</body>
</html>
"""
    )


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_anchors_are_the_eids_of_the_xml(path: Path) -> None:
    found = normalize(path.read_bytes(), path.name).document
    eids = [str(element.get("eId")) for element in etree.fromstring(emit_akn(found)).iter() if element.get("eId")]
    anchors = [str(element.get("id")) for element in page(found).iter() if element.get("id")]
    assert len(set(anchors)) == len(anchors)
    assert [anchor for anchor in anchors if not OWN.search(anchor) and anchor not in eids] == []
    named = ("para", "point", "item", "formula", "att", "sec", "authorialNote", "noteRef", "ref", "table")
    wanted = [eid for eid in eids if eid.rpartition("__")[2].partition("_")[0] in named]
    assert set(wanted) <= set(anchors)
    assert html_differences(found, emit_html(found)) == []


def test_a_note_that_nothing_mentions_takes_no_anchor_from_what_it_stands_behind() -> None:
    anchors = {element.get("id") for element in page(DOCUMENT).iter()}
    assert {"sec_I__para_4", "authorialNote_7", "att_1__para_i"} <= anchors
    only = document(closing(("date", "2 December 2094")), notes=(note("1", "Lost."),))
    assert 'class="note"' in emit_html(only).decode()
    assert html_differences(only, emit_html(only)) == []


def test_parts_and_their_annexes_are_sections_of_their_own() -> None:
    made = document(
        part("A", "Ferries"),
        enacting("The General Assembly,"),
        AnnexStart(None, (run("Annex"),), (), NOWHERE),
        heading(None, 1, "Fares"),
        part("B", "Bridges"),
        operative("1.", "Decides."),
        title=Title(None, (run("Crossings"),), NOWHERE),
        number="99/903 A-B",
    )
    found = page(made)
    assert [(each.tag, each.text_content()) for each in found.iter("h1", "h2", "h3", "h4")] == [
        ("h1", "Crossings"), ("h2", "A Ferries"), ("h3", "Annex"), ("h4", "Fares"), ("h2", "B Bridges"),
    ]  # fmt: skip
    sections = [each.get("id") for each in found.iter("section")]
    assert sections == ["cmpnts__cmp_1", "cmpnts__cmp_1__att_1", "cmpnts__cmp_2"]


def test_the_line_that_heads_a_resolution_without_a_title_is_the_main_heading() -> None:
    lines = (line("symbol", "S/RES/9361 (2094)"), line("resolution", "Resolution 9361 (2094)"))
    made = document(enacting("The Security Council,"))
    found = page(replace(made, masthead=replace(made.masthead, lines=lines)))
    assert [each.text_content() for each in found.iter("h1")] == ["Resolution 9361 (2094)"]


def test_no_level_of_headings_is_skipped() -> None:
    made = document(heading("1.", 3, "Deep"), heading("I", 1, "High"), heading("1.", 3, "Deep again"), title=None)
    levels = [each.tag for each in page(made).iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels == ["h1", "h2", "h3"]


def test_a_table_has_headers_where_the_document_names_the_columns() -> None:
    written = body(table(("Post", ""), ("Keeper", "2"), caption="Posts"))
    assert (
        '<caption>Posts</caption><thead><tr><th scope="col">Post</th><td class="figure"></td></tr></thead>' in written
    )
    assert '<tbody><tr><td>Keeper</td><td class="figure">2</td></tr></tbody>' in written
    assert "<thead>" not in body(table(("Keeper", "2"), headers=0))


def test_a_vote_is_its_lines_as_printed() -> None:
    assert '<div id="conclusions__container_1" class="vote"><p>Adopted by 2 to 1.</p><p>Chad</p></div>' in body(
        operative("1.", "Decides."), vote("vote", "Adopted by 2 to 1.", "Chad")
    )


@pytest.mark.parametrize("code", codes())
def test_the_page_tells_its_language_and_direction(code: str) -> None:
    root = page(document(loose("x", mark("1")), language=code, notes=(note("1", "y"),)))
    assert root.get("lang").startswith(code)
    assert root.get("dir") == ("rtl" if code == "ar" else "ltr")


def test_a_paragraph_without_arabic_letters_runs_from_left_to_right() -> None:
    written = body(loose("A/RES/99/901*"), loose("قرار A/99"), language="ar")
    assert '<bdi dir="ltr">A/RES/99/901*</bdi>' in written
    assert written.count("<bdi") == 1


def test_nothing_is_loaded_and_nothing_runs() -> None:
    written = emit_html(DOCUMENT).decode()
    assert not re.search(r"<(?:script|link|img|iframe|object|embed|form)\b|\bon\w+=|@import|url\(", written)
    style = re.search("<style>(.*?)</style>", written, re.DOTALL)
    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in written
    assert style[1] == style[1].strip(), "the checker of the W3C leaves white space at the ends out of the digest"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (">Noting</i> that", ">Noting</i> this", "Paragraph “Noting"),
        ("Tables of the tides.", "Tables of the tide.", "Footnote 2 “Tables of the tides.” reads back"),
        ('role="doc-noteref">1<', 'role="doc-noteref">3<', "Paragraph “Recalling"),
        ('href="#authorialNote_1">1<', 'href="#authorialNote_2">1<', "Paragraph “1. Decides"),
        ('href="#authorialNote_1">1<', 'href="#elsewhere">1<', "A link leads to #elsewhere"),
        (' to the text">2<', ' to the text">3<', "The notes are marked"),
        ('id="sec_I__para_2"', 'id="sec_I__para_1"', "The page has the anchor sec_I__para_1 twice."),
        ("By night;", "By night;<script>", "The page has an element script."),
        ('<span class="number">4.</span> ', "", "Paragraph “4. Thanks"),
    ],
)  # fmt: skip
def test_a_page_that_is_not_its_document_is_reported(old: str, new: str, told: str) -> None:
    data = emit_html(DOCUMENT).decode()
    assert data.count(old) == 1
    assert any(found.startswith(told) for found in html_differences(DOCUMENT, data.replace(old, new).encode()))
    assert html_differences(DOCUMENT, data.encode()) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[*HealthCheck])
@given(documents)
def test_hostile_text_reads_back(made: Document) -> None:
    data = emit_html(made)
    assert html_differences(made, data) == []
    levels = [int(found) for found in re.findall(r"<h([1-6])", data.decode())]
    assert levels[:1] == [1]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_hostile_text_stays_text() -> None:
    made = document(*(loose(run(text)) for text in HOSTILE))
    assert html_differences(made, emit_html(made)) == []


def test_what_html_cannot_hold_is_left_out() -> None:
    assert ">ab c\u202e</p>" in body(loose("a\x00b\x85c\ud800\uffff\U0001fffe\x9b\u202e"))
