"""What is found in a paragraph, and what is left alone. All sentences and symbols are invented."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.convert import normalize
from pipeline.languages import codes, language
from pipeline.model import Organ, Reference, Target
from pipeline.parse.references import mark
from pipeline.walk import inlines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

EN_FOUND: list[tuple[Organ, str, list[str]]] = [
    ("unga", "Recalling its resolution 57/981 of 22 November 2002,", ["57/981 A/RES/57/981 2002-11-22"]),
    ("unga", "Recalling its resolution 51/945 N,", ["51/945 N A/RES/51/945N"]),
    (
        "unga",
        "Recalling its resolutions 51/945 N of 10 December 1996 and 52/938 G of 9 December 1997,",
        ["51/945 N A/RES/51/945N 1996-12-10", "52/938 G A/RES/52/938G 1997-12-09"],
    ),
    (
        "unga",
        "See A/69/932 and resolutions 67/939 and 67/943 of 20 December 2012.",
        ["A/69/932 A/69/932", "67/939 A/RES/67/939 2012-12-20", "67/943 A/RES/67/943 2012-12-20"],
    ),
    (
        "unga",
        "Recalling its resolutions 66/901, 67/939 and 67/943 of 20 December 2012,",
        ["66/901 A/RES/66/901", "67/939 A/RES/67/939 2012-12-20", "67/943 A/RES/67/943 2012-12-20"],
    ),
    (
        "unga",
        "Recalling its resolutions 66/901 and 67/902 of 22 December 2011 and 20 December 2012, respectively,",
        ["66/901 A/RES/66/901 2011-12-22", "67/902 A/RES/67/902 2012-12-20"],
    ),
    (
        "unga",
        "Recalling its resolutions 66/901 and 67/902 of 22 December 2011 and 20 December 2012,",
        ["66/901 A/RES/66/901", "67/902 A/RES/67/902"],
    ),
    (
        "unga",
        "Recalling resolutions 3901 (S-VI) and 3902 (S-VI) of 1 May 1974,",
        ["3901 (S-VI) A/RES/3901(S-VI) 1974-05-01", "3902 (S-VI) A/RES/3902(S-VI) 1974-05-01"],
    ),
    ("unga", "Resolution 917 A (III).", ["917 A (III) A/RES/917(III)"]),
    ("unga", "See resolution S-10/92, annex.", ["S-10/92 A/RES/S-10/92"]),
    ("unga", "Recalling its resolution 45/950 A to C,", ["45/950 A to C A/RES/45/950A-C"]),
    ("unga", "Recalling its resolution 45/950 A and B,", ["45/950 A and B A/RES/45/950A-B"]),
    ("unga", "Recalling its decision 58/919 of 8 December 2003,", ["58/919 decision unga 58-919 2003-12-08"]),
    (
        "unga",
        "Reaffirming its resolutions 47/991 of 22 December 1992, entitled “Lanterns”, and 70/901 of 25 September 2015,",
        ["47/991 A/RES/47/991 1992-12-22", "70/901 A/RES/70/901 2015-09-25"],
    ),
    (
        "unga",
        "Recalling all relevant Human Rights Council resolutions, including resolutions 52/93 of 3 April 2023,",
        ["52/93 A/HRC/RES/52/93 2023-04-03"],
    ),
    (
        "unga",
        "Human Rights Council resolution 52/9 and Assembly and Security Council resolutions 70/901 and 1925 (2001),",
        ["52/9 A/HRC/RES/52/9", "70/901 A/RES/70/901", "1925 (2001) S/RES/1925(2001)"],
    ),
    (
        "unga",
        "Recalling Economic and Social Council resolution 2014/91 and Council resolution 2015/92,",
        ["2014/91 E/RES/2014/91", "2015/92 E/RES/2015/92"],
    ),
    ("unga", "Recalling resolution 1925 (2001) of the Security Council,", ["1925 (2001) S/RES/1925(2001)"]),
    (
        "unsc",
        "Recalling its resolutions 1925 (2001) and 2942 (2015),",
        ["1925 (2001) S/RES/1925(2001)", "2942 (2015) S/RES/2942(2015)"],
    ),
    ("unga-hrc", "Recalling its resolution 27/91 of 25 September 2014,", ["27/91 A/HRC/RES/27/91 2014-09-25"]),
    (
        "unga-hrc",
        "Recalling that the General Assembly decided, in its resolution 78/931, and Assembly resolution 60/951,",
        ["78/931 A/RES/78/931", "60/951 A/RES/60/951"],
    ),
    ("unecosoc", "Resolution 70/975, annex.", ["70/975 A/RES/70/975"]),
    ("unga", "A/55/985-S/2001/974.", ["A/55/985-S/2001/974 A/55/985"]),
    ("unga", "See A/60/988 and Corr.2.", ["A/60/988 A/60/988", "Corr.2 A/60/988/Corr.2"]),
    ("unga", "A/78/96 (Sect. 3)/Add.1.", ["A/78/96 (Sect. 3)/Add.1 A/78/96(Sect.3)/Add.1"]),
    ("unsc", "Recalling the statement S/PRST/2001/91,", ["S/PRST/2001/91 S/PRST/2001/91"]),
    ("unga", "E/CN.9/2004/15, A/C.9/59/3, FCCC/CP/2015/90/Add.1.", [
        "E/CN.9/2004/15 E/CN.9/2004/15", "A/C.9/59/3 A/C.9/59/3", "FCCC/CP/2015/90/Add.1 FCCC/CP/2015/90/Add.1",
    ]),
    ("unga", "Opened on 2 December 2014.", []),
]  # fmt: skip

ZH_FOUND: list[tuple[Organ, str, list[str]]] = [
    (
        "unga",
        "回顾其1996年12月10日第51/945N号、1997年12月9日第52/938G号决议、2003年12月8日第58/919号决定以及第67/950号决议，",
        [
            "第51/945N号 A/RES/51/945N 1996-12-10",
            "第52/938G号 A/RES/52/938G 1997-12-09",
            "第58/919号 decision unga 58-919 2003-12-08",
            "第67/950号 A/RES/67/950",
        ],
    ),
    (
        "unga",
        "回顾其2004年12月23日第59/965号和第59/966号决议，",
        ["第59/965号 A/RES/59/965 2004-12-23", "第59/966号 A/RES/59/966 2004-12-23"],
    ),
    (
        "unsc",
        "回顾第2987(2017)和2999(2018)号决议，",
        ["第2987(2017) S/RES/2987(2017)", "2999(2018)号 S/RES/2999(2018)"],
    ),
    ("unga", "第 57 / 981 号", []),
    ("unga", "重申其 2015年9月25日第 70/901 号决议，", ["第 70/901 号 A/RES/70/901 2015-09-25"]),
    (
        "unga-hrc",
        "重申大会2022年12月15日第77/914号决议和理事会2023年4月3日第52/93号决议，",
        ["第77/914号 A/RES/77/914 2022-12-15", "第52/93号 A/HRC/RES/52/93 2023-04-03"],
    ),
    (
        "unga",
        "回顾人权理事会2007年6月18日关于灯塔的第5/91号决议和关于码头的第5/92号决议，",
        ["第5/91号 A/HRC/RES/5/91 2007-06-18", "第5/92号 A/HRC/RES/5/92"],
    ),
    (
        "unga",
        "回顾安全理事会关于灯塔的2015年12月9日第2950(2015)号和关于码头的2018年6月6日第2919(2018)号决议，",
        ["第2950(2015)号 S/RES/2950(2015) 2015-12-09", "第2919(2018)号 S/RES/2919(2018) 2018-06-06"],
    ),
    ("unga", "第917 A (III)号决议。", ["第917 A (III)号 A/RES/917(III)"]),
    ("unga", "S-19/92号决议，附件。", ["S-19/92号 A/RES/S-19/92"]),
    ("unecosoc", "又回顾其第2014/91号决议和第2004/922号决定，", [
        "第2014/91号 E/RES/2014/91", "第2004/922号 decision unecosoc 2004-922",
    ]),
    ("unga", "见A/60/988和Corr.2。", ["A/60/988 A/60/988", "Corr.2 A/60/988/Corr.2"]),
    ("unga", "见A/55/985-S/2001/974，附件。", ["A/55/985-S/2001/974 A/55/985"]),
]  # fmt: skip

LEFT_ALONE: list[tuple[str, Organ, str]] = [
    ("en", "unga", "Requests States and/or organizations to report on 2015–2030, 24/7 and on 1/3 of the 50/50 goal;"),
    ("en", "unga", "See FORMAT, page 12/13, vol. 999, No. 27531."),
    ("en", "unga", "Influenza A/H1N1 and HIV/AIDS, TCP/IP, ISO/IEC 27001;"),
    ("en", "unga", "Decision 1/CP.21."),
    ("en", "unga", "Environment Assembly resolution 52/91 and resolution 54/92."),
    ("en", "unga", "Commission on Narcotic Drugs resolution 53/93,"),
    ("en", "unga", "Recalling resolution 2000/922 of the Subcommission,"),
    ("en", "unga", "Welcoming resolution 53/90 of 12 July 2023, on harbours,"),
    ("en", "unga", "Taking note of resolution 12/94,"),
    ("en", "unga", "Recalling decision 15/94 of the Conference of the Parties,"),
    ("en", "unga", "Official Records, chap. III, sect. A, resolution 51/94."),
    ("en", "unga-hrc", "Recalling resolution 52/93,"),
    ("en", "unga", "Organisation for Lighthouses, document S/2338/2024."),
    ("en", "unga", "Recalling its resolution 45/950 A and C,"),
    ("zh", "unga", "回顾联合国环境大会第55/95号决议，"),
    ("zh", "unga", "麻醉药品委员会第53/93号决议，"),
    ("zh", "unga", "第1/CP.21号决定。"),
    ("zh", "unga-hrc", "回顾第52/93号决议，"),
    ("zh", "unga", "24/7、2015-2030年、三分之一(1/3)；"),
]


def told(text: str, code: str, organ: Organ) -> list[str]:
    """Return the references of a text, each as its words, its target and its date."""
    found = mark(text, language(code), organ)
    assert all(left.end <= right.start for left, right in pairwise(found))
    lines = []
    for item in found:
        if isinstance(item.what, Target):
            what = item.what
            parts = [what.symbol] if what.symbol else [what.kind, what.organ, what.number]
            lines.append(" ".join(str(part) for part in [text[item.start : item.end], *parts, what.date] if part))
    return lines


@pytest.mark.parametrize(("organ", "text", "expected"), EN_FOUND, ids=[text for _, text, _ in EN_FOUND])
def test_finds_english_citations(organ: Organ, text: str, expected: list[str]) -> None:
    assert told(text, "en", organ) == expected


@pytest.mark.parametrize(("organ", "text", "expected"), ZH_FOUND, ids=[text for _, text, _ in ZH_FOUND])
def test_finds_chinese_citations(organ: Organ, text: str, expected: list[str]) -> None:
    assert told(text, "zh", organ) == expected


@pytest.mark.parametrize(("code", "organ", "text"), LEFT_ALONE, ids=[text for _, _, text in LEFT_ALONE])
def test_leaves_alone(code: str, organ: Organ, text: str) -> None:
    assert told(text, code, organ) == []


def written(path: Path) -> Iterator[Any]:
    """Read the cases of a language: `organ: text`, and under it a line for each reference; a text without is left."""
    for case in path.read_text(encoding="utf-8").split("\n\n"):
        first, *expected = case.strip().split("\n")
        organ, _, text = first.partition(": ")
        yield pytest.param(path.stem, organ, text, [line.strip() for line in expected], id=f"{path.stem}: {text}")


CASES = [
    case for path in sorted((Path(__file__).parent / "corpus" / "references").glob("*.txt")) for case in written(path)
]


@pytest.mark.parametrize(("code", "organ", "text", "expected"), CASES)
def test_finds_what_is_written_down(code: str, organ: Organ, text: str, expected: list[str]) -> None:
    assert told(text, code, organ) == expected


def test_there_are_cases_of_every_language() -> None:
    assert {case.values[0] for case in CASES} == set(codes())


def test_gives_the_number_in_the_form_of_identifiers() -> None:
    text = "its resolutions 51/945 N, 917 A (III), 1925 (2001), S-10/92 and 45/950 A to C"
    numbers = [item.what.number for item in mark(text, language("en"), "unga") if isinstance(item.what, Target)]
    assert numbers == ["51-945N", "917A-III", "1925-2001", "S-10-92", "45-950A-C"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ar", "في 5 أيار/ مايو 2001 و 2 كانون الأوّل/ديسمبر 2014"),
        ("en", "on 5 May 2001 and on 2 December 2014"),
        ("es", "el 5 de mayo de 2001 y el 2 de diciembre del 2014"),
        ("fr", "le 5 mai 2001 et le 2 décembre 2014"),
        ("ru", "5 мая 2001 г. и 2 декабря 2014 года"),
        ("zh", "2001年5月5日和2014年12月2日"),
    ],
)
def test_marks_dates_of_their_own(code: str, text: str) -> None:
    assert [item.what for item in mark(text, language(code), None)] == ["2001-05-05", "2014-12-02"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ar", "من 25 إلى 30 آب/أغسطس 2095 و 5 و 6 أيار/مايو 2096"),
        ("ar", "25-30 آب/أغسطس 2095، ثم 5 أيار/مايو إلى 6 أيار/مايو 2096"),
        ("de", "vom 25. bis 30. August 2095 und am 5. und 6. Mai 2096"),
        ("en", "from 25 to 30 August 2095, and on 5 and 6 May 2096"),
        ("en", "25–30 August 2095; 5 May to 6 May 2096"),
        ("es", "del 25 al 30 de agosto de 2095, y entre el 5 y el 6 de mayo de 2096"),
        ("es", "25 a 30 de agosto de 2095 y 5 y 6 de mayo de 2096"),
        ("fr", "du 25 au 30 août 2095, puis les 5 et 6 mai 2096"),
        ("ru", "с 25 по 30 августа 2095 года и 5 и 6 мая 2096 года"),
        ("ru", "25–30 августа 2095 года; 5 мая — 6 мая 2096 года"),
        ("zh", "2095年8月25日至30日,2096年5月5日和6日"),
        ("zh", "2095年8月25至30日,2096年5月5和6日"),
        ("zh", "2095 年 8 月 25 日至 8 月 30 日,2096 年 5 月 5 日—6 日"),
    ],
)
def test_marks_both_days_of_a_range_in_every_language(code: str, text: str) -> None:
    isos = [item.what for item in mark(text, language(code), None)]
    assert isos == ["2095-08-25", "2095-08-30", "2096-05-05", "2096-05-06"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "paragraphs 12 and 5 May 2095"),  # no range goes back
        ("en", "as in 99/3 and 5 May 2095"),
        ("en", "of 2095, 5 May 2095"),
        ("ru", "пункты 12 и 5 мая 2095 года"),
        ("zh", "2095年5月5日和3日"),
        ("zh", "2095年5月5日至30个"),
    ],
)
def test_leaves_alone_a_number_beside_a_date(code: str, text: str) -> None:
    assert [item.what for item in mark(text, language(code), None)] == ["2095-05-05"]


@pytest.mark.parametrize(("latin", "cyrillic"), [("A", "А"), ("B", "В"), ("C", "С"), ("A и B", "А и В")])
def test_reads_part_letters_typed_in_cyrillic(latin: str, cyrillic: str) -> None:
    texts = (f"резолюция 56/901 {letters} от 2 мая 2002 года" for letters in (latin, cyrillic))
    one, other = ([item.what for item in mark(text, language("ru"), "unga")] for text in texts)
    assert one == other
    assert isinstance(one[0], Target)
    assert one[0].number == f"56-901{latin.replace(' и ', '-')}"


@pytest.mark.parametrize(
    ("code", "text", "iso"),
    [
        ("es", "1º de octubre de 2009", "2009-10-01"),
        ("es", "1 de octubre de 2009", "2009-10-01"),
        ("fr", "1er octobre 2009", "2009-10-01"),
        ("ru", "1 октября 2009 года", "2009-10-01"),
        ("ar", "1 تشرين الأول/ أكتوبر 2009", "2009-10-01"),
        ("zh", "2009 年 10 月 1 日", "2009-10-01"),
    ],
)
def test_reads_the_first_of_a_month(code: str, text: str, iso: str) -> None:
    assert [(text[start:end], what) for start, end, what in mark(text, language(code), None)] == [(text, iso)]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "8-12 April in 2002"),
        ("fr", "2015-2030"),
        ("es", "32 de mayo de 2001"),
        ("ru", "мая 2001 года"),
        ("ar", "أيار/مايو 2001"),
        ("zh", "2001年13月5日"),
    ],
)
def test_leaves_what_is_no_date(code: str, text: str) -> None:
    assert mark(text, language(code), None) == []


def test_stays_linear_on_a_paragraph_of_nouns_and_numbers() -> None:
    text = "resolution “x” and 70/1 of 2 May 2015 in particular resolutions " * 4000
    began = process_time()
    mark(text, language("en"), "unga")
    assert process_time() - began < 2


def test_what_a_draft_in_a_resolution_calls_its_own_is_of_the_organ_that_speaks_in_it() -> None:
    text = (
        "A/HRC/RES/99/4\n\n99/4. Lamps\n\nThe Human Rights Council,\n\nRecalling its resolution 52/93,\n\n"
        "Recommends to the General Assembly the adoption of the following draft resolution:\n\n"
        "The General Assembly,\n\nRecalling its resolution 52/94,\n\n1. Decides to keep the lamps."
    )
    found = inlines_of(normalize(text.encode(), "a.txt", lang="en").document)
    assert [each.target.symbol for each in found if isinstance(each, Reference)] == ["A/HRC/RES/52/93", "A/RES/52/94"]
