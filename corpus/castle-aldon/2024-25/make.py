"""A budget book as a web page with spanning heads: `python3 make.py` writes the report, its clean twin and expected.json."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
from kit import Kit, side, tabled, years

NOW, BEFORE = years(2024), years(2023)
SPENDING = [
    ["Service", "2023/24 Budget", "2023/24 Forecast", "2024/25 Budget", "Change £", "Change %"],
    ["Allotments", "18,400", "17,950", "19,300", "900", "4.9%"],
    ["Cemetery", "42,750", "45,120", "47,000", "4,250", "9.9%"],
    ["Events", "31,200", "29,875", "28,600", "(2,600)", "(8.3%)"],
    ["Play areas", "26,500", "26,140", "30,500", "⟦4,000|4,500⟧", "15.1%"],
    ["Staff", "214,600", "219,480", "228,300", "13,700", "6.4%"],
    ["Total spending", "333,450", "338,565", "353,700", "20,250", "6.1%"],
]
INCOME = [
    ["Income", "2023/24 Budget", "2023/24 Forecast", "2024/25 Budget"],
    ["Cemetery fees", "(12,600)", "(14,230)", "(13,500)"],
    ["Allotment rents", "(9,450)", "(9,380)", "(9,900)"],
    ["Grants", "(6,000)", "(6,000)", "(4,500)"],
    ["Total income", "(28,050)", "⟦(29,610)|(26,910)⟧", "(27,900)"],
    ["Net, to be met from the precept", "305,400", "308,955", "325,800"],
]


def report(take):
    heads = [[("Service", 1), ("2023/24", 2), ("2024/25", 1), ("Change", 2)], ["", "Budget", "Forecast", "Budget", "£", "%"]]
    spending = tabled(heads + take(SPENDING)[1:], 2, caption="Spending by service (£)")
    income = tabled([[("Income", 1), ("2023/24", 2), ("2024/25", 1)], ["", "Budget", "Forecast", "Budget"]] + take(INCOME)[1:], 2, caption="Income and precept (£)")
    return take(f"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Budget book 2024/25 - Castle Aldon Town Council</title></head>
<body>
<h1>Castle Aldon Town Council: budget book 2024/25</h1>
<p>Approved on 22 January 2024 (minute 118). Amounts are in pounds; amounts in brackets are income, or less than the year before.</p>
<h2>Spending</h2>
{spending}
<p>Spending goes up by £20,250 to £353,700. Staff remain the largest item with 65% of all spending.</p>
<h2>Income and precept</h2>
{income}
<p>The precept of £325,800 is shared by a tax base of 4,072.5 homes. Band D pays £80.00, £4.00 or ⟦5.3%|5.0%⟧ more than the £76.00 of 2023/24.</p>
</body>
</html>
""")


kit = Kit(__file__, "html", NOW)
kit.table(SPENDING)
kit.table(INCOME)
up = "Spending goes up by"
kit.figure(up, "£20,250", role="change")
kit.figure(up, "£353,700")
kit.figure(up, "65%", role="share")
precept = "The precept of £325,800"
kit.figure(precept, "£325,800")
kit.figure(precept, "4,072.5")
kit.figure(precept, "£80.00")
kit.figure(precept, "£4.00", role="change")
kit.figure(precept, "5.0%", role="change")
kit.figure(precept, "£76.00", period=BEFORE)

rows = side(SPENDING, True)
for row in rows[1:]:
    at, play = row[0] + " … " + row[1], row[0] == "Play areas"
    kit.difference(at, row[4], row[1], row[3], "A" if play else "")
    kit.change(at, row[5].strip("()"), row[1], row[3])
for col in range(1, 5):
    kit.sum("Total spending", rows[6][col], [row[col] for row in rows[1:6]], "A" if col == 4 else "", also=["CF703"])
income = side(INCOME, True)
for col in range(1, 4):
    kit.sum("Total income", income[4][col], [row[col] for row in income[1:4]], "B" if col == 2 else "", also=["CF703"])
    kit.sum("Net, to be met", income[5][col], [rows[6][col], income[4][col]], "B" if col == 2 else "", also=["CF703"])
kit.same(up, "353,700", "353,700")
kit.same(up, "20,250", "20,250")
kit.share(up, "65%", "228,300", "353,700")
kit.same(precept, "325,800", "325,800")
kit.mean(precept, "£80.00", "325,800", "4,072.5")
kit.difference(precept, "£4.00", "76.00", "80.00")
kit.change(precept, "5.0%", "76.00", "80.00", "C")
kit.write(report)
