"""Workbooks in Excel's binary form (xlsb), record by record, with the parts and records that Excel itself writes."""

import struct
import zipfile

KNOWN = {"General": 0, "#,##0": 3, "0%": 9}
STAMP = (2024, 6, 10, 9, 0, 0)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
AUTOMATIC = bytes.fromhex("0140000000000000")


def record(number, data=b""):
    """A record: its number in one or two bytes, its length in up to four, its data."""
    head = [number] if number < 0x80 else [number & 0x7F | 0x80, number >> 7]
    length = len(data)
    while length > 0x7F:
        head.append(length & 0x7F | 0x80)
        length >>= 7
    return bytes([*head, length]) + data


def wide(text):
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def longs(*numbers):
    return struct.pack(f"<{len(numbers)}I", *numbers)


def listed(first, item, last, contents):
    """A list: how many there are, each, and its end."""
    return record(first, longs(len(contents))) + b"".join(record(item, data) for data in contents) + record(last)


def links(parts):
    """What a part names, by kind and path; the ids count from 1."""
    each = (
        f'<Relationship Id="rId{nth}" Type="{OFFICE}/{kind}" Target="{part}"/>'
        for nth, (kind, part) in enumerate(parts, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(each)}</Relationships>'


class Inline(str):
    """A text that is kept in its cell, and not among those that cells share."""


class Binary:
    """A workbook. Style 0 is plain, the others show numbers by the codes of `formats`.

    A cell is None, a text, a number, or a tuple of a number, its style and, for a formula, its tokens.
    """

    def __init__(self, formats):
        self.formats, self.sheets, self.texts, self.uses = ["General", *formats], [], {}, 0

    def sheet(self, name, rows, merges=(), hidden=False, hidden_rows=(), hidden_cols=()):
        """`merges`: row, column, rows, columns."""
        width = max(map(len, rows))
        cols = [longs(c, c, 12 * 256, 0) + struct.pack("<H", 3 if c in hidden_cols else 2) for c in range(width)]
        data = b"".join(
            record(0x00, struct.pack("<IIHBBBI", r, 0, 300, 0, 0x10 if r in hidden_rows else 0, 0, 0))
            + b"".join(self.cell(c, cell) for c, cell in enumerate(row))
            for r, row in enumerate(rows)
            if any(row)
        )
        merged = [longs(r, r + down - 1, c, c + across - 1) for r, c, down, across in merges]
        content = (
            record(0x81)
            + record(0x93, bytes.fromhex("c904020040000000000000ffffffffffffffff00000000"))
            + record(0x94, longs(0, len(rows) - 1, 0, width - 1))
            + record(0x85)
            + record(0x89, struct.pack("<H3IBBHHHHHI", 0x3DC, 0, 0, 0, 0x40, 0, 0, 100, 100, 0, 100, 0))
            + record(0x8A)
            + record(0x86)
            + record(0x1E5, bytes.fromhex("ffffffff08002c0100000000"))
            + record(0x186)
            + b"".join(record(0x3C, col) for col in cols)
            + record(0x187)
            + record(0x91)
            + data
            + record(0x92)
            + (listed(0xB1, 0xB0, 0xB2, merged) if merged else b"")
            + record(0x1DC, struct.pack("<6d", 0.7, 0.7, 0.75, 0.75, 0.3, 0.3))
            + record(0x82)
        )
        self.sheets.append((name, hidden, content))

    def cell(self, col, cell):
        if cell is None or cell == "":
            return b""
        if isinstance(cell, Inline):
            return record(0x06, longs(col, 0) + wide(cell))
        if isinstance(cell, str):
            self.uses += 1
            return record(0x07, longs(col, 0, self.texts.setdefault(cell, len(self.texts))))
        value, style, *tokens = cell if isinstance(cell, tuple) else (cell, 0)
        place = longs(col, style)
        if tokens:
            formula = struct.pack("<HI", 0, len(tokens[0])) + tokens[0] + longs(0)
            return record(0x09, place + struct.pack("<d", value) + formula)
        if value == int(value) and abs(value) < 1 << 29:
            return record(0x02, place + longs((int(value) << 2 | 2) & 0xFFFFFFFF))
        return record(0x05, place + struct.pack("<d", value))

    def workbook(self):
        view = longs(0, 0, 23040, 8880, 500, 0, 0) + b"\x78"
        sheets = b"".join(
            record(0x9C, longs(int(hidden), nth) + wide(f"rId{nth}") + wide(name))
            for nth, (name, hidden, _) in enumerate(self.sheets, 1)
        )
        return (
            record(0x83)
            + record(0x80, bytes(16) + wide("xl") + wide("7") + wide("7") + wide("22228"))
            + record(0x99, longs(0x10020, 0) + wide(""))
            + record(0x87)
            + record(0x9E, view)
            + record(0x88)
            + record(0x8F)
            + sheets
            + record(0x90)
            + record(0x9D, longs(0, 1, 100) + struct.pack("<dIH", 0.001, 1, 0x6A))
            + record(0x84)
        )

    def styles(self):
        own = {code: nth for nth, code in enumerate((c for c in self.formats if c not in KNOWN), 164)}
        number = {**KNOWN, **own}
        font = struct.pack("<HHHHBBBB", 220, 0, 400, 0, 0, 2, 0, 0) + AUTOMATIC + b"\0" + wide("Calibri")
        fills = [longs(kind) + bytes.fromhex("03400000000000ff03410000ffffffff") + bytes(48) for kind in (0, 17)]
        border = b"\0" + (bytes(2) + AUTOMATIC) * 5
        style = lambda parent, code: struct.pack("<8H", parent, number[code], 0, 0, 0, 0, 0x1010, int(code != "General"))
        normal = struct.pack("<IHBB", 0, 1, 0, 0xFF) + wide("Normal")
        return (
            record(0x116)
            + (listed(0x267, 0x2C, 0x268, [struct.pack("<H", own[code]) + wide(code) for code in own]) if own else b"")
            + listed(0x263, 0x2B, 0x264, [font])
            + listed(0x25B, 0x2D, 0x25C, fills)
            + listed(0x265, 0x2E, 0x266, [border])
            + listed(0x272, 0x2F, 0x273, [style(0xFFFF, "General")])
            + listed(0x269, 0x2F, 0x26A, [style(0, code) for code in self.formats])
            + listed(0x26B, 0x30, 0x26C, [normal])
            + listed(0x1F9, 0, 0x1FA, [])
            + record(0x1FC, longs(0) + wide("TableStyleMedium2") + wide("PivotStyleLight16"))
            + record(0x1FD)
            + record(0x117)
        )

    def write(self, path):
        texts = b"".join(record(0x13, b"\0" + wide(text)) for text in self.texts)
        sheets = [("worksheet", f"worksheets/sheet{nth}.bin") for nth, _ in enumerate(self.sheets, 1)]
        named = [*sheets, ("styles", "styles.bin"), ("sharedStrings", "sharedStrings.bin")]
        types = "".join(
            f'<Override PartName="/xl/{part}" ContentType="application/vnd.ms-excel.{kind}"/>' for kind, part in named
        )
        parts = {
            "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="bin" '
            'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
            "_rels/.rels": links([("officeDocument", "xl/workbook.bin")]),
            "xl/workbook.bin": self.workbook(),
            "xl/_rels/workbook.bin.rels": links(named),
            **{f"xl/{part}": content for (_, part), (_, _, content) in zip(sheets, self.sheets)},
            "xl/styles.bin": self.styles(),
            "xl/sharedStrings.bin": record(0x9F, longs(self.uses, len(self.texts))) + texts + record(0xA0),
        }
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name, part in parts.items():
                archive.writestr(zipfile.ZipInfo(name, STAMP), part, zipfile.ZIP_DEFLATED)
