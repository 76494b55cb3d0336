"""Writes the report in all its forms: ../report.txt and its clean twin, ../expected.json, ../report.html and the other
forms that say themselves what a heading or a cell is, the PDFs here, and forms.toml.

    python3 make.py [text] [flow] [cells] [NAME ...]

All, or the text forms, or the web page and its like, or the CSV file and the workbooks, or the named PDFs.

The tools and their versions stand in ../ORIGIN.toml.
"""

import datetime
import json
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

import common
import expect
import forms
from plain import Plain

HERE = Path(__file__).resolve().parent
PASSWORD = "crossfoot"


def texts():
    (HERE.parent / "report.txt").write_text(Plain().text)
    (HERE.parent / "report-clean.txt").write_text(Plain(clean=True).text)
    (HERE.parent / "expected.json").write_text(expect.expected())


def flows():
    from markdown import Markdown
    from webpage import Site
    from word import Word

    (HERE.parent / "report.md").write_text(Markdown().text)
    (HERE.parent / "report.html").write_text(Site().page)
    Word().write(HERE.parent / "report.docx")


def sheets():
    from cells import Cells

    cells = Cells()
    (HERE.parent / "report.csv").write_text(cells.csv, newline="")
    cells.xlsx(HERE.parent / "report.xlsx")
    cells.xls(HERE.parent / "report.xls")
    cells.xlsb(HERE.parent / "report.xlsb")
    cells.ods(HERE.parent / "report.ods")


def packed(path):
    """The same file with its objects in compressed streams: a structure tree is long otherwise."""
    common.run(
        "qpdf",
        "--replace-input",
        "--static-id",
        "--object-streams=generate",
        "--recompress-flate",
        "--compression-level=9",
        path,
    )


def libreoffice(style, font, tagged):
    def write(path, work):
        from office import Office

        source = work / f"{path.stem}.fodt"
        source.write_text(Office(style, font).source)
        options = {
            "UseTaggedPDF": {"type": "boolean", "value": str(tagged).lower()},
            "ExportBookmarks": {"type": "boolean", "value": "false"},
        }
        common.run(
            "soffice",
            f"-env:UserInstallation={(work / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf:writer_pdf_Export:" + json.dumps(options),
            "--outdir",
            path.parent,
            source,
        )
        common.settle(path)
        if tagged:
            packed(path)

    return write


def chromium(classes, tagged):
    def write(path, work):
        from page import Html

        source = work / f"{path.stem}.html"
        source.write_text(Html(classes).page)
        common.run(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={work / 'chromium'}",
            *[] if tagged else ["--disable-pdf-tagging"],
            f"--print-to-pdf={path}",
            source.as_uri(),
        )
        common.settle(path)
        if tagged:
            packed(path)

    return write


def weasyprint(classes, **options):
    def write(path, _):
        import weasyprint as weasy
        from page import Html

        weasy.HTML(string=Html(classes).page).write_pdf(path, pdf_identifier=b"0f" * 16, **options)

    return write


def typst(style, font, margin, tagged):
    def write(path, work):
        import typst as engine
        from typeset import Typst

        source = work / f"{path.stem}.typ"
        source.write_text(Typst(style, font, margin).source)
        when = datetime.datetime.fromtimestamp(common.EPOCH, datetime.timezone.utc)
        engine.Compiler(str(source)).compile(output=str(path), timestamp=when, pdf_tags=tagged)
        if tagged:
            packed(path)

    return write


def pdftex(path, work):
    from typeset import Tex

    source = work / f"{path.stem}.tex"
    source.write_text(Tex().source)
    for _ in range(3):
        common.run("pdflatex", "-interaction=nonstopmode", "-halt-on-error", source.name, cwd=work)
    source.with_suffix(".pdf").replace(work / "done.pdf")
    path.write_bytes((work / "done.pdf").read_bytes())


def reportlab(path, _):
    from flow import Flow

    Flow().write(path)


def cairo(path, work):
    from drawn import Drawn

    pages = Drawn(work / "drawn.pdf").page
    turned = Drawn(work / "drawn.pdf", pages).turned
    common.run("qpdf", work / "drawn.pdf", "--static-id", "--rotate=90:" + ",".join(map(str, turned)), path)


def encrypted(source, *how):
    def write(path, _):
        common.run("qpdf", HERE / source, "--static-id", "--static-aes-iv", "--encrypt", *how, "--", path)

    return write


def scan(source, layer):
    def write(path, work):
        from scan import scanned

        scanned(HERE / source, work, path, layer)

    return write


def traits(producer, tagged, rules, note, *shows, **more):
    return {
        "producer": producer,
        "tagged": tagged,
        "rules": rules,
        "note": note,
        "reproducible": more.pop("reproducible", True),
        **more,
        "shows": list(shows),
    }


UNDER, FOOT = "under the table", "foot of the page"
SPAN, REPEAT, BESIDE = "spanning heads", "table over pages, head repeated", "tables side by side"
COMMON = (SPAN, REPEAT, BESIDE, "wrapped cells", forms.BROKEN)
FORMS = {
    "libreoffice-tagged-ruled": (
        libreoffice("ruled", "Liberation Sans", True),
        traits("LibreOffice Writer", True, "full", FOOT, *COMMON, "small tables inside a layout table"),
    ),
    "libreoffice-untagged-banded": (
        libreoffice("banded", "Carlito", False),
        traits(
            "LibreOffice Writer",
            False,
            "bands",
            UNDER,
            *COMMON,
            "small tables inside a layout table",
            "total row alone on the next page",
            "white on a dark head",
        ),
    ),
    "chromium-tagged-ruled": (
        chromium("ruled", True),
        traits("Chromium, headless", True, "full", UNDER, *COMMON, "soft hyphens left in the words"),
    ),
    "chromium-untagged-borderless": (
        chromium("plain serif whole-words", False),
        traits("Chromium, headless", False, "none", UNDER, *COMMON),
    ),
    "typst-tagged-partly-ruled": (
        typst("partly", "Libertinus Serif", "20mm", True),
        traits("Typst", True, "head-and-total", UNDER, *COMMON),
    ),
    "typst-untagged-banded": (
        typst("banded", "Liberation Sans", "24mm", False),
        traits("Typst", False, "bands", UNDER, *COMMON, "white on a dark head"),
    ),
    "pdftex-booktabs": (
        pdftex,
        traits(
            "pdfTeX",
            False,
            "head-and-total",
            FOOT,
            *COMMON,
            "rules under spanning heads",
            "Type 1 fonts",
            "line 'continued' at the break",
        ),
    ),
    "reportlab-ruled": (reportlab, traits("ReportLab", False, "full", UNDER, *COMMON)),
    "weasyprint-two-column": (
        weasyprint("columns booktabs serif"),
        traits("WeasyPrint", False, "head-and-total", UNDER, *COMMON, "prose in two columns"),
    ),
    "weasyprint-tagged-banded": (
        weasyprint("banded", pdf_variant="pdf/ua-1"),
        traits("WeasyPrint", True, "bands", UNDER, *COMMON, "PDF/UA-1", "white on a dark head"),
    ),
    "cairo-rotated": (
        cairo,
        traits("Cairo, pages turned by qpdf", False, "head-and-total", UNDER, *COMMON, "landscape pages by /Rotate 90"),
    ),
    "encrypted-owner": (
        encrypted("typst-untagged-banded.pdf", "", "farrowmouth", "128", "--use-aes=y", "--modify=none", "--extract=n"),
        traits(
            "Typst, encrypted by qpdf",
            False,
            "bands",
            UNDER,
            *COMMON,
            "opens without a password",
            encryption="AES-128, owner password only; changing and copying not permitted",
        ),
    ),
    "encrypted-user": (
        encrypted("reportlab-ruled.pdf", PASSWORD, "farrowmouth", "256"),
        traits(
            "ReportLab, encrypted by qpdf",
            False,
            "full",
            UNDER,
            *COMMON,
            encryption="AES-256, user password",
            password=PASSWORD,
            reproducible=False,
        ),
    ),
    "scanned": (
        scan("reportlab-ruled.pdf", False),
        traits("pictures of reportlab-ruled.pdf", False, "full", UNDER, *COMMON, "no text at all", "a little askew"),
    ),
    "scanned-ocr": (
        scan("reportlab-ruled.pdf", True),
        traits(
            "pictures of reportlab-ruled.pdf",
            False,
            "full",
            UNDER,
            *COMMON,
            "words in render mode 3 under the picture, none misread",
            "a little askew",
        ),
    ),
}
SEEN_IN = {"scanned": "reportlab-ruled.pdf"}  # pages without text: the rows are sought in what was scanned


def main(wanted):
    if not wanted or "text" in wanted:
        texts()
    if not wanted or "flow" in wanted:
        flows()
    if not wanted or "cells" in wanted:
        sheets()
    if wanted and not set(wanted) - {"text", "flow", "cells"}:
        return
    with tempfile.TemporaryDirectory() as work:
        for name, (write, _) in FORMS.items():
            if not wanted or name in wanted:
                write(HERE / f"{name}.pdf", Path(work))
    listed = {
        name: (about, SEEN_IN.get(name, f"{name}.pdf"))
        for name, (_, about) in FORMS.items()
        if (HERE / f"{name}.pdf").exists()
    }
    for problem in forms.write(HERE, listed):
        print("rows not all found:", *problem, file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
