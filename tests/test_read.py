"""Extracted text as it is read: what is refused and how, encodings, line ends, characters that would be markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ReadError
from pipeline.languages import language
from pipeline.limits import USUAL_LIMITS
from pipeline.read.plain import read_plain
from pipeline.repair import repair
from pipeline.text import Span

SAMPLE = (Path(__file__).parent.parent / "samples" / "A_RES_99_902.zh.txt").read_text(encoding="utf-8")
TEXT = "A/RES/99/901\n99/901. Lights\nThe General Assembly,\nRecalling Genève and 日内瓦,\n1. Decides to meet.\n"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no text; if it was extracted from a scanned PDF, run OCR"),
        (b" \n\f\t\n", "no text"),
        (b"\xef\xbb\xbf", "no text"),
        (b"a\nGen\xe8ve\n", ":2: not UTF-8 text; save the extracted text as UTF-8"),
        (b"\xff\xfea", ":1: not UTF-16 text"),
        (b"\x7fELF\x01\x01\x00\x00\x00", "a binary file"),
        (b"\x00" * 40, "a binary file"),
        (b"x" * (USUAL_LIMITS.text_bytes + 1), "17 MB is more than a resolution can have"),
    ],
)
def test_bad_input_is_refused_with_what_is_wrong_and_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(ReadError) as refused:
        read_plain(data, "a.txt")
    assert str(refused.value).startswith("a.txt:")
    assert says in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_give_one_text(encoding: str) -> None:
    assert read_plain(TEXT.encode(encoding), "a.txt").source == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_both_byte_orders_are_read_by_their_mark(encoding: str) -> None:
    assert read_plain(f"\ufeff{TEXT}".encode(encoding), "a.txt").source == TEXT


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_every_kind_give_one_text(end: str) -> None:
    texts = [SAMPLE, SAMPLE.replace("\n", end)]
    one, other = (repair(read_plain(text.encode(), "a.txt").text, language("zh")).text.value for text in texts)
    assert one == other


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("5 * 4", r"5 \* 4"),
        ("Iraq:** draft", r"Iraq:\*\* draft"),
        ("C:\\lamps", r"C:\\lamps"),
        ("a[^1] b", r"a\[^1] b"),
        ("[a] (b) _c_ `d` <e> & f", "[a] (b) _c_ `d` <e> & f"),
    ],
)
def test_characters_that_would_be_markup_get_a_backslash(written: str, read: str) -> None:
    assert read_plain(written.encode(), "a.txt").text.value == read


def test_backslashes_have_no_place_in_the_source() -> None:
    found = read_plain(b"a*b", "a.txt")
    assert found.source == "a*b"
    assert found.text.value == r"a\*b"
    assert found.text.source_span(2, 4) == Span(1, 3)
    assert found.text.source_span(3, 4) == Span(2, 3)


def test_offsets_count_code_points_without_the_byte_order_mark() -> None:
    found = read_plain("\ufeff🎈灯\n".encode(), "a.txt")
    assert found.text.source_span(1, 2) == Span(1, 2)
    assert found.source[1] == "灯"


def test_a_few_control_characters_are_no_binary_file() -> None:
    assert read_plain(("a lamp " * 100 + "\x0c\x07").encode(), "a.txt").source.endswith("\x07")
