"""Texts of the nineties, damaged as extractors leave them (FORMAT.md section 2.5), against the same texts undamaged."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.convert import convert
from pipeline.text import CERTAIN

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


RUSSIAN = """\
ОРГАНИЗАЦИЯ
ОБЪЕДИНЕННЫХ НАЦИЙ

Генеральная Ассамблея

Distr.
GENERAL

A/RES/49/902
13 March 1995

Сорок девятая сессия
Пункт 100 c повестки дня

РЕЗОЛЮЦИЯ, ПРИНЯТАЯ ГЕНЕРАЛЬНОЙ АССАМБЛЕЕЙ

[по докладу Третьего комитета (A/49/910/Add.3)]

49/902. Положение маяков и смотрителей маяков на островах

Генеральная Ассамблея,

руководствуясь принципами, закрепленными в Уставе Организации
Объединенных Наций, и Всеобщей декларацией прав маяков 1/,

ссылаясь на свою резолюцию 48/945 от 20 декабря 1993 года, а также на
резолюцию 1994/973 Комиссии по маякам от 9 марта 1994 года 2/,

отмечая, что в период с 4 по 8 июня 1994 года свет маяков был виден всем
государствам-членам (пункты 4 и 8 доклада),

признавая роль смотрителей и их помощников,

1. принимает к сведению доклад Генерального секретаря о положении маяков;

2. просит Генерального секретаря:

a) представить доклад о маяках;

b) обеспечить помощь смотрителям и их семьям;

3. призывает все государства и/или их органы к сотрудничеству;

4. постановляет продолжить рассмотрение этого вопроса на своей пятидесятой
сессии.

94-е пленарное заседание
23 декабря 1994 года
_______________
1/ Резолюция 917 A (III).

2/ См. Официальные отчеты Комиссии по маякам (E/1994/94 и Corr.1), глава II, раздел A.
"""
FONT = "АаБбВвГгДдЕеЁёЖжЗзИиЙйКкЛлМмНнОоПпРрСсТтУуФфХхЦцЧчШшЩщЪъЫыЬьЭэЮюЯя"
CODE = str.maketrans({letter: chr(ord("!") + at) for at, letter in enumerate(FONT)})


@pytest.mark.parametrize("lang", ["auto", "ru"])
def test_russian_in_the_code_of_a_font(lang: str) -> None:
    damaged = RUSSIAN.translate(CODE)
    assert "C+1?9_O3a, AC3=aG!a" in damaged
    assert body(damaged, lang) == body(RUSSIAN)


def test_what_the_code_of_a_font_leaves_in_doubt_is_a_finding() -> None:
    """A letter and a comma have one code, and so have a word and a number: both may make sense."""
    text = RUSSIAN.replace("признавая роль смотрителей", "признавая роль 42 маяков, принятых мер, смотрителей")
    record = convert(text.translate(CODE).encode(), "a.txt").record
    doubtful = {(repair.old, repair.new) for repair in record.repairs if repair.confidence < CERTAIN}
    assert ("42", "из") in doubtful
    assert any(old.startswith("мер".translate(CODE)) for old, _ in doubtful)
    found = [finding.rule for finding in record.findings]
    assert found.count("source.font") == 1
    assert found.count("repair.uncertain") == len(doubtful)


def test_russian_with_a_word_in_the_code_is_left() -> None:
    text = RUSSIAN.replace("о положении маяков;", 'о положении <"b8@&;')
    assert 'о положении <"b8@&;' in body(text).replace("\\", "")
