"""Reading by Daft: the same rows as without it, and one row of ``documents`` for every input."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars
import pytest
from conftest import STAGES, Write, report
from polars.testing import assert_frame_equal

import crossfoot

daft = pytest.importorskip("daft")

from crossfoot.daft import read_reports  # noqa: E402


def sorted_by_id(table: Any) -> polars.DataFrame:
    """Rows in one order, words as text."""
    frame = polars.DataFrame(table)
    words = [name for name, kind in frame.schema.items() if kind == polars.Categorical]
    return frame.with_columns(polars.col(words).cast(polars.String)).sort("id")


def test_the_rows_are_those_of_the_package(reports: list[Path], pdf: Path) -> None:
    paths = [str(path) for path in [*reports, pdf]]
    by_daft, read = read_reports(paths), crossfoot.read_all(paths)
    answer = crossfoot.check(read)
    for table, frame in [
        (by_daft.documents, answer.documents),
        (by_daft.observations, read.figures),
        (by_daft.figures, read.figures),
        (by_daft.tables, read.tables),
        (by_daft.claims, answer.claims),
        (by_daft.findings, answer.findings),
    ]:
        assert_frame_equal(sorted_by_id(table.to_arrow()), sorted_by_id(frame))
    assert by_daft.findings.count_rows() >= 1


def test_every_input_has_a_row(reports: list[Path], write: Write) -> None:
    broken = write("broken.pdf", "%PDF-1.7\nnothing more\n")
    empty = write("empty.txt", "")
    odd = write("old.doc", "x")
    odd.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 64)
    paths = [str(path) for path in [*reports, broken, empty, odd, "/nowhere/missing.pdf"]]
    rows = sorted_by_id(read_reports(paths).documents.to_arrow())
    assert sorted(rows["path"]) == sorted(paths)
    assert rows["id"].n_unique() == len(paths)
    status = dict(zip(rows["path"], rows["status"], strict=True))
    assert [status[path] for path in paths] == ["ok"] * 4 + ["failed"] * 4
    why = dict(zip(rows["path"], rows["why"], strict=True))
    assert why[str(empty)] == "the file is empty"
    assert why["/nowhere/missing.pdf"] == "it could not be fetched"


def test_reports_of_one_body_are_held_against_each_other(write: Write) -> None:
    first = write("first.txt", report("Brackenfold", 2021, 62, 29, 99))
    second = write(
        "second.txt",
        "Brackenfold Borough Council\n\nAnnual complaints report 2022/23\n\nDecisions by outcome\n\n"
        "Outcome | 2021/22 | 2022/23\nUpheld | 62 | 70\nPartly upheld | 29 | 31\nNot upheld | 89 | 88\n"
        "Total | 180 | 189\n",
    )
    claims = polars.DataFrame(read_reports([str(first), str(second)]).claims.to_arrow())
    assert claims.filter(polars.col("across") & (polars.col("verdict") == "inconsistent")).height >= 1


def test_copies_are_told_and_have_names_of_their_own(write: Write) -> None:
    paths = [str(write(name, STAGES.decode())) for name in ["a.txt", "b.txt"]]
    rows = sorted_by_id(read_reports(paths).documents.to_arrow()).to_dicts()
    assert rows[1]["copy_of"] == rows[0]["id"]
    assert [row["errors"] for row in rows] == [1, 0]


def test_a_pattern_and_a_table_of_addresses_are_inputs_too(reports: list[Path]) -> None:
    by_pattern = read_reports(str(reports[0].parent / "*.txt"))
    by_table = read_reports(daft.from_pydict({"where": [str(path) for path in reports]}), column="where")
    for name in ["documents", "observations", "findings"]:
        one, other = (getattr(read, name).to_arrow() for read in [by_pattern, by_table])
        assert_frame_equal(sorted_by_id(one), sorted_by_id(other))


def test_results_can_be_kept_in_files(reports: list[Path], tmp_path: Path) -> None:
    paths = [str(path) for path in reports]
    kept, read = read_reports(paths, keep=str(tmp_path / "kept")), read_reports(paths)
    assert list((tmp_path / "kept").glob("*.parquet"))
    assert_frame_equal(sorted_by_id(kept.observations.to_arrow()), sorted_by_id(read.observations.to_arrow()))


def test_no_inputs_are_no_rows(tmp_path: Path) -> None:
    assert read_reports([]).documents.count_rows() == 0
    assert read_reports(str(tmp_path / "*.pdf")).observations.count_rows() == 0


def test_the_rows_are_those_of_a_batch(reports: list[Path], tmp_path: Path) -> None:
    if not has_batch():
        pytest.skip("this command line has no batch")
    paths = [str(path) for path in reports]
    by_daft, batch = read_reports(paths), crossfoot.batch(paths, tmp_path / "out", formats="parquet")
    for name in ["documents", "observations", "tables", "claims", "findings"]:
        table = sorted_by_id(polars.read_parquet(batch.path(name)))
        assert_frame_equal(sorted_by_id(getattr(by_daft, name).to_arrow()), table)


def has_batch() -> bool:
    import subprocess
    import sys

    command = [sys.executable, "-m", "crossfoot", "batch", "--help"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
