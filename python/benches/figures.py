"""How long the figures of many PDFs take to be a pandas frame: by this package, and by the command line and its CSV.

    python benches/figures.py PROGRAM FOLDER [PDFS]

PROGRAM is a release build of the command line. The two take turns, and the best of five counts, because other programs only
make a run longer. Ends with 1 where the package takes more than 1.2 times as long.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas

import crossfoot

TURNS = 5
MOST = 1.2


def by_package(paths: list[str]) -> pandas.DataFrame:
    return crossfoot.read_all(paths, on_error="record").figures.to_pandas()


def by_program(program: str, paths: list[str], out: Path) -> pandas.DataFrame:
    with out.open("wb") as file:
        subprocess.run([program, "--quiet", "extract", "--format", "csv", *paths], stdout=file, check=False)
    return pandas.read_csv(out, low_memory=False)


def timed(work: Callable[[], pandas.DataFrame]) -> tuple[float, int]:
    start = time.perf_counter()
    rows = len(work())
    return time.perf_counter() - start, rows


def main() -> int:
    program, folder = sys.argv[1:3]
    most = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    paths = sorted(str(path) for path in Path(folder).rglob("*.pdf"))[:most]
    out = Path("/tmp") / "crossfoot-figures.csv"
    own, other = [], []
    for _ in range(TURNS):
        own.append(timed(lambda: by_package(paths)))
        other.append(timed(lambda: by_program(program, paths, out)))
    (seconds, rows), (others, other_rows) = min(own), min(other)
    print(f"{len(paths)} PDFs, {rows} and {other_rows} figures")
    print(f"package {seconds:.2f} s, command line {others:.2f} s: {seconds / others:.2f} times as long")
    return int(seconds > MOST * others or rows != other_rows)


if __name__ == "__main__":
    sys.exit(main())
