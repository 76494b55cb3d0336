"""A leaflet of three columns with a chart: `python3 make.py` writes the report, its clean twin and expected.json."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
from kit import Flow, Kit, side, years

NOW, BEFORE = years(2021), years(2020)
CHART = [
    ["Waiting", "198", "31%"],
    ["Staff", "134", "21%"],
    ["Buildings", "⟦96|69⟧", "15%"],
    ["Letters", "83", "13%"],
    ["Other", "129", "20%"],
]
POUND = chr(163)


def report(take):
    flow = Flow("pennerby", foot="", x=40, wide=216, box=(842, 595))
    flow.text("Pennerby Health Board", 16, "F2")
    flow.text("Your complaints in 2021/22", 13, "F2", 12)
    top = flow.y
    flow.text("What came in", 12, "F2", 4)
    flow.text(take("We handled 640 complaints in 2021/22, ⟦58|85⟧ fewer than the 698 of 2020/21. That is a fall of 8%."))
    flow.text("A complaint is a way of telling us that something should have gone better. You can ring us on 01632 960 118, or write to the Patient Relations Team.")
    flow.x, flow.y = 312, top
    flow.text("What they were about", 12, "F2", 8)
    for label, count, share in take(CHART):
        flow.page.t(flow.x, flow.y, label)
        flow.page.op("0.2 0.4 0.7 rg")
        flow.page.rect(flow.x + 58, flow.y - 2, int(take(count)) * 0.5, 11)
        flow.page.op("0 g")
        flow.page.t(flow.x + 62 + int(take(count)) * 0.5, flow.y, "%s (%s)" % (count, share))
        flow.y -= 20
    flow.y -= 8
    flow.text("Number and share of the 640 complaints", 8)
    flow.x, flow.y = 588, top
    flow.text("How we answered", 12, "F2", 4)
    flow.text(take("512 of the 640 had an answer within 25 days (⟦80%|78%⟧). The other 128 (20%) took longer."))
    flow.text("We paid " + POUND + "9,600 to 48 people, " + POUND + "200 each on average.")
    flow.text("Two cases went to the Ombudsman, who upheld one.")
    return flow.bytes()


kit = Kit(__file__, "pdf", NOW)
kit.table(CHART, 0)
came, fewer = "We handled 640", "2021/22, 85"
kit.figure(came, "640", "complaints_received")
kit.figure(fewer, "85", "complaints_received", role="change")
kit.figure("than the 698", "698", "complaints_received", period=BEFORE)
kit.figure("8%.", "8%", "complaints_received", role="change")
answered = "512 of the 640"
kit.figure(answered, "512", "on_time")
kit.figure(answered, "640", "complaints_received")
kit.figure("78%", "78%", "on_time", role="share")
kit.figure("128 (20%)", "128")
kit.figure("128 (20%)", "20%", role="share")
kit.figure("9,600", "£9,600", "compensation")
kit.figure("9,600", "48")
kit.figure("200 each", "£200", "compensation")
kit.figure("went to the Ombudsman", "Two", "ombudsman_received", unit="count", value="2")
kit.figure("upheld one", "one", "ombudsman_upheld", unit="count", value="1")
rows = side(CHART, True)
kit.sum("Waiting", "640", [row[1] for row in rows], "B", to="Other")
kit.whole("Waiting", [row[2] for row in rows], "Other")
for label, count, share in rows:
    kit.share(label, share, count, "640", "B" if count == "69" else "")
kit.difference(fewer, "85", "698", "640", "A")
kit.change("8%.", "8%", "698", "640")
kit.share("78%", "78%", "512", "640", "C")
kit.share("128 (20%)", "20%", "128", "640")
kit.mean("200 each", "200", "9,600", "48")
kit.write(report)
