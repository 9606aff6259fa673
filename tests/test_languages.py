"""Every language file holds what the stages ask for: a new one that passes here needs nothing else."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.convert import normalize
from pipeline.languages import codes, detect, language
from pipeline.model import Closing, Enacting, OperativeParagraph, PreambularParagraph
from tests.test_structures import LANGUAGES

FILES = {path.stem: path for path in sorted((Path(__file__).parent.parent / "pipeline" / "languages").glob("*.toml"))}
DATA: dict[str, dict[str, Any]] = {
    code: tomllib.loads(path.read_text(encoding="utf-8")) for code, path in FILES.items()
}
OPTIONAL = {
    "bracketed_notes", "words.doubled",
    "ignorable", "lines.ordinals", "words.compounds", "words.dictionary", "words.ending", "words.look_alikes",
    "words.citations.noun_owns", "words.citations.organ_follows", "words.citations.sessions",
}  # fmt: skip
SAMPLES = {
    path.stem.rpartition(".")[2]: path
    for path in sorted((Path(__file__).parent.parent / "samples").glob("*_901.*.txt"))
}


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
    assert detect(re.sub(r"(?m)^.*\d\d-\d{5}.*$", "", text)) == code


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
    for number in range(1, 13):
        line = printed.replace(months[2], months[number - 1]) if months else printed.replace("3月", f"{number}月")
        assert ours.first_date(line) == f"2045-{number:02}-04"


def test_german_is_a_file_and_a_sample() -> None:
    """No stage knows of it: all it takes is `de.toml`."""
    document = normalize(SAMPLES["de"].read_bytes(), "a.txt").document
    assert document.language == "de"
    assert (document.masthead.adopted, document.masthead.meeting) == ("2044-12-02", "62")
    kinds = [type(block) for block in document.blocks]
    assert kinds == [Enacting, *[PreambularParagraph] * 3, *[OperativeParagraph] * 2, Closing]
    source = Path(__file__).parent.parent / "pipeline"
    assert not [
        path for path in source.rglob("*.py") if re.search(r"German|[\"']de[\"']", path.read_text(encoding="utf-8"))
    ]
