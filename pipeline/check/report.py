"""What a check found, as lines, JSON and SARIF; and the rules themselves, as lines, JSON and a page."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pipeline
from pipeline import sarif
from pipeline.batch.plan import shown
from pipeline.batch.report import counted
from pipeline.validate.akn_rules import rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.check import Checked
    from pipeline.validate.akn_rules import Rule

RULES_PAGE = """\
# The rules of `unres check`

Written from [`rules.toml`](../pipeline/validate/akn_rules/rules.toml) by `pytest tests/test_check.py --accept`: change
it there.

An *error* is what no archive should take in; a *warning* departs from the profile, or is in the text as printed and
should be looked at. Law 4 holds the rules marked so for each file that `unres` writes; the others may be broken by what
the source itself has. `AKN.md` are the notes on the profile that this project is written by, `NC` is the OASIS Akoma
Ntoso Naming Convention, `P1`, `P2` and `P3` are the three parts of the AKN4UN guidelines. A file that passes and one
that fails stand for each rule in [`tests/corpus/akn_rules`](../tests/corpus/akn_rules).
"""
SUBJECTS = {
    "file": "The file", "eid": "Identifiers", "pointer": "Pointers", "link": "Links", "note": "Footnotes",
    "mention": "Later mentions of footnotes", "frbr": "Work, Expression, Manifestation", "part": "Parts",
    "text": "Text",
}  # fmt: skip


def as_lines(checked: Checked) -> Iterator[str]:
    """Yield a line for each place: `file:line: severity: what is wrong [rule]`."""
    for hit in checked.broken:
        yield f"{shown(checked.path)}:{hit.line}: {hit.rule.severity}: {shown(hit.message)} [{hit.rule.id}]"


class Tally:
    """What was found in all files, counted; the findings themselves need not be kept for it."""

    def __init__(self) -> None:
        self.times: Counter[str] = Counter()
        self.files: Counter[str] = Counter()
        self.total = self.clean = self.refused = 0

    def add(self, checked: Checked) -> None:
        """Count a file."""
        found = Counter(hit.rule.id for hit in checked.broken)
        self.times.update(found)
        self.files.update(found.keys())
        self.total += 1
        self.refused += bool(checked.code)
        self.clean += not (found or checked.code)

    def lines(self) -> Iterator[str]:
        """Yield each rule that is broken, how often, and what helps; then the files."""
        for rule in rules():
            if times := self.times[rule.id]:
                yield f"{rule.id}: {times} in {counted(self.files[rule.id], 'file')}. {rule.statement}"
                yield f"    {rule.help}"
        refused = f", {self.refused} could not be checked" if self.refused else ""
        yield f"{counted(self.total, 'file')}: {self.clean} without findings{refused}"


def as_json(checked: Sequence[Checked]) -> str:
    """Return all that was found as JSON."""
    files = [
        {
            "file": shown(one.path),
            "error": one.message or None,
            "findings": [
                {"rule": rule.id, "severity": rule.severity, "line": line, "message": message}
                for rule, line, message in one.broken
            ],
        }
        for one in checked
    ]
    return json.dumps({"unres": pipeline.__version__, "files": files}, ensure_ascii=False, indent=1)


def as_sarif(checked: Sequence[Checked]) -> str:
    """Return all that was found as SARIF 2.1.0, which code hosts and editors show beside the lines."""
    order = {rule.id: at for at, rule in enumerate(rules())}
    results = [
        {
            "ruleId": hit.rule.id,
            "ruleIndex": order[hit.rule.id],
            "level": hit.rule.severity,
            "message": {"text": hit.message},
            "locations": [sarif.location(one.path, hit.line)],
        }
        for one in checked
        for hit in one.broken
    ]
    notifications = [sarif.notification(one.message, one.path) for one in checked if one.code]
    run = {
        "tool": sarif.driver(_described()),
        "invocations": [{"executionSuccessful": not notifications, "toolExecutionNotifications": notifications}],
        "results": results,
    }
    return json.dumps({"$schema": sarif.SCHEMA_URI, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def rules_as_lines() -> Iterator[str]:
    """Yield a line for each rule."""
    width = max(len(rule.id) for rule in rules())
    yield from (f"{rule.id:{width}}  {rule.severity:7}  {rule.statement}" for rule in rules())


def rules_as_json() -> str:
    """Return the table of rules as JSON."""
    return json.dumps([_words(rule) for rule in rules()], ensure_ascii=False, indent=1)


def rules_as_markdown() -> str:
    """Return the table of rules as a page."""
    parts = [RULES_PAGE]
    subject = ""
    for rule in rules():
        if (first := rule.id.partition(".")[0]) != subject:
            subject = first
            parts.append(f"## {SUBJECTS[subject]}\n")
        held = ", held by law 4" if rule.ours else ""
        parts.append(f"### `{rule.id}` ({rule.severity}{held})\n")
        words = f"{rule.statement} {rule.help}".replace("<", "\\<")  # else a page takes it for its own
        parts.append(f"{words}\n\nSource: {rule.source}\n")
    return "\n".join(parts)


def _described() -> list[dict[str, Any]]:
    return [
        {
            "id": rule.id,
            "shortDescription": {"text": rule.statement},
            "help": {"text": f"{rule.help} (Source: {rule.source})"},
            "defaultConfiguration": {"level": rule.severity},
        }
        for rule in rules()
    ]


def _words(rule: Rule) -> dict[str, Any]:
    return {key: value for key, value in rule._asdict().items() if key != "find"}
