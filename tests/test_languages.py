"""Every language file holds what the stages ask for: a new one that passes here needs nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipeline.convert import normalize
from pipeline.languages import codes, detect, language
from tests.test_structures import LANGUAGES
from tests.test_votes import LANGUAGES as VOTES

SHARED = Path(__file__).parent.parent.parent / "shared" / "corpus"
JOB_LINE = re.compile(r"(?m)^.*\d\d-\d{5}.*$")
FILES = {path.stem: path for path in sorted((Path(__file__).parent.parent / "pipeline" / "languages").glob("*.toml"))}
DATA: dict[str, dict[str, Any]] = {
    code: tomllib.loads(path.read_text(encoding="utf-8")) for code, path in FILES.items()
}
OPTIONAL = {
    "bracketed_notes", "font", "words.alphabet", "words.doubled",
    "ignorable", "lines.ordinals", "words.compound_first", "words.compounds", "words.dictionary", "words.ending",
    "words.look_alikes", "words.apart",
    "words.torn_ending",
    "words.letters", "words.lone", "words.first_day", "words.unnamed",
    "words.prefixes", "words.article", "words.drawn", "words.drawn_mark",
    "words.citations.year_last",
    "words.citations.noun_owns", "words.citations.organ_follows", "words.citations.sessions",
}  # fmt: skip
SAMPLES = {
    path.stem.rpartition(".")[2]: path
    for path in sorted((Path(__file__).parent.parent / "samples").glob("*_901.*.txt"))
}

MASTHEADS = {
    "ar": {
        "publisher": "الأمم المتحدة",
        "distribution": "Distr.: General",
        "session": "الدورة التاسعة والتسعون",
        "agenda_item": "البند 17 من جدول الأعمال",
        "committee": "اللجنة الأولى",
        "adopted": "قرار اتخذته الجمعية العامة في 2 كانون الأول/ديسمبر 2044",
    },
    "de": {
        "publisher": "Vereinte Nationen",
        "distribution": "Verteilung: Allgemein",
        "session": "Neunundneunzigste Tagung",
        "agenda_item": "Tagesordnungspunkt 17",
        "committee": "Erster Ausschuss",
        "adopted": "Resolution der Generalversammlung, verabschiedet am 2. Dezember 2044",
    },
    "en": {
        "publisher": "United Nations",
        "distribution": "Distr.: General",
        "session": "Ninety-ninth session",
        "agenda_item": "Agenda item 17",
        "committee": "First Committee",
        "adopted": "Resolution adopted by the General Assembly on 2 December 2044",
    },
    "es": {
        "publisher": "Naciones Unidas",
        "distribution": "Distr. general",
        "session": "Nonagésimo noveno período de sesiones",
        "agenda_item": "Tema 17 del programa",
        "committee": "Primera Comisión",
        "adopted": "Resolución aprobada por la Asamblea General el 2 de diciembre de 2044",
    },
    "fr": {
        "publisher": "Nations Unies",
        "distribution": "Distr. générale",
        "session": "Quatre-vingt-dix-neuvième session",
        "agenda_item": "Point 17 de l’ordre du jour",
        "committee": "Première Commission",
        "adopted": "Résolution adoptée par l’Assemblée générale le 2 décembre 2044",
    },
    "ru": {
        "publisher": "Организация Объединенных Наций",
        "distribution": "Distr.: General",
        "session": "Девяносто девятая сессия",
        "agenda_item": "Пункт 17 повестки дня",
        "committee": "Первый комитет",
        "adopted": "Резолюция, принятая Генеральной Ассамблеей 2 декабря 2044 года",
    },
    "zh": {
        "publisher": "联合国",
        "distribution": "Distr.: General",
        "session": "第九十九届会议",
        "agenda_item": "议程项目17",
        "committee": "第一委员会",
        "adopted": "2044年12月2日大会决议",
    },
}
FIRST_DAYS = {"es": ("1", "1º"), "fr": ("1er", "1 er")}
"""How the first day of a month is printed, where it is not only as the others are."""


def keys(data: dict[str, Any], prefix: str = "") -> set[str]:
    """The keys of a language file, those of tables behind the table's name; what a table holds is its own affair."""
    found: set[str] = set()
    for key, value in data.items():
        inner = isinstance(value, dict) and f"{prefix}{key}" in {
            "lines", "dates", "words", "words.votes", "words.citations", "leads", "masthead",
        }  # fmt: skip
        found |= keys(value, f"{prefix}{key}.") if inner else {f"{prefix}{key}"}
    return found


def patterns(data: Any) -> list[str]:
    if isinstance(data, dict):
        return [pattern for value in data.values() for pattern in patterns(value)]
    return [data] if isinstance(data, str) else []


@pytest.mark.parametrize("code", FILES)
def test_has_the_keys_of_the_others(code: str) -> None:
    every = set.intersection(*map(keys, DATA.values())) - OPTIONAL
    assert keys(DATA["en"]) - OPTIONAL == every
    assert keys(DATA[code]) - OPTIONAL == every


@pytest.mark.parametrize("code", FILES)
def test_patterns_compile(code: str) -> None:
    for table in ("masthead", "lines", "dates", "words"):
        for pattern in patterns(DATA[code][table]):
            re.compile(pattern)
    language(code)


@pytest.mark.parametrize("code", FILES)
def test_lead_phrases_open_what_they_lead(code: str) -> None:
    ours = language(code)
    leads = DATA[code]["leads"]
    assert all(map(ours.opens_preambular, leads["preambular"]))
    assert all(map(ours.opens_operative, leads["operative"]))
    for kind in leads.values():
        assert len(set(kind)) == len(kind), "listed twice"


@pytest.mark.parametrize(
    ("code", "lead", "rest", "operative"),
    [
        ("ru", "призывает", " все острова", True),
        ("ru", "призывает", " государства-острова", True),
        ("ru", "ссылаясь", " на свои решения о приливах", False),
        ("ru", "ссылаясь также", " на свои решения о приливах", False),
        ("ru", "подчеркивает", " важность маяков", True),
        ("ru", "настоятельно призывает", " смотрителей маяков", True),
        ("ru", "выражает глубокую обеспокоенность", " по поводу мелей", True),
        ("ru", "", "призывает-таки смотрителей маяков", True),
        ("fr", "Décide", " de rester saisi de la question", True),
        ("fr", "Décide", " d’inscrire les phares à son ordre du jour", True),
        ("fr", "Considérant", " que les marées reviennent", False),
        ("fr", "Prenant note avec satisfaction", " des phares", False),
        ("es", "Decide", " incluir los faros", True),
        ("es", "Destaca", " la importancia de los faros", True),
        ("es", "Toma nota", " de los faros", True),
        ("ar", "يطلب", " إلى حارس المنارة", True),
        ("ar", "وإذ تشير", " إلى قراراتها", False),
        ("ar", "وإذ تشدد", " على المنارات", False),
        ("en", "Calls upon", " the keepers of lighthouses", True),
        ("en", "Reiterates its call for", " lamps", True),
    ],
)
def test_a_lead_phrase_ends_where_its_emphasis_does(code: str, lead: str, rest: str, *, operative: bool) -> None:
    """Its preposition, conjunction or object is in plain letters, and it ends inside no word."""
    assert language(code).lead(lead + rest, operative=operative) == len(lead)


@pytest.mark.parametrize("code", FILES)
def test_names_of_organs_are_known(code: str) -> None:
    ours = language(code)
    for organ, name in ours.organ_names.items():
        assert ours.organ_named(name) == organ
        assert ours.role(name) == "organ"
        for line in DATA[code]["enacting"][organ]:
            assert ours.is_enacting(line)
            assert ours.enacting_organ(line) == organ


@pytest.mark.parametrize("code", FILES)
def test_is_told_by_its_own_name(code: str) -> None:
    assert [other for other in codes() if language(other).iso3 == language(code).iso3] == [code]
    assert re.fullmatch("[a-z]{3}", language(code).iso3)


@pytest.mark.parametrize("code", [code for code in FILES if code in SAMPLES])
def test_sample_is_found_to_be_of_its_language(code: str) -> None:
    text = SAMPLES[code].read_text(encoding="utf-8")
    # Without the job number, whose letter would tell it.
    assert detect(JOB_LINE.sub("", text)) == code


@pytest.mark.parametrize("code", FILES)
def test_is_found_by_its_words_and_by_its_job_letter(code: str) -> None:
    assert detect("\n".join(LANGUAGES[code])) == code
    # The letter tells, whatever the words are.
    assert detect("\n".join((f"44-12345 ({DATA[code]['job_letter']})", *LANGUAGES["en"]))) == code


def test_job_letters_tell_languages_apart() -> None:
    assert len({data["job_letter"] for data in DATA.values()}) == len(DATA)


@pytest.mark.parametrize("code", FILES)
def test_reads_the_meeting_and_every_month(code: str) -> None:
    ours, months = language(code), DATA[code]["dates"]["months"]
    assert "62" in map(ours.meeting_number, LANGUAGES[code])
    (printed,) = [line for line in LANGUAGES[code] if ours.first_date(line) == "2045-03-04" and len(line) < 25]
    assert len(months) in {0, 12}
    for number, last in enumerate((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 1):
        line = printed.replace(months[2], months[number - 1]) if months else printed.replace("3月", f"{number}月")
        day = "4日" if line.endswith("日") else "4"
        firsts = [(shown, 1) for shown in FIRST_DAYS.get(code, ("1",))]
        for shown, expected in (*firsts, ("4", 4), (str(last), last)):
            dated = re.sub(rf"(?<!\d){day}", day.replace("4", shown), line)
            assert ours.first_date(dated) == f"2045-{number:02}-{expected:02}", dated


@pytest.mark.parametrize("code", FILES)
def test_roles_of_the_fixed_lines_of_the_masthead(code: str) -> None:
    assert {role: language(code).role(line) for role, line in MASTHEADS[code].items()} == {
        role: role for role in MASTHEADS[code]
    }


@pytest.mark.parametrize(
    ("code", "sponsors", "proponent", "committee"),
    [
        ("ar", "مالطة*: مشروع قرار", "مشروع قرار مقدم من رئيس اللجنة", "(اللجنة الرابعة)"),
        ("en", "Malta:* draft decision", "Draft decision submitted by the Bureau", "(Fourth Committee)"),
        ("es", "Malta:* proyecto de resolución", "Proyecto de decisión presentado por la Mesa", "(Cuarta Comisión)"),
        ("fr", "Malte :* projet de résolution", "Projet de décision déposé par le Bureau", "(Quatrième Commission)"),
        ("ru", "Мальта:* проект резолюции", "Проект решения, представленный Бюро", "(Четвертый комитет)"),
        ("zh", "马耳他：* 决议草案", "委员会主席提交的决议草案", "（第四委员会）"),
    ],
)
def test_roles_of_the_lines_of_a_draft(code: str, sponsors: str, proponent: str, committee: str) -> None:
    role = language(code).role
    assert [role(sponsors), role(proponent), role(committee)] == ["sponsors", "proponent", "committee"]


@pytest.mark.parametrize("code", FILES)
def test_lines_of_votes_annexes_and_sections(code: str) -> None:
    ours, words = language(code), VOTES[code]
    assert ours.vote.match(words.vote)
    assert ours.vote.match(words.without)
    assert ours.meeting.match(words.closing.split("\n")[0])
    assert ours.annex.match(words.annex)
    assert sum(bool(ours.annex.match(line)) for line in LANGUAGES[code]) == 3, "two annexes and an appendix"
    assert all(map(ours.section.match, (LANGUAGES[code][2], LANGUAGES[code][7]))), "two sections"
    # None of them is a paragraph of the text.
    assert not ours.annex.match(LANGUAGES[code][1])
    assert not ours.vote.match(LANGUAGES[code][1])


@pytest.mark.parametrize("code", FILES)
def test_is_found_in_padded_columns(code: str) -> None:
    """The blanks of columns are no part of a text, or a short one would be of no language."""
    assert detect("\n".join(" " * 400 + line for line in LANGUAGES[code])) == code


def test_is_not_found_where_it_is_none_of_ours() -> None:
    assert detect("") is None
    assert detect("Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.") is None
    assert detect("Generalförsamlingen, som erinrar om sina resolutioner om fyrarna i innanhaven,") is None


def test_finding_a_language_compiles_no_lead_phrases() -> None:
    """In a process of its own: what other tests have loaded would hide it."""
    asked = (
        "from pipeline.languages import detect, language; from pipeline.languages.leads import lead_pattern; "
        "import sys; print(detect(sys.argv[1]), lead_pattern.cache_info().currsize, language.cache_info().currsize)"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked, "\n".join(LANGUAGES["zh"])], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["zh", "0", "0"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="no corpus: there is no ../shared/corpus")
def test_no_text_of_the_corpus_is_taken_for_another_language() -> None:
    """By its words alone. Arabic is set in another script than all others, in an order of its own."""
    found = Counter(
        (path.parts[-3], detect(JOB_LINE.sub("", path.read_text(encoding="utf-8"))))
        for path in SHARED.glob("rendered/*/*/text/poppler-layout.txt")
        if path.parts[-3] != "ar"
    )
    assert found
    assert not {pair: count for pair, count in found.items() if pair[0] != pair[1]}


def test_german_is_a_file_and_a_sample() -> None:
    """No stage knows of it: all it takes is `de.toml`."""
    document = normalize(SAMPLES["de"].read_bytes(), "a.txt").document
    assert document.language == "de"
    assert (document.masthead.adopted, document.masthead.meeting) == ("2044-12-12", "62")
    source = Path(__file__).parent.parent / "pipeline"
    assert not [
        path for path in source.rglob("*.py") if re.search(r"German|[\"']de[\"']", path.read_text(encoding="utf-8"))
    ]
