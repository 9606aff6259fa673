"""The model and its JSON are the same thing, and the schema describes both. All text is invented."""

from __future__ import annotations

import copy
import json
import tomllib
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import model
from pipeline.emit.json import emit_json
from pipeline.errors import ReadError
from pipeline.model import (
    AnnexStart,
    Block,
    Cell,
    Closing,
    ClosingLine,
    Date,
    Document,
    Enacting,
    Finding,
    Footnote,
    Heading,
    Indicator,
    Inline,
    Ledger,
    Masthead,
    MastheadLine,
    OperativeParagraph,
    Paragraph,
    PartStart,
    PreambularParagraph,
    Record,
    Reference,
    Row,
    Run,
    Source,
    Table,
    Tally,
    Target,
    Title,
    Unclassified,
    Vote,
    VoteLine,
    VoteOutcome,
    Voter,
    VoteSide,
)
from pipeline.serialize import (
    SCHEMA_ID,
    VERSION,
    document_from_json,
    document_to_json,
    from_json,
    tag,
    to_json,
)
from pipeline.text import Repair, Span
from pipeline.validate.schema import oracle_errors, schema_errors, schema_text

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads(schema_text())

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
printed = st.sampled_from(["1.", "(a)", "㈠", "一.", "II", "*"])
isos = st.dates().map(lambda date: date.isoformat())
spans = st.tuples(st.integers(0, 9999), st.integers(0, 9999)).map(lambda pair: Span(min(pair), max(pair)))
organs = st.sampled_from(["unga", "unsc", "unecosoc", "unga-hrc"])
symbols = st.sampled_from(["A/RES/99/901", "S/RES/9325(2044)", "A/RES/99/45N", "A/99/6(Sect.3)/Add.1"])


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def many(strategy: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[Any]:
    return st.lists(strategy, min_size=least, max_size=3).map(tuple)


targets = st.builds(
    Target,
    kind=st.sampled_from(["resolution", "decision", "document"]),
    symbol=maybe(symbols),
    organ=maybe(organs),
    number=maybe(st.sampled_from(["99-901", "9325-2044", "99-45A-C"])),
    date=maybe(isos),
)
inlines = many(
    st.builds(Run, words, spans, st.sampled_from(["lead", "italic", "bold", None]))
    | st.builds(Indicator, printed, spans, st.booleans())
    | st.builds(Reference, words.filter(bool), targets, spans)
    | st.builds(Date, words.filter(bool), isos, spans)
)
paragraphs = st.recursive(
    st.builds(Paragraph, maybe(printed), inlines, spans),
    lambda inner: st.builds(Paragraph, maybe(printed), inlines, spans, many(inner)),
    max_leaves=4,
)
vote_lines = st.builds(VoteLine, inlines, spans)
voters = st.builds(Voter, words.filter(bool), spans)
tallies = st.builds(Tally, st.sampled_from(get_args(VoteSide)), maybe(st.integers(0, 193)), many(voters))
rows = st.builds(Row, many(st.builds(Cell, inlines, spans), 1), st.booleans(), spans)
blocks = st.one_of(
    paragraphs,
    st.builds(PreambularParagraph, inlines, spans, many(paragraphs)),
    st.builds(OperativeParagraph, maybe(printed), inlines, spans, many(paragraphs)),
    st.builds(Heading, maybe(printed), inlines, st.integers(1, 3), spans),
    st.builds(Enacting, inlines, spans),
    st.builds(Unclassified, inlines, spans),
    st.builds(AnnexStart, maybe(printed), inlines, inlines, spans),
    st.builds(Closing, many(st.builds(ClosingLine, st.sampled_from(["meeting", "date"]), inlines, spans), 1), spans),
    st.builds(Vote, maybe(st.sampled_from(get_args(VoteOutcome))), many(vote_lines, 1), many(tallies), spans),
    st.builds(Table, inlines, many(rows, 1), spans),
    st.builds(PartStart, printed, inlines, spans),
)
mastheads = st.builds(
    Masthead,
    organ=maybe(organs),
    symbol=maybe(st.sampled_from(["A/RES/99/901", "S/RES/9325 (2044)"])),
    number=maybe(st.sampled_from(["99/901", "9325 (2044)"])),
    session=maybe(st.just("Ninety-ninth session")),
    issued=maybe(isos),
    adopted=maybe(isos),
    meeting=maybe(st.just("62")),
    lines=many(st.builds(MastheadLine, st.sampled_from(get_args(model.MastheadRole)), inlines, spans)),
)
documents = st.builds(
    Document,
    language=st.sampled_from(["en", "zh", "ar"]),
    masthead=mastheads,
    title=maybe(st.builds(Title, maybe(printed), inlines, spans)),
    blocks=many(blocks),
    footnotes=many(st.builds(Footnote, printed, inlines, spans)),
    source=st.builds(Source, words, st.just("0" * 64), st.integers(0, 2**53)),
)
records = st.builds(
    Record,
    document=documents,
    findings=many(
        st.builds(
            Finding,
            st.sampled_from(["notes.missing", "numbers.gap"]),
            st.sampled_from(["note", "warning", "error"]),
            words.filter(bool),
            spans,
            st.integers(0, 2**53),
            st.integers(0, 2**53),
        )
    ),
    repairs=many(
        st.builds(
            Repair,
            st.sampled_from(["join_lines", "lift_footnotes"]),
            spans,
            words,
            words,
            st.floats(0, 1),
            st.sampled_from(["white_space", "furniture", "replaced", None]),
            many(st.tuples(st.integers(0, 2**53), words)),
        )
    ),
    ledger=st.builds(Ledger, *[st.integers(0, 2**53)] * 7),
)


def run(text: str, start: int) -> Run:
    return Run(text, Span(start, start + len(text)))


def sample() -> Record:
    """A record with one of each block and inline."""
    reference = Reference("45 N", Target("resolution", "A/RES/99/45N", "unga", "99-45N", "2044-12-02"), Span(20, 24))
    inline: tuple[Inline, ...] = (
        Run("Recalling", Span(0, 9), "lead"),
        run(" its resolution ", 9),
        reference,
        Date("2 December 2044", "2044-12-02", Span(28, 43)),
        Indicator("7", Span(43, 44)),
    )
    item = Paragraph("(a)", (run("一项", 50),), Span(50, 52), (Paragraph("(i)", inline, Span(0, 44)),))
    every: tuple[Block, ...] = (
        Enacting((run("The General Assembly,", 0),), Span(0, 21)),
        PreambularParagraph(inline, Span(0, 44), (item,)),
        Heading("I", inline, 1, Span(0, 44)),
        OperativeParagraph("1.", inline, Span(0, 44), (item,)),
        OperativeParagraph(None, inline, Span(0, 44)),
        Paragraph(None, inline, Span(0, 44)),
        Unclassified(inline, Span(0, 44)),
        AnnexStart("II", (run("Annex II", 0),), (), Span(0, 8)),
        Closing((ClosingLine("meeting", (run("62nd plenary meeting", 0),), Span(0, 20)),), Span(0, 20)),
        Vote(
            "recorded_vote",
            (VoteLine((run("[Adopted by 1 vote to none.]", 0),), Span(0, 28)),),
            (Tally("in_favour", 1, (Voter("Atlantis", Span(30, 38)),)), Tally("against", None, ())),
            Span(0, 28),
        ),
        Table(
            (run("Lamps", 0),),
            (Row((Cell(inline, Span(0, 44)), Cell((), Span(44, 44))), True, Span(0, 44)),),
            Span(0, 44),
        ),
        PartStart("A", inline, Span(0, 44)),
    )
    document = Document(
        "en",
        Masthead(
            "unga", "A/RES/99/901", "99/901", None, None, "2044-12-02", "62",
            (MastheadLine("symbol", (run("A/RES/99/901", 0),), Span(0, 12)),),
        ),
        Title("99/901.", (run("Lanterns", 0),), Span(0, 8)),
        every,
        (Footnote("7", (run("See “灯塔”.", 0),), Span(0, 9)),),
        Source("A_RES_99_901.txt", "0" * 64, 900),
    )  # fmt: skip
    return Record(
        document,
        (Finding("notes.missing", "warning", "No footnote 8.", Span(0, 1), 1, 1),),
        (Repair("join_lines", Span(9, 10), "\n", " ", 1.0, "white_space", ((9, "\n"),)),),
        Ledger(1, 2, 3, 4, 5, 6, 21),
    )


def put(path: str, value: object) -> Any:
    """Return the sample's JSON with one value changed; the value `...` takes it out."""
    data = copy.deepcopy(to_json(sample()))
    node: Any = data
    *above, last = [int(key) if key.isdigit() else key for key in path.split("/")]
    for key in above:
        node = node[key]
    if value is ...:
        del node[last]
    else:
        node[last] = value
    return data


@settings(max_examples=60, deadline=None)
@given(records)
def test_json_is_the_model(record: Record) -> None:
    data = to_json(record)
    assert from_json(data) == record
    assert from_json(json.loads(emit_json(to_json(record)))) == record
    assert document_from_json(document_to_json(record.document)) == record.document
    assert schema_errors(data) == []


def test_sample_passes_both_validators() -> None:
    data = to_json(sample())
    assert schema_errors(data) == oracle_errors(data) == []
    assert from_json(data) == sample()


BROKEN: list[tuple[str, str, object]] = [
    ("no document", "document", ...),
    ("another schema", "$schema", "https://example.org/"),
    ("unknown field at the top", "remarks", "none"),
    ("unknown field in a block", "document/blocks/0/colour", "blue"),
    ("unknown block type", "document/blocks/0/type", "clause"),
    ("no block type", "document/blocks/0/type", ...),
    ("unknown inline type", "document/blocks/0/inlines/0/type", "marker"),
    ("text is a number", "document/blocks/0/inlines/0/text", 7),
    ("text is null", "document/blocks/0/inlines/0/text", None),
    ("span of one", "document/blocks/0/span", [1]),
    ("span of three", "document/blocks/0/span", [1, 2, 3]),
    ("span of strings", "document/blocks/0/span", ["1", "2"]),
    ("span of fractions", "document/blocks/0/span", [0.5, 2]),
    ("unknown emphasis", "document/blocks/1/inlines/0/emphasis", "underlined"),
    ("unknown organ", "document/masthead/organ", "ga"),
    ("unknown kind of target", "document/blocks/1/inlines/2/target/kind", "letter"),
    ("no children", "document/blocks/1/children", ...),
    ("child of another type", "document/blocks/1/children/0/type", "run"),
    ("deep in a child", "document/blocks/1/children/0/children/0/inlines/4/repeated", "no"),
    ("level is a string", "document/blocks/2/level", "1"),
    ("blocks are an object", "document/blocks", {}),
    ("unknown role of a line", "document/masthead/lines/0/role", "crest"),
    ("unknown severity", "findings/0/severity", "fatal"),
    ("unknown fate", "repairs/0/fate", "lost"),
    ("removed without offset", "repairs/0/removed/0", ["\n"]),
    ("unknown outcome of a vote", "document/blocks/9/outcome", "lost"),
    ("unknown side of a vote", "document/blocks/9/tallies/0/side", "absent"),
    ("total in words", "document/blocks/9/tallies/0/total", "one"),
    ("header is a string", "document/blocks/10/rows/0/header", "yes"),
    ("part without letter", "document/blocks/11/number", ...),
    ("ledger without total", "ledger/total", ...),
    ("ledger of strings", "ledger/document", "1"),
]
MEANT_ONLY_BY_SCHEMA: list[tuple[str, str, object]] = [
    ("symbol with a space", "document/blocks/1/inlines/2/target/symbol", "A/RES/99/45 N"),
    ("symbol without a stroke", "document/blocks/1/inlines/2/target/symbol", "99"),
    ("number with a stroke", "document/blocks/1/inlines/2/target/number", "99/45N"),
    ("no such month", "document/blocks/1/inlines/3/iso", "2044-13-02"),
    ("date as printed", "document/masthead/adopted", "2 December 2044"),
    ("language as a name", "document/language", "English"),
    ("hash too short", "document/source/sha256", "00"),
    ("negative span", "document/blocks/0/span", [-1, 2]),
    ("confidence over one", "repairs/0/confidence", 1.5),
    ("level nought", "document/blocks/2/level", 0),
    ("mark with a space", "document/footnotes/0/mark", "7 8"),
    ("closing without lines", "document/blocks/8/lines", []),
    ("vote without lines", "document/blocks/9/lines", []),
    ("fewer votes than none", "document/blocks/9/tallies/0/total", -1),
    ("State without a name", "document/blocks/9/tallies/0/voters/0/name", ""),
    ("row without cells", "document/blocks/10/rows/0/cells", []),
    ("rule as a sentence", "findings/0/rule", "No such footnote"),
]


@pytest.mark.parametrize(("path", "value"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_broken_shape_is_refused_by_all(path: str, value: object) -> None:
    data = put(path, value)
    assert schema_errors(data)
    assert {error.path for error in schema_errors(data)} == {error.path for error in oracle_errors(data)}
    if path != "$schema":
        with pytest.raises(ReadError, match=r"^/"):
            from_json(data)


@pytest.mark.parametrize(
    ("path", "value"), [case[1:] for case in MEANT_ONLY_BY_SCHEMA], ids=[case[0] for case in MEANT_ONLY_BY_SCHEMA]
)
def test_broken_value_is_refused_by_both_validators_at_its_place(path: str, value: object) -> None:
    data = put(path, value)
    found = schema_errors(data)
    assert found
    assert all(error.path.startswith(f"/{path}") for error in found)
    assert {error.path for error in found} == {error.path for error in oracle_errors(data)}


def test_error_names_the_place() -> None:
    with pytest.raises(ReadError, match=r"^/document/blocks/3/children/0/number: a string is expected"):
        from_json(put("document/blocks/3/children/0/number", 1))


@pytest.mark.parametrize("data", [[], {}, None, {"schema_version": 2}, {"schema_version": "1.0.0"}])
def test_what_is_no_record_of_this_version_is_refused(data: Any) -> None:
    with pytest.raises(ReadError, match=r"^/schema_version"):
        from_json(data)


def test_whole_confidence_may_have_lost_its_fraction() -> None:
    assert from_json(put("repairs/0/confidence", 1)) == sample()


def test_json_reads_well() -> None:
    written = emit_json(to_json(sample()))
    assert json.loads(written) == to_json(sample())
    assert written == emit_json(to_json(sample()))
    text = written.decode()
    assert text.endswith("}\n")
    assert text.startswith(f'{{\n  "$schema": "{SCHEMA_ID}",\n  "schema_version": "2.1.0",\n')
    assert "“灯塔”" in text


def test_schema_is_one_and_its_examples_are_good() -> None:
    assert SCHEMA["$id"] == SCHEMA_ID
    for example in SCHEMA["examples"]:
        assert schema_errors(example) == []
        assert to_json(from_json(example)) == example


def described(node: Any) -> bool:
    return "description" in node or "$ref" in node


def test_schema_has_every_field_of_the_model_described() -> None:
    kinds = [kind for kind in vars(model).values() if isinstance(kind, type) and is_dataclass(kind)]
    for kind in {*kinds, Repair} - {Record}:
        name = tag(kind) or "".join(f"_{c.lower()}" if c.isupper() else c for c in kind.__name__)[1:]
        written = SCHEMA["$defs"][name]
        assert written["additionalProperties"] is False
        names = [field.name for field in fields(kind)]
        assert list(written["properties"]) == (["type", *names] if tag(kind) else names)
    for written in (SCHEMA, *SCHEMA["$defs"].values()):
        assert described(written)
        assert all(described(value) for value in written.get("properties", {}).values())


def test_version_is_that_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == VERSION
