"""The report as a Word document, its parts written by hand: styles, merged heads, a footnote, a tracked change."""

import zipfile
from xml.sax.saxutils import escape

from content import BLOCKS, BODY, MEETING, NOTE, NOTE_MARK, RUNNING_HEAD, SOFT, TITLE, fill, shown, tables

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DATE = "2024-06-10T09:00:00Z"

STYLES = [
    ("Normal", "Normal", ' w:default="1"', ""),
    ("Title", "Title", "", ""),
    ("Ueberschrift1", "heading 1", "", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
    ("Beschriftung", "caption", "", ""),
    ("Listenabsatz", "List Paragraph", "", ""),
    ("Kopfzeile", "header", "", ""),
]


def run(text, properties=""):
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content, style="", properties=""):
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{content}</w:p>"


REFERENCE = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'


class Word:
    def __init__(self):
        self.tables, self.out = tables(), []
        self.out.append(paragraph(run(TITLE), "Title"))
        self.out.append(paragraph(run(BODY) + "<w:r><w:br/></w:r>" + run(MEETING)))
        for kind, *rest in BLOCKS:
            getattr(self, kind)(*rest)

    def h(self, text):
        self.out.append(paragraph(run(text), "Ueberschrift1"))

    def words(self, text):
        """Split as Word splits: at a change that was tracked, at a field, in the middle of a number."""
        text = fill(text).replace(SOFT, "")
        if text.startswith("We received"):
            at = text.index("284")
            gone = '<w:del w:id="1" w:author="A"><w:r><w:delText>90</w:delText></w:r></w:del>'
            come = f'<w:ins w:id="2" w:author="A">{run("84")}</w:ins>'
            return run(text[: at + 1]) + gone + come + run(text[at + 3 :])
        if "Table 1 has" in text:
            before, after = text.split("Table 1 has")
            field = (
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF _Ref99 \\h 7 </w:instrText></w:r>'
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("Table 1") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            )
            return run(before) + field + run(" has" + after)
        return run(text)

    def p(self, text):
        self.out.append(paragraph(self.words(text)))

    wrapped = p

    def li(self, texts):
        listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        self.out += [paragraph(self.words(text), "Listenabsatz", listed) for text in texts]

    def note(self):
        pass

    def pair(self, *names):
        """Two tables beside each other, in the cells of one that only places them."""
        cells = []
        for name in names:
            kept, self.out = self.out, []
            self.t(name)
            cells.append(f"<w:tc><w:tcPr/>{''.join(self.out)}<w:p/></w:tc>")
            self.out = kept
        self.out.append(f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{''.join(cells)}</w:tr></w:tbl>")

    def t(self, name):
        table = self.tables[name]
        number, title = table.caption.removeprefix("Table ").split(":", 1)
        field = f'<w:fldSimple w:instr=" SEQ Table \\* ARABIC ">{run(number)}</w:fldSimple>'
        self.out.append(paragraph(run("Table ") + field + run(":" + title), "Beschriftung"))
        rows = []
        merged = {}
        for r, row in enumerate(table.head):
            cells, at, row = [], 0, list(row)
            while at < table.columns:
                if merged.get(at, 0) > r:
                    cells.append('<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>')
                    at += 1
                    continue
                text, across, down = row.pop(0)
                span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
                merge = '<w:vMerge w:val="restart"/>' if down > 1 else ""
                merged[at] = r + down
                cells.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{paragraph(run(text, '<w:b/>'))}</w:tc>")
                at += across
            rows.append(f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>")
        for row in table.rows:
            cells = []
            for value in row:
                text = shown(value)
                content = run(text.replace(NOTE_MARK, "")) if text else ""
                content += REFERENCE if NOTE_MARK in text else ""
                cells.append(f"<w:tc><w:tcPr/>{paragraph(content)}</w:tc>")
            rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
        grid = "<w:gridCol/>" * table.columns
        self.out.append(f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>")

    def parts(self):
        def part(root, content, more=""):
            return f'{HEAD}<w:{root} xmlns:w="{W}" xmlns:r="{R}"{more}>{content}</w:{root}>'

        body = "".join(self.out) + '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/></w:sectPr>'
        style = '<w:style w:type="paragraph"{2} w:styleId="{0}"><w:name w:val="{1}"/>{3}</w:style>'
        notes = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        notes += f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>" + run(" " + NOTE))}</w:footnote>'
        overrides = "".join(
            f'<Override PartName="/{name}" ContentType="{kind}"/>'
            for name, kind in [
                ("word/document.xml", f"{KIND}.document.main+xml"),
                ("word/styles.xml", f"{KIND}.styles+xml"),
                ("word/footnotes.xml", f"{KIND}.footnotes+xml"),
                ("word/header1.xml", f"{KIND}.header+xml"),
                ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
            ]
        )
        link = '<Relationship Id="rId{0}" Type="{1}" Target="{2}"/>'
        links = lambda rows: f'{HEAD}<Relationships xmlns="{LINKS}">{"".join(link.format(*row) for row in rows)}</Relationships>'
        return {
            "[Content_Types].xml": f'{HEAD}<Types xmlns="{TYPES}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
            "_rels/.rels": links(
                [
                    (1, f"{R}/officeDocument", "word/document.xml"),
                    (2, "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
                ]
            ),
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
            "word/_rels/document.xml.rels": links(
                [(1, f"{R}/styles", "styles.xml"), (2, f"{R}/footnotes", "footnotes.xml"), (3, f"{R}/header", "header1.xml")]
            ),
            "word/styles.xml": part("styles", "".join(style.format(*(s[0], s[1], s[2], s[3])) for s in STYLES)),
            "word/footnotes.xml": part("footnotes", notes),
            "word/header1.xml": part("hdr", paragraph(run(RUNNING_HEAD), "Kopfzeile")),
            "docProps/core.xml": f'{HEAD}<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{TITLE}</dc:title><dc:creator>{BODY}</dc:creator>"
            f'<dcterms:created xsi:type="dcterms:W3CDTF">{DATE}</dcterms:created></cp:coreProperties>',
        }

    def write(self, path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name, text in self.parts().items():
                archive.writestr(zipfile.ZipInfo(name, (2024, 6, 10, 9, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED)
