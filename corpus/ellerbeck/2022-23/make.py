"""A PDF as Word prints it, a row of its ruled table split over the page end: `python3 make.py` writes all of it."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
from kit import Flow, Kit, side, years

NOW, BEFORE = years(2022), years(2021)
LOG = [
    ["Theme", "What we learnt", "Cases", "Upheld"],
    ["Repairs", "Appointments are now confirmed by text the evening before, and a missed one is put right within two days", "64", "41"],
    ["Lettings", "Reasons for a refusal are given in the letter itself", "23", "9"],
    ["Estate care", "Grounds staff leave a card when they could not reach a garden, so that nobody is charged for work that was not done; the contractor sends photographs with each invoice", "37", "18"],
    ["Rent account", "Statements show each payment on the day that it was made", "29", "12"],
    ["Neighbours", "Diary sheets are kept on line as well as on paper", "18", "5"],
    ["Manner of staff", "All who answer calls were trained in the autumn", "11", "6"],
    ["Total", "", "182", "⟦91|82⟧"],
]
EDGES = [64, 150, 421, 476, 531]


def report(take):
    flow = Flow("ellerbeck", "Ellerbeck Homes - Learning from complaints 2022/23")
    flow.text("Ellerbeck Homes", 18, "F2")
    flow.text("Learning from complaints 2022/23", 14, "F2", 14)
    for words in (
        "This log goes to the board each June. It lists what was changed after complaints that were closed between 1 April 2022 and 31 March 2023. A complaint can bear on one theme only.",
        "There were 182 cases with a lesson, against 165 in 2021/22: 17 more, or ⟦10%|9%⟧. Half of them, 91, were upheld.",
        "Repairs gave 64 cases, 35% of all. Estate care came next with 37 (20%).",
        "The Complaint Handling Code asks for a self-assessment each year; ours is at appendix 2. Complaints are answered within 10 working days at stage 1 and within 20 at stage 2.",
    ):
        flow.text(take(words))
    flow.y = 202
    flow.heading("Table 1: Lessons by theme, 2022/23", 11)
    top, first = flow.y + 12, True
    for n, row in enumerate(take(LOG)):
        lines = flow.draw.wrap(row[1], EDGES[2] - EDGES[1] - 12, "F1", 10) if row[1] else [""]
        start = flow.y
        for k, line in enumerate(lines):
            if flow.y < 76:
                bottom = flow.y + 10
                flow.page.grid(EDGES, [top, bottom])
                flow.fresh()
                top = start = flow.y + 12
            f = "F2" if n in (0, 7) else "F1"
            flow.page.t(EDGES[1] + 6, flow.y, line, f)
            if k == 0:
                flow.page.t(EDGES[0] + 6, flow.y, row[0], f)
                for edge, cell in zip(EDGES[3:], row[2:]):
                    flow.page.tr(edge - 6, flow.y, cell, f)
            flow.y -= 13
        flow.page.line(EDGES[0], flow.y + 9, EDGES[-1], flow.y + 9)
        flow.y -= 5
    flow.page.grid(EDGES, [top, flow.y + 14])
    flow.y -= 14
    flow.text("The board noted the log on 14 June 2023.")
    return flow.bytes()


kit = Kit(__file__, "pdf", NOW)
kit.table(LOG)
cases = "There were 182 cases"
kit.figure(cases, "182")
kit.figure(cases, "165", period=BEFORE)
kit.figure(cases, "17", role="change")
kit.figure(cases, "9%", role="change")
kit.figure(cases, "half", unit="ratio", value="0.5", role="share")
kit.figure("Half of them, 91", "91")
repairs = "Repairs gave 64"
for printed, role in (("64", "value"), ("35%", "share"), ("37", "value"), ("20%", "share")):
    kit.figure(repairs, printed, role=role)
rows = side(LOG, True)
kit.sum("Total … 182", "182", [row[2] for row in rows[1:7]])
kit.sum("Total … 182", "82", [row[3] for row in rows[1:7]], "A")
kit.same(cases, "182", "182")
kit.difference(cases, "17", "165", "182")
kit.change(cases, "9%", "165", "182", "B")
kit.same("Half of them, 91", "91", "82", "A")
kit.same(repairs, "64", "64")
kit.share(repairs, "35%", "64", "182")
kit.same(repairs, "37", "37")
kit.share(repairs, "20%", "37", "182")
kit.write(report)
