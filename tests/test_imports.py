"""What may import what, and who may print (DESIGN.md section 5)."""

from __future__ import annotations

import ast
import re
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "pipeline").rglob("*.py"))
}
STAGES = {"read", "repair", "parse", "validate", "emit"}
BASE = {
    "text",
    "model",
    "walk",
    "serialize",
    "errors",
    "limits",
    "languages",
    "kinds",
    "numbers",
    "tables",
    "docx_numbers",
    "bidi",
    "markup",
}
MAY_IMPORT: dict[str, set[str]] = {
    "text": set(),
    "edits": {"text"},
    "errors": set(),
    "limits": {"errors"},
    "numbers": set(),
    "tables": set(),
    "docx_numbers": set(),
    "markup": set(),
    "laps": set(),
    "sarif": set(),
    "bidi": {"text"},
    "model": {"text"},
    "walk": {"model"},
    "serialize": {"text", "model", "walk", "errors"},
    "languages": {"model", "numbers"},
    "kinds": {"model", "walk", "languages"},
    **dict.fromkeys(STAGES, BASE),
    **dict.fromkeys(("read", "repair"), BASE | {"edits"}),
    "review": BASE | {"repair", "emit"},
    "tracking": BASE | {"parse", "emit"},
    "house_template": BASE | {"read", "emit"},
    "house": BASE | {"house_template", "emit"},
    "convert": BASE | STAGES | {"review", "tracking", "laps"},
    "batch": BASE | {"convert", "house", "laps"},
    "reports": BASE | {"batch", "sarif"},
    "explain": BASE | {"convert", "batch", "read", "review"},
    "outline": {"model", "numbers", "walk"},
    "compare": BASE | {"outline"},
    "schema_page": set(),
    "differences": BASE | {"batch", "compare", "explain"},
    "check": BASE | {"validate", "batch", "sarif"},
    "akn_repair": BASE | {"validate", "batch"},
    "cites": BASE | {"batch", "differences", "emit"},
    "package": BASE | {"convert", "validate", "batch", "emit"},
    "cli": BASE
    | {
        "convert",
        "batch",
        "house",
        "explain",
        "differences",
        "check",
        "akn_repair",
        "cites",
        "package",
        "schema_page",
        "reports",
    },
    "__main__": {"cli"},
    "": {"convert", "errors", "limits", "model"},
}
"""A part of the package -> the other parts it may import."""
OPEN_TO_ALL = {
    "pipeline.emit.CHOICES",
    "pipeline.emit.EMITTERS",
    "pipeline.emit.USUAL",
    "pipeline.read.READERS",
    "pipeline.validate.schema.released",
    "pipeline.validate.schema.released_text",
    "pipeline.validate.schema.schema_text",
}
"""What the edges show of a stage: the formats there are, the schema and its versions."""


def part(module: str) -> str:
    """`pipeline.repair.lines` is of the part `repair`; the package itself is of the part ``."""
    return module.partition(".")[2].partition(".")[0]


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(FILES[module].read_text(encoding="utf-8"))


def imports(module: str) -> set[str]:
    """What a module imports of this package, wherever it does: modules, and names as `module.name`."""
    found: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.partition(".")[0] == "pipeline"}


def module_of(name: str) -> str:
    return name if name in FILES else name.rpartition(".")[0]


def test_there_are_modules() -> None:
    assert len(FILES) > len(STAGES)


@pytest.mark.parametrize("module", FILES)
def test_module_imports_only_what_its_part_may(module: str) -> None:
    ours = part(module)
    edge = ours in {"batch", "cli"}
    found = {name for name in imports(module) if not (edge and name in OPEN_TO_ALL)}
    # The package itself gives its version and its place, to whoever asks.
    assert {part(module_of(name)) for name in found} - {ours, ""} <= MAY_IMPORT[ours]


def test_there_are_no_cycles() -> None:
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join((*path, module))
        if module in done:
            return
        for name in {module_of(name) for name in imports(module)} - {"pipeline"}:
            visit(name, (*path, module))
        done.add(module)

    for module in FILES:
        visit(module, ())


@pytest.mark.parametrize("module", [name for name in FILES if part(name) != "cli"])
def test_only_the_command_line_prints(module: str) -> None:
    for node in ast.walk(tree(module)):
        assert not (isinstance(node, ast.Name) and node.id == "print"), f"line {node.lineno}"
        written = (
            isinstance(node, ast.Attribute)
            and node.attr in {"stdout", "stderr"}
            and ast.unparse(node).startswith("sys.")
        )
        assert not written, ast.unparse(node)


@pytest.mark.parametrize("module", [name for name in FILES if part(name) in STAGES])
def test_stage_asks_the_language_and_never_its_code(module: str) -> None:
    source = FILES[module].read_text(encoding="utf-8")
    assert not re.search(r"""(?:lang(?:uage)?|code|(?<!\.)tag|iso3)\s*(?:==|!=|in)\s*[({\[]?["']""", source)


@pytest.mark.parametrize("path", sorted((ROOT / "benchmarks").glob("*.py")), ids=lambda path: path.stem)
def test_benchmarks_ask_for_what_there_is(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pipeline"):
            module = import_module(str(node.module))
            missing = [alias.name for alias in node.names if not hasattr(module, alias.name)]
            assert not missing or all(find_spec(f"{node.module}.{name}") for name in missing), node.module
