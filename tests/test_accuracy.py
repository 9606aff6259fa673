"""A fixed slice of real documents against their references, so that accuracy cannot fall unseen.

`make accuracy` scores them all. The floors lie a little below what is reached; raise them when more is.
"""

from __future__ import annotations

import io
from importlib import import_module
from pathlib import Path

import pytest

from pipeline.convert import convert

SHARED = Path(__file__).parent.parent.parent / "shared"
FIGURES = ("blocks", "notes", "facts", "spacing")
FLOORS = {
    "real/A_RES_78_238/en/text/pdfbox.txt": (0.99, 0.99, 0.99, 0.99),
    "real/A_RES_79_254/en/text/pdfbox.txt": (0.84, 0.99, 0.99, 0.96),
    "real/A_RES_78_4/en/text/poppler-raw.txt": (0.80, 0.99, 0.99, 0.99),
    "real/A_RES_78_100/en/text/pymupdf.txt": (0.99, 0.99, 0.99, 0.99),
    "real/A_RES_79_12/en/text/poppler.txt": (0.99, 0.99, 0.99, 0.99),
    "real/A_RES_80_115/en/text/poppler-layout.txt": (0.99, 0.99, 0.99, 0.99),
    "real/A_RES_78_33/en/text/pdfminer.txt": (0.99, 0.99, 0.99, 0.86),
    "rendered/A_RES_78_225/zh/text/tika-like.txt": (0.99, 0.99, 0.99, 0.99),
    "rendered/A_RES_74_34/zh/text/tika-like.txt": (0.99, 0.99, 0.99, 0.99),
    "rendered/S_RES_2805_2025/zh/text/pdfbox.txt": (0.95, 0.99, 0.99, 0.99),
    "rendered/E_RES_2023_32/zh/text/pdfbox.txt": (0.99, 0.99, 0.99, 0.99),
    "rendered/A_HRC_RES_58_5/zh/text/poppler-raw.txt": (0.99, 0.99, 0.99, 0.97),
    "rendered/A_HRC_RES_54_3/fr/text/pdfbox.txt": (0.99, 0.99, 0.99, 0.99),
    "rendered/A_RES_79_194/fr/text/tika-like.txt": (0.99, 0.99, 0.99, 0.99),
    "rendered/S_RES_2805_2025/es/text/poppler-raw.txt": (0.99, 0.99, 0.99, 0.98),
    "rendered/E_RES_2023_29/es/text/pdfbox.txt": (0.99, 0.99, 0.99, 0.99),
    "rendered/A_RES_79_178/ru/text/poppler-layout.txt": (0.99, 0.99, 0.99, 0.99),
    "rendered/A_HRC_RES_58_5/ru/text/tika-like.txt": (0.99, 0.99, 0.99, 0.99),
    "real/A_RES_79_147/en/text/poppler-raw.txt": (0.99, 0.99, 0.99, 0.99),
    "seed/A_RES_69_60.zh.txt": (1.0, 1.0, 1.0, 1.0),
}


@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="no corpus: there is no ../shared/corpus")
@pytest.mark.parametrize("name", FLOORS)
def test_accuracy_is_what_it_was(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SHARED / "score"))
    compare, flatten = import_module("score").compare, import_module("flatten").flatten
    path = SHARED / "corpus" / name
    gold = path.with_suffix(".gold.xml") if name.startswith("seed") else path.parent.parent / "gold.xml"
    ours = convert(path.read_bytes(), path.name, formats=["xml"]).files["xml"]
    score = compare(flatten(str(gold)), flatten(io.BytesIO(ours)))
    low = {figure: score[figure] for figure, floor in zip(FIGURES, FLOORS[name], strict=True) if score[figure] < floor}
    assert not low, score["missing"] + score["extra"]
