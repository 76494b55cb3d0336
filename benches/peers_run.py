"""The rows of peers.py: which programs there are, how each is installed, run and measured."""
import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

READERS = Path(__file__).resolve().parent / "peers_read.py"
# Fields of a data set may hold whole paragraphs.
csv.field_size_limit(1 << 30)


class Peer(NamedTuple):
    """Packages, the first of which gives the version; what it gives; part of the default run; the files it takes."""
    packages: list[str]
    gives: str = "tables"
    usual: bool = True
    kinds: tuple[str, ...] = (".pdf",)


PEERS = {
    "pdfplumber": Peer(["pdfplumber==0.11.10"]),
    "camelot hybrid": Peer(["camelot-py==2.0.0"]),
    "pymupdf4llm": Peer(["pymupdf4llm==2.0", "pymupdf==2.0", "pymupdf-layout==2.0"], "text, tables"),
    "pymupdf4llm html": Peer(["pymupdf4llm==2.0", "pymupdf==2.0", "pymupdf-layout==2.0"], "text, tables"),
    # 2.0 takes points and commas out of numbers ("6.19" is "619\n."), so the last version before it
    "PyMuPDF find_tables": Peer(["pymupdf==1.26.7"]),
    # as it is by default: the models with which it finds more tables are downloaded when they are first asked for
    "kreuzberg": Peer(["kreuzberg==4.10.4"], "text, tables"),
    "img2table borderless": Peer(["img2table==2.0.0"], usual=False),
    "tabula stream": Peer(["tabula-py==2.10.0", "pypdfium2==5.15.2"], usual=False),
    # Its models of layout and tables are no part of its packages: it downloads them when it first reads a PDF. The
    # pipeline that it has without models gives lines of text and no tables.
    "docling": Peer(["docling==2.143.0"], "text, tables", usual=False),
    "pandas openpyxl": Peer(["pandas==3.1.1", "openpyxl==3.1.5"], "cells", kinds=(".xlsx", ".csv")),
    "pandas calamine": Peer(["pandas==3.1.1", "python-calamine==0.9.1"], "cells",
                            kinds=(".xlsx", ".xls", ".xlsb", ".ods", ".csv")),
    "openpyxl": Peer(["openpyxl==3.1.5"], "cells", kinds=(".xlsx",)),
    "polars calamine": Peer(["polars==2.1.0", "fastexcel==0.21.0"], "cells",
                            kinds=(".xlsx", ".xls", ".xlsb", ".ods", ".csv")),
}


class Ours(NamedTuple):
    """Arguments, where DATA is a folder to write to; what it gives; what reads its answer, as `tables_of` does."""
    arguments: list[str]
    gives: str
    answer: Callable[[Path, list[str]], dict]


# ------------------------------------------------------------ measuring

# A process starts with its parent's peak as its own, so the parent is an interpreter with nothing loaded.
LAUNCH = """
import json, os, signal, sys, time
out, err, seconds, one_core, *command = sys.argv[1:]
start = time.monotonic()
pid = os.fork()
if not pid:
    os.setsid()
    if one_core == '1': os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    for path, fd in ((out, 1), (err, 2)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), fd)
    try: os.execvp(command[0], command)
    except OSError: os._exit(127)
signal.signal(signal.SIGALRM, lambda *_: os.killpg(pid, signal.SIGKILL))
signal.alarm(int(seconds))
_, status, use = os.wait4(pid, 0)
print(json.dumps({'exit': os.waitstatus_to_exitcode(status), 'cpu': use.ru_utime + use.ru_stime,
                  'mb': use.ru_maxrss / 1024, 'wall': time.monotonic() - start}))
"""


def measure(command, out, err, options):
    """Run a command to its end: {exit, cpu, mb, wall}; MB as Linux counts them (ru_maxrss in KiB)."""
    # settings made for old builds of a numeric library slow the peers' current one
    env = {k: v for k, v in os.environ.items() if not k.startswith("OPENBLAS_")}
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", LAUNCH, str(out), str(err), str(options.timeout),
         str(int(options.one_core)), *map(str, command)],
        stdout=subprocess.PIPE, env=env, check=True, text=True)
    return json.loads(done.stdout)


def install(peer, work):
    """The environment's interpreter and the peer's version; made anew only if its pins changed."""
    pins = sorted(PEERS[peer].packages)
    home = work / "venvs" / "+".join(p.split("==")[0] for p in pins)
    python, stamp = home / "bin" / "python", home / "pins.txt"
    if not stamp.exists() or stamp.read_text().split() != pins:
        print(f"installing {peer} …", file=sys.stderr)
        shutil.rmtree(home, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *pins], check=True)
        frozen = subprocess.run([str(python), "-m", "pip", "freeze"], check=True, capture_output=True)
        (home / "freeze.txt").write_bytes(frozen.stdout)
        stamp.write_text("\n".join(pins))
    return python, PEERS[peer].packages[0].split("==")[1]


def run_peer(name, files, out, options):
    peer = PEERS[name]
    files = [f for f in files if f.endswith(peer.kinds)]
    row = {"name": name, "gives": peer.gives, "files": len(files)}
    try:
        python, row["version"] = install(name, options.work)
    except (OSError, subprocess.CalledProcessError) as error:
        return {**row, "failed": f"not installed: {error}"[:80]}
    command = [python, "-B", READERS, name, out]
    fresh(out)
    idle = measure(command, out / "stdout.txt", out / "stderr.txt", options)
    row |= measure([*command, *files], out / "stdout.txt", out / "stderr.txt", options)
    row["start"] = idle["cpu"]
    if row["exit"]:
        return {**row, "failed": how_it_ended(row["exit"])}
    counted, failed = out / "counted.txt", (out / "failed.txt").read_text().splitlines()
    if counted.exists():
        row["found"] = int(counted.read_text())
    return {**row, "lost": len(failed)} | ({"failed": failed[0]} if len(failed) == len(files) else {})


def run_ours(name, files, out, options):
    ours, binary, data = OURS[name], options.crossfoot, out / "data"
    row, runs = {"name": name, "gives": ours.gives, "files": len(files)}, []
    fresh(out)
    if not shutil.which(binary):
        return {**row, "failed": "no such program; build it first, or give --crossfoot"}
    told = subprocess.run([binary, "--version"], capture_output=True, text=True).stdout.split()
    row["version"] = told[-1] if told else "?"
    command = [binary, *(str(data) if a == "DATA" else a for a in ours.arguments)]
    for _ in range(options.repeat):
        shutil.rmtree(data, ignore_errors=True)
        runs.append(measure([*command, *files], out / "stdout.txt", out / "stderr.txt", options))
    row |= {key: statistics.median(r[key] for r in runs) for key in ("cpu", "mb", "wall")}
    idle = [measure([binary, "--version"], out / "idle.txt", out / "idle.txt", options) for _ in range(3)]
    row["start"] = statistics.median(r["cpu"] for r in idle)
    row["exit"] = runs[-1]["exit"]
    # 1 is findings, 2 a file that could not be read
    if row["exit"] not in (0, 1, 2):
        return {**row, "failed": how_it_ended(row["exit"])}
    try:
        return row | ours.answer(out, files)
    except (OSError, ValueError):
        said = (out / "stderr.txt").read_text(errors="replace").splitlines()
        return {**row, "failed": said[0] if said else how_it_ended(row["exit"]) + ", no answer"}


# ------------------------------------------------------------ what crossfoot answered

def tables_of(out, files):
    """Write the tables of the JSON, one file a document, as they are; say what could not be read."""
    documents = json.loads((out / "stdout.txt").read_text(encoding="utf-8"))
    documents = documents if isinstance(documents, list) else [documents]
    unread = []
    for one in documents:
        name = Path(one["source"]["path"]).stem
        (out / (name + ".json")).write_text(json.dumps({"tables": one["tables"]}))
        if not one["source"].get("pages"):
            unread.append((one["diagnostics"] or [{"message": "no pages"}])[0]["message"])
    unread += ["missing from the answer"] * (len(files) - len(documents))
    return {"lost": len(unread)} | ({"failed": unread[0]} if len(unread) == len(files) else {})


def figures_of(out, files):
    """Count the figures of `extract --out`, and the files without them, from its list of documents."""
    with (out / "data" / "documents.jsonl").open(encoding="utf-8") as lines:
        return lost([(one["path"], one["status"], one["figures"]) for one in map(json.loads, lines)], files)


def data_of(out, files):
    """Count the figures of `batch`, and the files without them, from its table of documents."""
    with (out / "data" / "documents.csv").open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table)
        return lost([(one["path"], one["status"], one["observations"]) for one in rows], files)


def lost(rows, files):
    """Lost is a file whose row says that it failed or was passed over, and a file without a row."""
    read = {Path(path).name for path, status, _ in rows if status in ("ok", "partial")}
    gone = [Path(f).name for f in files if Path(f).name not in read]
    found = sum(int(figures or 0) for _, _, figures in rows)
    return {"lost": len(gone), "found": found} | ({"failed": "nothing was read"} if len(gone) == len(files) else {})


OURS = {
    "crossfoot": Ours(["extract", "--format", "json"], "figures, tables", tables_of),
    "crossfoot --second-reader": Ours(["extract", "--format", "json", "--second-reader"], "figures, tables", tables_of),
    "crossfoot extract": Ours(["extract", "--format", "csv", "--out", "DATA"], "figures", figures_of),
    # each file in a worker process with limits; what they take is counted too
    "crossfoot batch": Ours(["batch", "--quiet", "--out", "DATA"], "figures, tables, claims, findings", data_of),
}


def how_it_ended(code):
    return f"killed by signal {-code}" if code < 0 else f"exit status {code}"


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
