"""Damage a bag at random, and count what the check of its files finds: `python benchmarks/bags.py BAG`."""

# ruff: noqa: INP001 - a script that prints a table

from __future__ import annotations

import random
import sys
from pathlib import Path

from pipeline.package.bag import bag_faults, read_bag

TIMES = 1000


def damaged(files: dict[str, bytes], kind: str, chance: random.Random) -> dict[str, bytes]:
    """Return the files with one of them damaged."""
    name = chance.choice(sorted(files))
    rest = {path: data for path, data in files.items() if path != name}
    if kind == "removal":
        return rest
    if kind == "renaming":
        return {**rest, f"{name}.{chance.randrange(10**6)}": files[name]}
    if kind == "addition":
        return {**files, f"{name}.{chance.randrange(10**6)}": chance.randbytes(9)}
    data = bytearray(files[name])
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return {**files, name: bytes(data)}


def main() -> None:
    """Print how many damages of each kind are found."""
    files = read_bag(Path(sys.argv[1]))
    chance = random.Random(1)  # noqa: S311 - no secret
    for kind in ("flip", "removal", "addition", "renaming"):
        found = sum(any(bag_faults(damaged(files, kind, chance))) for _ in range(TIMES))
        sys.stdout.write(f"{kind}: {found} of {TIMES} found\n")


if __name__ == "__main__":
    main()
