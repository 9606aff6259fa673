"""Text that a reader, a shell or a template would obey stays text in every format. All texts are invented."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from lxml import etree, html

from pipeline.emit.akn import emit_akn
from pipeline.emit.docx import emit_docx
from pipeline.emit.html import emit_html
from pipeline.emit.markdown import emit_markdown
from pipeline.emit.markdown_gfm import emit_gfm
from pipeline.emit.pandoc import emit_epub, emit_odt, emit_rtf
from pipeline.emit.plain import emit_plain
from pipeline.validate.readback import DIFFERENCES
from pipeline.validate.xml_text import text_errors
from tests.builders import document, item, link, loose, mark, note, operative, preambular, run, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.model import Document

EMIT: dict[str, Callable[[Document], bytes]] = {
    "docx": emit_docx,
    "md": emit_markdown,
    "gfm": emit_gfm,
    "html": emit_html,
    "odt": emit_odt,
    "epub": emit_epub,
    "rtf": emit_rtf,
    "txt": emit_plain,
}
TEXTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "](javascript:alert(1)) [x](data:text/html,x)",
    "<a href='javascript:x'>x</a>",
    '=HYPERLINK("http://example.org")',
    "+1-cmd|' /C calc'!A0",
    "{{ 7*7 }} {% include 'x' %} ${7*7} <%= 7 %>",
    '{=html} `<b>`{=html} {.x onclick="y"}',
    "$(reboot) `reboot` %PATH% $$x$$",
    "{\\field{\\*\\fldinst{INCLUDETEXT x}}} \\u65? }\\par {\\object",
    '{ DDEAUTO c:\\\\windows "x" } MERGEFIELD x',
    "]]> <![CDATA[x]]> <!--x--> <?php x ?> <!DOCTYPE x>",
    "&lt;b&gt; &#x202e; &amp;amp;",
    "--- title: x ... ::: {.evil}",
    "[^1]: x [^9] ^[x] ^x^ ~x~ @x [@x]",
    "\\input{x} \\write18{x} \\(x\\) \\begin{x}",
    "![x](http://example.org/x.png) <http://example.org> http://example.org www.example.org",
)
CONTROLS = "a\x00b\x07c\x1bde\ufffef"
DIRECTED = "abc\u202edef\u202c \u2066x\u2069 \u200fy"
ALLOWED = re.compile(r"https://docs\.un\.org/|#|(?:\.\./)?[a-z]+/|[\w.]+(?:#|$)")


def holding(text: str) -> Document:
    """A document that says a text everywhere."""
    return document(
        preambular(run(text, "lead"), " and ", link(text, "A/RES/99/1"), mark("1")),
        operative("1.", text, children=(item("(a)", text),)),
        table((text, "x"), ("y", text), caption=text),
        loose(text, mark("1", repeated=True)),
        notes=(note("1", text),),
        lines=(text,),
        symbol=text,
        session=text,
    )


def addresses(data: bytes, form: str) -> list[str]:
    """Return what the links of a file lead to, and what it would load."""
    if form in {"docx", "odt", "epub"}:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            parts = [file.read(name) for name in file.namelist() if name.endswith((".xml", ".rels", ".xhtml"))]
        found = [str(value) for each in parts for value in _linked(etree.fromstring(each))]
        return [value for value in found if not value.startswith("http://schemas.openxmlformats.org/")]
    if form == "html":
        return [str(value) for value in _linked(html.document_fromstring(data))]
    if form == "rtf":
        return [found.decode() for found in re.findall(rb'fldinst\{HYPERLINK "([^"]*)"', data)]
    return []


def _linked(root: etree._Element) -> list[str]:
    external = [each.get("Target") for each in root.iter("{*}Relationship") if each.get("TargetMode") == "External"]
    names = ("href", "src", "{http://www.w3.org/1999/xlink}href")
    return [str(each) for each in external] + [
        str(each.get(name)) for each in root.iter("*") for name in names if each.get(name)
    ]


@pytest.mark.parametrize("form", EMIT)
@pytest.mark.parametrize("text", TEXTS)
def test_it_stays_text(form: str, text: str) -> None:
    made = holding(text)
    data = EMIT[form](made)
    assert DIFFERENCES[form](made, data) == []
    assert [address for address in addresses(data, form) if not ALLOWED.match(address)] == []


@pytest.mark.parametrize("text", [*TEXTS, DIRECTED])
def test_it_stays_text_in_xml(text: str) -> None:
    made = holding(text)
    root = etree.fromstring(emit_akn(made))
    assert list(text_errors(made, root)) == []
    assert {each.get("href", "")[:8] for each in root.iter("{*}a", "{*}ref")} <= {"https://", "/akn/un/"}


@pytest.mark.parametrize("form", EMIT)
def test_direction_controls_stay_where_they_are(form: str) -> None:
    made = holding(DIRECTED)
    assert DIFFERENCES[form](made, EMIT[form](made)) == []


@pytest.mark.parametrize("form", EMIT)
def test_control_characters_are_in_no_file(form: str) -> None:
    data = EMIT[form](holding(CONTROLS))
    assert DIFFERENCES[form](holding("abcdef"), data) == []


@pytest.mark.parametrize("form", ["md", "gfm"])
def test_front_matter_has_no_line_but_its_own(form: str) -> None:
    made = holding("A\n---\nevil: yes\u2028evil: '\x85evil: x")
    lines = EMIT[form](made).decode().split("\n---\n")[0].split("\n")
    assert [line.partition(":")[0] for line in lines] == ["---", "symbol", "lang", "session"]
