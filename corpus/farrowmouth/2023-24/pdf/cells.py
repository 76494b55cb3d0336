"""The report in cells: a CSV file, and workbooks whose numbers are stored as numbers and shown by their formats."""

import csv
import io
import re
import zipfile
from html import escape

from binary import STAMP, Binary
from content import BLOCKS, BODY, MEETING, NOTE, NOTE_MARK, SOFT, TITLE, fill, shown, tables

COUNT, SHARE = r"\d{1,3}(,\d{3})*", r"\d+\.\d%"


def letters(col):
    return chr(ord("A") + col)


class Cells:
    def __init__(self):
        self.tables, self.rows, self.merges = tables(), [[BODY], [TITLE], [MEETING], []], []
        for kind, *rest in BLOCKS:
            getattr(self, kind)(*rest)
        self.width = max(map(len, self.rows))

    def h(self, text):
        self.rows += [[text], []]

    def p(self, text):
        self.rows += [[fill(text).replace(SOFT, "")], []]

    wrapped = p

    def li(self, texts):
        self.rows += [["\u2022 " + fill(text).replace(SOFT, "")] for text in texts] + [[]]

    def note(self):
        self.rows[-1:] = [[f"{NOTE_MARK} {NOTE}"], []]

    def pair(self, *names):
        for name in names:
            self.t(name)

    def t(self, name):
        table = self.tables[name]
        self.rows.append([table.caption])
        grid = [[None] * table.columns for _ in table.head]
        for r, row in enumerate(table.head):
            for text, across, down in row:
                c = grid[r].index(None)
                if across * down > 1:
                    self.merges.append((len(self.rows) + r, c, down, across))
                for below in range(r, r + down):
                    grid[below][c : c + across] = [""] * across
                grid[r][c] = text
        self.rows += grid + [[shown(cell) for cell in row] for row in table.rows] + [[]]

    @property
    def csv(self):
        out = io.StringIO()
        csv.writer(out).writerows(row + [""] * (self.width - len(row)) for row in self.rows)
        return out.getvalue()

    @staticmethod
    def stored(text):
        """The number behind a text and the style that shows it so."""
        if re.fullmatch(COUNT, text):
            return text.replace(",", ""), 1
        if re.fullmatch(SHARE, text):
            return str(round(float(text[:-1]) / 100, 3)), 2
        return None, 0

    def xlsx(self, path):
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        package = "http://schemas.openxmlformats.org/package/2006"
        sheet = []
        for r, row in enumerate(self.rows, 1):
            cells = []
            for c, text in enumerate(row):
                number, style = self.stored(text)
                place = f'r="{letters(c)}{r}"'
                if number is not None:
                    cells.append(f'<c {place} s="{style}"><v>{number}</v></c>')
                elif text:
                    cells.append(f'<c {place} t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>')
            sheet.append(f'<row r="{r}">{"".join(cells)}</row>')
        merges = "".join(
            f'<mergeCell ref="{letters(c)}{r + 1}:{letters(c + across - 1)}{r + down}"/>'
            for r, c, down, across in self.merges
        )
        parts = {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            + "".join(
                f'<Override PartName="/xl/{part}" ContentType="application/vnd.openxmlformats-officedocument.'
                f'spreadsheetml.{kind}+xml"/>'
                for part, kind in (
                    ("workbook.xml", "sheet.main"),
                    ("worksheets/sheet1.xml", "worksheet"),
                    ("styles.xml", "styles"),
                )
            )
            + "</Types>",
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Report" sheetId="1" '
            f'r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{office}/styles" '
            f'Target="styles.xml"/></Relationships>',
            "xl/styles.xml": f'<styleSheet xmlns="{main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/>'
            f'</numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="3"/><xf numFmtId="164"/></cellXfs>'
            f"</styleSheet>",
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(sheet)}</sheetData>'
            f'<mergeCells count="{len(self.merges)}">{merges}</mergeCells></worksheet>',
        }
        self.zipped(path, {name: '<?xml version="1.0" encoding="UTF-8"?>' + text for name, text in parts.items()})

    def valued(self):
        """The rows with numbers for the texts of numbers, each with its style."""
        of = lambda text, number, style: (float(number), style) if style else text
        return [[of(text, *self.stored(text)) for text in row] for row in self.rows]

    def xlsb(self, path):
        book = Binary(["#,##0", "0.0%"])
        book.sheet("Report", self.valued(), self.merges)
        book.write(path)

    def xls(self, path):
        import xlwt

        book = xlwt.Workbook()
        styles = [xlwt.easyxf(num_format_str=code) for code in ("General", "#,##0", "0.0%")]
        sheet = book.add_sheet("Report")
        for r, c, down, across in self.merges:
            sheet.merge(r, r + down - 1, c, c + across - 1)
        for r, row in enumerate(self.valued()):
            for c, cell in enumerate(row):
                value, style = cell if isinstance(cell, tuple) else (cell, 0)
                if value != "":
                    sheet.write(r, c, value, styles[style])
        book.save(str(path))

    def ods(self, path):
        spaces = "urn:oasis:names:tc:opendocument:xmlns:"
        covers = {(r, c): (down, across) for r, c, down, across in self.merges}
        under = {
            (r + i, c + k) for r, c, down, across in self.merges for i in range(down) for k in range(across) if i or k
        }
        rows = []
        for r, row in enumerate(self.rows):
            cells = []
            for c, text in enumerate(row):
                number, style = self.stored(text)
                value = ("", 'office:value-type="float"', 'office:value-type="percentage"')[style]
                value += f' office:value="{number}"' if style else ' office:value-type="string"'
                span = covers.get((r, c))
                if span:
                    value += f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"'
                if (r, c) in under:
                    cells.append("<table:covered-table-cell/>")
                elif text:
                    cells.append(f"<table:table-cell {value}><text:p>{escape(text)}</text:p></table:table-cell>")
                else:
                    cells.append("<table:table-cell/>")
            rows.append(f"<table:table-row>{''.join(cells) or '<table:table-cell/>'}</table:table-row>")
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        content = (
            f'<office:document-content xmlns:office="{spaces}office:1.0" xmlns:table="{spaces}table:1.0" '
            f'xmlns:text="{spaces}text:1.0" office:version="1.3"><office:body><office:spreadsheet>'
            f'<table:table table:name="Report">{"".join(rows)}</table:table></office:spreadsheet></office:body>'
            f"</office:document-content>"
        )
        manifest = (
            f'<manifest:manifest xmlns:manifest="{spaces}manifest:1.0" manifest:version="1.3"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{kind}"/><manifest:file-entry '
            f'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
        )
        self.zipped(path, {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})

    @staticmethod
    def zipped(path, parts):
        with zipfile.ZipFile(path, "w", compresslevel=9) as archive:
            for name, text in parts.items():
                how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
                archive.writestr(zipfile.ZipInfo(name, STAMP), text.encode(), how)
