"""A scanned page with a layer of unseen text: `python3 make.py` writes the report, its clean twin and expected.json."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
from kit import Kit, drawing, side, years

NOW, BEFORE = years(2010), years(2009)
TABLE = [
    ["DEPARTMENT", "2009/10", "2010/11"],
    ["HOUSING", "48", "55"],
    ["REVENUES", "31", "27"],
    ["REFUSE", "22", "35"],
    ["PLANNING", "14", "12"],
    ["TOTAL", "115", "⟦129|117⟧"],
]
WIDE, HIGH = 420, 594
# Marks that the fixtures' alphabet lacks.
MARKS = {
    "/": "01010204081010", ",": "000000000C0408", ".": "00000000000C0C",
    "%": "18190204081303", "(": "02040808080402", ")": "08040202020408",
}


def report(take):
    draw = drawing()
    draw.BITS.update(MARKS)
    doc = draw.Doc("ravensholme")
    lines = [
        (40, 40, "RAVENSHOLME BOROUGH COUNCIL"),
        (40, 56, "COMPLAINTS 2010/11"),
        (40, 84, "THE COUNCIL RECEIVED 129 COMPLAINTS IN 2010/11,"),
        (40, 98, "14 MORE THAN THE 115 OF 2009/10, A RISE OF 12%."),
        (40, 112, take("COMPLAINTS ABOUT REFUSE ROSE BY ⟦59%|37%⟧, FROM 22 TO 35.")),
    ]
    for n, row in enumerate(take(TABLE)):
        y = 150 + 16 * n
        lines.append((40, y, row[0]))
        lines += [(right - 6 * len(cell), y, cell) for right, cell in zip((200, 290), row[1:])]
    lines.append((40, 270, "52 OF THE 129 WERE UPHELD (40%)."))
    page = draw.Page()
    page.op(draw.WHOLE_SHEET)
    draw.ocr_text(page, lines, 595 / WIDE, 842 / HIGH, HIGH)
    doc.page(page, image=doc.add(draw.scan(lines, WIDE, HIGH)), flate=True)
    return doc.build()


kit = Kit(__file__, "pdf", NOW)
kit.table(TABLE)
received, more, refuse, upheld = "RECEIVED 129", "14 MORE THAN", "ABOUT REFUSE", "52 OF THE 129"
kit.figure(received, "129", "complaints_received")
kit.figure(more, "14", "complaints_received", role="change")
kit.figure(more, "115", "complaints_received", period=BEFORE)
kit.figure(more, "12%", "complaints_received", role="change")
kit.figure(refuse, "37%", "complaints_received", role="change")
kit.figure(refuse, "22", "complaints_received", period=BEFORE)
kit.figure(refuse, "35", "complaints_received")
kit.figure(upheld, "52")
kit.figure(upheld, "129", "complaints_received")
kit.figure(upheld, "40%", role="share")
rows = side(TABLE, True)
for col in (1, 2):
    kit.sum("TOTAL", rows[5][col], [row[col] for row in rows[1:5]], "A" if col == 2 else "")
kit.same(received, "129", "117", "A")
kit.difference(more, "14", "115", "129")
kit.same(more, "115", "115")
kit.change(more, "12%", "115", "129")
kit.direction(more, "MORE", "115", "129", True)
kit.change(refuse, "37%", "22", "35", "B")
kit.direction(refuse, "ROSE", "22", "35", True)
kit.share(upheld, "40%", "52", "129")
kit.write(report)
