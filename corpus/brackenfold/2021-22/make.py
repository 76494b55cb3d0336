"""Accounts in thousands of pounds, negatives in brackets: `python3 make.py` writes the report, its clean twin and expected.json."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
from kit import Kit, padded, side, years

NOW, BEFORE = years(2021), years(2020)
SERVICES = [
    ["", "Gross spending", "Gross income", "Net 2021/22", "Net 2020/21"],
    ["", "£000", "£000", "£000", "£000"],
    ["Housing services", "4,812", "(1,935)", "2,877", "2,701"],
    ["Environment and streets", "9,440", "(3,218)", "6,222", "6,015"],
    ["Planning and growth", "2,305", "(1,487)", "818", "790"],
    ["Leisure and culture", "3,116", "(2,044)", "⟦1,072|1,027⟧", "1,240"],
    ["Corporate services", "5,280", "(612)", "4,668", "4,502"],
    ["Cost of services", "24,953", "(9,296)", "15,657", "15,248"],
]
FUNDING = [
    ["", "2021/22", "2020/21"],
    ["", "£000", "£000"],
    ["Council tax", "(8,940)", "(8,702)"],
    ["Business rates", "(3,815)", "(3,640)"],
    ["Grants not tied to a service", "(2,468)", "(2,655)"],
    ["Total funding", "(15,223)", "(14,997)"],
]
RESERVES = [
    ["", "1 April 2021", "Paid in", "Drawn", "31 March 2022"],
    ["", "£000", "£000", "£000", "£000"],
    ["General fund", "3,120", "410", "(844)", "2,686"],
    ["Earmarked reserves", "6,475", "1,290", "(1,105)", "6,660"],
    ["Capital receipts", "1,048", "365", "(518)", "895"],
    ["Total", "10,643", "⟦2,065|1,655⟧", "(2,467)", "10,241"],
]


def report(take):
    return take(f"""BRACKENFOLD DISTRICT COUNCIL
Statement of Accounts 2021/22

1. Basis

The accounts are drawn up on the Code of Practice and are shown in thousands of pounds. Amounts in brackets are income or
payments out of a reserve. Note 14 explains how pensions are valued.

2. Income and expenditure

{padded(take(SERVICES), [28, 16, 16, 14, 14])}

The cost of services was £15,657,000 in 2021/22, against £15,248,000 the year before: £409,000 more, or ⟦2.7%|2.6%⟧.
Environment and streets remains the largest, with 40% of the net cost.

3. Funding

{padded(take(FUNDING), [32, 14, 14])}

Council tax brought in 2.7% more than in 2020/21, while grants fell by 7%, from £2,655,000 to £2,468,000.

4. Reserves

{padded(take(RESERVES), [28, 16, 12, 12, 18])}

The general fund may not fall below £1,500,000 under the strategy of February 2019.
""")


kit = Kit(__file__, "txt", NOW)
kit.table(SERVICES, 2)
kit.table(FUNDING, 2)
kit.table(RESERVES, 2)

cost = "The cost of services was"
kit.figure(cost, "£15,657,000", value="15657000")
kit.figure(cost, "£15,248,000", value="15248000", period=BEFORE)
kit.figure(cost, "£409,000", role="change")
kit.figure(cost, "2.6%", role="change")
kit.figure("Environment and streets remains", "40%", role="share")
tax = "Council tax brought in"
kit.figure(tax, "2.7%", role="change")
kit.figure(tax, "7%", role="change")
kit.figure(tax, "£2,655,000", period=BEFORE)
kit.figure(tax, "£2,468,000")
kit.figure("may not fall below", "£1,500,000", role="target")

services = side(SERVICES, True)
for row in services[2:]:
    kit.sum((row[0], 0), row[3], [row[1], "-" + row[2][1:-1]], "A" if row[3] == "1,027" else "", "CF102", also=["CF703"])
for col in range(1, 5):
    kit.sum("Cost of services", services[7][col], [row[col] for row in services[2:7]], "A" if col == 3 else "", also=["CF703"])
for col in (1, 2):
    kit.sum("Total funding", FUNDING[5][col], [row[col] for row in FUNDING[2:5]], also=["CF703"])
reserves = side(RESERVES, True)
for row in reserves[2:]:
    kit.sum("Total … 10,643" if row[0] == "Total" else row[0], row[4], [row[1], row[2], row[3]], "C" if row[0] == "Total" else "", "CF102", also=["CF703"])
for col in range(1, 5):
    kit.sum("Total … 10,643", reserves[5][col], [row[col] for row in reserves[2:5]], "C" if col == 2 else "", also=["CF703"])
kit.same(cost, "15,657", "15,657")
kit.same(cost, "15,248", "15,248")
kit.difference(cost, "409", "15,248", "15,657")
kit.change(cost, "2.6%", "15,248", "15,657", "B")
kit.share("Environment and streets remains", "40%", "6,222", "15,657")
kit.change(tax, "2.7%", "8,702", "8,940")
kit.change(tax, "7%", "2,655", "2,468")
kit.same(tax, "2,655", "2,655")
kit.same(tax, "2,468", "2,468")
kit.write(report)
