"""``python -m crossfoot`` is the whole command line."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import polars
import pytest
from conftest import STAGES

import crossfoot


def run(*args: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "crossfoot", *map(str, args)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=120)


def test_it_gives_its_version_and_its_statuses(reports: list[Path]) -> None:
    assert run("--version").stdout.decode() == f"crossfoot {crossfoot.__version__}\n"
    assert run("check", reports[0]).returncode == 0
    assert run("check", reports[3]).returncode == 1
    missing = run("check", "/nowhere.pdf")
    assert missing.returncode == 2
    assert b"no such file" in missing.stderr
    assert run("frobnicate").returncode == 2


def test_it_reads_standard_input() -> None:
    answer = json.loads(run("check", "--format", "json", "-", stdin=STAGES).stdout)
    assert answer["findings"][0]["arithmetic"] == "145 + 22 = 167; printed 176, 9 too many"


def test_its_csv_has_the_figures_of_the_package(reports: list[Path], pdf: Path) -> None:
    paths = [*reports, pdf]
    rows = list(csv.DictReader(io.StringIO(run("extract", "--format", "csv", *paths).stdout.decode())))
    figures = polars.DataFrame(crossfoot.read_all(paths).figures)
    assert [row["id"] for row in rows] == figures["id"].to_list()
    assert [float(row["value"]) if row["value"] else None for row in rows] == figures["value"].to_list()
    assert [row["path"] for row in rows] == figures["path"].cast(polars.String).to_list()


@pytest.mark.skipif(sys.version_info < (3, 11), reason="needs python -P")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits for processes")
def test_it_starts_itself_again_to_read_apart(reports: list[Path], tmp_path: Path) -> None:
    # A folder of the same name in the working directory is not the package.
    (tmp_path / "crossfoot").mkdir()
    (tmp_path / "crossfoot" / "__init__.py").write_text("raise SystemExit(9)\n")
    command = [sys.executable, "-P", "-c", "import sys; from crossfoot.__main__ import main; sys.exit(main())"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    ended = subprocess.run(
        [*command, "check", "--isolate", str(reports[3])],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert ended.returncode == 1, ended.stderr
    assert b"15 + 6 + 33 = 54" in ended.stdout
