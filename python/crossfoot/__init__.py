"""Reads published complaint reports, extracts every table and figure with its place, and checks that the figures add up.

>>> import crossfoot
>>> text = b"Stage | 2020/21 | 2021/22\\nStage 1 | 131 | 145\\nStage 2 | 20 | 22\\nTotal | 151 | 176\\n"
>>> report = crossfoot.read_bytes("report.txt", text)
>>> len(report.figures)
6
>>> crossfoot.check(report).findings.to_polars()["arithmetic"][0]
'145 + 22 = 167; printed 176, 9 too many'
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from . import _crossfoot
from ._batch import Batch, batch, reconcile
from ._crossfoot import Answer, Diagnostic, Document, Documents, Frame, Period, __version__
from ._errors import BatchError, CrossfootError, ReadError

if TYPE_CHECKING:
    Path: TypeAlias = str | os.PathLike[str]
    Input: TypeAlias = Path | tuple[str, bytes | None] | Document | Documents
    OnError: TypeAlias = Literal["raise", "record"]

__all__ = [
    "Answer",
    "Batch",
    "BatchError",
    "CrossfootError",
    "Diagnostic",
    "Document",
    "Documents",
    "Frame",
    "Period",
    "ReadError",
    "__version__",
    "batch",
    "check",
    "read",
    "read_all",
    "read_bytes",
    "reconcile",
]


def read(
    path: Path,
    *,
    password: str | None = None,
    max_pages: int | None = None,
    max_bytes: int | None = None,
    timeout: float | None = None,
    delimiter: str | None = None,
    about: str | None = None,
) -> Document:
    """Reads a file, or a member of an archive (``a.zip!/b.pdf``).

    ``password`` opens encrypted PDFs. Pages after ``max_pages`` are left out, and no page of a PDF is begun after
    ``timeout`` seconds; a diagnostic says so. Files of more than ``max_bytes`` are refused. ``delimiter`` is what stands
    between the cells of CSV files. ``about`` says what the file is about ("Larkmere Council, 2016/17"), and counts before
    what the file says of itself.

    Raises ``ReadError`` where the file gives no document, and an ``OSError`` where the system refused. All lesser faults
    are among the document's ``diagnostics``.
    """
    options = _options(password, max_pages, max_bytes, timeout, delimiter, about)
    return _crossfoot.read(path, options)


def read_bytes(
    name: str,
    data: bytes,
    *,
    password: str | None = None,
    max_pages: int | None = None,
    max_bytes: int | None = None,
    timeout: float | None = None,
    delimiter: str | None = None,
    about: str | None = None,
) -> Document:
    """Reads bytes that are in memory. The ending of ``name`` tells CSV, Markdown and parts of web pages from plain text;
    otherwise the name is only carried along.

    The options and exceptions are those of ``read``.
    """
    options = _options(password, max_pages, max_bytes, timeout, delimiter, about)
    return _crossfoot.read_bytes(name, data, options)


def read_all(
    inputs: Input | Iterable[Input],
    *,
    jobs: int | None = None,
    on_error: OnError = "raise",
    password: str | None = None,
    max_pages: int | None = None,
    max_bytes: int | None = None,
    timeout: float | None = None,
    delimiter: str | None = None,
    about: str | None = None,
) -> Documents:
    """Reads several inputs on ``jobs`` threads (as many as there are cores), and gives their tables as one.

    Inputs are paths, pairs of a name and bytes (None where they could not be fetched), and what is read already. With ``on_error="record"``, what cannot be read is a row of
    ``documents`` with the reason, and the others are read; else it raises as ``read`` does. The other options are those of
    ``read``.
    """
    options = _options(password, max_pages, max_bytes, timeout, delimiter, about)
    return _crossfoot.read_all(inputs, options, jobs, on_error)


def check(
    inputs: Input | Iterable[Input],
    *,
    jobs: int | None = None,
    on_error: OnError = "raise",
    password: str | None = None,
    max_pages: int | None = None,
    max_bytes: int | None = None,
    timeout: float | None = None,
    delimiter: str | None = None,
    about: str | None = None,
) -> Answer:
    """Reads the inputs as ``read_all`` does, and checks them together: the figures of each, and those of reports of one
    body against each other.

    Whatever stands in a document is no reason to raise: what does not add up is in ``findings``.
    """
    options = _options(password, max_pages, max_bytes, timeout, delimiter, about)
    return _crossfoot.check(inputs, options, jobs, on_error)


def _options(
    password: str | None,
    max_pages: int | None,
    max_bytes: int | None,
    timeout: float | None,
    delimiter: str | None,
    about: str | None,
) -> dict[str, Any]:
    return {
        "password": password,
        "max_pages": max_pages,
        "max_bytes": max_bytes,
        "timeout": timeout,
        "delimiter": delimiter,
        "about": about,
    }
