"""Accounts as a PDF with the padding of accounting formats: `python3 make.py` writes the report, its twin and expected.json."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
from kit import Flow, Kit, side, years

NOW, BEFORE = years(2018), years(2017)
RECEIPTS = [
    ["Receipts", "2017/18", "2018/19"],
    ["Precept", "109,334", "112,500"],
    ["Burial fees", "8,275", "9,140"],
    ["Rents", "14,620", "14,905"],
    ["Interest", "312", "486"],
    ["Total receipts", "132,541", "137,031"],
]
PAYMENTS = [
    ["Payments", "2017/18", "2018/19"],
    ["Staff", "61,480", "64,215"],
    ["Grounds", "27,905", "⟦26,340|26,430⟧"],
    ["Village hall", "18,760", "21,455"],
    ["Insurance", "2,846", "3,012"],
    ["Total payments", "110,991", "115,022"],
    ["Surplus for the year", "21,550", "⟦22,009|22,900⟧"],
]
RIGHTS = (360, 470)


def padded(flow, rows):
    """The sign at the left of its column, the number at the right, and the padding drawn from between them over its first digit."""
    for n, row in enumerate(rows):
        font = "F2" if n == 0 or row[0].startswith(("Total", "Surplus")) else "F1"
        flow.page.t(flow.x, flow.y, row[0], font)
        for right, cell in zip(RIGHTS, row[1:]):
            flow.page.tr(right, flow.y, cell, font)
            if n:
                left = right - flow.draw.width(cell, font, 10)
                flow.page.t(right - 80, flow.y, chr(163), font)
                blanks = "      "
                flow.page.t(left - 5 * 2.78, flow.y, blanks, font)
        flow.y -= 16
    flow.y -= 10


def report(take):
    flow = Flow("saltmere")
    flow.text("Saltmere Parish Council", 16, "F2")
    flow.text("Receipts and payments for the year to 31 March 2019", 12, "F2", 12)
    flow.text("These accounts are kept on the basis of receipts and payments and were approved on 20 May 2019.")
    padded(flow, take(RECEIPTS))
    padded(flow, take(PAYMENTS))
    flow.text(take("Receipts rose by " + chr(163) + "4,490, or ⟦3.4%|3.3%⟧, and payments by " + chr(163) + "4,031 (3.6%). Staff took 56% of all payments in 2018/19."))
    flow.text("The council has 11 members and met 10 times. An allowance of " + chr(163) + "250 is paid to the chair under section 15(5) of the Local Government Act 1972.")
    return flow.bytes()


kit = Kit(__file__, "pdf", NOW)
kit.table(RECEIPTS)
kit.table(PAYMENTS)
rose = "Receipts rose by"
kit.figure(rose, "£4,490", role="change")
kit.figure(rose, "3.3%", role="change")
kit.figure(rose, "£4,031", role="change")
kit.figure("3.6%", "3.6%", role="change")
kit.figure("56%", "56%", role="share")
receipts, payments = side(RECEIPTS, True), side(PAYMENTS, True)
for col in (1, 2):
    kit.sum("Total receipts", receipts[5][col], [row[col] for row in receipts[1:5]], also=["CF703"])
    kit.sum("Total payments", payments[5][col], [row[col] for row in payments[1:5]], "A" if col == 2 else "", also=["CF703"])
    holds = col == 1
    made = int(receipts[5][col].replace(",", "")) - int(payments[5][col].replace(",", ""))
    inputs = {"old": int(payments[5][col].replace(",", "")), "new": int(receipts[5][col].replace(",", ""))}
    kit.claim("CF302", "Surplus for the year", payments[6][col], holds, inputs, made, "" if holds else "C", "difference", also=("CF101", "CF703"))
kit.difference(rose, "4,490", "132,541", "137,031")
kit.change(rose, "3.3%", "132,541", "137,031", "B")
kit.difference(rose, "4,031", "110,991", "115,022")
kit.change("3.6%", "3.6%", "110,991", "115,022")
kit.share("56%", "56%", "64,215", "115,022")
kit.write(report)
