"""`--accept` writes the golden files anew."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

collect_ignore = ["libreoffice_edits.py"]
"""What a Python with the module `uno` of LibreOffice runs, and not that of the tests."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write the golden files of tests/corpus/documents anew")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--accept") and os.environ.get("CI"):
        msg = "--accept is refused where CI is set: golden files are read by a human before they are committed"
        raise pytest.UsageError(msg)


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test starts in a folder of its own, and in no run that says its time."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
