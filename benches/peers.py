#!/usr/bin/env python3
"""Compare crossfoot with other table finders on a folder of PDFs, in one run on one machine.

Standard library only; the peers are installed by pip at pinned versions, each in a
virtual environment of its own under --work.  peers_read.py says how each is called.

    benches/peers.py PDF_DIR --scorer icdar_eval.py --truth TRUTH_DIR
    benches/peers.py PDF_DIR --work DIR --peers all --repeat 5
    benches/peers.py --big 500 --peers none          # memory on a generated report

What is counted
---------------
Each row is one process that reads every document; crossfoot's too.
CPU s    user and system time of that process and of all children it waited for,
         from wait4: start-up, imports and loading of models included.  The part
         that is there with no document at all stands in brackets.
peak MB  the largest resident set of any one of these processes.
scores   by --scorer over the tables as each row gives them: document averages.
x        CPU s divided by that of crossfoot as it is by default, and by that of
         crossfoot --second-reader.
"""
import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
READERS = Path(__file__).resolve().parent / "peers_read.py"

# Peer: (packages, the first of which gives the version; part of the default run)
PEERS = {
    "pdfplumber": (["pdfplumber==0.11.10"], True),
    "camelot hybrid": (["camelot-py==2.0.0"], True),
    "pymupdf4llm": (["pymupdf4llm==2.0", "pymupdf==2.0", "pymupdf-layout==2.0"], True),
    "pymupdf4llm html": (["pymupdf4llm==2.0", "pymupdf==2.0", "pymupdf-layout==2.0"], True),
    # 2.0 takes points and commas out of numbers ("6.19" is "619\n."), so the last version before it
    "PyMuPDF find_tables": (["pymupdf==1.26.7"], True),
    "img2table borderless": (["img2table==2.0.0"], False),
    "tabula stream": (["tabula-py==2.10.0", "pypdfium2==5.15.2"], False),
}
OURS = {"crossfoot": [], "crossfoot --second-reader": ["--second-reader"]}


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
    pins = sorted(PEERS[peer][0])
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
    return python, PEERS[peer][0][0].split("==")[1]


def run_peer(peer, files, out, options):
    row = {"name": peer}
    try:
        python, row["version"] = install(peer, options.work)
    except (OSError, subprocess.CalledProcessError) as error:
        return {**row, "failed": f"not installed: {error}"[:80]}
    command = [python, "-B", READERS, peer, out]
    fresh(out)
    idle = measure(command, out / "stdout.txt", out / "stderr.txt", options)
    row |= measure([*command, *files], out / "stdout.txt", out / "stderr.txt", options)
    row["start"] = idle["cpu"]
    if row["exit"]:
        return {**row, "failed": how_it_ended(row["exit"])}
    failed = (out / "failed.txt").read_text().splitlines()
    return {**row, "unread": len(failed)} | ({"failed": failed[0]} if len(failed) == len(files) else {})


def run_ours(name, files, out, options):
    binary, answer = options.crossfoot, out / "stdout.txt"
    row, runs = {"name": name}, []
    fresh(out)
    if not shutil.which(binary):
        return {**row, "failed": "no such program; build it first, or give --crossfoot"}
    told = subprocess.run([binary, "--version"], capture_output=True, text=True).stdout.split()
    row["version"] = told[-1] if told else "?"
    command = [binary, "extract", "--format", "json", *OURS[name]]
    for _ in range(options.repeat):
        runs.append(measure([*command, *files], answer, out / "stderr.txt", options))
    row |= {key: statistics.median(r[key] for r in runs) for key in ("cpu", "mb", "wall")}
    idle = [measure([binary, "--version"], out / "idle.txt", out / "idle.txt", options) for _ in range(3)]
    row["start"] = statistics.median(r["cpu"] for r in idle)
    row["exit"] = runs[-1]["exit"]
    return row | keep(answer, out, len(files), row["exit"])


def keep(answer, out, count, code):
    """Write the tables of crossfoot's answer, one file a document, as they are; say what could not be read."""
    try:
        documents = json.loads(answer.read_text(encoding="utf-8"))
    except ValueError:
        return {"failed": how_it_ended(code) + ", no JSON"}
    documents = documents if isinstance(documents, list) else [documents]
    unread = []
    for one in documents:
        name = Path(one["source"]["path"]).stem
        (out / (name + ".json")).write_text(json.dumps({"tables": one["tables"]}))
        if not one["source"].get("pages"):
            unread.append((one["diagnostics"] or [{"message": "no pages"}])[0]["message"])
    unread += ["missing from the answer"] * (count - len(documents))
    result = {"unread": len(unread)}
    if code not in (0, 1, 2):
        result["failed"] = how_it_ended(code)
    elif len(unread) == count:
        result["failed"] = unread[0]
    return result


def how_it_ended(code):
    return f"killed by signal {-code}" if code < 0 else f"exit status {code}"


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def scores(options, out):
    done = subprocess.run([sys.executable, str(options.scorer), str(options.truth), str(out), "--json"],
                          check=True, capture_output=True, text=True)
    summary = json.loads(done.stdout)
    return [summary[m]["doc"][2] for m in ("adj", "comp", "cell", "num", "triple", "triple~")]


# ------------------------------------------------------------ a long report, written by hand

def report(pages):
    """A PDF of the given number of pages, each with a heading, a paragraph and a ruled table of other figures."""
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>",
               3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"}
    kids = []
    for n in range(pages):
        page, content = 4 + 2 * n, 5 + 2 * n
        kids.append(f"{page} 0 R")
        objects[page] = (f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R "
                         f"/Resources << /Font << /F1 3 0 R >> >> >>").encode()
        data = zlib.compress(page_content(n).encode("latin-1"))
        objects[content] = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(data), data)
    objects[2] = f"<< /Type /Pages /Count {pages} /Kids [{' '.join(kids)}] >>".encode()
    return assembled(objects)


def page_content(n):
    heads = ["Service", "Received", "Closed", "Upheld", "In time"]
    areas = ["Housing", "Roads", "Planning", "Schools", "Adult care", "Waste", "Parking", "Council tax",
             "Benefits", "Libraries", "Parks", "Licensing", "Elections", "Cemeteries", "Markets", "Trees",
             "Drainage", "Lighting"]
    # figures from a fixed rule, so that no two pages are alike and the totals add up
    rows = [[100 + (n * 37 + r * 101 + c * 53) % 900 for c in range(4)] for r in range(len(areas))]
    body = [[a, *map(str, row)] for a, row in zip(areas, rows)]
    body.append(["Total", *(f"{sum(column):,}" for column in zip(*rows))])
    out = [text(60, 780, f"Complaints in district {n + 1}", 16)]
    total = body[-1][1]
    for k, line in enumerate([f"In 2021/22 the district received {total} complaints about {len(areas)} services.",
                              "The table shows how many were received and closed, and how many were upheld."]):
        out.append(text(60, 750 - 14 * k, line))
    top, high, edges = 710, 20, [60, 180, 270, 360, 450, 535]
    for r, row in enumerate([heads, *body]):
        for c, word in enumerate(row):
            wide = sum(278 if ch in ",. " else 556 for ch in word) / 100
            x = edges[c] + 5 if not c or not r else edges[c + 1] - 5 - wide
            out.append(text(x, top - high * r - 14, word))
    low = top - high * (len(body) + 1)
    out += [f"{edges[0]} {y} m {edges[-1]} {y} l S" for y in range(top, low - 1, -high)]
    out += [f"{x} {top} m {x} {low} l S" for x in edges]
    return "\n".join(out)


def text(x, y, words, size=10):
    return f"BT /F1 {size} Tf {x:.2f} {y} Td ({words}) Tj ET"


def assembled(objects):
    out, places = bytearray(b"%PDF-1.4\n"), {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start, size = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number]
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(out)


# ------------------------------------------------------------ the tables printed

def factor(row, rows, name):
    base = rows.get(name, {})
    if "failed" in row or "failed" in base or not base.get("cpu"):
        return "–"
    return f"{row['cpu'] / base['cpu']:.1f}"


def show(rows, headings, extra):
    by_name = {r["name"]: r for r in rows}
    heads = ["peer", "version", *headings, "CPU s (start)", "× crossfoot", "× with the second reader", "peak MB"]
    heads.append("unread")
    print("|", " | ".join(heads), "|")
    print("|", " | ".join(["---"] * len(heads)), "|")
    for row in rows:
        cells = [row["name"], row.get("version", "–")]
        if "failed" in row:
            cells += ["failed: " + row["failed"].replace("|", "/")] + ["–"] * (len(heads) - 3)
        else:
            cells += [*extra(row), f"{row['cpu']:.2f} ({row['start']:.2f})", factor(row, by_name, "crossfoot"),
                      factor(row, by_name, "crossfoot --second-reader"), f"{row['mb']:.0f}", str(row["unread"])]
        print("|", " | ".join(cells), "|")


def rows_of(files, options, folder):
    for name in [*OURS, *options.peers]:
        out = options.work / folder / name.replace(" ", "_")
        print(f"{name} …", file=sys.stderr)
        run_one = run_ours if name in OURS else run_peer
        row = run_one(name, files, out, options)
        (out.with_suffix(".row.json")).write_text(json.dumps(row))
        yield row, out


def compare(options):
    files = sorted(map(str, options.pdfs.glob("*.pdf")))
    if not files:
        sys.exit("no PDF in that folder")
    scored, rows = options.scorer and options.truth, []
    for row, out in rows_of(files, options, "tables"):
        if scored and "failed" not in row:
            row["scores"] = scores(options, out)
        rows.append(row)
    print(f"\n{len(files)} documents; Python {platform.python_version()}, {platform.machine()}, "
          f"{'one core' if options.one_core else f'{os.cpu_count()} cores'}\n")
    heads = ["adj F", "comp F", "cell F", "number F", "triple strict F", "triple relaxed F"] if scored else []
    show(rows, heads, lambda row: [f"{s:.3f}" for s in row.get("scores", [])])


def memory(options):
    path = options.work / f"report-{options.big}.pdf"
    path.write_bytes(report(options.big))
    rows = []
    for row, out in rows_of([str(path)], options, "big"):
        found = out / (path.stem + ".json")
        pages = {t["page"] for t in json.loads(found.read_text())["tables"]} if found.exists() else ()
        rows.append({**row, "pages": len(pages)})
    print(f"\nA generated report of {options.big} pages, a ruled table on each\n")
    show(rows, ["pages with a table"], lambda row: [str(row["pages"])])


def chosen(names):
    if names == "none":
        return []
    wanted = [p.strip() for p in names.split(",")]
    unknown = set(wanted) - set(PEERS) - {"all", "default"}
    if unknown:
        raise argparse.ArgumentTypeError(f"no such peer: {', '.join(unknown)}; there are: {', '.join(PEERS)}")
    return [p for p, (_, usual) in PEERS.items() if "all" in wanted or p in wanted or ("default" in wanted and usual)]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("pdfs", nargs="?", type=Path, help="folder of PDFs")
    ap.add_argument("--peers", type=chosen, default="default",
                    help="none, default, all, or names with commas between: " + ", ".join(PEERS))
    ap.add_argument("--crossfoot", default=str(REPO / "target/release/crossfoot"), help="the program")
    ap.add_argument("--scorer", type=Path, help="icdar_eval.py")
    ap.add_argument("--truth", type=Path, help="folder of NAME-str.xml")
    ap.add_argument("--work", type=Path, help="environments and raw results go here (default: a new temporary folder)")
    ap.add_argument("--repeat", type=int, default=3, help="runs of crossfoot, of which the median counts (default 3)")
    ap.add_argument("--timeout", type=int, default=3600, help="seconds for a row (default 3600)")
    ap.add_argument("--one-core", action="store_true", help="keep every process on one core")
    ap.add_argument("--big", type=int, metavar="PAGES", help="measure on a generated report of so many pages too")
    options = ap.parse_args()
    if not options.pdfs and not options.big:
        ap.error("give a folder of PDFs, or --big")
    options.work = (options.work or Path(tempfile.mkdtemp(prefix="peers-"))).resolve()
    if options.work.is_relative_to(REPO):
        ap.error("--work must be outside the repository")
    options.work.mkdir(parents=True, exist_ok=True)
    if options.pdfs:
        compare(options)
    if options.big:
        memory(options)
    print(f"raw results in {options.work}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
