"""Akoma Ntoso is read: our own files, also edited, what the United Nations writes otherwise, and what is refused."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from pipeline.compare import body
from pipeline.convert import convert, normalize
from pipeline.errors import ReadError
from pipeline.limits import USUAL_LIMITS
from pipeline.model import Indicator, OperativeParagraph, Run
from pipeline.read.akn import read_akn
from pipeline.read.akn_file import NAMESPACE
from pipeline.walk import inlines_of, plain
from tests.builders import resolution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Document

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
SAMPLE = Path(__file__).parent.parent / "samples" / "A_RES_99_901.en.txt"


def written() -> str:
    """Return the XML made of a sample."""
    return convert(SAMPLE.read_bytes(), SAMPLE.name, formats=("xml",)).files["xml"].decode()


def changed(xml: str, old: str, new: str) -> str:
    """Return the XML with a change in its text."""
    meta, end, text = xml.partition("</meta>")
    assert old in text
    return meta + end + text.replace(old, new, 1)


def document(xml: str) -> Document:
    return normalize(xml.encode(), "a.xml").document


def wrapped(text: str, name: str = "mainBody") -> bytes:
    """Return the smallest file with this text."""
    return f'<akomaNtoso xmlns="{NAMESPACE}"><statement><{name}>{text}</{name}></statement></akomaNtoso>'.encode()


def repaired(text: str, name: str = "mainBody") -> str:
    return read_akn(wrapped(text, name), "a.xml").source


def test_changed_word_is_kept_and_nothing_else_changes() -> None:
    xml = written()
    old, new = (str(body(document(each))) for each in (xml, changed(xml, "lights", "lanterns")))
    assert old != new
    assert old.replace("lights", "lanterns", 1) == new


def test_new_paragraph_and_new_footnote_arrive() -> None:
    xml = written()
    before = document(xml)
    last = [block for block in before.blocks if isinstance(block, OperativeParagraph)][-1]
    number = int((last.number or "").rstrip("."))
    added = (
        f"<paragraph><num>{number + 1}.</num><content><p>Thanks<b> all</b> the keepers;"
        '<authorialNote marker="77"><p>See the <i>Almanac</i>.</p></authorialNote></p></content></paragraph>'
    )
    after = document(xml.replace("</mainBody>", f"{added}</mainBody>", 1))
    found = [block for block in after.blocks if isinstance(block, OperativeParagraph)][-1]
    assert (found.number, plain(found.inlines)) == (f"{number + 1}.", "Thanks all the keepers;")
    assert isinstance(found.inlines[-1], Indicator)
    added_note = next(note for note in after.footnotes if note.mark == "77")
    assert {note.mark for note in after.footnotes} == {"77", *(note.mark for note in before.footnotes)}
    assert [(one.text, one.emphasis) for one in added_note.inlines if isinstance(one, Run)] == [
        ("See the ", None), ("Almanac", "italic"), (".", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<section><p><num>I</num></p><subheading>Lamps</subheading></section>", "I\n\nLamps"),
        ("<section><num>II.</num><heading>Lamps</heading></section>", "II.\n\nLamps"),
        ("<paragraph><num>2.</num><content><p>\t<i>Asks</i> <i>you</i>;</p></content></paragraph>", "2. Asks you;"),
        ("<item><num>(a)</num><p/></item>", "(a)"),
        ("<p><decoration>* * *</decoration></p>", r"\* \* \*"),
        ("<p>a*b | c [^1]</p>", r"a\*b \| c \[^1]"),
        ("<p>\n  One\n  <span class='bold italic'>two</span> </p>", "One **two**"),
        ("<p>Read the <i>Almanac </i>of</p>", "Read the *Almanac* of"),
        ("<p>Adopts this: <embeddedStructure><p>We ask</p></embeddedStructure></p>", "Adopts this:\n\nWe ask"),
        ("<container>Bare words<p>and a paragraph</p>, more</container>", "Bare words\n\nand a paragraph\n\n, more"),
        ("<p>to 13<sup>th</sup> and<sup>(</sup>x<sup>)</sup></p>", "to 13th andx"),
        pytest.param(
            '<p>harbour<sup>(</sup><authorialNote marker="1"><p>()\tSee.</p></authorialNote><sup>)</sup>,'
            " again<sup>1</sup> or<sup>(1)</sup> and<sup>2</sup></p>",
            "harbour[^1], again[^1] or[^1] and2\n\n[^1]: See.",
        ),
        ('<p>a<authorialNote marker="*"><p>Star.</p></authorialNote></p>', "a[^\\*]\n\n[^\\*]: Star."),
        pytest.param(
            "<table><caption>Dues</caption><tr><th><p>State</p></th><th>Due</th></tr>"
            "<tr><td><p>A</p><p>B|C</p></td><td/></tr></table>",
            "| Dues |\n\n| State | Due |\n\n| --- | --- |\n\n| A B\\|C | |",
        ),
    ],
)
def test_what_elements_say(xml: str, text: str) -> None:
    assert repaired(xml) == text


def test_lines_of_a_closing_are_paragraphs() -> None:
    xml = "<p><event><location>3rd meeting</location>\n<eol/> <docDate>2 May 2044</docDate></event></p>"
    assert repaired(xml, "conclusions") == "3rd meeting\n\n2 May 2044"
    assert repaired(xml) == "3rd meeting 2 May 2044"


def test_editorial_note_is_a_footnote() -> None:
    """Its text stands in the metadata (AKN.md section 4)."""
    note = '<notes source="#a"><note eId="note_1"><p>Reissued.</p></note></notes>'
    xml = wrapped('<p>99/60<noteRef href="#note_1" marker="*"/> and<noteRef href="#note_1" marker="*"/></p>')
    data = xml.replace(b"<mainBody>", f"<meta>{note}</meta><mainBody>".encode())
    assert read_akn(data, "a.xml").source == "99/60[^\\*] and[^\\*]\n\n[^\\*]: Reissued."


def test_table_inside_a_table_is_read_once() -> None:
    xml = "<table><tr><td><p>A</p><table><tr><td>B</td></tr></table></td><td>C</td></tr></table>"
    assert repaired(xml).count("B") == 1


def test_title_is_not_emphasised() -> None:
    xml = "<p><docNumber>99/60.</docNumber>\n <docTitle><span class='bold'>\tLamps</span></docTitle></p>"
    assert repaired(xml, "preface") == "99/60. Lamps"


def test_emphasis_is_no_text_for_the_ledger() -> None:
    xml = changed(written(), "lights", "<i>lights</i>")
    assert "italic" in {getattr(one, "emphasis", None) for one in inlines_of(document(xml))}


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus: there is no ../shared/corpus")
def test_no_text_of_a_published_file_is_lost() -> None:
    paths = sorted(CORPUS.glob("r*/*/*/gold.xml"))[::9]
    assert paths
    for path in paths:
        data = path.read_bytes()
        root = etree.fromstring(data, etree.XMLParser(remove_comments=True))
        printed, read = (
            Counter(filter(str.isalpha, text)) for text in ("".join(text_of(root)), read_akn(data, path.name).source)
        )
        assert printed == read, path


def text_of(element: etree._Element) -> Iterator[str]:
    if not str(element.tag).endswith("}meta"):
        yield element.text or ""
        for child in element:
            yield from text_of(child)
            yield child.tail or ""


ENTITIES = b'<!DOCTYPE a [<!ENTITY b "' + b"c" * 99 + b'"><!ENTITY d "&b;&b;&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "1:1: not well-formed"),
        (b"plain text", "1:1: not well-formed"),
        (wrapped("<p>\n</p>\n<q>\n</p>"), r"4:\d+: not well-formed"),
        (wrapped("<p>&lamp;</p>"), "not well-formed"),
        (b"<!DOCTYPE akomaNtoso SYSTEM 'http://127.0.0.1:9/x.dtd'>" + wrapped("<p>a</p>"), "document type"),
        (ENTITIES + wrapped("<p title='&d;'>&d;</p>"), "document type"),
        (b"<!DOCTYPE a [<!ENTITY f SYSTEM 'file:///etc/hostname'>]>" + wrapped("<p>&f;</p>"), "document type"),
        (wrapped("<p>" * 200 + "</p>" * 200), f"more than {USUAL_LIMITS.xml_depth} elements"),
        (wrapped("<p>" * 5000 + "</p>" * 5000), "not well-formed"),
        (wrapped("<p/>" * (USUAL_LIMITS.xml_elements + 1)), "200,000 elements"),
        (b" " * (USUAL_LIMITS.text_bytes + 1), "more than a resolution can have"),
        (wrapped("<p> </p>"), "no text"),
        (b"<project><name>lamps</name></project>", "not Akoma Ntoso"),
        (wrapped("<p>a</p>").replace(NAMESPACE.encode(), b"urn:other"), "not Akoma Ntoso"),
        (wrapped("<p>a</p>").replace(b"statement", b"act"), "of the type <act>"),
        (wrapped('<p>\n<authorialNote marker="see below"><p>a</p></authorialNote></p>'), "2: the footnote marker"),
        (f'<akomaNtoso xmlns="{NAMESPACE}"/>'.encode(), "without a document"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_file_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=rf"^a\.xml:.*{message}"):
        read_akn(data, "a.xml")


def test_other_encodings_and_comments_are_read() -> None:
    xml = resolution_xml().replace("<p>", "<p><!-- a note to self --><?editor go?>")
    utf16 = ('<?xml version="1.0" encoding="UTF-16"?>' + xml).encode("utf-16")
    assert body(normalize(utf16, "a.xml").document) == body(document(resolution_xml()))


def resolution_xml() -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in resolution().decode().split("\n\n"))
    return wrapped(paragraphs).decode()
