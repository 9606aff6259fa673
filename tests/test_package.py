"""`unres package` and `unres verify`: the same bytes twice, what bagit says, every damage found, hostile bags."""

from __future__ import annotations

import random
from pathlib import Path

import bagit
import pytest
from click.testing import CliRunner, Result
from lxml import etree

from pipeline.cli import commands
from pipeline.errors import ReadError
from pipeline.package.bag import bag_faults, bagged, name_faults, read_bag

SAMPLES = Path(__file__).parent.parent / "samples"


def run(*arguments: object) -> Result:
    epoch = {"SOURCE_DATE_EPOCH": "4102444800"}
    return CliRunner().invoke(commands, [str(one) for one in arguments], env=epoch)


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("bags")
    sources = place / "in"
    sources.mkdir()
    for path in SAMPLES.glob("A_RES_99_901.*"):
        (sources / path.name).write_bytes(path.read_bytes())
    assert run("convert", sources, "--out", place / "out", "--fail-on", "never").exit_code == 0
    for bags in ("one", "two"):
        result = run("package", place / "out", "--to", "bag", "--sources", sources, "--bags", place / bags)
        assert result.exit_code == 0, result.output
    assert read_bag(place / "one" / "A_RES_99_901") == read_bag(place / "two" / "A_RES_99_901")
    return place / "one" / "A_RES_99_901"


def test_a_bag_has_all_languages_is_valid_to_bagit_and_to_us(bag: Path) -> None:
    assert bagit.Bag(str(bag)).is_valid()
    assert {path.name for path in (bag / "data/original").iterdir()} == {"de", "en", "zh"}
    for source in (bag / "data/original").rglob("*.txt"):
        assert source.read_bytes() == (SAMPLES / source.name).read_bytes()
    result = run("verify", bag)
    assert (result.exit_code, result.output) == (0, "")


def test_descriptions_say_what_the_records_do(bag: Path) -> None:
    marc = etree.parse(str(bag / "data/metadata/descriptive/marc.xml"))
    fields = {str(field.get("tag")): "".join(map(str, field.itertext())).strip() for field in list(marc.getroot())[1:]}
    assert (fields["041"], fields["191"]) == ("chiengger", "A/RES/99/901")
    premis = etree.parse(str(bag / "data/metadata/preservation/premis.xml")).getroot()
    kinds = {"".join(map(str, one.itertext())) for one in premis.iter("{*}eventType")}
    assert kinds >= {"extraction", "validation", "conversion"}


def test_every_flip_removal_addition_and_renaming_is_found(bag: Path) -> None:
    files = read_bag(bag)
    chance = random.Random(1)  # noqa: S311 - no secret
    for _ in range(25):
        name = chance.choice(sorted(files))
        data = bytearray(files[name])
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        rest = {path: found for path, found in files.items() if path != name}
        damages = [
            {**files, name: bytes(data)},
            rest,
            {**files, f"{name}.new": b""},
            {**rest, f"{name}.new": files[name]},
        ]
        for damaged in damages:
            assert list(bag_faults(damaged)), name
    assert not list(bag_faults(files))


@pytest.mark.parametrize("names", [["data/../x"], ["data/~x"], ["data/a:b"], ["data/con.txt"], ["data/A", "data/a"],
                                   ["data/\u00e9", "data/e\u0301"], ["/x"], ["data/\0"]])  # fmt: skip
def test_unsafe_names_are_refused(names: list[str]) -> None:
    assert list(name_faults(names))
    with pytest.raises(ReadError):
        bagged(dict.fromkeys(names, b""), {})


def test_a_link_in_a_bag_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bag").mkdir()
    (tmp_path / "bag" / "data").symlink_to(SAMPLES)
    assert run("verify", tmp_path / "bag").exit_code == 3
