"""Checking: what does not add up, in one document and between several."""

from __future__ import annotations

import json
from pathlib import Path

import polars
import pytest
from conftest import STAGES, Write, report

import crossfoot


def test_a_total_that_does_not_add_up_is_a_finding() -> None:
    answer = crossfoot.check(("report.txt", STAGES))
    findings = polars.DataFrame(answer.findings).to_dicts()
    assert len(findings) == 1
    assert (findings[0]["code"], findings[0]["name"], findings[0]["severity"]) == ("CF101", "column-total", "error")
    assert findings[0]["arithmetic"] == "145 + 22 = 167; printed 176, 9 too many"
    assert findings[0]["path"] == "report.txt"
    claims = polars.DataFrame(answer.claims)
    assert claims.filter(polars.col("verdict") == "inconsistent")["id"].to_list() == findings[0]["claims"].split(" ")
    assert claims.filter(polars.col("verdict") == "holds").height >= 1


def test_rows_refer_to_each_other(reports: list[Path]) -> None:
    answer, read = crossfoot.check(reports), crossfoot.read_all(reports)
    documents = set(polars.DataFrame(answer.documents)["id"])
    figures = set(polars.DataFrame(read.figures)["id"])
    for frame in [answer.claims, answer.findings, read.figures, read.tables]:
        assert set(polars.DataFrame(frame)["document"].cast(polars.String)) <= documents
    for operands in polars.DataFrame(answer.claims)["operands"]:
        assert {each["observation"] for each in json.loads(operands)} - {None} <= figures


def test_one_row_for_each_input_says_what_was_found(reports: list[Path]) -> None:
    rows = polars.DataFrame(crossfoot.check(reports).documents)
    assert rows["path"].to_list() == [str(path) for path in reports]
    assert rows["status"].cast(polars.String).to_list() == ["ok"] * 4
    assert rows["errors"].to_list() == [0, 0, 0, 1]
    assert rows["observations"].to_list() == [4] * 4
    assert rows["bytes"].to_list() == [path.stat().st_size for path in reports]


def test_reports_of_one_council_are_held_against_each_other(write: Write) -> None:
    first = report("Brackenfold", 2021, 62, 29, 99)
    second = report("Brackenfold", 2022, 70, 31, 88).replace("Outcome | 2022/23", "Outcome | 2021/22 | 2022/23")
    for own, last in [("Upheld | 70", 62), ("Partly upheld | 31", 29), ("Not upheld | 88", 89), ("Total | 189", 180)]:
        label, value = own.split(" | ")
        second = second.replace(f"\n{own}", f"\n{label} | {last} | {value}")
    paths = [write("first.txt", first), write("second.txt", second)]
    alone = [len(crossfoot.check(path).findings) for path in paths]
    assert alone == [0, 0]
    together = crossfoot.check(paths)
    across = polars.DataFrame(together.claims).filter(polars.col("across"))
    assert "inconsistent" in across["verdict"].cast(polars.String).to_list()
    assert len(together.findings) >= 1


def test_what_is_read_already_is_not_read_again(reports: list[Path]) -> None:
    documents = crossfoot.read_all(reports)
    for path in reports:
        path.unlink()
    assert crossfoot.check(documents).to_json() == crossfoot.check(list(documents)).to_json()
    assert len(crossfoot.check(documents[3]).findings) == 1


def test_a_copy_is_told_and_passed_over(write: Write) -> None:
    text = STAGES.decode()
    rows = polars.DataFrame(crossfoot.check([write("a.txt", text), write("b.txt", text)]).documents).to_dicts()
    assert rows[0]["id"] != rows[1]["id"]
    assert rows[1]["copy_of"] == rows[0]["id"]
    assert [row["errors"] for row in rows] == [1, 0]


def test_what_cannot_be_read_is_raised_or_recorded(reports: list[Path]) -> None:
    inputs: list[crossfoot.Input] = [*reports, "/nowhere.pdf", ("empty.txt", b"")]
    with pytest.raises(FileNotFoundError):
        crossfoot.check(inputs)
    answer = crossfoot.check(inputs, on_error="record")
    rows = polars.DataFrame(answer.documents).to_dicts()
    assert [row["status"] for row in rows] == ["ok"] * 4 + ["failed"] * 2
    assert rows[4]["why"] == "no such file"
    assert rows[4]["hint"] == "check the spelling of the path"
    assert rows[5]["why"] == "the file is empty"
    told = [each["message"] for each in json.loads(answer.to_json())["diagnostics"]]
    assert "no such file" in told
    read = crossfoot.read_all(inputs, on_error="record")
    assert len(read) == 4
    assert polars.DataFrame(read.documents)["errors"].to_list() == [None] * 6
    assert polars.DataFrame(crossfoot.check(read).documents)["status"].cast(polars.String).to_list()[4:] == ["failed"] * 2


def test_documents_are_a_sequence(reports: list[Path]) -> None:
    documents = crossfoot.read_all(iter(reports), jobs=3)
    assert [document.path for document in documents] == [str(path) for path in reports]
    assert documents[-1].path == str(reports[-1])
    with pytest.raises(IndexError):
        documents[4]


def test_the_number_of_threads_changes_nothing(reports: list[Path]) -> None:
    answers = {crossfoot.check(reports, jobs=jobs).to_json() for jobs in [1, 2, 7]}
    assert len(answers) == 1


def test_the_answer_says_how_much_was_understood() -> None:
    coverage = crossfoot.check(("a.txt", STAGES)).coverage
    assert isinstance(coverage, dict)
    assert coverage


def test_what_is_no_input_is_named() -> None:
    with pytest.raises(TypeError, match="not int"):
        crossfoot.check([3])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="on_error"):
        crossfoot.check([], on_error="ignore")  # type: ignore[arg-type]
