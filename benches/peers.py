#!/usr/bin/env python3
"""Compare crossfoot with other programs on a folder of documents, in one run on one machine.

Standard library only; the peers are installed by pip at pinned versions, each in a
virtual environment of its own under --work.  peers_run.py lists them and runs each,
peers_read.py says how each is called.

    benches/peers.py PDF_DIR --scorer icdar_eval.py --truth TRUTH_DIR
    benches/peers.py PDF_DIR --work DIR --peers all --repeat 5
    benches/peers.py --workbooks DIR                 # .xlsx, .xls, .xlsb, .ods and .csv
    benches/peers.py --big 500 --peers none          # memory on a generated report

What is counted
---------------
Each row is one process that reads every document; crossfoot's too.
gives    what the row makes of a document.  `crossfoot batch` is the whole job: every
         file is read in a worker process with limits, and the data set is written as
         CSV.  The other rows do a part of it: tables or text of PDFs, cells of workbooks.
CPU s    user and system time of that process and of all children it waited for,
         from wait4: start-up, imports and loading of models included.  The part
         that is there with no document at all stands in brackets.
peak MB  the largest resident set of any one of these processes.
lost     files of which nothing was read: those that a peer raised an error at, and
         those that crossfoot says have failed or that it has no row for.  A scan without
         text has failed for `crossfoot batch`; the other rows give it without content.
files    how many of the files are of a kind that the row takes; it is given no others,
         so a row with fewer files than crossfoot has less to do.
found    filled cells for the peers, figures for crossfoot: so that nothing passes for
         fast that has read little.
scores   by --scorer over the tables as each row gives them: document averages.
x        CPU s divided by that of the row named.
"""
import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

from peers_run import OURS, PEERS, run_ours, run_peer

REPO = Path(__file__).resolve().parent.parent
PDF_ROWS = ["crossfoot", "crossfoot --second-reader", "crossfoot batch"]
WORKBOOK_ROWS = ["crossfoot extract", "crossfoot batch"]
WORKBOOKS = (".xlsx", ".xls", ".xlsb", ".ods", ".csv")
SCORES = ["adj F", "comp F", "cell F", "number F", "triple strict F", "triple relaxed F"]


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
    times = row["cpu"] / base["cpu"]
    return f"{times:.1f}" if times >= 1 else f"{times:.2f}"


def show(rows, bases, headings, extra):
    by_name = {r["name"]: r for r in rows}
    heads = ["row", "version", "gives", *headings, "CPU s (start)", *(f"× {base}" for base in bases), "peak MB",
             "lost"]
    print("|", " | ".join(heads), "|")
    print("|", " | ".join(["---"] * len(heads)), "|")
    for row in rows:
        cells = [row["name"], row.get("version", "–"), row["gives"]]
        if "failed" in row:
            cells += ["failed: " + row["failed"].replace("|", "/")] + ["–"] * (len(heads) - 4)
        else:
            cells += [*extra(row), f"{row['cpu']:.2f} ({row['start']:.2f})",
                      *(factor(row, by_name, base) for base in bases), f"{row['mb']:.0f}", str(row["lost"])]
        print("|", " | ".join(cells), "|")


def rows_of(files, names, options, folder):
    for name in names:
        out = options.work / folder / name.replace(" ", "_")
        print(f"{name} …", file=sys.stderr)
        run_one = run_ours if name in OURS else run_peer
        row = run_one(name, files, out, options)
        (out.with_suffix(".row.json")).write_text(json.dumps(row))
        yield row, out


def files_in(folder, kinds):
    files = sorted(str(path) for path in folder.iterdir() if path.name.endswith(kinds))
    return files or sys.exit(f"nothing in {folder} is named {', '.join(kinds)}")


def where(count, options):
    print(f"\n{count} documents; Python {platform.python_version()}, {platform.machine()}, "
          f"{'one core' if options.one_core else f'{os.cpu_count()} cores'}\n")


def peers_for(kinds, options):
    return [p for p in options.peers if set(PEERS[p].kinds) & set(kinds)]


def compare(options):
    files = files_in(options.pdfs, (".pdf",))
    scored, rows = options.scorer and options.truth, []
    for row, out in rows_of(files, [*PDF_ROWS, *peers_for([".pdf"], options)], options, "tables"):
        # the data set of a batch has the tables of the row above it
        if scored and "failed" not in row and row["name"] != "crossfoot batch":
            row["scores"] = scores(options, out)
        rows.append(row)
    where(len(files), options)
    heads = SCORES if scored else []
    none = ["–"] * len(heads)
    show(rows, PDF_ROWS, heads, lambda row: [f"{s:.3f}" for s in row["scores"]] if "scores" in row else none)


def workbooks(options):
    files = files_in(options.workbooks, WORKBOOKS)
    rows = [row for row, _ in rows_of(files, [*WORKBOOK_ROWS, *peers_for(WORKBOOKS, options)], options, "workbooks")]
    where(len(files), options)
    show(rows, WORKBOOK_ROWS, ["files", "found"], lambda row: [str(row["files"]), f"{row['found']:,}"])


def memory(options):
    path = options.work / f"report-{options.big}.pdf"
    path.write_bytes(report(options.big))
    rows = []
    for row, out in rows_of([str(path)], [*PDF_ROWS, *peers_for([".pdf"], options)], options, "big"):
        found = out / (path.stem + ".json")
        pages = len({t["page"] for t in json.loads(found.read_text())["tables"]}) if found.exists() else "–"
        rows.append({**row, "pages": pages})
    print(f"\nA generated report of {options.big} pages, a ruled table on each\n")
    show(rows, PDF_ROWS, ["pages with a table"], lambda row: [str(row["pages"])])


def chosen(names):
    if names == "none":
        return []
    wanted = [p.strip() for p in names.split(",")]
    unknown = set(wanted) - set(PEERS) - {"all", "default"}
    if unknown:
        raise argparse.ArgumentTypeError(f"no such peer: {', '.join(unknown)}; there are: {', '.join(PEERS)}")
    return [name for name, peer in PEERS.items()
            if "all" in wanted or name in wanted or ("default" in wanted and peer.usual)]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("pdfs", nargs="?", type=Path, help="folder of PDFs")
    ap.add_argument("--workbooks", type=Path, metavar="DIR", help="folder of workbooks")
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
    if not (options.pdfs or options.workbooks or options.big):
        ap.error("give a folder of PDFs, --workbooks, or --big")
    options.work = (options.work or Path(tempfile.mkdtemp(prefix="peers-"))).resolve()
    if options.work.is_relative_to(REPO):
        ap.error("--work must be outside the repository")
    options.work.mkdir(parents=True, exist_ok=True)
    if options.pdfs:
        compare(options)
    if options.workbooks:
        workbooks(options)
    if options.big:
        memory(options)
    print(f"raw results in {options.work}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
