"""Files made to harm are refused with a message, or converted with their text; `make attacks` measures them."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from pipeline.convert import normalize
from pipeline.errors import ReadError
from pipeline.read import READERS
from tests.attacks import ATTACKS, LAMPS, Attack


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_attack_is_refused_or_converted_with_its_text(attack: Attack) -> None:
    name = f"a.{attack.name}"
    try:
        record = normalize(attack.make(), name)
    except ReadError as refused:
        assert str(refused).startswith(name)
        assert len(str(refused)) < 500
        return
    assert LAMPS in repr(record.document)


def test_every_kind_of_file_is_attacked() -> None:
    assert {f".{name}" for name in Counter(attack.name for attack in ATTACKS)} == READERS.keys() - {".htm"}
    assert len(ATTACKS) == len({str(attack) for attack in ATTACKS})


def test_nothing_is_looked_up_or_opened() -> None:
    """Relations, entities and links that lead to files and addresses open nothing but the package's own files."""
    program = (
        "import sys, tests.attacks as attacks\nfrom pipeline.convert import normalize\n"
        "from pipeline.errors import ReadError\nnormalize(attacks.docx(), 'a.docx')\n"
        "normalize(attacks.akn(), 'a.xml')\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, told: event in {'open', 'socket.connect', 'socket.getaddrinfo'}"
        " and opened.append((event, str(told[0]))))\n"
        "for attack in attacks.ATTACKS:\n"
        "    if any(word in attack.kind for word in ('lead out', 'as entity', 'included')):\n"
        "        try: normalize(attack.make(), f'a.{attack.name}')\n"
        "        except ReadError: pass\n"
        "print([each for each in opened if '/pipeline/' not in each[1] and 'python3' not in each[1]])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
