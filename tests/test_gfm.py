"""GitHub's Markdown, read back by pandoc, and as GitHub's own renderer shows it. All texts are invented."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options
from hypothesis import HealthCheck, given, settings
from lxml import html

from pipeline.convert import normalize
from pipeline.emit.akn import emit_akn
from pipeline.emit.markdown import emit_markdown
from pipeline.emit.markdown_gfm import emit_gfm
from pipeline.validate.read_counted import gfm_differences
from pipeline.validate.reading import collapse, expected, without_places
from tests.builders import document, link, loose, mark, note, operative, run, table
from tests.hostile import HOSTILE, documents
from tests.test_readback import DOCUMENT

if TYPE_CHECKING:
    from pipeline.model import Document

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))
LINKED = '<sup><a id="{}" href="#{}">4</a></sup>'
ANCHOR = re.compile(r'(?:<a id="|\{#)([^"}]+)[}"]')


def written(*lines: object, **parts: object) -> str:
    """Return the Markdown without its front matter."""
    made = document(*lines, **parts)  # type: ignore[arg-type]
    return emit_gfm(made).decode().split("\n---\n", 1)[1].strip("\n")


def shown(made: Document) -> html.HtmlElement:
    """Return what GitHub's renderer makes of a document: raw HTML is kept, as GitHub keeps these elements."""
    text = emit_gfm(made).decode().split("\n---\n", 1)[1]
    options = Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_UNSAFE
    return html.fromstring(f"<main>{github_flavored_markdown_to_html(text, options=options)}</main>")


def texts(root: html.HtmlElement) -> list[str]:
    """Return the paragraphs a reader sees, notes after them, in order."""
    for back in [each for each in root.iter("a") if each.get("class") == "footnote-backref"]:
        back.drop_tree()
    found = (element for element in root.iter("p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th"))
    return [text for text in (collapse(element.text_content()) for element in found) if text]


def wanted(made: Document) -> list[str]:
    """Return the paragraphs and notes of a document, marks as text."""
    whole = expected(made)
    paragraphs = [f"{number} {text}" for number, text in whole.paragraphs]
    notes = [(mark, text) for mark, text in whole.notes]
    own = [f"{mark} {text}" for at, (mark, text) in enumerate(notes) if not is_counted(notes, at)]
    counted = [text for at, (_, text) in enumerate(notes) if is_counted(notes, at)]
    made_plain = (collapse(re.sub("[⟦⟧]", "", without_places(text))) for text in (*paragraphs, *own, *counted))
    return [text for text in made_plain if text]


def is_counted(notes: list[tuple[str, str]], at: int) -> bool:
    """Whether GitHub, counting from 1 the notes it has, shows the printed mark of this one."""
    count = 1
    for place, (sign, _) in enumerate(notes):
        counted = sign == str(count)
        if place == at:
            return counted
        count += counted
    return False


def test_what_github_shows_is_the_document() -> None:
    root = shown(DOCUMENT)
    assert gfm_differences(DOCUMENT, emit_gfm(DOCUMENT)) == []
    assert texts(root) == wanted(DOCUMENT)


def test_a_note_is_linked_both_ways_at_each_mention() -> None:
    root = shown(DOCUMENT)
    links = {str(each.get("href")) for each in root.iter("a")}
    anchors = {str(each.get("id")) for each in root.iter() if each.get("id")}
    assert {"#fn-1", "#fnref-1", "#fnref-1-2", "#note_1", "#note_1__mention"} <= links
    assert {address[1:] for address in links if address.startswith("#")} <= anchors


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_read_back_and_have_the_anchors_of_the_xml(path: Path) -> None:
    found = normalize(path.read_bytes(), path.name).document
    eids = set(re.findall('eId="([^"]+)"', emit_akn(found).decode()))
    assert gfm_differences(found, emit_gfm(found)) == []
    for data in (emit_gfm(found), emit_markdown(found)):
        anchors = [each for each in ANCHOR.findall(data.decode()) if not each.endswith("__mention")]
        assert anchors or data == emit_markdown(found)
        assert set(anchors) <= eids
    assert texts(shown(found)) == wanted(found)


def test_marks_github_would_count_otherwise_are_text() -> None:
    made = written(
        loose("Tide", mark("4"), " and ebb", mark("4", repeated=True), ".", mark("1")),
        notes=(note("4", "Four, see", mark("4")), note("1", "One, see ", mark("1"))),
    )
    here = '<sup><a href="#authorialNote_4">4</a></sup>'
    again = LINKED.format("noteRef_1", "authorialNote_4")
    assert made.split("\n\n") == [
        f"Tide{LINKED.format('authorialNote_4__mention', 'authorialNote_4')} and ebb{again}.[^1]",
        f"{LINKED.format('authorialNote_4', 'authorialNote_4__mention')} Four, see{here}",
        "[^1]: One, see <sup>1</sup>",
    ]


@pytest.mark.parametrize(
    ("text", "expected_text"),
    [
        ("people's \"own\" -- 1.5 ... (a) x_y C# 10:30", "people's \"own\" -- 1.5 ... (a) x_y C# 10:30"),
        ("1. Decides", r"1\. Decides"),
        ("- - -", r"\- - -"),
        ("===", r"\==="),
        (":100: at http://a.b, WWW.a.b", r"\:100: at http\://a.b, WWW\.a.b"),
        ("[!NOTE] ~~x~~ $y$ <b>&amp;", r"\[!NOTE\] \~\~x\~\~ \$y\$ \<b>\&amp;"),
    ],
)  # fmt: skip
def test_what_github_would_read_is_escaped_and_nothing_else(text: str, expected_text: str) -> None:
    assert written(loose(run(text))) == expected_text


def test_front_matter_is_plain_yaml_and_holds_one_line_a_fact() -> None:
    made = document(loose("x"), symbol="A/1'\n---\nevil: yes\x00\u2028x", session="It's [x] *y*")
    assert emit_gfm(made).decode().split("\n---\n")[0].split("\n") == [
        "---", "symbol: 'A/1'' --- evil: yes x'", "lang: 'en-GB'", "session: 'It''s [x] *y*'",
    ]  # fmt: skip
    assert gfm_differences(made, emit_gfm(made)) == []


def test_signs_at_the_edge_of_emphasis_need_elements() -> None:
    assert written(loose(run("(a)", "italic"), "b", run("c", "bold"))) == "<em>(a)</em>b**c**"


def test_a_table_is_githubs() -> None:
    made = document(table(("Post", "No."), ("a | b", ""), caption="Posts"))
    assert [each.text for each in shown(made).iter("th", "td")] == ["Post", "No.", "a | b", None]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[^2] each", "each"),
        ("[^2] each", "[^1] each"),
        ("Tables of the tides.", "Tables of the tide."),
        ("4. *Thanks*", "*Thanks*"),
        (r">\*</a></sup> Issued", r">1</a></sup> Issued"),
        ("report<sup>9</sup>", "report9"),
    ],
)
def test_a_file_that_is_not_its_document_is_reported(old: str, new: str) -> None:
    data = emit_gfm(DOCUMENT).decode()
    assert data.count(old) == 1
    assert gfm_differences(DOCUMENT, data.replace(old, new).encode()) != []


@settings(max_examples=20, deadline=None, suppress_health_check=[*HealthCheck])
@given(documents)
def test_hostile_text_reads_back(made: Document) -> None:
    assert gfm_differences(made, emit_gfm(made)) == []
    assert texts(shown(made)) == wanted(made)


def test_github_shows_every_hostile_start_and_end() -> None:
    signs = [text for sign in HOSTILE for text in (sign, f"{sign}x", f"{sign} x", f"x{sign}", f"{sign}1", sign * 2)]
    made = document(*(loose(run(text)) for text in signs), operative("1.", "x"))
    assert texts(shown(made)) == wanted(made)


def test_text_makes_no_link() -> None:
    made = document(*(loose(run(text)) for text in HOSTILE), loose(link("x](javascript:alert(1))", "A/99/1")))
    assert {each.get("href") for each in shown(made).iter("a") if "@" not in str(each.get("href"))} == {
        "https://docs.un.org/en/A/99/1"
    }
