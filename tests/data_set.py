"""Loads a data set as its readers do: DuckDB, pandas and Polars, from each of its forms, without a warning; and has
Frictionless validate its package.

python3 tests/data_set.py DIR, where DIR is what `crossfoot batch --format csv,jsonl,parquet` wrote (or without parquet).
"""

import json
import pathlib
import sys
import warnings

import duckdb
import pandas
import polars
from frictionless import Package

TABLES = ["documents", "observations", "tables", "claims", "findings"]
POLARS = {"string": polars.String, "number": polars.Float64, "integer": polars.Int64, "boolean": polars.Boolean}
DUCKDB = {"string": "VARCHAR", "number": "DOUBLE", "integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE"}


def near(one, other):
    """Whether two values are the same, as far as a double can tell; a text may have an apostrophe before it in CSV."""
    if isinstance(one, float) or isinstance(other, float):
        return one is not None and other is not None and abs(one - other) <= 1e-9 * max(abs(one), abs(other), 1)
    return one == other or isinstance(one, str) and one == "'" + str(other)


def differences(name, one, other):
    rows = [(a, b) for a, b in zip(one, other) if any(not (x is y or near(x, y)) for x, y in zip(a, b))]
    assert not rows and len(one) == len(other), f"{name}: {len(one)} and {len(other)} rows, {len(rows)} differ: {rows[:1]}"


def main(folder):
    folder = pathlib.Path(folder)
    package = json.loads((folder / "datapackage.json").read_text())
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert list(resources) == TABLES, list(resources)
    warnings.simplefilter("error")
    for name in TABLES:
        resource = resources[name]
        fields = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        csv = folder / f"{name}.csv"
        columns = ", ".join(f"'{field}': '{DUCKDB[kind]}'" for field, kind in fields.items())
        read = f"read_csv('{csv}', header=true, columns={{{columns}}})"
        rows = duckdb.sql(f"select * from {read}").fetchall()
        assert len(rows) == resource["rows"], (name, len(rows), resource["rows"])
        ids = duckdb.sql(f"select count(distinct id), count(id) from {read}").fetchall()[0]
        assert ids == (len(rows), len(rows)), f"{name}: ids are not unique: {ids}"
        # Without being told the types.
        assert duckdb.sql(f"select count(*) from read_csv('{csv}')").fetchall()[0][0] == len(rows)
        frame = pandas.read_csv(csv, low_memory=False)
        assert list(frame.columns) == list(fields) and len(frame) == len(rows), name
        typed = {field: POLARS.get(kind, polars.String) for field, kind in fields.items()}
        table = polars.read_csv(csv, schema=typed)
        assert table.height == len(rows) and table.columns == list(fields), name
        if (folder / f"{name}.jsonl").exists():
            lines = duckdb.sql(f"select * from read_json('{folder / name}.jsonl', columns={{{columns}}})").fetchall()
            differences(f"{name}: csv and jsonl", rows, lines)
            assert polars.read_ndjson(folder / f"{name}.jsonl", infer_schema_length=None).height == len(rows)
        if (folder / f"{name}.parquet").exists():
            parquet = folder / f"{name}.parquet"
            differences(f"{name}: csv and parquet", rows, duckdb.sql(f"select * from '{parquet}'").fetchall())
            frame = pandas.read_parquet(parquet)
            assert len(frame) == len(rows) and list(frame.columns) == list(fields)
            schema = polars.read_parquet(parquet).schema
            wanted = {field: polars.Date if kind == "date" else POLARS[kind] for field, kind in fields.items()}
            assert dict(schema) == wanted, {field: schema[field] for field in wanted if schema[field] != wanted[field]}
        print(f"{name}: {len(rows)} rows")
    warnings.simplefilter("default")
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])[:5]
    print("a valid data package")


main(sys.argv[1])
