"""A report with a chart of bars drawn from its table: `python3 make.py` writes the report, its clean twin and expected.json."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
from kit import Flow, Kit, side, years

NOW, BEFORE = years(2022), years(2021)
POUND = chr(163)
SERVICES = [
    ["Service", "2021/22", "2022/23"],
    ["Waste", "118", "132"],
    ["Housing", "94", "107"],
    ["Highways", "86", "⟦71|7l⟧"],
    ["Planning", "43", "38"],
    ["Libraries", "17", "14"],
    ["Total", "358", "362"],
]
BARS = ["132", "107", "71", "⟦38|83⟧", "14"]
PAID = [
    ["Redress", "2021/22 " + POUND + "000", "2022/23 " + POUND + "000"],
    ["Rent refunds", "412", "386"],
    ["Repairs in default", "158", "163"],
    ["Distress", "61", "74"],
    ["Total", "631", "623"],
]


def report(take):
    flow = Flow("ketterwick", foot="")
    flow.text("Ketterwick Borough Council", 17, "F2")
    flow.text("Annual complaints report 2022/23", 14, "F2", 12)
    flow.text("We received 362 complaints in 2022/23, 4 more than the 358 of 2021/22. Each is counted once, under the service that answered it.")
    flow.text(take("The average time to respond to complaints in 2022/23 was 14 ⟦working days|days⟧."))
    flow.heading("Table 1: Complaints by service", 11)
    flow.rows(take(SERVICES), [320, 420])
    flow.heading("Figure 1: What complaints were about", 11)
    base = flow.y - 170
    for n, (row, label) in enumerate(zip(SERVICES[1:], take(BARS))):
        left, high = 74 + 92 * n, int(label)
        flow.page.op("0.2 0.4 0.7 rg")
        flow.page.rect(left, base, 44, high)
        flow.page.op("0 g")
        flow.page.tc(left + 22, base + high + 4, label)
        flow.page.tc(left + 22, base - 14, row[0])
    flow.y = base - 60
    flow.text(take("We paid " + POUND + "386⟦,000|⟧ in rent refunds in 2022/23."))
    flow.heading("Table 2: Redress paid", 11)
    flow.rows(take(PAID), [340, 460])
    flow.text("How long answers took is looked at each quarter. In 2022/23 the average time to respond to complaints was 14 working days.")
    return flow.bytes()


kit = Kit(__file__, "pdf", NOW)
kit.table(SERVICES)
kit.table(PAID)
# The lines of the numbers over the bars, and which of the lines with that number.
BAR = {"132": ("132", 1), "107": ("107", 1), "71": "71", "83": "83", "14": ("14", 2)}
came = "We received 362"
kit.figure(came, "362", "complaints_received")
kit.figure(came, "4", "complaints_received", role="change")
kit.figure("358 of 2021/22", "358", "complaints_received", period=BEFORE)
kit.figure("2022/23 was 14 days", "14", "avg_days", unit="days")
kit.figure("14 working days", "14", "avg_days", unit="working_days")
for label in side(BARS, True):
    kit.figure(BAR[label], label)
paid = "rent refunds in 2022/23"
kit.figure(paid, POUND + "386", "compensation")
sound = [row[1:] for row in side(SERVICES, False)]
kit.sum("Total … 362", "358", [row[0] for row in sound[1:6]])
kit.sum("Total … 362", "362", [row[1] for row in sound[1:6]])
kit.sum("Total … 623", "631", [row[1] for row in PAID[1:4]])
kit.sum("Total … 623", "623", [row[2] for row in PAID[1:4]])
kit.same(came, "362", "362")
kit.difference(came, "4", "358", "362")
for label, row in zip(side(BARS, True), side(SERVICES, False)[1:6]):
    kit.same(BAR[label], label, row[2], "" if label == row[2] else "C", check="CF404", also=("CF402", "CF403"))
kit.claim("CF702", "2022/23 was 14 days", "14", False, {}, "14 working days", "A", "unit-mismatch", "warning")
kit.claim("CF702", paid, POUND + "386", False, {}, POUND + "386,000", "B", "unit-mismatch", "warning", also=("CF402",))
kit.write(report)
