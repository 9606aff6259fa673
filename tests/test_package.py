"""`unres package` and `unres verify`: same bytes twice, what bagit and pymarc say, all damage found, other versions."""

from __future__ import annotations

import io
import json
import random
import shutil
from pathlib import Path

import bagit
import pymarc
import pytest
from click.testing import CliRunner, Result
from lxml import etree
from pikepdf import Pdf

from pipeline.cli import commands
from pipeline.errors import ReadError
from pipeline.package import contents
from pipeline.package.bag import bag_faults, bagged, name_faults, read_bag
from pipeline.package.contents import content_verdict
from pipeline.package.formats import format_of
from pipeline.package.recount import recount
from pipeline.package.schemas import METADATA, metadata_faults
from pipeline.serialize import VERSION

SAMPLES = Path(__file__).parent.parent / "samples"
PREMIS = "{http://www.loc.gov/premis/v3}"
PREMIS_PATH = "data/metadata/preservation/premis.xml"
TIMES = 25


def run(*arguments: object, epoch: str = "4102444800") -> Result:
    return CliRunner().invoke(commands, [str(one) for one in arguments], env={"SOURCE_DATE_EPOCH": epoch})


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sources in `in`, what they became in `out`, and bags in `bags`."""
    place = tmp_path_factory.mktemp("bags")
    (place / "in").mkdir()
    for path in SAMPLES.glob("A_RES_99_901.*"):
        shutil.copy(path, place / "in")
    assert run("convert", place / "in", "--out", place / "out", "--fail-on", "never").exit_code == 0
    result = packaged(place, place / "bags")
    assert result.exit_code == 0, result.output
    return place


@pytest.fixture(scope="module")
def bag(place: Path) -> Path:
    return place / "bags" / "A_RES_99_901"


def packaged(place: Path, bags: Path, **options: str) -> Result:
    return run("package", place / "out", "--to", "bag", "--sources", place / "in", "--bags", bags, **options)


def rebagged(files: dict[str, bytes], folder: Path) -> Path:
    """Write a bag whose manifests fit whatever its payload is now."""
    info = dict(line.split(": ", 1) for line in files["bag-info.txt"].decode().splitlines())
    info.pop("Payload-Oxum")
    payload = {path: data for path, data in files.items() if path.startswith("data/")}
    for path, data in bagged(payload, info).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def redescribed(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return files whose PREMIS has the digests and sizes of what they are now."""
    from hashlib import sha512

    root = etree.fromstring(files[PREMIS_PATH])
    for item in root.iter(f"{PREMIS}object"):
        path = item.findtext(f".//{PREMIS}objectIdentifierValue") or ""
        for fixity in item.iter(f"{PREMIS}fixity"):
            if fixity.findtext(f"{PREMIS}messageDigestAlgorithm") == "SHA-512":
                found = fixity.find(f"{PREMIS}messageDigest")
                assert found is not None
                found.text = sha512(files[path]).hexdigest()
        if (size := item.find(f".//{PREMIS}size")) is not None:
            size.text = str(len(files[path]))
    return {**files, PREMIS_PATH: etree.tostring(root)}


def edited(files: dict[str, bytes], path: str, old: bytes, new: bytes) -> dict[str, bytes]:
    assert old in files[path]
    return redescribed({**files, path: files[path].replace(old, new)})


def test_a_bag_has_all_languages_is_valid_to_bagit_and_to_us(bag: Path) -> None:
    assert bagit.Bag(str(bag)).is_valid()
    assert {path.name for path in (bag / "data/original").iterdir()} == {"de", "en", "zh"}
    for source in (bag / "data/original").rglob("*.txt"):
        assert source.read_bytes() == (SAMPLES / source.name).read_bytes()
    result = run("verify", bag)
    assert (result.exit_code, result.output) == (0, "")


def test_a_second_run_gives_the_same_bytes_and_leaves_what_is_there(place: Path, bag: Path, tmp_path: Path) -> None:
    assert packaged(place, tmp_path).exit_code == 0
    assert read_bag(tmp_path / bag.name) == read_bag(bag)
    before = {path: path.stat().st_mtime_ns for path in bag.rglob("*")}
    assert packaged(place, bag.parent).exit_code == 0
    assert {path: path.stat().st_mtime_ns for path in bag.rglob("*")} == before
    result = packaged(place, bag.parent, epoch="4102531200")
    assert result.exit_code == 5
    assert "is there already and is another" in result.output
    assert [path.name for path in bag.parent.iterdir()] == [bag.name]


@pytest.mark.parametrize("kind", ["json", "docx", "xml", "md"])
def test_what_is_not_what_its_source_becomes_gets_no_bag(place: Path, tmp_path: Path, kind: str) -> None:
    shutil.copytree(place, tmp_path / "p")
    shutil.copy(place / "out" / f"A_RES_99_901.en.{kind}", tmp_path / "p" / "out" / f"A_RES_99_901.zh.{kind}")
    result = packaged(tmp_path / "p", tmp_path / "new")
    assert result.exit_code == 3
    assert not (tmp_path / "new").exists()


def test_what_a_killed_run_left_is_swept(place: Path, bag: Path, tmp_path: Path) -> None:
    (tmp_path / f".{bag.name}.tmp-999999999" / "data").mkdir(parents=True)
    (tmp_path / f".{bag.name}.tmp-1").mkdir()  # of a process that runs
    assert packaged(place, tmp_path).exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {bag.name, f".{bag.name}.tmp-1"}


def test_without_a_day_there_is_no_bag(place: Path, tmp_path: Path) -> None:
    result = packaged(place, tmp_path / "new", epoch="")
    assert result.exit_code == 2
    assert "set SOURCE_DATE_EPOCH" in result.output


def test_catalogue_fields_are_those_of_the_records(bag: Path) -> None:
    path = bag / "data/metadata/descriptive/marc.xml"
    (record,) = pymarc.parse_xml_to_array(path)  # type: ignore[no-untyped-call]
    assert record is not None
    fields = [(field.tag, {one.code: one.value for one in field.subfields}) for field in record.get_fields()]
    number = {"a": "A/RES/99/901", "b": "A/", "c": "99"}
    address = "https://docs.un.org/{}/A/RES/99/901"
    english = json.loads((bag / "data/representations/json/en.json").read_bytes())["document"]
    title = "".join(one.get("text", "") for one in english["title"]["inlines"])
    days = {name: value.replace("-", "") for name in ("issued", "adopted") if (value := english["masthead"].get(name))}
    assert [one for one in fields if one[0] != "246"] == [
        ("041", {"a": "chiengger"}),
        ("089", {"b": "B01"}),
        ("191", number),
        ("245", {"a": title}),
        ("269", {"a": days.get("issued", days["adopted"])}),
        ("791", number),
        ("856", {"u": address.format("ot")}),
        ("856", {"u": address.format("en")}),
        ("856", {"u": address.format("zh")}),
        ("992", {"a": days["adopted"]}),
    ]
    assert len([one for one in fields if one[0] == "246"]) == 2


def test_premis_tells_all_files_events_and_agents(bag: Path) -> None:
    root = etree.parse(bag / PREMIS_PATH).getroot()
    described = {one.findtext(f".//{PREMIS}objectIdentifierValue") for one in root.iter(f"{PREMIS}object")}
    payload = {path.relative_to(bag).as_posix() for path in (bag / "data").rglob("*") if path.is_file()}
    assert described == {"A/RES/99/901"} | payload - {PREMIS_PATH}
    agents = {one.findtext(f".//{PREMIS}agentIdentifierValue") for one in root.iter(f"{PREMIS}agent")}
    events = [one.findtext(f"{PREMIS}eventType") for one in root.iter(f"{PREMIS}event")]
    once = {"message digest calculation", "format identification"}
    assert set(events) == once | {"extraction", "modification", "normalization", "validation"}
    for code in ("de", "en", "zh"):
        record = json.loads((bag / f"data/representations/json/{code}.json").read_bytes())
        fixers = {repair["fixer"] for repair in record["repairs"]}
        source = f"data/original/{code}/{record['document']['source']['name']}"
        told = {
            (one.findtext(f".//{PREMIS}eventDetail") or "").split()[1].rstrip(":")
            for one in root.iter(f"{PREMIS}event")
            if one.findtext(f"{PREMIS}eventType") == "modification"
            and source in [link.text for link in one.iter(f"{PREMIS}linkingObjectIdentifierValue")]
        }
        assert told == fixers
    assert {one.text for one in root.iter(f"{PREMIS}linkingAgentIdentifierValue")} == agents
    assert {one.text for one in root.iter(f"{PREMIS}linkingObjectIdentifierValue")} <= described
    assert {one.text for one in root.iter(f"{PREMIS}relatedObjectIdentifierValue")} <= described


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (PREMIS_PATH, b"<premis:size>", b"<premis:bytes>"),
        (PREMIS_PATH, b' version="3.0"', b""),
        ("data/metadata/descriptive/dc.xml", b"dc:identifier", b"dc:symbol"),
        ("data/metadata/descriptive/marc.xml", b'tag="191"', b'tag="099"'),
        ("data/metadata/descriptive/marc.xml", b'ind1="4"', b""),
    ],
)
def test_descriptions_are_held_to_their_schemas(bag: Path, path: str, old: bytes, new: bytes) -> None:
    files = read_bag(bag)
    assert not list(metadata_faults(files))
    assert old in files[path]
    assert list(metadata_faults({**files, path: files[path].replace(old, new)}))
    assert all(list(metadata_faults({name: data for name, data in files.items() if name != one})) for one in METADATA)


def test_every_flip_removal_addition_and_renaming_is_found(bag: Path) -> None:
    files = read_bag(bag)
    chance = random.Random(1)  # noqa: S311 - no secret
    for _ in range(TIMES):
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


def test_damage_on_the_disk_is_found(bag: Path, tmp_path: Path) -> None:
    """The same through the command, where a file system is between."""
    names = sorted(read_bag(bag))
    chance = random.Random(2)  # noqa: S311 - no secret
    for number, kind in enumerate(["flip", "remove", "add", "rename", "empty folder"]):
        copy = tmp_path / str(number)
        shutil.copytree(bag, copy)
        path = copy / chance.choice(names)
        match kind:
            case "flip":
                data = bytearray(path.read_bytes())
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
                path.write_bytes(data)
            case "remove":
                path.unlink()
            case "add":
                path.with_name("more").write_bytes(b"")
            case "rename":
                path.rename(path.with_name("other"))
            case _:
                (copy / "data" / "more").mkdir()
        assert run("verify", copy).exit_code in {1, 3}, kind


@pytest.mark.parametrize("names", [["data/../x"], ["data/~x"], ["data/a:b"], ["data/con.txt"], ["data/A", "data/a"],
                                   ["data/\u00e9", "data/e\u0301"], ["/x"], ["data/\0"], ["data/x."], ["data//x"],
                                   ["data/a\\b"], ["data/Stra\u00dfe", "data/STRASSE"], ["data/LPT1"]])  # fmt: skip
def test_unsafe_names_are_refused(names: list[str]) -> None:
    assert list(name_faults(names))
    with pytest.raises(ReadError):
        bagged(dict.fromkeys(names, b""), {})


def test_a_link_in_a_bag_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bag").mkdir()
    (tmp_path / "bag" / "data").symlink_to(SAMPLES)
    assert run("verify", tmp_path / "bag").exit_code == 3


class TestWhatABagSays:
    """A bag made anew around other contents: its manifests hold, and what it says does not."""

    @pytest.mark.parametrize(
        ("path", "old", "new", "told"),
        [
            ("data/representations/json/en.json", b'"Decides"', b'"Decided"', "converted again"),
            (
                "data/representations/json/en.json",
                b'"language": "en"',
                b'"language": "xx"',
                "which this version does not know",
            ),
            ("data/representations/json/en.json", b'"findings"', b'"foundlings"', "is a required property"),
            ("data/representations/xml/en.xml", b"Decides", b"Decided", "text differs"),
            ("data/logs/en.ledger.json", b'"total"', b'"sum"', "does not say what the record does"),
            ("data/metadata/descriptive/marc.xml", b"A/RES/99/901", b"A/RES/99/9", "does not say what the records do"),
        ],
    )
    def test_is_held_against_it(self, bag: Path, path: str, old: bytes, new: bytes, told: str) -> None:
        found = content_verdict(edited(read_bag(bag), path, old, new))
        assert any(told in fault for fault in found.faults), found

    def test_another_digest_in_premis(self, bag: Path) -> None:
        files = read_bag(bag)
        root = etree.fromstring(files[PREMIS_PATH])
        next(root.iter(f"{PREMIS}size")).text = "1"
        found = content_verdict({**files, PREMIS_PATH: etree.tostring(root)})
        assert any("has another digest or size" in fault for fault in found.faults)


class TestAnotherVersion:
    @pytest.fixture
    def older(self, bag: Path, tmp_path: Path) -> Path:
        """A bag that another version made, in which the record is not what this one makes of the source."""
        files = read_bag(bag)
        files[PREMIS_PATH] = files[PREMIS_PATH].replace(
            f"<premis:agentVersion>{VERSION}<".encode(), b"<premis:agentVersion>0.0.9<"
        )
        path = "data/representations/json/en.json"
        record = json.loads(files[path])
        record["generator"]["version"] = "0.0.9"
        record["findings"] = []
        files[path] = json.dumps(record, ensure_ascii=False).encode()
        return rebagged(redescribed(files), tmp_path / "older")

    def test_is_not_converted_again_and_says_so(self, older: Path) -> None:
        assert bagit.Bag(str(older)).is_valid()
        result = run("verify", older)
        assert (result.exit_code, result.stdout) == (0, "")
        assert "made by unres 0.0.9, and this is" in result.stderr
        told = json.loads(run("verify", older, "--format", "json").stdout)
        assert [(one["faults"], one["refused"], len(one["notices"])) for one in told] == [([], None, 1)]

    def test_is_held_to_its_files_schemas_and_ledgers(self, older: Path, tmp_path: Path) -> None:
        files = read_bag(older)
        for number, (path, old, new, told) in enumerate([
            ("data/representations/json/en.json", b"Decides", b"Decide", "than its source and its repairs: s"),
            ("data/representations/json/en.json", b'"ledger"', b'"account"', "is a required property"),
            ("data/representations/xml/en.xml", b"Decides", b"Decided", "text differs"),
            ("data/representations/xml/en.xml", b"<mainBody", b"<mainText", ""),
        ]):  # fmt: skip
            changed = edited(files, path, old, new)
            result = run("verify", rebagged(changed, tmp_path / f"changed {number}"))
            assert result.exit_code == 1, (path, old)
            assert told in result.stdout
        flipped = tmp_path / "flipped"
        shutil.copytree(older, flipped)
        (flipped / "data/representations/md/en.md").write_bytes(b"")
        assert run("verify", flipped).exit_code == 1

    def test_one_that_reads_another_text_from_a_source_does_not_recount(
        self, older: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(contents, "source_text", lambda _data, _name, _limits: "")
        result = run("verify", older)
        assert result.exit_code == 0
        assert "reads another text" in result.stderr

    def test_other_libraries_are_a_notice(self, bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        files = edited(read_bag(bag), "data/representations/json/en.json", b'"Decides"', b'"Decided"')
        monkeypatch.setattr(contents, "versions", lambda: "others")
        told = content_verdict(files)
        assert any("with other libraries" in notice for notice in told.notices)

    def test_a_schema_of_a_later_version_is_no_guess(self, bag: Path) -> None:
        files = edited(
            read_bag(bag), "data/representations/json/en.json", b'"schema_version": "2.', b'"schema_version": "2.99'
        )
        assert any("which this version does not know" in fault for fault in content_verdict(files).faults)


def test_recount_sees_what_is_lost_made_up_or_taken_out_elsewhere() -> None:
    from dataclasses import replace

    from pipeline.convert import normalize, source_text

    data = (SAMPLES / "A_RES_99_901.en.txt").read_bytes()
    record, text = normalize(data, "a.txt"), source_text(data, "a.txt")
    assert list(recount(record, text)) == []
    without = replace(record.document, blocks=record.document.blocks[1:])
    twice = replace(record.document, blocks=(record.document.blocks[0], *record.document.blocks))
    assert "has fewer" in next(recount(replace(record, document=without), text))
    assert "has more" in next(recount(replace(record, document=twice), text))
    assert "sums up" in next(recount(record, text + "."))
    assert "does not have it there" in next(recount(record, text[::-1]))


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("a.json", b"{}", "fmt/817"),
        ("a.docx", b"PK", "fmt/412"),
        ("a.pdf", b"%PDF-1.4 broken", None),
        ("a.pdf", b"no PDF", None),
        ("a.odt", b"PK", None),
        ("a.xyz", b"", None),
    ],
)
def test_formats_have_a_key_of_pronom_where_it_is_certain(name: str, data: bytes, key: str | None) -> None:
    assert format_of(name, data).key == key


@pytest.mark.parametrize(
    ("says", "version", "key"), [("", "1.4", "fmt/18"), ("", "1.7", "fmt/276"), ("1", "1.4", None)]
)
def test_a_pdf_has_the_key_of_its_version_unless_it_says_it_is_more(says: str, version: str, key: str | None) -> None:
    made = io.BytesIO()
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        if says:
            with pdf.open_metadata() as metadata:
                metadata["pdfaid:part"], metadata["pdfaid:conformance"] = says, "B"
        pdf.save(made, force_version=version)
    found = format_of("a.PDF", made.getvalue())
    assert (found.version, found.key) == (version, key)
