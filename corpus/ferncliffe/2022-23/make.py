"""A web page whose tables are stacked, one cell a block: `python3 make.py` writes the report, its clean twin and expected.json."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
from kit import Kit, side, years

NOW, BEFORE = years(2022), years(2021)
OUTCOMES = [
    ["Outcome", "2021 – 22", "2022 – 23"],
    ["Upheld", "84", "97"],
    ["Partly upheld", "61", "58"],
    ["Not upheld", "133", "149"],
    ["Withdrawn", "12", "9"],
    ["Total complaints", "⟦290|278⟧", "313"],
]
SERVICES = [
    ["Service", "2022 – 23"],
    ["Housing", "141"],
    ["Streets", "96"],
    ["Benefits", "⟦52|25⟧"],
    ["Other", "24"],
    ["Total", "313"],
]
SPEED = [
    ["Answered in time", "2021 – 22", "2022 – 23"],
    ["Stage 1, % in 10 days", "78", "83"],
    ["Stage 2, % in 20 days", "71", "69"],
]


def stacked(rows):
    cells = ["<div class=\"row\">\n" + "\n".join('<div class="cell">%s</div>' % cell for cell in row) + "\n</div>" for row in rows]
    return '<div class="grid">\n' + "\n".join(cells) + "\n</div>"


def report(take):
    return take(f"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Complaints 2022 to 2023 - Ferncliffe Council</title></head>
<body>
<nav><ul><li>Home</li><li>Council</li><li>Complaints</li></ul></nav>
<main>
<h1>Complaints to Ferncliffe Council, 2022 – 23</h1>
<p>We publish what people complained about each year. A complaint can be made within 12 months.</p>
<h2>Outcomes</h2>
{stacked(take(OUTCOMES))}
<p>Complaints rose from 290 to 313, an increase of 8%. We upheld 97 in full, which is ⟦31%|33%⟧ of the year's 313. Complaints that were withdrawn fell by ⟦a quarter|a third⟧, from 12 to 9.</p>
<h2>Services</h2>
{stacked(take(SERVICES))}
<p>Housing had 141 complaints, 45% of all.</p>
<h2>How fast we answered</h2>
{stacked(take(SPEED))}
<p>At stage 1 that is 5 percentage points better than the year before.</p>
</main>
<footer><p>Ferncliffe Council, 1 Quay Street. Page updated 3 July 2023.</p></footer>
</body>
</html>
""")


kit = Kit(__file__, "html", NOW)
for grid in (OUTCOMES, SERVICES, SPEED):
    kit.table(grid)
rose = "Complaints rose from 290"
kit.figure(rose, "290", "complaints_received", period=BEFORE)
kit.figure(rose, "313", "complaints_received")
kit.figure(rose, "8%", "complaints_received", role="change")
kit.figure(rose, "97")
kit.figure(rose, "33%", role="share")
kit.figure(rose, "313", "complaints_received")
kit.figure(rose, "a third", unit="ratio", value="0.333333333333", role="change")
kit.figure(rose, "12", period=BEFORE)
kit.figure(rose, "9")
kit.figure("Housing had 141", "141", "complaints_received")
kit.figure("Housing had 141", "45%", "complaints_received", role="share")
kit.figure("5 percentage points", "5", unit="percentage_points", role="change")

outcomes = side(OUTCOMES, True)
total = lambda value, which=0: (value, which)
for col in (1, 2):
    at = ("278", 0) if col == 1 else ("313", 0)
    kit.sum(at, outcomes[5][col], [row[col] for row in outcomes[1:5]], "A" if col == 1 else "")
kit.sum(("313", 2), "313", [row[1] for row in side(SERVICES, True)[1:5]], "D")
kit.same(("313", 2), "313", "313", check="CF403")
kit.same(rose, "290", "278", "A")
kit.same(rose, "313", "313")
kit.change(rose, "8%", "290", "313")
kit.direction(rose, "rose", "290", "313", True)
kit.share(rose, "33%", "97", "313", "B")
kit.ratio(rose, "a third", False, "(12 - 9) / 12 = 0.25", "C")
kit.direction(rose, "fell", "12", "9", False)
kit.same("Housing had 141", "141", "141")
kit.share("Housing had 141", "45%", "141", "313")
kit.difference("5 percentage points", "5", "78", "83")
kit.write(report)
