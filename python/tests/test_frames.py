"""Tables: what takes them over by Arrow has the same values, and those of the command line."""

from __future__ import annotations

import datetime
import io
import math
from pathlib import Path
from typing import Any

import duckdb
import pandas
import polars
import pyarrow
import pytest
from conftest import STAGES

import crossfoot


def plain(value: object) -> object:
    """A value without the type that a library gave it; None where there is none."""
    if value is None or value is pandas.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, datetime.datetime):
        return value.date()
    return value


def rows_of(columns: dict[str, list[Any]]) -> dict[str, list[object]]:
    return {name: [plain(value) for value in values] for name, values in columns.items()}


def test_pandas_polars_duckdb_and_pyarrow_have_the_same_rows(reports: list[Path], pdf: Path) -> None:
    documents = crossfoot.read_all([*reports, pdf])
    answer = crossfoot.check(documents)
    for frame in [documents.figures, documents.tables, answer.claims, answer.findings, answer.documents]:
        wanted = rows_of(pyarrow.table(frame).to_pydict())
        assert list(wanted) == frame.columns
        assert all(len(values) == len(frame) for values in wanted.values())
        assert rows_of(polars.DataFrame(frame).to_dict(as_series=False)) == wanted
        from_arrow: pandas.DataFrame = pandas.DataFrame.from_arrow(frame)  # type: ignore[attr-defined, unused-ignore]
        for taken in [frame.to_pandas(), from_arrow]:
            assert rows_of({name: taken[name].astype(object).tolist() for name in taken.columns}) == wanted
        selected = duckdb.sql("select * from frame")
        assert selected is not None
        assert [list(map(plain, row)) for row in selected.fetchall()] == [list(row) for row in zip(*wanted.values(), strict=True)]
    assert len(documents.figures) > 20


def test_figures_are_those_of_the_csv_of_the_command_line(reports: list[Path], pdf: Path) -> None:
    for path in [*reports, pdf]:
        document = crossfoot.read(path)
        csv = polars.read_csv(io.StringIO(document.to_csv()), infer_schema=False)
        figures = polars.DataFrame(document.figures)
        for name in figures.columns:
            own, other = figures[name], csv[name]
            if own.dtype == polars.Float64:
                assert own.to_list() == other.cast(polars.Float64).to_list(), name
            elif own.dtype == polars.Boolean:
                assert own.to_list() == [None if text is None else text == "true" for text in other], name
            else:
                # A text that a spreadsheet would run has an apostrophe before it in the CSV.
                texts = [None if value is None else str(value) for value in own.to_list()]
                assert texts == [text.removeprefix("'") if text else None for text in other], name


def test_columns_have_types_and_descriptions() -> None:
    frame = crossfoot.read_bytes("a.txt", STAGES).figures
    schema = pyarrow.schema(frame)
    word = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    types = {name: schema.field(name).type for name in ["id", "measure", "value", "scale", "hidden", "period_start"]}
    assert list(types.values()) == [
        pyarrow.string(),
        word,
        pyarrow.float64(),
        pyarrow.int64(),
        pyarrow.bool_(),
        pyarrow.date32(),
    ]
    assert schema.names == frame.columns
    for field in schema:
        assert field.metadata[b"description"].decode() == frame.descriptions[field.name]


def test_a_table_is_handed_over_without_a_copy() -> None:
    frame = crossfoot.read_bytes("a.txt", STAGES).figures
    one, other = pyarrow.table(frame), frame.to_arrow()
    for name in ["value", "text", "line"]:
        first, second = one[name].chunk(0).buffers(), other[name].chunk(0).buffers()
        assert [buffer and buffer.address for buffer in first] == [buffer and buffer.address for buffer in second]


def test_a_table_outlives_what_it_was_taken_from() -> None:
    table = pyarrow.table(crossfoot.read_bytes("a.txt", STAGES).figures)
    assert table["value"].to_pylist() == [131, 145, 20, 22, 151, 176]
    capsule = crossfoot.read_bytes("a.txt", STAGES).figures.__arrow_c_stream__()
    del capsule


def test_a_table_without_rows_has_its_columns() -> None:
    frame = crossfoot.read_bytes("a.txt", b"Nothing was counted.\n").figures
    assert len(frame) == 0
    assert pyarrow.table(frame).num_columns == len(frame.columns)
    assert len(crossfoot.read_all([]).figures) == 0
    assert polars.DataFrame(crossfoot.read_all([]).figures).columns == frame.columns


def test_words_have_one_number_in_the_tables_of_several_documents(reports: list[Path]) -> None:
    figures = crossfoot.read_all(reports).figures
    column = pyarrow.table(figures)["outcome"].combine_chunks()
    assert sorted(column.dictionary.to_pylist()) == ["not_upheld", "partially_upheld", "upheld"]
    upheld = figures.to_pandas().query("outcome == 'upheld'")["value"]
    assert upheld.tolist() == [62, 70, 12, 15]


def test_a_table_says_what_it_is() -> None:
    frame = crossfoot.read_bytes("a.txt", STAGES).figures
    assert frame.name == "observations"
    assert repr(frame) == f"<crossfoot.Frame observations: 6 rows, {len(frame.columns)} columns>"


def test_a_library_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    frame = crossfoot.read_bytes("a.txt", STAGES).figures
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(ImportError, match=r"pip install 'crossfoot\[polars\]'"):
        frame.to_polars()
