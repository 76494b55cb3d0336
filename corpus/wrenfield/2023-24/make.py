"""A workbook with group cells: `python3 make.py` writes the report, its clean twin and expected.json."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
from kit import Kit, side, typed, workbook, years

NOW = years(2023)
HEADS = ["Directorate", "Team", "Q1", "Q2", "Q3", "Q4", "Year"]
TEAMS = [
    ["Adults", "Assessment", "14", "17", "12", "19", "62"],
    ["", "Home care", "22", "18", "⟦25|52⟧", "21", "86"],
    ["", "Total", "36", "35", "37", "40", "148"],
    ["Children", "Social work", "31", "28", "33", "30", "122"],
    ["", "Education", "12", "9", "15", "11", "47"],
    ["", "Total", "43", "37", "48", "41", "169"],
    ["Place", "Waste", "58", "64", "49", "55", "226"],
    ["", "Highways", "37", "41", "46", "52", "176"],
    ["", "Parks", "9", "12", "6", "5", "32"],
    ["", "Total", "104", "117", "101", "112", "434"],
    ["All directorates", "", "183", "189", "186", "193", "751"],
]
IN_TIME = [
    ["Directorate", "Complaints", "In time", "Share"],
    ["Adults", "148", "121", "82%"],
    ["Children", "169", "118", "⟦70%|77%⟧"],
    ["Place", "434", "373", "86%"],
    ["All", "⟦751|715⟧", "612", "⟦81%|86%⟧"],
]


def report(take):
    first = [["Wrenfield Council: complaints by team, 2023/24"], [], HEADS] + typed(take(TEAMS))
    second = [["Answered within 15 working days, 2023/24"], []] + typed(take(IN_TIME))
    merged = ["A4:A6", "A7:A9", "A10:A13", "A14:B14"]
    return workbook([("Teams", first, merged), ("In time", second, [])])


def filled(rows):
    """Group names in every row that they cover, as a reader should have them."""
    out, name = [], ""
    for row in rows:
        name = row[0] or name
        out.append([name] + row[1:])
    return out


kit = Kit(__file__, "xlsx", NOW)
kit.table([HEADS] + filled(TEAMS), 1, 2)
kit.table(IN_TIME)
rows = side(TEAMS, True)
for row in rows:
    label = row[1] or row[0]
    here = label + " … " + row[2] + " … " + row[6]
    kit.sum(here, row[6], row[2:6], "A" if label == "Home care" else "", "CF102")
for total, parts in ((2, (0, 1)), (5, (3, 4)), (9, (6, 7, 8)), (10, (2, 5, 9))):
    row = rows[total]
    here = (row[1] or row[0]) + " … " + row[2] + " … " + row[6]
    for col in range(2, 7):
        kit.sum(here, row[col], [rows[part][col] for part in parts], "A" if (total, col) == (2, 4) else "", also=["CF103", "CF105"])
late = side(IN_TIME, True)
for row in late[1:]:
    cause = {"Children": "B", "All": "C"}.get(row[0], "") if row[0] != "All" else ""
    kit.share(row[0] + " … " + row[1] + " … " + row[2], row[3], row[2], row[1], cause)
for col in (1, 2):
    kit.sum("All … " + late[4][1] + " … 612", late[4][col], [row[col] for row in late[1:4]], "C" if col == 1 else "")
kit.same("All … " + late[4][1] + " … 612", late[4][1], "751", "C", "CF403")
kit.write(report)
