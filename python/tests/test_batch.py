"""``crossfoot.batch``: the command line's data set of many reports, as files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polars
import pytest
from conftest import Write
from polars.testing import assert_frame_equal

import crossfoot
from crossfoot import _batch

HELP = subprocess.run([sys.executable, "-m", "crossfoot", "batch", "--help"], capture_output=True, check=False)
needs_batch = pytest.mark.skipif(HELP.returncode != 0, reason="this command line has no batch")
TABLES = ["documents", "observations", "tables", "claims", "findings"]


def by_id(frame: polars.DataFrame) -> polars.DataFrame:
    words = [name for name, kind in frame.schema.items() if kind == polars.Categorical]
    return frame.with_columns(polars.col(words).cast(polars.String)).sort("id")


@needs_batch
def test_the_files_have_the_rows_of_a_check(reports: list[Path], tmp_path: Path) -> None:
    made = crossfoot.batch(reports, tmp_path / "out", formats=["parquet", "csv"], jobs=2)
    assert (made.out, made.status, made.formats) == (tmp_path / "out", 0, ("parquet", "csv"))
    answer, read = crossfoot.check(reports), crossfoot.read_all(reports)
    frames = [answer.documents, read.figures, read.tables, answer.claims, answer.findings]
    for name, frame in zip(TABLES, frames, strict=True):
        rows = by_id(polars.read_parquet(made.paths[name]))
        assert_frame_equal(rows, by_id(polars.DataFrame(frame)))
        assert polars.read_csv(made.path(name, "csv")).height == rows.height


@needs_batch
def test_a_run_goes_on_where_it_stopped(reports: list[Path], tmp_path: Path) -> None:
    first = crossfoot.batch(reports, tmp_path / "out", formats="csv")
    rows = {name: path.read_bytes() for name, path in first.paths.items()}
    again = crossfoot.batch(reports, tmp_path / "out", formats="csv", resume=True)
    assert {name: path.read_bytes() for name, path in again.paths.items()} == rows


@needs_batch
def test_what_cannot_be_read_is_raised_or_recorded(reports: list[Path], write: Write, tmp_path: Path) -> None:
    inputs = [*reports, write("empty.txt", "")]
    with pytest.raises(crossfoot.BatchError, match="1 failed") as raised:
        crossfoot.batch(inputs, tmp_path / "one", formats="csv")
    assert raised.value.status == 2
    made = crossfoot.batch(inputs, tmp_path / "other", formats="csv", on_error="record")
    assert made.status == 2
    rows = polars.read_csv(made.paths["documents"])
    assert sorted(rows["status"]) == ["failed", "ok", "ok", "ok", "ok"]


@needs_batch
def test_parts_are_joined_to_the_whole(reports: list[Path], tmp_path: Path) -> None:
    parts = [crossfoot.batch(reports, tmp_path / str(n), formats="csv", shard=(n, 2)).out for n in (1, 2)]
    joined = crossfoot.reconcile(parts, tmp_path / "joined", formats="csv")
    whole = crossfoot.batch(reports, tmp_path / "whole", formats="csv")
    for name in TABLES:
        assert joined.paths[name].read_bytes() == whole.paths[name].read_bytes()
    with pytest.raises(crossfoot.BatchError):
        crossfoot.reconcile(parts[:1], tmp_path / "half", formats="csv")


@needs_batch
def test_ids_of_what_cannot_be_read_are_those_of_a_batch(reports: list[Path], write: Write, tmp_path: Path) -> None:
    inputs = [str(path) for path in [*reports, write("empty.txt", ""), tmp_path / "missing.txt"]]
    made = crossfoot.batch(inputs, tmp_path / "out", formats="parquet", on_error="record")
    answer = crossfoot.check(inputs, on_error="record")
    assert_frame_equal(by_id(polars.read_parquet(made.paths["documents"])), by_id(polars.DataFrame(answer.documents)))


def test_a_command_line_that_is_not_understood_is_raised(tmp_path: Path) -> None:
    with pytest.raises(crossfoot.BatchError) as raised:
        crossfoot.batch([tmp_path], tmp_path / "out", formats="odt")  # type: ignore[arg-type]
    assert raised.value.status == 2
    assert "error" in raised.value.stderr
    assert str(raised.value) == raised.value.stderr.strip()


def test_the_options_are_those_of_the_command_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    commands: list[list[str]] = []

    def run(command: list[str]) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(_batch, "_run", run)
    crossfoot.batch("-odd.txt", tmp_path, jobs=3, resume=True, shard=(2, 8), formats=("csv", "jsonl"), password="--x")
    own = commands[0][commands[0].index("batch") :]
    assert own == [
        "batch",
        f"--out={tmp_path}",
        "--jobs=3",
        "--format=csv,jsonl",
        "--shard=2/8",
        "--password=--x",
        "--resume",
        "--",
        "-odd.txt",
    ]


CHILD = """
import pathlib, signal, sys, time
def kept(*_):
    with pathlib.Path(sys.argv[1]).open("a") as file:
        file.write("interrupted\\n")
    sys.exit(2)
signal.signal(signal.SIGINT, kept)
print("ready", flush=True)
time.sleep(60)
"""
PARENT = f"""
import os, signal, sys, threading
from crossfoot._batch import _run
threading.Timer(1.0, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
try:
    _run([sys.executable, "-c", {CHILD!r}, sys.argv[1]])
except KeyboardInterrupt:
    print("ended")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
def test_an_interrupt_reaches_the_command_line_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PARENT, str(tmp_path / "told")]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=50)
    assert ended.stdout == "ended\n", ended.stderr
    assert (tmp_path / "told").read_text() == "interrupted\n"


def test_tables_have_names() -> None:
    made = crossfoot.Batch(Path("out"), 0, ("parquet", "csv"), "")
    assert made.path("claims") == Path("out/claims.parquet")
    assert made.path("claims", "csv") == Path("out/claims.csv")
    with pytest.raises(ValueError, match="documents, observations, tables, claims, findings"):
        made.path("figures")
