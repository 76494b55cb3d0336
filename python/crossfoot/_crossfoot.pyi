"""The part of the package that is Rust."""

import datetime
import os
from collections.abc import Iterable, Iterator
from typing import Any, Literal, SupportsIndex

import pandas
import polars

from . import Input, OnError

__version__: str

class Frame:
    """A table: figures, tables, claims, findings or documents, a typed column for each of its properties.

    It is handed over by the Arrow PyCapsule interface without a copy: ``pyarrow.table(frame)``,
    ``polars.DataFrame(frame)``, ``pandas.DataFrame.from_arrow(frame)``, and duckdb takes it by its name in a query.
    """

    @property
    def name(self) -> Literal["observations", "tables", "claims", "findings", "documents"]:
        """What the rows are."""
    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
    @property
    def descriptions(self) -> dict[str, str]:
        """What each column holds, by its name. The same text is in the metadata of the Arrow field, as "description"."""
    def __len__(self) -> int: ...
    def __arrow_c_schema__(self) -> object:
        """The schema, by the Arrow PyCapsule interface."""
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The rows, by the Arrow PyCapsule interface."""
    def to_pandas(self) -> pandas.DataFrame:
        """The table as a pandas DataFrame. pandas and pyarrow must be installed."""
    def to_polars(self) -> polars.DataFrame:
        """The table as a polars DataFrame. polars must be installed."""
    def to_arrow(self) -> Any:
        """The table as a ``pyarrow.Table``. pyarrow must be installed."""

class Period:
    """A stretch of time: both days are part of it."""

    @property
    def start(self) -> datetime.date:
        """The first day."""
    @property
    def end(self) -> datetime.date:
        """The last day."""
    @property
    def kind(self) -> str:
        """Its length and nature: "year", "quarter", "month" …"""

class Diagnostic:
    """Something that was lost, doubtful or passed over."""

    @property
    def code(self) -> str:
        """A stable word, or the code of a check (CF8xx)."""
    @property
    def severity(self) -> Literal["note", "warning", "error"]:
        """ "note": passed over on purpose; "warning": lost or doubtful; "error": the input could not be read."""
    @property
    def message(self) -> str:
        """What it is, in a sentence."""
    @property
    def page(self) -> int | None:
        """The page, from 1; None where it is about the whole document."""
    @property
    def line(self) -> int | None:
        """The line, from 1; None where it is about the whole document."""

class Document:
    """A report with everything that was read from it. It can be pickled, for the same version of crossfoot."""

    @property
    def path(self) -> str:
        """The path or name that it was read by."""
    @property
    def sha256(self) -> str:
        """The SHA-256 of its bytes, in hexadecimal."""
    @property
    def pages(self) -> int:
        """The number of its pages, or of its sheets."""
    @property
    def status(self) -> Literal["ok", "partial", "failed"]:
        """What became of it: "partial" where something was lost or is doubtful, "failed" where nothing could be read."""
    @property
    def organisation(self) -> str | None:
        """The body that it reports on."""
    @property
    def body(self) -> str | None:
        """What tells this body from all others, however documents write its name."""
    @property
    def period(self) -> Period | None:
        """The period that it reports on."""
    @property
    def figures(self) -> Frame:
        """Its figures in reading order, of cells and of sentences."""
    @property
    def tables(self) -> Frame:
        """Its tables in reading order, or each page's piece of one."""
    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What was lost, doubtful or passed over."""
    def to_json(self) -> str:
        """The JSON of ``crossfoot extract``."""
    def to_csv(self) -> str:
        """The CSV of ``crossfoot extract``: a row for each figure."""
    def to_markdown(self) -> str:
        """The Markdown of ``crossfoot extract``: its tables and figures for reading."""

class Documents:
    """Reports that were read together. It is a sequence of those that could be read."""

    @property
    def figures(self) -> Frame:
        """The figures of all documents."""
    @property
    def tables(self) -> Frame:
        """The tables of all documents."""
    @property
    def documents(self) -> Frame:
        """A row for every input, whether or not it could be read."""
    def __len__(self) -> int: ...
    def __getitem__(self, at: SupportsIndex) -> Document: ...
    def __iter__(self) -> Iterator[Document]: ...
    def _each(self) -> list[Documents]:
        """The same, one input each."""

class Answer:
    """What documents say of their own figures and of each other's."""

    @property
    def claims(self) -> Frame:
        """Every relation between figures that was found, with its verdict."""
    @property
    def findings(self) -> Frame:
        """What does not agree, notes included."""
    @property
    def documents(self) -> Frame:
        """A row for every input, whether or not it could be read."""
    @property
    def coverage(self) -> dict[str, Any]:
        """How much was understood: what was checked, and why the rest was not."""
    def to_json(self) -> str:
        """The JSON of ``crossfoot check``."""

def read(path: str | os.PathLike[str], options: dict[str, Any]) -> Document: ...
def read_bytes(name: str, data: bytes, options: dict[str, Any]) -> Document: ...
def read_all(
    inputs: Input | Iterable[Input], options: dict[str, Any], jobs: int | None, on_error: OnError
) -> Documents: ...
def check(
    inputs: Input | Iterable[Input], options: dict[str, Any], jobs: int | None, on_error: OnError
) -> Answer: ...
def main(args: list[str], again: list[str]) -> int: ...
