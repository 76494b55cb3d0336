"""What the makers of documents share: one marked content gives the report, its clean twin and expected.json.

A folder's make.py writes its document once, with every break marked as "⟦right|wrong⟧", lists what a reader should find, and
calls `Kit.write`. The arithmetic of each claim is done here, and a claim that fails without a cause, or has a cause and holds,
stops the run. Lines are looked up by words that stand on them: in text in the report itself, in every other form in what
`crossfoot debug lines` prints, since that is what counts them. Standard library only; pictures and pages are drawn by
tests/fixtures/pdf/make.py.
"""
import importlib.util
import io
import json
import os
import re
import subprocess
import zipfile
from fractions import Fraction
from html import escape

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MARK = re.compile(r"⟦([^|⟧]*)\|([^⟧]*)⟧")
TEXT = ("txt", "md")


def drawing():
    """The writer of PDFs of the fixtures."""
    path = os.path.join(ROOT, "tests", "fixtures", "pdf", "make.py")
    spec = importlib.util.spec_from_file_location("fixtures", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def side(value, broken):
    """Strings, lists and tuples with one side of each mark taken."""
    if isinstance(value, str):
        return MARK.sub(lambda m: m.group(2 if broken else 1), value)
    if isinstance(value, (list, tuple)):
        return [side(v, broken) for v in value]
    return value


def exact(printed):
    """The value of a printed numeral."""
    text = str(printed).strip()
    digits = re.sub(r"[^0-9.]", "", text)
    value = Fraction(digits)
    return -value if re.match(r"^[(−–-]", text) else value


def decimals(printed):
    return len(str(printed).partition(".")[2].rstrip("%)m "))


def years(year):
    return {"start": "%d-04-01" % year, "end": "%d-03-31" % (year + 1)}


class Kit:
    def __init__(self, here, form, period):
        self.here, self.form = os.path.dirname(os.path.abspath(here)), form
        self.name = os.path.basename(os.path.dirname(self.here)).split("-")[0]
        self.period = period
        self.tables, self.figures, self.claims = [], [], []

    # ------------------------------------------------------------ what a reader should find

    def table(self, grid, header_rows=1, header_cols=1):
        self.tables.append((grid, header_rows, header_cols))

    def figure(self, at, printed, measure="other", unit=None, period=None, role="value", value=None):
        """A figure of the prose, on the line that has the words `at`."""
        told = str(printed)
        unit = unit or ("percent" if "%" in told or "per cent" in told else "gbp" if "£" in told else "count")
        value = value if value is not None else re.sub(r"[^0-9.]", "", told)
        self.figures.append((at, value, unit, measure, period or self.period, role, told))

    def claim(self, check, at, published, holds, inputs, computed, cause="", kind="", severity="error", also=(), to=None):
        if holds == bool(cause):
            raise SystemExit("%s: %s %r at %r: holds is %s, the cause %r" % (self.name, check, published, at, holds, cause))
        self.claims.append((check, at, to, published, holds, inputs, computed, cause, kind, severity, list(also)))

    def sum(self, at, total, parts, cause="", check="CF101", slack=0, also=(), to=None):
        made = sum(exact(p) for p in parts)
        holds = abs(made - exact(total)) <= Fraction(slack)
        self.claim(check, at, total, holds, {"parts": [number(exact(p)) for p in parts]}, number(made), cause, "sum", also=also, to=to)

    def share(self, at, printed, n, of, cause=""):
        made = 100 * exact(n) / exact(of)
        holds = abs(made - exact(printed)) <= Fraction(1, 2 * 10 ** decimals(printed))
        inputs = {"n": str(number(exact(n))), "N": str(number(exact(of)))}
        self.claim("CF203", at, printed, holds, inputs, "%.2f%%" % made, cause, "share-of-total")

    def change(self, at, printed, old, new, cause=""):
        made = 100 * (exact(new) - exact(old)) / exact(old)
        holds = abs(abs(made) - abs(exact(printed))) <= Fraction(1, 2 * 10 ** decimals(printed))
        inputs = {"old": number(exact(old)), "new": number(exact(new))}
        self.claim("CF301", at, printed, holds, inputs, "%.2f%%" % made, cause, "percent-change")

    def difference(self, at, printed, old, new, cause=""):
        made = exact(new) - exact(old)
        holds = abs(made) == abs(exact(printed))
        self.claim("CF302", at, printed, holds, {"old": number(exact(old)), "new": number(exact(new))}, number(made), cause, "difference")

    def direction(self, at, word, old, new, up, cause=""):
        holds = (exact(new) > exact(old)) == up and exact(new) != exact(old)
        inputs = {"old": number(exact(old)), "new": number(exact(new))}
        self.claim("CF303", at, word, holds, inputs, "rise" if exact(new) > exact(old) else "fall", cause, "direction", "warning")

    def ratio(self, at, word, holds, computed, cause=""):
        self.claim("CF304", at, word, holds, {}, computed, cause, "ratio-word", "warning")

    def same(self, at, here, there, cause="", check="CF402", also=("CF401",)):
        holds = exact(here) == exact(there)
        inputs = {"here": number(exact(here)), "there": number(exact(there)), "there_at": ""}
        self.claim(check, at, here, holds, inputs, number(exact(there)), cause, "same", also=also)

    def whole(self, at, shares, to=None, cause=""):
        """Shares that make 100 within their rounding."""
        made = sum(exact(s) for s in shares)
        slack = sum(Fraction(1, 2 * 10 ** decimals(s)) for s in shares)
        inputs = {"shares": [number(exact(s)) for s in shares]}
        self.claim("CF201", at, 100, abs(made - 100) <= slack, inputs, number(made), cause, "percent-partition-sum", to=to)

    def mean(self, at, printed, n, of, cause=""):
        made = exact(n) / exact(of)
        holds = abs(made - exact(printed)) <= Fraction(1, 2 * 10 ** decimals(printed))
        inputs = {"n": str(number(exact(n))), "N": str(number(exact(of)))}
        self.claim("CF602", at, printed, holds, inputs, "%.2f" % made, cause, "mean")

    # ------------------------------------------------------------ files

    def write(self, make):
        """`make(take)` gives the bytes of a form; `take` chooses the sides of the marks."""
        for name, broken in (("report", True), ("report-clean", False)):
            data = make(lambda value, broken=broken: side(value, broken))
            data = data.encode() if isinstance(data, str) else data
            with open(os.path.join(self.here, "%s.%s" % (name, self.form)), "wb") as file:
                file.write(data)
        self.lines = self.counted(os.path.join(self.here, "report." + self.form))
        with open(os.path.join(self.here, "expected.json"), "w", encoding="utf-8") as file:
            file.write(self.expected())

    def counted(self, path):
        if self.form in TEXT:
            with open(path, encoding="utf-8") as file:
                return dict(enumerate(file.read().split("\n"), 1))
        program = os.environ.get("CROSSFOOT", os.path.join(ROOT, "target", "release", "crossfoot"))
        printed = subprocess.run([program, "debug", "lines", path], check=True, capture_output=True, text=True).stdout
        found = (re.match(r" *\d+ +(\d+) \| (.*)", line) for line in printed.split("\n"))
        return {int(m.group(1)): m.group(2) for m in found if m}

    def line(self, at):
        """The one line that has these words; a tuple has the words and which of several lines, from 0."""
        words, which = at if isinstance(at, tuple) else (at, None)
        pieces = words.split(" … ")
        plain = lambda text: re.sub(r"\s+", " ", text)
        hits = [n for n, text in self.lines.items() if all(p in plain(text) for p in pieces)]
        if not hits or (which is None and len(hits) > 1) or (which or 0) >= len(hits):
            raise SystemExit("%s: %r is on lines %s" % (self.name, at, hits))
        return hits[which or 0]

    def expected(self):
        tables = [
            {"id": "t%d" % n, "header_rows": rows, "header_cols": cols, "grid": side(grid, True)}
            for n, (grid, rows, cols) in enumerate(self.tables, 1)
        ]
        figures = []
        for n, (at, value, unit, measure, period, role, told) in enumerate(self.figures, 1):
            figures.append({"id": "%s-f%02d" % (self.name, n), "line": self.line(at), "value": value, "unit": unit,
                            "measure": measure, "period": period, "role": role, "text": told})
        claims = []
        for n, (check, at, to, published, holds, inputs, computed, cause, kind, severity, also) in enumerate(self.claims, 1):
            claim = {"id": "%s-%03d" % (self.name, n), "line": self.line(at), "line_end": self.line(to or at), "check": check,
                     "claim_type": kind, "inputs": inputs, "computed": computed, "published": published,
                     "verdict": "holds" if holds else "inconsistent", "severity": "" if holds else severity,
                     "root_cause": "%s-%s" % (self.name, cause) if cause else ""}
            claims.append({**claim, "also": also} if also else claim)
        rows = lambda items: ",\n".join("  " + json.dumps(item, ensure_ascii=False) for item in items)
        head = '{\n "text_file": "report.%s",\n "doc_period": %s,\n' % (self.form, json.dumps(self.period))
        body = [' "%s": [\n%s\n ]' % (name, rows(items)) if items else ' "%s": []' % name
                for name, items in (("tables", tables), ("figures", figures), ("claims", claims))]
        return head + ",\n".join(body) + "\n}\n"


def number(value):
    """As JSON has it."""
    return int(value) if value.denominator == 1 else float(value)


# ---------------------------------------------------------------- forms


def padded(rows, widths):
    """A table whose columns are lined up with blanks: the first to the left, the others to the right."""
    lines = []
    for row in rows:
        cells = [str(row[0]).ljust(widths[0])] + [str(c).rjust(w) for c, w in zip(row[1:], widths[1:])]
        lines.append("".join(cells).rstrip())
    return "\n".join(lines)


def piped(rows):
    """A table of Markdown."""
    lines = ["| " + " | ".join(str(c) for c in row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)


def commas(rows):
    """Records of CSV."""
    quoted = lambda c: '"%s"' % c.replace('"', '""') if re.search(r'[",\n]', c) else c
    return "\r\n".join(",".join(quoted(str(c)) for c in row) for row in rows) + "\r\n"


def tabled(rows, header_rows=1, header_cols=1, caption=None):
    """A table of a web page; a tuple is a cell and how many columns it covers."""
    out = ["<table>"] + (["<caption>%s</caption>" % escape(caption)] if caption else [])
    for r, row in enumerate(rows):
        cells = []
        for c, cell in enumerate(row):
            text, wide = cell if isinstance(cell, tuple) else (cell, 1)
            tag = "th" if r < header_rows or c < header_cols else "td"
            cells.append("<%s%s>%s</%s>" % (tag, ' colspan="%d"' % wide if wide > 1 else "", escape(str(text)), tag))
        out.append("<tr>" + "".join(cells) + "</tr>")
    return "\n".join(out + ["</table>"])


def typed(rows):
    """Cells of text as a workbook stores them: whole numbers, and percentages as fractions shown in whole percent."""

    def one(cell):
        if re.fullmatch(r"-?\d+", cell):
            return int(cell)
        if re.fullmatch(r"\d+%", cell):
            return int(cell[:-1]) / 100, "0%"
        return cell

    return [[one(str(cell)) for cell in row] for row in rows]


def column(index):
    return (column(index // 26 - 1) if index >= 26 else "") + chr(65 + index % 26)


def workbook(sheets):
    """The bytes of an .xlsx: (name, rows, merged areas) a sheet. A string that begins with "=" is a formula with its value
    after a tab; a number is stored as one, its decimals and separators by a format."""
    formats = ["General", "#,##0", "0.0%", "0%", "#,##0.00"]

    def cell(r, c, value):
        at = "%s%d" % (column(c), r + 1)
        if value is None or value == "":
            return ""
        if isinstance(value, tuple):
            value, form = value
        else:
            form = "#,##0" if isinstance(value, int) and abs(value) >= 1000 else "General"
        style = ' s="%d"' % formats.index(form) if form != "General" else ""
        if isinstance(value, str) and value.startswith("="):
            formula, _, shown = value[1:].partition("\t")
            return '<c r="%s"%s><f>%s</f><v>%s</v></c>' % (at, style, escape(formula), shown)
        if isinstance(value, str):
            return '<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % (at, escape(value))
        return '<c r="%s"%s><v>%r</v></c>' % (at, style, value)

    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    parts = {}
    names, kinds, links = [], [], []
    for n, (name, rows, merged) in enumerate(sheets, 1):
        body = "".join('<row r="%d">%s</row>' % (r + 1, "".join(cell(r, c, v) for c, v in enumerate(row))) for r, row in enumerate(rows))
        spans = "".join('<mergeCell ref="%s"/>' % area for area in merged)
        spans = '<mergeCells count="%d">%s</mergeCells>' % (len(merged), spans) if merged else ""
        parts["xl/worksheets/sheet%d.xml" % n] = '<worksheet xmlns="%s"><sheetData>%s</sheetData>%s</worksheet>' % (main, body, spans)
        names.append('<sheet name="%s" sheetId="%d" r:id="rId%d"/>' % (escape(name), n, n))
        links.append('<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>' % (n, rel, n))
        kinds.append('<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%s.worksheet+xml"/>' % (n, office))
    links.append('<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>' % (len(sheets) + 1, rel))
    own = "".join('<numFmt numFmtId="%d" formatCode="%s"/>' % (164 + i, escape(f)) for i, f in enumerate(formats[1:]))
    xfs = "".join('<xf numFmtId="%d" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' % (163 + i if i else 0) for i in range(len(formats)))
    parts["xl/styles.xml"] = (
        '<styleSheet xmlns="%s"><numFmts count="%d">%s</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="%d">%s</cellXfs></styleSheet>'
    ) % (main, len(formats) - 1, own, len(formats), xfs)
    parts["xl/workbook.xml"] = '<workbook xmlns="%s" xmlns:r="%s"><sheets>%s</sheets></workbook>' % (main, rel, "".join(names))
    parts["xl/_rels/workbook.xml.rels"] = '<Relationships xmlns="%s/relationships">%s</Relationships>' % (package, "".join(links))
    parts["_rels/.rels"] = '<Relationships xmlns="%s/relationships"><Relationship Id="rId1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % (package, rel)
    kinds = '<Override PartName="/xl/workbook.xml" ContentType="%s.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="%s.styles+xml"/>' % (office, office) + "".join(kinds)
    parts["[Content_Types].xml"] = '<Types xmlns="%s/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>%s</Types>' % (package, kinds)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), head + parts[name], zipfile.ZIP_DEFLATED)
    return data.getvalue()


class Flow:
    """A PDF written from the top of the page down: `x` is the left edge, `wide` the length of a line."""

    def __init__(self, name, head="", foot="Page %d", x=64, wide=467, box=(595, 842)):
        self.draw = drawing()
        self.doc = self.draw.Doc(name)
        self.doc.box = [0, 0, *box]
        self.head, self.foot, self.x, self.wide, self.count = head, foot, x, wide, 0
        self.page = None
        self.fresh()

    def fresh(self):
        """The next page, with its running head and foot."""
        self.close()
        self.page, self.count, self.y = self.draw.Page(), self.count + 1, self.doc.box[3] - 82
        if self.head and self.count > 1:
            self.page.t(self.x, self.doc.box[3] - 44, self.head, z=8)
        if self.foot:
            self.page.tr(self.doc.box[2] - 64, 36, self.foot % self.count, z=8)

    def close(self):
        if self.page is not None:
            self.doc.page(self.page, flate=True)

    def text(self, words, z=10, f="F1", after=8, lead=1.4):
        for line in self.draw.wrap(words, self.wide, f, z):
            self.page.t(self.x, self.y, line, f, z)
            self.y -= z * lead
        self.y -= after

    def heading(self, words, z=13):
        self.y -= 6
        self.text(words, z, "F2", 4)

    def rows(self, rows, rights, z=10, pitch=16, bold=(0,), first=None):
        """A table without rules: its first column from the left, the others to their right edges."""
        for n, row in enumerate(rows):
            self.page.row(self.y, list(row), first or self.x, rights, "F2" if n in bold else "F1", z)
            self.y -= pitch
        self.y -= 10

    def bytes(self):
        self.close()
        self.page = None
        return self.doc.build()
