"""The report by ReportLab: every cell ruled, heads repeated, spans drawn."""

from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from common import run
from content import BLOCKS, BODY, MEETING, NOTE, NOTE_MARK, RUNNING_HEAD, TITLE, fill, hyphenated, shown, tables

for face, name in (("Body", "DejaVu Sans"), ("Bold", "DejaVu Sans:bold")):
    pdfmetrics.registerFont(TTFont(face, run("fc-match", "-f", "%{file}", name)))
    pdfmetrics.registerFontFamily(face, normal=face, bold="Bold", italic=face, boldItalic="Bold")
TEXT = ParagraphStyle(
    "text", fontName="Body", fontSize=9, leading=12.5, spaceAfter=6, alignment=TA_JUSTIFY, embeddedHyphenation=1
)
HEAD = ParagraphStyle("head", fontName="Bold", fontSize=11.5, leading=15, spaceBefore=7, spaceAfter=4, keepWithNext=1)
SMALL = ParagraphStyle("small", parent=TEXT, fontSize=7.5, leading=10)
CAPTION = ParagraphStyle("caption", fontName="Bold", fontSize=8.5, leading=12, spaceBefore=3, spaceAfter=3)
CELL = ParagraphStyle("cell", fontName="Body", fontSize=8, leading=9.6)
WIDTH = A4[0] - 40 * mm - 12  # the frame pads 6 pt either way


class Numbered(Canvas):
    """ "Page n of m" is drawn when m is known."""

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.pages = []

    def showPage(self):
        self.pages.append(dict(self.__dict__))
        self._startPage()

    def save(self):
        for n, page in enumerate(self.pages, 1):
            self.__dict__.update(page)
            self.setFont("Body", 7.5)
            self.drawString(20 * mm + 6, A4[1] - 13 * mm, RUNNING_HEAD)
            self.drawCentredString(A4[0] / 2, 11 * mm, f"Page {n} of {len(self.pages)}")
            super().showPage()
        super().save()


class Flow:
    def __init__(self):
        self.tables = tables()
        self.out = [
            Paragraph(TITLE, ParagraphStyle("title", fontName="Bold", fontSize=16, leading=20, spaceAfter=4)),
            Paragraph(f"{BODY}<br/>{MEETING}", SMALL),
        ]
        for kind, *rest in BLOCKS:
            getattr(self, kind)(*rest)

    def h(self, text):
        self.out.append(Paragraph(text, HEAD))

    def p(self, text):
        self.out.append(Paragraph(hyphenated(fill(text)), TEXT))

    wrapped = p

    def li(self, texts):
        style = ParagraphStyle("item", parent=TEXT, leftIndent=10, bulletIndent=2, spaceAfter=3)
        self.out += [Paragraph(hyphenated(fill(text)), style, bulletText="\u2022") for text in texts]

    def note(self):
        self.out.append(Paragraph(f"<super>1</super> {NOTE}", SMALL))

    def pair(self, *names):
        pair = [[[Paragraph(self.tables[name].caption, CAPTION), self.grid(name, 75 * mm)] for name in names]]
        style = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])
        self.out += [Table(pair, colWidths=[WIDTH / 2] * 2, style=style, hAlign="LEFT"), Spacer(1, 4)]

    def t(self, name):
        table = self.tables[name]
        width = WIDTH * min(1, sum(table.widths) / 100)
        flow = [Paragraph(table.caption, CAPTION), self.grid(name, width), Spacer(1, 6)]
        self.out += flow if len(table.rows) > 20 else [KeepTogether(flow)]

    def grid(self, name, width):
        table = self.tables[name]
        heads, scale = len(table.head), sum(table.widths)
        rows = [[text.replace(" 20", "\n20") for text in row] for row in table.head_grid()]
        style = [
            ("GRID", (0, 0), (-1, -1), 0.5, black),
            ("FONT", (0, 0), (-1, -1), "Body", 8),
            ("FONT", (0, 0), (-1, heads - 1), "Bold", 8),
            ("FONT", (0, -1), (-1, -1), "Bold", 8),
            ("BACKGROUND", (0, 0), (-1, heads - 1), HexColor("#dddddd")),
            ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 1.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ]
        style += [("ALIGN", (c, 0), (c, -1), "LEFT") for c in table.text_columns]
        for r, row in enumerate(table.head):
            column = r and 1
            for _, across, down in row:
                if across + down > 2:
                    style += [("SPAN", (column, r), (column + across - 1, r + down - 1))]
                    style += [("ALIGN", (column, r), (column, r), "CENTER")] * (across > 1)
                column += across
        for row in table.rows:
            cells = [shown(v) for v in row]
            for c, text in enumerate(cells):
                if NOTE_MARK in text:
                    right = ParagraphStyle("right", parent=CELL, alignment=2)
                    cells[c] = Paragraph(text.replace(NOTE_MARK, '<super size="5" rise="3">1</super>'), right)
                elif name == "t3" and c == 1:
                    cells[c] = Paragraph(text, CELL)
            rows.append(cells)
        return Table(
            rows,
            colWidths=[width * w / scale for w in table.widths],
            repeatRows=heads,
            style=TableStyle(style),
            hAlign="LEFT",
        )

    def write(self, path):
        SimpleDocTemplate(
            str(path),
            pagesize=A4,
            invariant=1,
            title=TITLE,
            author=BODY,
            leftMargin=20 * mm,
            rightMargin=20 * mm,
            topMargin=20 * mm,
            bottomMargin=18 * mm,
        ).build(self.out, canvasmaker=Numbered)
