"""The schema as a contract: every field is told, every example holds, and no version changes under its number."""

from __future__ import annotations

import copy
import json
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from click.testing import CliRunner

from pipeline.cli import commands
from pipeline.schema_page import schema_page
from pipeline.serialize import SCHEMA_ID, SCHEMA_VERSION, from_json
from pipeline.validate.schema import released_text, schema_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "schemas" / "resolution.schema.json").read_text(encoding="utf-8")
SCHEMA: dict[str, Any] = json.loads(TEXT)
VERSIONS: dict[str, str] = json.loads((ROOT / "schemas" / "versions.json").read_text(encoding="utf-8"))
WORDS = {"$id", "title", "description", "examples", "contentMediaType"}
"""What a version that only mends words may change; `$schema` and `schema_version` name the version."""
UNITS = ("code point", "points", "page", "line", "column", "votes", "from 0 to 1", "coordinate", "section")


def canonical(schema: object) -> str:
    """What a schema says, whatever its layout and order: its digest."""
    return sha256(json.dumps(schema, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return {**(SCHEMA["$defs"][name] if name else {}), **schema}


def kinds() -> Iterator[tuple[str, dict[str, Any]]]:
    yield "record", {key: value for key, value in SCHEMA.items() if key != "$defs"}
    yield from SCHEMA["$defs"].items()


def fields(name: str, schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """All parts of a kind that can have a value: its fields, the members of its arrays."""
    found = list(schema.get("properties", {}).items())
    found += [(str(at), one) for at, one in enumerate(schema.get("prefixItems", ()))]
    found += [("[]", schema["items"])] if "$ref" not in schema.get("items", {"$ref": ""}) else []
    for key, value in found:
        yield f"{name}.{key}", value
        yield from fields(f"{name}.{key}", value)


FIELDS = [pair for name, schema in kinds() for pair in fields(name, schema)]


@pytest.mark.parametrize(("name", "field"), FIELDS, ids=[name for name, _ in FIELDS])
def test_every_field_has_a_description_a_unit_or_pattern_and_an_example(name: str, field: dict[str, Any]) -> None:
    full = resolved(field)
    assert full["description"][-1] == "."
    match full.get("type"):
        case "string":
            assert full.keys() & {"pattern", "minLength", "const", "enum", "contentMediaType"}
        case "integer" | "number":
            assert any(unit in full["description"] for unit in UNITS)
    if full.keys() & {"examples", "const", "enum"}:
        return
    # Of a list the examples of the object it stands in are the example.
    owner, _, key = name.rpartition(".")
    examples = SCHEMA["examples"] if owner == "record" else SCHEMA["$defs"][owner]["examples"]
    assert full["type"] == "array"
    assert any(example.get(key) is not None for example in examples)


def test_every_kind_of_object_has_an_example_and_together_they_have_all_fields() -> None:
    for name, schema in SCHEMA["$defs"].items():
        assert schema.get("examples") or "enum" in schema, name
        told = {key for example in schema.get("examples", ()) if isinstance(example, dict) for key in example}
        assert told >= schema.get("properties", {}).keys(), name


def test_every_example_is_valid() -> None:
    count = 0
    for name, schema in [*kinds(), *FIELDS]:
        validator = jsonschema.Draft202012Validator({**schema, "$defs": SCHEMA["$defs"]})
        for example in schema.get("examples", ()):
            assert [error.message for error in validator.iter_errors(example)] == [], name
            count += 1
    assert count > 100


def test_spans_of_examples_fit_their_texts() -> None:
    def runs(value: object) -> Iterator[dict[str, Any]]:
        if isinstance(value, dict):
            if value.get("type") in {"run", "reference", "date"} and isinstance(value.get("text"), str):
                yield value
            for one in value.values():
                yield from runs(one)
        elif isinstance(value, list):
            for one in value:
                yield from runs(one)

    found = [run for _, schema in kinds() for run in runs(schema.get("examples", []))]
    assert found
    for run in found:
        assert run["span"][1] - run["span"][0] == len(run["text"]), run


class TestVersions:
    def test_today_s_schema_is_what_its_version_says(self) -> None:
        assert SCHEMA["$id"] == SCHEMA_ID
        assert VERSIONS.get(SCHEMA_VERSION) == canonical(SCHEMA), (
            f"schemas/resolution.schema.json is not what was released as {SCHEMA_VERSION}. If it is meant, give "
            "it a new version by docs/schema-policy.md, keep a copy in schemas/released, and add to "
            f"schemas/versions.json: {canonical(SCHEMA)}"
        )

    def test_a_change_of_any_word_or_rule_is_seen(self) -> None:
        def places(value: object) -> Iterator[tuple[Any, Any]]:
            for key, one in (
                value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
            ):
                yield value, key
                yield from places(one)

        changed = copy.deepcopy(SCHEMA)
        seen = list(places(changed))
        for holder, key in seen[:: max(1, len(seen) // 300)]:
            kept = holder[key]
            holder[key] = "another"
            assert canonical(changed) != VERSIONS[SCHEMA_VERSION]
            holder[key] = kept
        assert canonical(changed) == VERSIONS[SCHEMA_VERSION]

    def test_every_released_version_is_kept_as_it_was(self) -> None:
        kept = {path.name.removesuffix(".schema.json") for path in (ROOT / "schemas" / "released").iterdir()}
        assert kept == VERSIONS.keys()
        ordered = [tuple(map(int, version.split("."))) for version in VERSIONS]
        assert ordered == sorted(ordered)
        assert ".".join(map(str, ordered[-1])) == SCHEMA_VERSION
        for version, digest in VERSIONS.items():
            text = released_text(version)
            assert text is not None
            assert canonical(json.loads(text)) == digest
            assert f"/{version}/" in json.loads(text)["$id"]

    @pytest.mark.parametrize(("old", "new"), list(pairwise(VERSIONS)))
    def test_the_number_says_what_a_version_changes(self, old: str, new: str) -> None:
        before, after = (json.loads(released_text(version) or "") for version in (old, new))
        step = next(
            at for at, (one, other) in enumerate(zip(old.split("."), new.split("."), strict=True)) if one != other
        )
        if step == 0:
            return  # records of the old one may be refused: the policy has what to do with them
        for example in before["examples"]:
            renamed = {**example, "$schema": after["$id"], "schema_version": new}
            assert schema_errors(renamed, json.dumps(after)) == []
            assert from_json(example).document.language == example["document"]["language"]
        for name, one in before["$defs"].items():
            assert set(after["$defs"][name].get("required", ())) >= set(one.get("required", ()))
            assert after["$defs"][name].get("properties", {}).keys() >= one.get("properties", {}).keys()
        if step == 2:
            assert bare(before) == bare(after)

    def test_the_policy_tells_of_each(self) -> None:
        policy = (ROOT / "docs" / "schema-policy.md").read_text(encoding="utf-8")
        assert all(f"### {version}" in policy for version in VERSIONS)

    @pytest.mark.parametrize("version", ["9.9.9", "../2.1.0", "2.1", "", "2.1.0\n"])
    def test_another_version_is_not_known(self, version: str) -> None:
        assert released_text(version) is None


def bare(value: Any, *, names: bool = False) -> Any:
    """A schema without its words; under `properties` and `$defs` the keys are names."""
    if isinstance(value, dict):
        kept = {key: one for key, one in value.items() if names or key not in WORDS}
        return {key: bare(one, names=not names and key in {"properties", "$defs"}) for key, one in kept.items()}
    return [bare(one) for one in value] if isinstance(value, list) else value


class TestCommand:
    def test_the_schema_as_it_is(self) -> None:
        assert CliRunner().invoke(commands, ["schema"]).output == TEXT

    def test_a_version_of_it(self) -> None:
        result = CliRunner().invoke(commands, ["schema", "--of", "2.0.0"])
        assert json.loads(result.output)["$id"].endswith("/2.0.0/resolution.schema.json")
        result = CliRunner().invoke(commands, ["schema", "--of", "9.0.0"])
        assert result.exit_code == 2
        assert "known are 1.0.0, 2.0.0" in result.output

    def test_the_page_has_all_fields_and_links_that_lead_somewhere(self) -> None:
        page = CliRunner().invoke(commands, ["schema", "--docs"]).output
        assert page == (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")
        assert page == schema_page(SCHEMA)
        rows = [line for line in page.splitlines() if line.startswith("| `")]
        assert len(rows) == sum(len(schema.get("properties", ())) for _, schema in kinds())
        headings = {line[3:] for line in page.splitlines() if line.startswith("## ")}
        links = {piece.partition(")")[0] for piece in page.split("](#")[1:]}
        assert links <= headings
        assert all(len(row.replace("\\|", "").split("|")) == 8 for row in rows)
