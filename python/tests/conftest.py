"""What the tests share: invented reports, and a pair of them that do not add up."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

# Nothing leaves the machine in a test.
os.environ["DAFT_ANALYTICS_ENABLED"] = "0"
os.environ["DO_NOT_TRACK"] = "true"

CORPUS = Path(__file__).parents[2] / "corpus"

STAGES = b"Stage | 2020/21 | 2021/22\nStage 1 | 131 | 145\nStage 2 | 20 | 22\nTotal | 151 | 176\n"
"""A table whose total of 2021/22 is 9 too many."""


def report(council: str, start: int, upheld: int, partly: int, refused: int, total: int | None = None) -> str:
    """A report of an invented council on the year from April of ``start``."""
    year = f"{start}/{(start + 1) % 100:02}"
    printed = total if total is not None else upheld + partly + refused
    return (
        f"{council} Borough Council\n\nAnnual complaints report {year}\n\n"
        f"Decisions by outcome\n\nOutcome | {year}\nUpheld | {upheld}\nPartly upheld | {partly}\n"
        f"Not upheld | {refused}\nTotal | {printed}\n"
    )


Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of this name and content into a folder of the test's own."""

    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def reports(write: Write) -> list[Path]:
    """Four reports of two councils; the total of the last is 10 too many."""
    return [
        write("brackenfold-2021.txt", report("Brackenfold", 2021, 62, 29, 99)),
        write("brackenfold-2022.txt", report("Brackenfold", 2022, 70, 31, 88)),
        write("quarrendale-2021.txt", report("Quarrendale", 2021, 12, 5, 40)),
        write("quarrendale-2022.txt", report("Quarrendale", 2022, 15, 6, 33, total=64)),
    ]


@pytest.fixture
def pdf() -> Path:
    """An invented report that is a PDF of several pages."""
    return next(iter(sorted((CORPUS / "saltmere" / "2018-19").glob("*.pdf"))))
