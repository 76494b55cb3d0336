#!/usr/bin/env python3
"""Writes the binary workbooks of this folder.

small.xls needs xlwt 1.3; small.xlsb is written by the corpus' writer of that form. Both hold one sheet "Cases" and one hidden sheet "Old".
"""

import struct
import sys
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[1] / "corpus/farrowmouth/2023-24/pdf"))

from binary import Binary, Inline


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


def xlsb():
    total = bytes([0x25]) + struct.pack("<IIHH", 2, 3, 0xC001, 0xC001) + bytes([0x19, 0x10, 0, 0])
    book = Binary(["0%", "#,##0"])
    cases = [
        ["Cases by team"],
        ["Team", "2021/22", "Share upheld"],
        ["North", (1310, 2), (0.1159, 1)],
        ["South", (20, 2), (0.5, 1)],
        ["Total", (1331.0, 0, total)],
    ]
    book.sheet("Cases", cases, merges=[(0, 0, 1, 3)], hidden_rows=[3])
    book.sheet("Old", [["Team", "Cases", "Gone"], [Inline("Ünter"), 7, 2]], hidden=True, hidden_cols=[2])
    book.write(HERE / "small.xlsb")


if __name__ == "__main__":
    xlsb()
    if "--xls" in sys.argv:
        xls()
