"""The report as a web page, for Chromium and WeasyPrint."""

from html import escape
from pathlib import Path

from content import BLOCKS, BODY, MEETING, NOTE, NOTE_MARK, SOFT, TITLE, fill, hyphenated, shown, tables

CSS = Path(__file__).with_name("report.css")
DATE = "2024-06-10T09:00:00+00:00"


def cell(text):
    return escape(text).replace(NOTE_MARK, "<sup>1</sup>")


class Html:
    """`classes` are those of <body>, see report.css."""

    def __init__(self, classes):
        self.tables, self.columns, self.prose, self.out = tables(), "columns" in classes, False, []
        self.words = (lambda text: text.replace(SOFT, "")) if "whole-words" in classes else hyphenated
        for kind, *rest in BLOCKS:
            self.flow(kind in ("p", "wrapped", "li", "h"))
            getattr(self, kind)(*rest)
        self.flow(False)
        self.page = "\n".join(
            [
                "<!DOCTYPE html>",
                '<html lang="en-GB"><head><meta charset="utf-8">',
                f"<title>{TITLE}</title>",
                f'<meta name="author" content="{BODY}"><meta name="dcterms.created" content="{DATE}">',
                f'<meta name="dcterms.modified" content="{DATE}">',
                f"<style>{CSS.read_text()}</style></head>",
                f'<body class="{classes}">',
                f"<h1>{TITLE}</h1>",
                f'<p class="meeting">{BODY}<br>{MEETING}</p>',
                *self.out,
                "</body></html>",
                "",
            ]
        )

    def flow(self, prose):
        """Prose in two columns stands between the tables."""
        if self.columns and prose != self.prose:
            self.out.append('<div class="prose">' if prose else "</div>")
            self.prose = prose

    def h(self, text):
        self.out.append(f"<h2>{text}</h2>")

    def p(self, text):
        self.out.append(f"<p>{escape(self.words(fill(text)))}</p>")

    wrapped = p

    def li(self, texts):
        self.out.append("<ul>" + "".join(f"<li>{escape(self.words(fill(text)))}</li>" for text in texts) + "</ul>")

    def note(self):
        self.out.append(f'<p class="note"><sup>1</sup> {NOTE}</p>')

    def pair(self, *names):
        self.out.append('<div class="pair">')
        for name in names:
            self.t(name)
        self.out.append("</div>")

    def t(self, name):
        table = self.tables[name]
        classes = ["whole"] * (len(table.rows) > 7 or "t3" == name) + ["long"] * (len(table.rows) > 20)
        self.out.append("<div>" if "long" in classes else '<div class="kept">')
        self.out.append(f'<table class="{" ".join(classes)}"><caption>{table.caption}</caption>')
        scale = sum(table.widths)
        if classes:
            self.out.append(
                "<colgroup>"
                + "".join(f'<col style="width:{100 * w / scale:.0f}%">' for w in table.widths)
                + "</colgroup>"
            )
        self.out.append("<thead>")
        for r, row in enumerate(table.head):
            cells = []
            for n, (text, across, down) in enumerate(row):
                kind = "span" if across > 1 else "text" if r == 0 and n in table.text_columns else ""
                spans = (f' colspan="{across}"' if across > 1 else "") + (f' rowspan="{down}"' if down > 1 else "")
                cells.append(
                    f'<th class="{kind}" scope="{"colgroup" if across > 1 else "col"}"{spans}>{escape(text)}</th>'
                )
            self.out.append(f"<tr>{''.join(cells)}</tr>")
        self.out.append("</thead><tbody>")
        for row in table.rows:
            cells = [
                f"<td{' class=text' if c in table.text_columns else ''}>{cell(shown(v))}</td>"
                for c, v in enumerate(row)
            ]
            self.out.append(f"<tr{' class=total' if row[0] == 'Total' else ''}>{''.join(cells)}</tr>")
        self.out.append("</tbody></table></div>")
