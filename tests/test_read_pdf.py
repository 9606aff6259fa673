"""PDF: tagged ones by their structure, others by geometry; what cannot be read is refused with the way out."""

from __future__ import annotations

import io
import zlib
from typing import NamedTuple

import pikepdf
import pytest

from pipeline.convert import convert
from pipeline.errors import ReadError
from pipeline.limits import InputLimits
from pipeline.read import read
from pipeline.read.pdf import read_pdf
from pipeline.read.pdf_order import in_reading_order
from pipeline.read.pdf_piece import Page, Piece
from pipeline.read.pdf_signs import with_signs
from pipeline.read.pdf_tagged import read_tagged
from pipeline.read.pdf_text import goes_on, texts_of
from pipeline.read.pdf_tree import Block, Mark
from pipeline.read.pdf_untagged import read_untagged
from pipeline.read.pdf_writing import Writing, write_row


class Show(NamedTuple):
    """Text on a page: where, how large, the tag it is in (None: an artifact), what it is linked to."""

    x: float
    y: float
    size: float
    text: str
    tag: str | None = None
    link: str = ""


def pdf(pages: list[list[Show]], *, tagged: bool = False) -> bytes:
    """Set pages in Times; a tag `P1` is the first paragraph, `Note2` the second note, and so on."""
    document = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name("/Times-Roman"),
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    root = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=pikepdf.Array()))
    elements: dict[str, pikepdf.Object] = {}
    for shows in pages:
        page = document.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        parts: list[str] = []
        for at, show in enumerate(shows):
            begin = f"/P <</MCID {at}>> BDC" if show.tag else "/Artifact BMC"
            text = show.text.replace("(", r"\(").replace(")", r"\)")
            parts.append(f"{begin} BT /F {show.size} Tf {show.x} {show.y} Td ({text}) Tj ET EMC")
            if tagged and show.tag:
                kind = pikepdf.Name("/" + show.tag.rstrip("0123456789"))
                if show.tag not in elements:
                    elements[show.tag] = pikepdf.Dictionary(
                        Type=pikepdf.Name.StructElem, S=kind, P=root, K=pikepdf.Array()
                    )
                    root.K.append(document.make_indirect(elements[show.tag]))
                    elements[show.tag] = root.K[-1]
                elements[show.tag].K.append(pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=page.obj, MCID=at))
        page.Annots = pikepdf.Array([_link(show) for show in shows if show.link])
        page.Contents = document.make_stream("\n".join(parts).encode("cp1252"))
    if tagged:
        document.Root.StructTreeRoot = root
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _link(show: Show) -> pikepdf.Dictionary:
    width = len(show.text) * show.size / 2
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=pikepdf.Array([show.x, show.y - 2, show.x + width, show.y + show.size]),
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(show.link)),
    )


HEAD = [
    Show(108, 770, 14, "United Nations"),
    Show(465, 750, 10, "A/RES/99/915"),
    Show(108, 728, 20, "General Assembly"),
    Show(467, 710, 9, "Distr.: General"),
]
TITLE = Show(108, 640, 12, "99/915. Lighthouses of the open sea", "P1")
ENACTING = Show(132, 610, 10, "The General Assembly,", "P2")
PREAMBLE = [
    Show(132, 590, 10, "Recalling its resolution 98/4 of 3 March 2094,", "P3"),
    Show(314, 594, 6, "1", "P3"),
    Show(108, 577.5, 10, "and mindful of all who keep the lamps of the", "P3"),
]
NOTE = [Show(102, 100, 5, "1", "Note1"), Show(107, 96, 8, "See A/99/17.", "Note1")]
JOB = [Show(102, 40, 9, "99-12345 (E)"), Show(102, 28, 9, "*9912345*")]
RUNNING = [Show(102, 800, 8, "A/RES/99/915"), Show(300, 800, 8, "Lighthouses of the open sea")]
NEXT = [
    Show(108, 756, 10, "open sea alight through the long winters of the north,", "P4"),
    Show(132, 737, 10, "1. Decides to light the lamps;", "P5"),
    Show(132, 718, 10, "2. Also decides to remain seized of the matter.", "P6"),
    Show(380, 690, 10, "62nd plenary meeting", "P7"),
    Show(380, 672, 10, "2 December 2094", "P8"),
]
FOLIO = [Show(102, 33, 9, "2/2")]
PAGES = [[*HEAD, TITLE, ENACTING, *PREAMBLE, *NOTE, *JOB], [*RUNNING, *NEXT, *FOLIO]]
WHOLE = (
    "Recalling its resolution 98/4 of 3 March 2094,[^1] and mindful of all who keep the lamps of the "
    "open sea alight through the long winters of the north,"
)


@pytest.mark.parametrize("tagged", [True, False])
def test_paragraphs_notes_and_furniture(tagged: bool) -> None:  # noqa: FBT001 - a parameter of the test
    found = read(pdf(PAGES, tagged=tagged), "a.pdf")
    paragraphs = found.text.value.split("\n\n")
    assert WHOLE in paragraphs
    assert "[^1]: See A/99/17." in paragraphs
    assert "1. Decides to light the lamps;" in paragraphs
    assert not any(word in found.text.value for word in ("12345", "2/2", "Lighthouses of the open sea\n\nopen"))
    assert "*9912345*" in found.source, "what is dropped is in the source, and accounted for"
    assert [repair.fate for repair in found.repairs if repair.fixer == "drop_artifacts"] == ["furniture"]


@pytest.mark.parametrize("tagged", [True, False])
def test_every_line_has_its_page_and_box(tagged: bool) -> None:  # noqa: FBT001 - as above
    found = read(pdf(PAGES, tagged=tagged), "a.pdf")
    assert found.places is not None
    placed = {found.source[place.span.start : place.span.end].strip(): place for place in found.places}
    assert placed["2/2"].page == 2
    assert placed["United Nations"].page == 1
    assert placed["99/915. Lighthouses of the open sea"].box[:2] == pytest.approx((108, 640), abs=4)
    assert " ".join(found.source[place.span.start : place.span.end] for place in found.places).split() == (
        found.source.split()
    ), "every word is in a place"


def test_links_are_kept_and_compared_with_the_citations() -> None:
    note = NOTE[1]
    told = [
        note._replace(link="https://undocs.org/en/A/99/17"),
        note._replace(link="https://docs.un.org/en/A/99/71"),
        note._replace(link="javascript:alert(1)"),
    ]
    findings = []
    for show in told:
        record = convert(pdf([[*HEAD, TITLE, ENACTING, *PREAMBLE, NOTE[0], show, *JOB], PAGES[1]]), "a.pdf").record
        assert record.document.source.links is not None
        assert [link.href for link in record.document.source.links] == ([show.link] if "un" in show.link else [])
        findings.append([(found.page, found.message) for found in record.findings if found.rule == "reference.link"])
    assert findings == [[], [(1, "“A/99/17” was read as A/99/17; the source links it to A/99/71.")], []]


@pytest.mark.parametrize("tagged", [True, False])
def test_a_pdf_becomes_all_formats(tagged: bool) -> None:  # noqa: FBT001 - as above
    record = convert(pdf(PAGES, tagged=tagged), "a.pdf", verify=True).record
    assert record.document.masthead.symbol == "A/RES/99/915"
    assert record.document.masthead.adopted == "2094-12-02"
    assert [note.mark for note in record.document.footnotes] == ["1"]
    assert record.ledger.total == record.document.source.length


def test_both_ways_give_one_text() -> None:
    texts = {read(pdf(PAGES, tagged=tagged), "a.pdf").text.value for tagged in (True, False)}
    assert len(texts) == 1


def test_a_closing_of_two_short_lines_is_two_paragraphs() -> None:
    page = [
        *[Show(132, 590 - 12.5 * at, 10, WHOLE[:90]) for at in range(3)],
        Show(132, 540, 10, "62nd plenary meeting"),
        Show(132, 527.5, 10, "2 May 2094"),
    ]
    assert "62nd plenary meeting\n\n2 May 2094" in read(pdf([page]), "a.pdf").text.value


def test_a_number_far_from_its_text_and_an_indicator_on_its_own_line() -> None:
    page = [
        Show(108, 700, 10, "12."),
        Show(160, 700, 10, "Decides to light the lamps of the open sea,"),
        Show(108, 687.5, 10, "and to keep them alight through the winter;"),
        Show(108, 679, 6, "1"),
        *NOTE,
    ]
    paragraphs = read(pdf([page]), "a.pdf").text.value.split("\n\n")
    assert paragraphs[0].startswith("12. Decides")
    assert paragraphs[0].endswith("winter; [^1]"), "the blank is dropped in repair"


@pytest.mark.parametrize("tagged", [True, False])
@pytest.mark.parametrize(
    ("foot", "head"),
    [
        (["12. Name of the keeper of the lamp and of all who live in the house"], "13. Place of the lamp"),
        (["(a) Name of the keeper of the lamp and of all who live in the house"], "(b) Place of the lamp"),
        (
            [
                "Annex. Name of the keeper of the lamp and of all who live in the",
                "\thouse on the rock, with their ages and",
            ],
            "Place of the lamp",
        ),
    ],
)
def test_an_item_without_end_at_the_foot_of_a_page_does_not_take_the_next(
    foot: list[str],
    head: str,
    tagged: bool,  # noqa: FBT001 - as above
) -> None:
    """A line that goes on stands under the text of its item, and is not numbered on."""
    shown = [
        Show(132 if line.startswith("\t") else 108, 577.5 - 12.5 * at, 10, line.strip(), "P3")
        for at, line in enumerate(foot)
    ]
    pages = [[*HEAD, TITLE, ENACTING, *shown, *JOB], [*RUNNING, Show(108, 756, 10, head, "P4"), *NEXT[1:], *FOLIO]]
    assert head in read(pdf(pages, tagged=tagged), "a.pdf").text.value.split("\n\n")


def test_a_number_at_the_foot_of_a_page_goes_with_its_text() -> None:
    foot, head = Show(108, 577.5, 10, "12."), Show(132, 756, 10, "Place of the lamp, and of the house of its keeper")
    pages = [[*HEAD, TITLE, ENACTING, foot, *JOB], [*RUNNING, head, *NEXT[1:], *FOLIO]]
    assert f"12. {head.text}" in read(pdf(pages), "a.pdf").text.value.split("\n\n")


def test_a_word_that_follows_an_indicator_at_a_distance_is_a_word_of_its_own() -> None:
    shown = [
        *PREAMBLE[:2],
        Show(320, 590, 10, "the keepers of lamps and of", "P3"),
        PREAMBLE[2],
    ]
    found = read(pdf([[*HEAD, TITLE, ENACTING, *shown, *NOTE, *JOB], PAGES[1]]), "a.pdf")
    assert "Recalling its resolution 98/4 of 3 March 2094,[^1] the keepers of lamps" in found.text.value


@pytest.mark.parametrize(
    ("early", "following", "one"),
    [
        ("to inform", "the Council of the lamps;", True),
        ("in paragraph", "15 (e) of its resolution 98/4, of the lamps;", True),
        ("to inform,", "the Council of the lamps;", False),
        ("to inform", "The Council of the lamps;", False),
        ("to inform", "2. Decides to light the lamps;", False),
        ("to inform", "(a) the Council of the lamps;", False),
    ],
)
def test_a_line_that_ends_early_inside_a_sentence_goes_on(early: str, following: str, *, one: bool) -> None:
    full = [Show(108, 590 - 12.5 * at, 10, WHOLE[:90]) for at in range(3)]
    page = [TITLE, ENACTING, *full, Show(108, 552.5, 10, early), Show(108, 540, 10, following)]
    assert (f"{early} {following}" in read(pdf([page]), "a.pdf").text.value) is one


def test_an_item_in_a_form_goes_on_below_its_text() -> None:
    full = [Show(108, 600 - 12.5 * at, 10, WHOLE[:90]) for at in range(3)]
    item, rest = Show(108, 552.5, 10, "3.1 Name of the keeper that"), Show(130, 540, 10, "lights the lamps")
    label, value = Show(108, 520, 10, "Name"), Show(130, 507.5, 10, "of the keeper")
    found = read(pdf([[TITLE, ENACTING, *full, item, rest, label, value]]), "a.pdf").text.value.split("\n\n")
    assert "3.1 Name of the keeper that lights the lamps" in found
    assert {"Name", "of the keeper"} <= set(found), "a line set in below another that has no number is its own"


def test_a_blank_far_from_the_text_is_no_paragraph() -> None:
    def line(x: float, text: str, page: int) -> Piece:
        return Piece(text, 10, x, 698, x + 5 * len(text), 708, 700, -1, breaks=True, page=page)

    pages = [
        [line(50, "Recalling all that the keepers of the lamps", 1), line(520, "  ", 1)],
        [line(50, "have said", 2)],
    ]
    found = read_untagged([Page(page) for page in pages]).text.value
    assert found.strip() == "Recalling all that the keepers of the lamps have said"


def test_an_indicator_and_a_wide_blank_part_no_columns() -> None:
    full = [Show(108, 590 - 12.5 * at, 10, WHOLE[:90]) for at in range(3)]
    group = Show(108, 552.5, 10, "the keepers of the lamps and their group;")
    mark, word = Show(290, 555.5, 5.5, "1"), Show(305, 552.5, 10, "Strongly")
    page = [TITLE, ENACTING, *full, group, mark, word, Show(108, 540, 10, "encourages the ships;"), *NOTE]
    assert "group; [^1] Strongly encourages the ships;" in read(pdf([page]), "a.pdf").text.value


class TestRefused:
    def test_pictures_only(self) -> None:
        with pytest.raises(ReadError, match=r"a\.pdf: the PDF has no text.*ocrmypdf"):
            read(pdf([[]]), "a.pdf")

    def test_damaged(self) -> None:
        with pytest.raises(ReadError, match=r"a\.pdf: not a PDF that can be opened .*damaged"):
            read(b"%PDF-1.7\nlighthouse", "a.pdf")

    def test_encrypted(self) -> None:
        written = io.BytesIO()
        with pikepdf.open(io.BytesIO(pdf(PAGES))) as document:
            document.save(written, encryption=pikepdf.Encryption(owner="keeper", user="lamp"))
        with pytest.raises(ReadError, match=r"encrypted.*qpdf --decrypt"):
            read(written.getvalue(), "a.pdf")

    def test_too_many_pages(self) -> None:
        with pytest.raises(ReadError, match="501 pages are more than a resolution can have"):
            read(pdf([[]] * 501), "a.pdf")

    def test_tags_without_end(self) -> None:
        with pikepdf.open(io.BytesIO(pdf(PAGES, tagged=True))) as document:
            first = document.Root.StructTreeRoot.K[0]
            first.K.append(first)
            written = io.BytesIO()
            document.save(written)
        with pytest.raises(ReadError, match="nested without end"):
            read(written.getvalue(), "a.pdf")


def drawing(content: bytes, *forms: bytes, filters: tuple[str, ...] = ("/FlateDecode",)) -> bytes:
    """Set one page; the first form is `/F0`, and each knows them all."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    drawn = document.make_indirect(pikepdf.Dictionary())
    for at, form in enumerate(forms):
        stream = document.make_stream(form, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        stream.BBox, stream.Resources = [0, 0, 595, 842], pikepdf.Dictionary(XObject=drawn)
        drawn[f"/F{at}"] = stream
    page.Resources = pikepdf.Dictionary(XObject=drawn)
    page.Contents = document.make_stream(b"")
    for _ in filters:
        content = zlib.compress(content)
    page.Contents.write(content, filter=pikepdf.Array(map(pikepdf.Name, filters)))
    written = io.BytesIO()
    document.save(written, compress_streams=False)
    return written.getvalue()


LETTERS = b" BT 10 10 Td (lamp) Tj ET"


@pytest.mark.parametrize(
    "endless",
    [
        pytest.param(drawing(b"/F0 Do", b"/F0 Do /F0 Do"), id="a form that draws itself"),
        pytest.param(drawing(b"/F0 Do", b"/F1 Do ", b"q /F#30 Do Q"), id="two that draw each other"),
        pytest.param(
            drawing(b"/F0 Do", *[b"/F%d Do " % (at + 1) * 10 for at in range(9)], LETTERS), id="a billion forms"
        ),
        pytest.param(drawing(b"0 0 m 9 9 l S " * 1_000_000), id="a stream that unpacks to much more"),
        pytest.param(drawing(b"q Q " * 1000, filters=("/FlateDecode", "/FlateDecode")), id="a stream packed twice"),
        pytest.param(drawing(b"/P <</MCID 1>> BDC " * 6000 + LETTERS), id="marks in marks"),
    ],
)
def test_a_page_that_draws_without_end_is_refused(endless: bytes) -> None:
    with pytest.raises(ReadError, match="page 1 draws more than a page can show"):
        read(endless, "a.pdf")


def test_a_form_drawn_now_and_then_is_read() -> None:
    with pytest.raises(ReadError, match="no text"):
        read(drawing(b"/F0 Do /F0 Do", b"/F1 Do", b"0 0 m 9 9 l S"), "a.pdf")


def test_tags_that_share_their_kids_are_refused() -> None:
    with pikepdf.open(io.BytesIO(pdf(PAGES, tagged=True))) as document:
        inner = document.Root.StructTreeRoot.K[0]
        for _ in range(60):
            around = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Div, K=[inner, inner])
            inner = document.make_indirect(around)
        document.Root.StructTreeRoot.K.append(inner)
        written = io.BytesIO()
        document.save(written)
    with pytest.raises(ReadError, match="nested without end"):
        read(written.getvalue(), "a.pdf", InputLimits(pdf_tags=20_000))


def test_what_is_no_tag_among_tags_is_passed_over() -> None:
    with pikepdf.open(io.BytesIO(pdf(PAGES, tagged=True))) as document:
        root = document.Root.StructTreeRoot
        root.RoleMap = pikepdf.Array()
        root.K[0].Pg = 7
        root.K[0].K.extend([pikepdf.Name.P, pikepdf.String("lamp"), pikepdf.Dictionary(MCID=pikepdf.Name.P)])
        written = io.BytesIO()
        document.save(written)
    assert WHOLE in read(written.getvalue(), "a.pdf").text.value


def line(visual: str) -> str:
    """Read glyphs that stand from left to right as given, of a page read from the right."""
    glyphs = [Piece(letter, 10, at, 0, at, 8, 0, -1, breaks=False) for at, letter in enumerate(visual)]
    return "".join(piece.text for piece in in_reading_order(glyphs, from_the_right=True))


@pytest.mark.parametrize(
    ("visual", "read"),
    [
        ("قرارها"[::-1], "قرارها"),
        ("74/240 " + "القرار"[::-1], "القرار 74/240"),
        ("(A/99/17) " + "انظر"[::-1], "انظر (A/99/17)"),
        ("2020-2011 " + "العقد"[::-1], "العقد 2011-2020"),
        ("United Nations, Treaty Series", "United Nations, Treaty Series"),
        (")A/99/17( " + "انظر"[::-1], "انظر (A/99/17)"),
        ("]" + ")A/99/17( " + "انظر"[::-1], "انظر (A/99/17)]"),
        ("Rev.1 ()" + "انظر"[::-1], "انظر() Rev.1"),
        ("خطة"[::-1] + " 2020-2011", "2011-2020 خطة"),
        ("خطة"[::-1] + " 2011-2020", "2011-2020 خطة"),
        ("نص"[::-1] + " 6-1", "6-1 نص"),
    ],
)
def test_text_from_right_to_left_is_read_where_it_stands(visual: str, read: str) -> None:
    assert line(visual) == read


def glyph(text: str, left: float, right: float, *, base: float = 100) -> Piece:
    """Return a glyph of 10 points."""
    return Piece(text, 10, left, base, right, base + 8, base, -1, breaks=False)


@pytest.mark.parametrize(
    ("glyphs", "read"),
    [
        ([glyph("ب", 10, 14), glyph("\u0651", 11, 13), glyph("م", 5, 10)], ["بّ", "م"]),
        ([glyph("ا", 10, 14), glyph("،", 6, 10), glyph("\u064b", 8.5, 11)], ["اً", "،"]),
        ([glyph("\u064f", 6, 8, base=101.4), glyph("ب", 10, 14), glyph("م", 5, 10)], ["ب", "مُ"]),
        ([glyph("ب", 10, 14), glyph("\u064f", 40, 42)], ["ب", "\u064f"]),
    ],
    ids=["after its letter", "a mark between", "in a text object of its own", "over nothing"],
)
def test_a_sign_goes_to_the_letter_it_stands_over(glyphs: list[Piece], read: list[str]) -> None:
    assert [piece.text for piece in with_signs(glyphs)] == read


@pytest.mark.parametrize(
    ("last", "head", "one"),
    [(-108, -108, True), (-108.6, -108, True), (-108, -132, False), (-140, -108, False), (-108, -250, False)],
)
def test_an_arabic_line_that_fills_the_page_goes_on_where_the_indent_is_at_its_end(
    last: float, head: float, *, one: bool
) -> None:
    def line(text: str, right: float) -> Piece:
        return Piece(text, 10, -527, 90, right, 100, 90, -1, breaks=True)

    before = [line("وإذ تسلم بأهمية المنارات", -132), line("وبأهمية زيتها ونورها", -108), line("ومن يوقدها،", last)]
    assert goes_on(before, [line("ومن يحرسها في الليل والنهار،", head)]) is one


def test_symbol_of_single_glyphs_broken_over_two_lines_is_whole() -> None:
    line = [Piece(glyph, 10, 0, 100, 90, 108, 100, -1, breaks=False) for glyph in "in S/AC.57/2045/COMM."]
    line[-1] = line[-1]._replace(breaks=True)
    text = "".join(texts_of([*line, Piece("01", 10, 0, 88, 90, 96, 88, -1, breaks=True)]))
    assert text == "in S/AC.57/2045/COMM.01"


@pytest.mark.parametrize(
    ("line", "following", "read_as"),
    [
        ("the report (S/", "2044/384)", "the report (S/2044/384)"),
        ("the report (S/ ", "2044/384)", "the report (S/2044/384)"),
        ("report S/AC.57/2045/COMM.", "01", "report S/AC.57/2045/COMM.01"),
        ("see sect.", "01", "see sect. 01"),
        ("of this", "report", "of this report"),
    ],
)
def test_symbol_broken_over_two_lines_is_whole(line: str, following: str, read_as: str) -> None:
    first = Piece(line, 10, 0, 100, 90, 108, 100, -1, breaks=True)
    assert "".join(texts_of([first, Piece(following, 10, 0, 88, 90, 96, 88, -1, breaks=True)])) == read_as


@pytest.mark.parametrize(
    ("sizes", "named"), [((7, 8.5, 8.5), 1), ((7, 7, 8.5), 2), ((8.5, 8.5, 7), 0), ((8.5, 8.5, 8.5), 0)]
)
def test_rows_in_smaller_type_that_open_a_table_name_its_columns(sizes: tuple[float, ...], named: int) -> None:
    names = [("Post", "Number"), ("Keeper", "3"), ("Total", "3")]
    page = [
        Piece(
            text, size, 100 * at, 90 - 10 * row, 100 * at + 50, 98 - 10 * row, 90 - 10 * row, 2 * row + at, breaks=True
        )
        for row, (texts, size) in enumerate(zip(names, sizes, strict=True))
        for at, text in enumerate(texts)
    ]
    blocks = [Block("row", ((Mark(0, 2 * row),), (Mark(0, 2 * row + 1),)), 1) for row in range(len(names))]
    rows = ["| Post | Number |", "| Keeper | 3 |", "| Total | 3 |"]
    rows[named:named] = ["| --- | --- |"] * bool(named)
    assert read_tagged([page], blocks).text.value.strip().split("\n\n") == rows


def test_names_of_columns_printed_again_where_a_table_goes_on_are_furniture() -> None:
    shown = [(("Post", 7), ("Keeper", 8.5)), (("Post", 7), ("Pilot", 8.5))]
    pages = [
        [
            Piece(
                f"{text} {at}", size, 100 * at, 90 - 9 * row, 100 * at + 50, 98, 90 - 9 * row, 2 * row + at, breaks=True
            )
            for row, (text, size) in enumerate(rows)
            for at in range(2)
        ]
        for rows in shown
    ]
    blocks = [
        Block("row", ((Mark(page, 2 * row),), (Mark(page, 2 * row + 1),)), page)
        for page in range(2)
        for row in range(2)
    ]
    found = read_tagged(pages, blocks)
    rows = ["| Post 0 | Post 1 |", "| --- | --- |", "| Keeper 0 | Keeper 1 |", "| Pilot 0 | Pilot 1 |"]
    assert found.text.value.strip().split("\n\n") == rows
    assert found.source.count("Post 0") == 2, "what is dropped is in the source, and accounted for"


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        (
            [[(50, "Post"), (150, "Level"), (250, "Number")], [(50, "Keeper of lamps"), (270, "3")]],
            ["| Post | Level | Number |", "| Keeper of lamps |  | 3 |"],
        ),
        (
            [[(50, "1."), (70, "Decides;")], [(50, "2."), (70, "Also decides.")]],
            ["1.", "Decides;", "2.", "Also decides."],
        ),
        (
            [[(50, "Post"), (150, "Level"), (250, "Number")], [(50, "of the keepers;")]],
            ["Post", "Level", "Number", "of the keepers;"],
        ),
    ],
)
def test_paragraphs_side_by_side_are_the_rows_of_a_table(rows: list[list[tuple[int, str]]], read: list[str]) -> None:
    """Two rows at least, one of three cells: a number may be tagged apart from its text."""
    placed = [(x, 700 - 14 * row, text) for row, cells in enumerate(rows) for x, text in cells]
    page = [Show(x, y, 10, text, f"P{at}") for at, (x, y, text) in enumerate(placed, 1)]
    found = read_pdf(pdf([page], tagged=True), "a.pdf").text.value
    assert found.strip().split("\n\n") == read


def test_row_without_text_is_no_row() -> None:
    writing = Writing()
    write_row([[Piece(" ", 10, 0, 100, 90, 108, 100, -1, breaks=True)], []], (), writing)
    assert writing.parts == []
