#!/usr/bin/env python3
"""Writes the binary workbooks of this folder.

small.xls needs xlwt 1.3; small.xlsb is written here byte by byte. Both hold one sheet "Cases" and one hidden sheet "Old".
"""

import io
import struct
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).parent


def xls():
    import xlwt

    book = xlwt.Workbook()
    style = {code: xlwt.easyxf(num_format_str=code) for code in ("0%", "#,##0", "dd/mm/yyyy")}
    sheet = book.add_sheet("Cases")
    sheet.write_merge(0, 0, 0, 2, "Cases by team")
    for col, text in enumerate(["Team", "2021/22", "Share upheld", "From"]):
        sheet.write(1, col, text)
    for row, (team, cases, share) in enumerate([("North", 1310, 0.1159), ("South", 20, 0.5)], 2):
        sheet.write(row, 0, team)
        sheet.write(row, 1, cases, style["#,##0"])
        sheet.write(row, 2, share, style["0%"])
        sheet.write(row, 3, 44287, style["dd/mm/yyyy"])
    sheet.write(4, 0, "Total")
    sheet.write(4, 1, xlwt.Formula("SUM(B3:B4)"))
    sheet.row(3).hidden = True
    old = book.add_sheet("Old")
    old.write(0, 0, "Team")
    old.write(0, 1, "Cases")
    old.write(1, 0, "Ünter")
    old.write(1, 1, 7)
    old.visibility = 1
    book.save(str(HERE / "small.xls"))


def record(number, data=b""):
    out = bytearray()
    if number < 0x80:
        out.append(number)
    else:
        out += bytes([number & 0x7F | 0x80, number >> 7])
    length = len(data)
    while True:
        out.append(length & 0x7F | (0x80 if length > 0x7F else 0))
        length >>= 7
        if not length:
            break
    return bytes(out) + data


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def text(col, value):
    return record(0x06, struct.pack("<II", col, 0) + wide(value))


def number(col, value, style=0):
    return record(0x05, struct.pack("<IId", col, style, value))


def row(at, cells, hidden=False):
    flags = 0x10 if hidden else 0
    return record(0x00, struct.pack("<IIHBBBI", at, 0, 300, 0, flags, 0, 0)) + cells


def sheet(rows, after=b""):
    size = record(0x94, struct.pack("<IIII", 0, 2**32 - 1, 0, 2**32 - 1))
    return record(0x81) + size + record(0x91) + rows + record(0x92) + after + record(0x82)


def xlsb():
    total = bytes([0x25]) + struct.pack("<IIHH", 2, 3, 0xC001, 0xC001) + bytes([0x19, 0x10, 0, 0])
    formula = struct.pack("<IIdHI", 1, 0, 1331.0, 0, len(total)) + total + struct.pack("<I", 0)
    cases = b"".join(
        [
            row(0, text(0, "Cases by team")),
            row(1, text(0, "Team") + text(1, "2021/22") + text(2, "Share upheld")),
            row(2, text(0, "North") + number(1, 1310, 2) + number(2, 0.1159, 1)),
            row(3, text(0, "South") + number(1, 20, 2) + number(2, 0.5, 1), hidden=True),
            row(4, text(0, "Total") + record(0x09, formula)),
        ]
    )
    merged = record(0xB0, struct.pack("<IIII", 0, 0, 0, 2))
    old = row(0, text(0, "Team") + text(1, "Cases")) + row(1, text(0, "Ünter") + number(1, 7))
    listed = b"".join(
        record(0x9C, struct.pack("<II", state, nth) + wide(f"r{nth}") + wide(name))
        for nth, (name, state) in enumerate([("Cases", 0), ("Old", 1)], 1)
    )
    style = lambda number: record(0x2F, struct.pack("<HHHHHHHH", 0, number, 0, 0, 0, 0, 0, 0))
    styles = record(0x269, struct.pack("<I", 3)) + style(0) + style(9) + style(3) + record(0x26A)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = "".join(
        f'<Relationship Id="r{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.bin"/>' for n in (1, 2)
    )
    files = {
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.bin": record(0x83) + listed + record(0x84),
        "xl/_rels/workbook.bin.rels": f"<Relationships>{parts}</Relationships>".encode(),
        "xl/styles.bin": styles,
        "xl/worksheets/sheet1.bin": sheet(cases, merged),
        "xl/worksheets/sheet2.bin": sheet(old),
    }
    with zipfile.ZipFile(HERE / "small.xlsb", "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(zipfile.ZipInfo(name), data)


if __name__ == "__main__":
    xlsb()
    if "--xls" in sys.argv:
        xls()
