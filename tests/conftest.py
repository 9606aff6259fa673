"""`--accept` writes the golden files anew."""

from __future__ import annotations

import os

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write the golden files of tests/corpus/documents anew")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--accept") and os.environ.get("CI"):
        msg = "--accept is refused where CI is set: golden files are read by a human before they are committed"
        raise pytest.UsageError(msg)
