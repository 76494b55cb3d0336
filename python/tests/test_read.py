"""Reading: what a document says, and what is raised where there is none."""

from __future__ import annotations

import datetime
import json
import pickle
from pathlib import Path

import polars
import pytest
from conftest import STAGES, Write, report

import crossfoot


def test_a_document_says_what_it_is_about(write: Write) -> None:
    document = crossfoot.read(write("a.txt", report("Brackenfold", 2021, 62, 29, 99)))
    assert document.path.endswith("a.txt")
    assert len(document.sha256) == 64
    assert (document.pages, document.status) == (1, "ok")
    assert document.organisation == "Brackenfold Borough Council"
    assert document.body == "brackenfold"
    assert document.period is not None
    assert document.period.start == datetime.date(2021, 4, 1)
    assert document.period.end == datetime.date(2022, 3, 31)
    assert document.period.kind == "year"


def test_figures_have_their_values_and_periods() -> None:
    figures = polars.DataFrame(crossfoot.read_bytes("a.txt", STAGES).figures)
    assert figures["value"].to_list() == [131, 145, 20, 22, 151, 176]
    assert figures["period_start"].to_list()[:2] == [datetime.date(2020, 4, 1), datetime.date(2021, 4, 1)]
    assert figures["stage"].cast(polars.String).to_list()[:4] == ["1", "1", "2", "2"]
    assert figures["line"].to_list() == [2, 2, 3, 3, 4, 4]
    assert figures["stored"].null_count() == 6


def test_tables_have_their_size_and_title(write: Write) -> None:
    tables = crossfoot.read(write("a.txt", report("Brackenfold", 2021, 62, 29, 99))).tables
    assert len(tables) == 1
    rows = polars.DataFrame(tables).to_dicts()
    assert (rows[0]["title"], rows[0]["rows"], rows[0]["cols"]) == ("Decisions by outcome", 5, 2)


def test_a_pdf_has_places_on_its_pages(pdf: Path) -> None:
    document = crossfoot.read(pdf)
    figures = polars.DataFrame(document.figures)
    assert document.pages >= 1
    assert figures.filter(polars.col("page") > document.pages).is_empty()
    assert (figures["x1"] > figures["x0"]).all()
    assert (figures["y1"] > figures["y0"]).all()


def test_json_csv_and_markdown_are_those_of_the_command_line() -> None:
    document = crossfoot.read_bytes("a.txt", STAGES)
    extract = json.loads(document.to_json())
    assert extract["source"]["sha256"] == document.sha256
    assert [figure["value"] for figure in extract["observations"]] == ["131", "145", "20", "22", "151", "176"]
    assert document.to_csv().splitlines()[0] == ",".join(document.figures.columns)
    assert "| Stage 1 | 131 | 145 |" in document.to_markdown()


def test_what_is_said_of_a_document_counts_before_what_it_says() -> None:
    document = crossfoot.read_bytes("a.txt", STAGES, about="Larkmere Borough Council, 2016/17")
    assert document.organisation == "Larkmere Borough Council"
    assert document.period is not None
    assert document.period.start == datetime.date(2016, 4, 1)


def test_pages_left_out_are_told(write: Write) -> None:
    pages = "\f".join(report("Brackenfold", year, 62, 29, 99) for year in range(2015, 2018))
    document = crossfoot.read(write("a.txt", pages), max_pages=1)
    told = [diagnostic for diagnostic in document.diagnostics if diagnostic.code == "pages-left-out"]
    assert told[0].severity == "warning"
    assert "only the first 1 of 3 pages" in told[0].message
    assert told[0].page is None
    assert document.status == "partial"
    assert set(polars.DataFrame(document.figures)["page"]) == {1}


def test_the_separator_of_cells_can_be_given() -> None:
    document = crossfoot.read_bytes("a.csv", b"Stage~Cases\nStage 1~131\nTotal~131\n", delimiter="~")
    assert polars.DataFrame(document.figures)["value"].to_list() == [131, 131]


def test_a_pickled_document_is_the_same(pdf: Path) -> None:
    document = crossfoot.read(pdf)
    again: crossfoot.Document = pickle.loads(pickle.dumps(document))
    assert again.to_json() == document.to_json()
    assert polars.DataFrame(again.figures).equals(polars.DataFrame(document.figures))


def test_a_missing_file_is_an_error_of_the_system() -> None:
    with pytest.raises(FileNotFoundError, match="check the spelling of the path") as raised:
        crossfoot.read("/nowhere/report.pdf")
    assert raised.value.filename == "/nowhere/report.pdf"
    assert raised.value.errno == 2


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        crossfoot.read(tmp_path)


def test_what_is_not_read_says_what_to_do() -> None:
    with pytest.raises(crossfoot.ReadError) as raised:
        crossfoot.read_bytes("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 64)
    error = raised.value
    assert error.path == "old.doc"
    assert error.hint is not None
    assert str(error) == f"old.doc: {error.what}; {error.hint}"
    assert isinstance(error, crossfoot.CrossfootError)
    with pytest.raises(crossfoot.ReadError, match="the file is empty"):
        crossfoot.read_bytes("empty.txt", b"")


def test_a_file_that_is_too_large_is_refused(write: Write) -> None:
    with pytest.raises(crossfoot.ReadError):
        crossfoot.read(write("a.txt", "1 complaint\n" * 100), max_bytes=100)


@pytest.mark.parametrize(
    ("option", "value"),
    [("about", "!!,"), ("delimiter", "||"), ("max_pages", 0), ("timeout", -1.0), ("timeout", float("nan"))],
)
def test_options_that_say_nothing_are_refused(option: str, value: object) -> None:
    with pytest.raises(ValueError, match=option):
        crossfoot.read_bytes("a.txt", STAGES, **{option: value})  # type: ignore[arg-type]


def test_a_password_opens_a_pdf() -> None:
    encrypted = Path(__file__).parents[2] / "tests" / "fixtures" / "pdf" / "encrypted-aes-256-secret.pdf"
    with pytest.raises(crossfoot.ReadError, match="password"):
        crossfoot.read(encrypted)
    assert crossfoot.read(encrypted, password="secret").status == "ok"
