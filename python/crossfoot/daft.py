"""Reports of an object store, or of many machines, by Daft: ``pip install 'crossfoot[daft]'``.

Daft lists and fetches the files (``s3://``, ``gs://``, ``az://``, ``https://``, paths), on this machine or on a cluster of
Ray, and crossfoot reads and checks what was fetched. Every input has a row of ``documents``, whatever becomes of it.

    from crossfoot.daft import read_reports

    reports = read_reports("s3://reports/**/*.pdf")
    reports.findings.write_parquet("s3://reports/findings")

On Ray, call ``daft.set_runner_ray()`` first, and have crossfoot on its machines (``runtime_env={"pip": ["crossfoot[daft]"]}``).
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import daft
import pyarrow
from daft import DataType, Series, col

import crossfoot

if TYPE_CHECKING:
    from daft.io import IOConfig

__all__ = ["Reports", "read_reports"]

TABLES = ("documents", "observations", "tables", "claims", "findings")
"""The tables of a data set."""


@dataclass(frozen=True)
class Reports:
    """Reports that were read and checked, as DataFrames of Daft with the columns of a data set."""

    groups: daft.DataFrame
    """A row for the reports of each body: the tables of these as lists."""

    @property
    def documents(self) -> daft.DataFrame:
        """A row for every input, with what became of it."""
        return self._table("documents")

    @property
    def observations(self) -> daft.DataFrame:
        """A row for each published figure."""
        return self._table("observations")

    @property
    def figures(self) -> daft.DataFrame:
        """The same as ``observations``."""
        return self._table("observations")

    @property
    def tables(self) -> daft.DataFrame:
        """A row for each table, or each page's piece of one."""
        return self._table("tables")

    @property
    def claims(self) -> daft.DataFrame:
        """A row for each relation between figures, with its verdict."""
        return self._table("claims")

    @property
    def findings(self) -> daft.DataFrame:
        """A row for each thing that does not agree."""
        return self._table("findings")

    def _table(self, name: str) -> daft.DataFrame:
        rows = self.groups.select(col("tables").get(name).alias("row")).explode("row")
        # An empty list gives a row without values.
        return rows.select(col("row").unnest()).where(col("id").not_null())


def read_reports(
    source: str | Iterable[str] | daft.DataFrame,
    *,
    column: str = "url",
    io_config: IOConfig | None = None,
    keep: str | None = None,
    batch_size: int = 16,
    jobs: int | None = None,
    use_process: bool | None = None,
    password: str | None = None,
    max_pages: int | None = None,
    max_bytes: int | None = None,
    timeout: float | None = None,
    delimiter: str | None = None,
) -> Reports:
    """Reads and checks the reports of a pattern, of a list of addresses, or of a DataFrame that has them in a ``column``.
    Where that is null, there is no input.

    Reports of one body are checked together, as ``crossfoot.check`` does. The results are kept in memory, or as Parquet in
    the folder ``keep``, which may be in an object store. ``batch_size`` inputs are fetched and read at a time, on ``jobs``
    threads; with ``use_process``, in processes apart, so that one that crashes does not end this one. The other options are
    those of ``crossfoot.read``.
    """
    options = {
        "password": password,
        "max_pages": max_pages,
        "max_bytes": max_bytes,
        "timeout": timeout,
        "delimiter": delimiter,
    }

    @daft.func.batch(return_dtype=_type(READ), batch_size=batch_size, use_process=use_process)
    def read(urls: Series, data: Series) -> pyarrow.Array:
        inputs = [(url, bytes) for url, bytes in zip(urls.to_pylist(), data.to_pylist(), strict=True) if url is not None]
        read = crossfoot.read_all(inputs, jobs=jobs, on_error="record", **options)  # type: ignore[arg-type]
        rows = iter(read._each())
        return pyarrow.array([NOTHING if url is None else _packed(url, next(rows)) for url in urls.to_pylist()], READ)

    @daft.func.batch(return_dtype=_type(_checked_type()), use_process=use_process)
    def check(urls: Series, packed: Series) -> pyarrow.Array:
        # The order in which the rows of a group come is not always the same.
        rows = sorted(row for row in zip(urls.to_pylist(), packed.to_pylist(), strict=True) if row[0] is not None)
        return _checked([pickle.loads(zlib.decompress(each)) for _, each in rows])

    # Daft does not group what has no rows at all.
    inputs = _urls(source, column, io_config).where(col("url").not_null())
    inputs = inputs.concat(_listed([None])).into_batches(batch_size)
    fetched = inputs.with_column("data", col("url").download(on_error="null", io_config=io_config))
    each = fetched.select("url", read(col("url"), col("data")).alias("read"))
    each = each.select("url", col("read").get("body").alias("body"), col("read").get("packed").alias("packed"))
    groups = each.groupby("body").map_groups(check(col("url"), col("packed")).alias("tables"))
    if keep is None:
        return Reports(groups.collect())
    groups.write_parquet(keep, write_mode="overwrite", io_config=io_config)
    return Reports(daft.read_parquet(keep, io_config=io_config))


READ = pyarrow.struct([("body", pyarrow.string()), ("packed", pyarrow.binary())])
"""What is handed on of an input: by what it is grouped, and what was read of it."""

NOTHING: dict[str, object] = {"body": "", "packed": None}
"""What is handed on of the row that stands for no input."""


def _urls(source: str | Iterable[str] | daft.DataFrame, column: str, io_config: IOConfig | None) -> daft.DataFrame:
    if isinstance(source, daft.DataFrame):
        return source.select(col(column).cast(DataType.string()).alias("url"))
    if isinstance(source, str):
        # Files of this machine are told by their paths, as the command line does.
        path = col("path").regexp_replace("^file://", "")
        return daft.from_glob_path(source, io_config=io_config).select(path.alias("url"))
    return _listed(source)


def _listed(urls: Iterable[str | None]) -> daft.DataFrame:
    return daft.from_pydict({"url": pyarrow.array(urls, pyarrow.string())})


def _packed(url: str, read: crossfoot.Documents) -> dict[str, object]:
    # Copies are of one body or have one hash. What could not be read stands alone.
    body = next((document.body or document.sha256 for document in read), url)
    return {"body": body, "packed": zlib.compress(pickle.dumps(read), 1)}


def _checked(read: list[crossfoot.Documents]) -> pyarrow.Array:
    """The tables of the reports of one body, as one row."""
    together = crossfoot.read_all(read, on_error="record")
    answer = crossfoot.check(together, on_error="record")
    frames = [answer.documents, together.figures, together.tables, answer.claims, answer.findings]
    lists = []
    for frame in frames:
        rows = pyarrow.table(frame).cast(_schema(frame)).combine_chunks().to_struct_array().combine_chunks()
        lists.append(pyarrow.ListArray.from_arrays(pyarrow.array([0, len(rows)], pyarrow.int32()), rows))
    return pyarrow.StructArray.from_arrays(lists, list(TABLES))


def _checked_type() -> pyarrow.DataType:
    read, answer = crossfoot.read_all([]), crossfoot.check([])
    frames = [answer.documents, read.figures, read.tables, answer.claims, answer.findings]
    rows = [pyarrow.struct(list(_schema(frame))) for frame in frames]
    return pyarrow.struct([(name, pyarrow.list_(row)) for name, row in zip(TABLES, rows, strict=True)])


def _schema(frame: crossfoot.Frame) -> pyarrow.Schema:
    """The columns of a table, with words as text: each list of a cluster would have numbers of its own for them."""

    def plain(field: pyarrow.Field) -> pyarrow.Field:
        of_words = pyarrow.types.is_dictionary(field.type)
        return pyarrow.field(field.name, field.type.value_type if of_words else field.type)

    return pyarrow.schema([plain(field) for field in pyarrow.schema(frame)])


def _type(of: pyarrow.DataType) -> Any:
    return DataType.from_arrow_type(of)
