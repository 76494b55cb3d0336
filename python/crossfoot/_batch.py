"""The command ``crossfoot batch`` as a function."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ._again import again
from ._errors import BatchError

Format = Literal["csv", "jsonl", "parquet"]
"""A form in which the tables are written."""

TABLES = ("documents", "observations", "tables", "claims", "findings")
"""The tables of a data set."""


@dataclass(frozen=True)
class Batch:
    """A data set of many reports, in a folder."""

    out: Path
    """The folder."""
    status: int
    """The exit status of the command line: 0, or 2 where an input could not be read."""
    formats: tuple[str, ...]
    """The forms that the tables are written in."""
    stderr: str
    """What the command line said on the way."""

    def path(self, table: str, format: str | None = None) -> Path:
        """The file of a table: "documents", "observations", "tables", "claims" or "findings"."""
        if table not in TABLES:
            raise ValueError(f"no table is called {table!r}; they are {', '.join(TABLES)}")
        return self.out / f"{table}.{format or self.formats[0]}"

    @property
    def paths(self) -> dict[str, Path]:
        """The file of each table, in the first of the formats."""
        return {table: self.path(table) for table in TABLES}


def batch(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    jobs: int | None = None,
    formats: Format | Iterable[Format] = ("parquet",),
    resume: bool = False,
    shard: tuple[int, int] | None = None,
    manifest: str | os.PathLike[str] | None = None,
    password: str | None = None,
    max_pages: int | None = None,
    max_memory: int | None = None,
    timeout: float | None = None,
    delimiter: str | None = None,
    about: str | None = None,
    json: bool = False,
    on_error: Literal["raise", "record"] = "raise",
) -> Batch:
    """Reads and checks files, folders and patterns (``reports/*.pdf``), and writes the tables of all of them into ``out``.

    This is ``crossfoot batch``, run as a process of its own, so that what it says on stderr can be told and an interrupt ends
    it in good order: memory stays bounded, and a run that was interrupted goes on with ``resume=True``. ``shard=(2, 8)`` reads the second
    eighth of the inputs, and ``reconcile`` makes the tables of all parts.
    ``max_memory`` is that of each process that reads, in MB, and ``timeout`` what each input may take, in seconds. With
    ``json``, the JSON of each document is written too, into ``out/json``.

    With ``on_error="record"``, inputs that cannot be read are rows of ``documents`` and no exception. Raises ``BatchError``
    with what was said on stderr.
    """
    inputs = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    forms = (formats,) if isinstance(formats, str) else tuple(formats)
    options: dict[str, Any] = {
        "--out": out,
        "--jobs": jobs,
        "--format": ",".join(forms),
        "--shard": None if shard is None else f"{shard[0]}/{shard[1]}",
        "--manifest": manifest,
        "--password": password,
        "--max-pages": max_pages,
        "--max-memory": max_memory,
        "--timeout": timeout,
        "--delimiter": delimiter,
        "--about": about,
    }
    command = [*again(), "batch"]
    for name, value in options.items():
        if value is not None:
            command += [f"{name}={os.fspath(value) if isinstance(value, os.PathLike) else value}"]
    command += ["--resume"] if resume else []
    command += ["--json"] if json else []
    command += ["--", *(os.fspath(path) for path in inputs)]
    return _made(command, Path(out), forms, on_error, parted=shard is not None)


def reconcile(
    parts: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    formats: Format | Iterable[Format] = ("parquet",),
    jobs: int | None = None,
    resume: bool = False,
    json: bool = False,
    on_error: Literal["raise", "record"] = "raise",
) -> Batch:
    """Joins the parts of a data set, which ``batch`` read with ``shard``, and checks all of them: ``crossfoot reconcile``.

    The tables are those of a run that was not parted. Raises ``BatchError`` where a part is missing.
    """
    folders = [parts] if isinstance(parts, (str, os.PathLike)) else list(parts)
    forms = (formats,) if isinstance(formats, str) else tuple(formats)
    command = [*again(), "reconcile", f"--out={os.fspath(out)}", f"--format={','.join(forms)}"]
    command += [] if jobs is None else [f"--jobs={jobs}"]
    command += ["--resume"] if resume else []
    command += ["--json"] if json else []
    command += ["--", *(os.fspath(folder) for folder in folders)]
    return _made(command, Path(out), forms, on_error, parted=False)


def _made(command: list[str], out: Path, forms: tuple[str, ...], on_error: str, *, parted: bool) -> Batch:
    ended = _run(command)
    # A part has no tables yet.
    done = _whole(out, forms) or (parted and "is read" in ended.stderr)
    recorded = on_error == "record" and ended.returncode == 2 and done
    if ended.returncode != 0 and not recorded:
        raise BatchError(ended.returncode, ended.stderr)
    return Batch(out, ended.returncode, forms, ended.stderr)


def _whole(out: Path, forms: tuple[str, ...]) -> bool:
    return all((out / f"documents.{form}").is_file() for form in forms)


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Runs a command, and hands an interrupt on to it once. It ends when it has kept what is done, or at a second one."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        # The interrupt of a terminal would reach it twice.
        start_new_session=True,
    ) as process:
        try:
            stdout, stderr = process.communicate()
        except KeyboardInterrupt:
            process.send_signal(signal.SIGINT) if os.name == "posix" else process.terminate()
            try:
                process.communicate()
            except KeyboardInterrupt:
                process.kill()
            raise
        return subprocess.CompletedProcess(command, process.returncode, stdout, stderr)
