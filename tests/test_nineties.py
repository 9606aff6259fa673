"""Texts of the nineties, damaged as extractors leave them (FORMAT.md section 2.5), against the same texts undamaged."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.convert import convert

DOCUMENTS = Path(__file__).parent / "corpus" / "documents"
ARABIC = (DOCUMENTS / "A_RES_51_907.ar" / "source.txt").read_text(encoding="utf-8")
MIRRORED = str.maketrans("()[]", ")(][")


def with_digits_reversed(text: str) -> str:
    """Arabic digits from left to right, brackets as their glyphs."""
    return re.sub("[\u0660-\u0669]+", lambda number: number[0][::-1], text).translate(MIRRORED)


def body(text: str, lang: str = "auto") -> str:
    """The Markdown of a text, which has all that is read of it."""
    return convert(text.encode(), "a.txt", lang=lang, formats=("md", "xml"), verify=True).files["md"].decode()


@pytest.mark.parametrize("lang", ["auto", "ar"])
def test_arabic_digits_in_reverse(lang: str) -> None:
    damaged = with_digits_reversed(ARABIC)
    assert "٠٨٣٣ )د-٠٣(" in damaged
    assert body(damaged, lang) == body(ARABIC)
    assert not convert(damaged.encode(), "a.txt").record.findings


def test_arabic_digits_that_do_not_agree_are_a_finding() -> None:
    text = ARABIC.replace("١٩٧٥", "٥٧٩١").replace("١٩٨٥-١٩٩٥", "٥٨٩١-٥٩٩١")
    record = convert(text.encode(), "a.txt").record
    assert [finding.rule for finding in record.findings] == ["source.digits"]
    assert "٥٧٩١" in body(text)
