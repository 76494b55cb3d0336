"""The report as a flat OpenDocument text, for LibreOffice."""

from xml.sax.saxutils import escape

from content import BLOCKS, BODY, MEETING, NOTE, NOTE_MARK, RUNNING_HEAD, SOFT, TITLE, fill, hyphenated, shown, tables

SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
        ("meta", "meta"),
        ("svg", "svg-compatible"),
    )
)
WIDTH = 17.0  # cm


def paragraph_style(
    name, size, bold=False, after=0.2, before=0.0, align="start", colour="#000000", keep=False, parent=""
):
    return (
        f'<style:style style:name="{name}" style:family="paragraph"{parent}><style:paragraph-properties '
        f'fo:margin-top="{before}cm" fo:margin-bottom="{after}cm" fo:text-align="{align}" fo:orphans="2" fo:widows="2"'
        f'{" fo:keep-with-next=" + chr(34) + "always" + chr(34) if keep else ""}/><style:text-properties fo:font-size="{size}pt" '
        f'fo:color="{colour}"{" fo:font-weight=" + chr(34) + "bold" + chr(34) if bold else ""}/></style:style>'
    )


def styles(font):
    cells = [
        paragraph_style(f"{kind}-{align}", 9, kind != "cell", 0, 0, align, "#ffffff" if kind == "white" else "#000000")
        for kind in ("cell", "bold", "white")
        for align in ("start", "end", "center")
    ]
    level = "".join(
        f'<text:list-level-style-bullet text:level="1" text:bullet-char="{mark}"><style:list-level-properties '
        'text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" '
        'fo:text-indent="-0.5cm" fo:margin-left="0.8cm"/></style:list-level-properties></text:list-level-style-bullet>'
        for mark in "\u2022"
    )
    return (
        f'<office:font-face-decls><style:font-face style:name="F" svg:font-family="&apos;{font}&apos;"/></office:font-face-decls>'
        '<office:styles><style:default-style style:family="paragraph"><style:text-properties style:font-name="F" fo:font-size="10pt" '
        'fo:language="en" fo:country="GB"/></style:default-style>'
        '<style:style style:name="Standard" style:family="paragraph"/>'
        + paragraph_style("Title", 18, True, 0.1)
        + paragraph_style("Text", 10, align="justify")
        + '<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" style:default-outline-level="1">'
        '<style:paragraph-properties fo:margin-top="0.35cm" fo:margin-bottom="0.15cm" fo:keep-with-next="always"/><style:text-properties '
        'fo:font-size="12pt" fo:font-weight="bold"/></style:style>'
        + paragraph_style("Footnote", 8, after=0)
        + paragraph_style("Small", 8, after=0.25)
        + paragraph_style("Caption", 9.5, True, 0.1, 0.15, keep=True)
        + paragraph_style("Gap", 4, after=0.1)
        + paragraph_style("Header", 8, colour="#444444")
        + paragraph_style("Footer", 8, align="center", colour="#444444")
        + "".join(cells)
        + '<style:style style:name="Raised" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
        + '<text:notes-configuration text:note-class="footnote" style:num-format="1" text:start-value="0" '
        'text:citation-body-style-name="Raised" text:footnotes-position="page"/></office:styles>'
        "<office:automatic-styles>"
        f'<text:list-style style:name="Bullets">{level}</text:list-style>'
        '<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" '
        'fo:margin-top="1.2cm" fo:margin-bottom="1.1cm" fo:margin-left="2cm" fo:margin-right="2cm"/>'
        '<style:header-style><style:header-footer-properties fo:min-height="0.9cm" fo:margin-bottom="0.5cm"/></style:header-style>'
        '<style:footer-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.4cm"/></style:footer-style>'
        "</style:page-layout>"
    )


class Office:
    """`style`: ruled (a box about every cell, a real footnote, small tables in a table) or banded (fills, no rules)."""

    def __init__(self, style, font):
        self.style, self.tables, self.auto, self.out = style, tables(), [], []
        # Carlito shows a soft hyphen that is not used as a gap
        self.words = hyphenated if style == "ruled" else lambda text: text.replace(SOFT, "")
        for kind, *rest in BLOCKS:
            getattr(self, kind)(*rest)
        page = (
            '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"><style:header>'
            f'<text:p text:style-name="Header">{RUNNING_HEAD}</text:p></style:header><style:footer><text:p text:style-name="Footer">Page '
            '<text:page-number text:select-page="current"/> of <text:page-count/></text:p></style:footer></style:master-page></office:master-styles>'
        )
        about = f"<dc:title>{TITLE}</dc:title><meta:initial-creator>{BODY}</meta:initial-creator>"
        self.source = (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">'
            f"<office:meta>{about}<dc:language>en-GB</dc:language></office:meta>"
            + styles(font)
            + "".join(self.auto)
            + "</office:automatic-styles>"
            + page
            + "<office:body><office:text>"
            f'<text:p text:style-name="Title">{TITLE}</text:p><text:p text:style-name="Small">{BODY}<text:line-break/>{MEETING}</text:p>'
            + "\n".join(self.out)
            + "</office:text></office:body></office:document>\n"
        )

    def text(self, style, text):
        self.out.append(f'<text:p text:style-name="{style}">{text}</text:p>')

    def h(self, text):
        self.out.append(f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{text}</text:h>')

    def p(self, text):
        self.text("Text", escape(self.words(fill(text))))

    wrapped = p

    def li(self, texts):
        items = "".join(
            f'<text:list-item><text:p text:style-name="Text">{escape(self.words(fill(text)))}</text:p></text:list-item>'
            for text in texts
        )
        self.out.append(f'<text:list text:style-name="Bullets">{items}</text:list>')

    def note(self):
        if self.style != "ruled":
            self.text("Small", f'<text:span text:style-name="Raised">1</text:span> {NOTE}')

    def mark(self, text):
        if self.style != "ruled":
            return text.replace(NOTE_MARK, '<text:span text:style-name="Raised">1</text:span>')
        return text.replace(
            NOTE_MARK,
            '<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
            f'<text:p text:style-name="Footnote">{NOTE}</text:p></text:note-body></text:note>',
        )

    def cell_style(self, name, fill=None, ruled=True):
        border = 'fo:border="0.5pt solid #000000"' if ruled and self.style == "ruled" else 'fo:border="none"'
        colour = f' fo:background-color="{fill}"' if fill else ""
        self.auto.append(
            f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties {border}{colour} '
            'fo:padding="0.07cm" style:vertical-align="top"/></style:style>'
        )

    def table_style(self, name, widths, margin=0.0):
        self.auto.append(
            f'<style:style style:name="{name}" style:family="table"><style:table-properties style:width="{sum(widths):.2f}cm" '
            f'table:align="left" fo:margin-bottom="{margin}cm" style:may-break-between-rows="true"/></style:style>'
        )
        for n, width in enumerate(widths):
            self.auto.append(
                f'<style:style style:name="{name}.{n}" style:family="table-column"><style:table-column-properties '
                f'style:column-width="{width:.2f}cm"/></style:style>'
            )
        self.auto.append(
            f'<style:style style:name="{name}.r" style:family="table-row"><style:table-row-properties fo:keep-together="always"/></style:style>'
        )
        return "".join(f'<table:table-column table:style-name="{name}.{n}"/>' for n in range(len(widths)))

    def pair(self, *names):
        self.cell_style("side", ruled=False)
        columns = self.table_style("Pair", [WIDTH / 2] * 2)
        cells = []
        for name in names:
            start = len(self.out)
            self.t(name)
            cells.append("".join(self.out[start:]))
            del self.out[start:]
        row = "".join(
            f'<table:table-cell table:style-name="side" office:value-type="string">{cell}</table:table-cell>'
            for cell in cells
        )
        self.out.append(
            f'<table:table table:name="Pair" table:style-name="Pair">{columns}<table:table-row>{row}</table:table-row></table:table>'
        )

    def t(self, name):
        table = self.tables[name]
        self.text("Caption", table.caption)
        widths = [WIDTH * w / max(100, sum(table.widths)) for w in table.widths]
        columns = self.table_style(name, widths, 0.25)
        banded = self.style == "banded"
        for kind, colour in (
            ("h", "#385623" if banded else "#d9d9d9"),
            ("odd", None),
            ("even", "#e2efd9" if banded else None),
        ):
            self.cell_style(f"{name}.{kind}", colour)
        out = [f'<table:table table:name="{name}" table:style-name="{name}">{columns}<table:table-header-rows>']
        head = "white" if banded else "bold"
        for r, row in enumerate(table.head):
            cells = ["<table:covered-table-cell/>"] * (r and 1)
            for n, (text, across, down) in enumerate(row):
                align = "center" if across > 1 else "start" if r == 0 and n in table.text_columns else "end"
                spans = (
                    f' table:number-columns-spanned="{across}" table:number-rows-spanned="{down}"'
                    if across + down > 2
                    else ""
                )
                cells.append(
                    f'<table:table-cell table:style-name="{name}.h" office:value-type="string"{spans}><text:p text:style-name="{head}-{align}">'
                    f"{escape(text)}</text:p></table:table-cell>" + "<table:covered-table-cell/>" * (across - 1)
                )
            out.append(f'<table:table-row table:style-name="{name}.r">{"".join(cells)}</table:table-row>')
        out.append("</table:table-header-rows>")
        for r, row in enumerate(table.rows):
            kind = "bold" if row[0] == "Total" else "cell"
            cells = "".join(
                f'<table:table-cell table:style-name="{name}.{"even" if r % 2 else "odd"}" office:value-type="string"><text:p '
                f'text:style-name="{kind}-{"start" if c in table.text_columns else "end"}">{self.mark(escape(shown(v)))}</text:p></table:table-cell>'
                for c, v in enumerate(row)
            )
            out.append(f'<table:table-row table:style-name="{name}.r">{cells}</table:table-row>')
        self.out.append("".join(out) + "</table:table>")
        self.text("Gap", "")
