"""Crimes by station as CSV, in blocks with totals of their own: `python3 make.py` writes the report, its twin and expected.json."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
from kit import Kit, commas, side

NOW = {"start": "2020-01-01", "end": "2020-12-31"}
HEADS = ["Area", "Station", "Crime", "2019", "2020", "Change", "% change"]
ROWS = [
    ["North", "Harbour", "Violent crime", "412", "388", "-24", "-5.8%"],
    ["", "", "Property crime", "1310", "1147", "-163", "-12.4%"],
    ["", "", "Total", "1722", "1535", "-187", "-10.9%"],
    ["", "Castlegate", "Violent crime", "265", "281", "16", "6.0%"],
    ["", "", "Property crime", "840", "792", "-48", "-5.7%"],
    ["", "", "Total", "1105", "⟦1073|1037⟧", "-32", "-2.9%"],
    ["South", "Millbank", "Violent crime", "530", "547", "17", "3.2%"],
    ["", "", "Property crime", "1625", "1502", "-123", "⟦-7.6%|7.6%⟧"],
    ["", "", "Total", "2155", "2049", "-106", "-4.9%"],
    ["", "Fenside", "Violent crime", "198", "171", "-27", "-13.6%"],
    ["", "", "Property crime", "604", "655", "51", "8.4%"],
    ["", "", "Total", "802", "826", "24", "3.0%"],
    ["All stations", "", "Violent crime", "1405", "⟦1387|1216⟧", "-18", "-1.3%"],
    ["", "", "Property crime", "4379", "4096", "-283", "-6.5%"],
    ["", "", "Total", "5784", "5483", "-301", "-5.2%"],
]


def report(take):
    title = [["Lindhope Police: recorded crime by station, 2019 and 2020"], ["As recorded on 15 January 2021"], [""]]
    return commas(title + [HEADS] + take(ROWS) + [[""], ["Stations are those of the boundaries of April 2018."]])


def filled(rows):
    """Names of areas and stations in every row that they cover, as a reader should have them."""
    out, area, station = [], "", ""
    for row in rows:
        if row[0]:
            area, station = row[0], ""
        station = row[1] or station
        out.append([area, station] + row[2:])
    return out


kit = Kit(__file__, "csv", NOW)
kit.table([HEADS] + filled(ROWS), 1, 3)
rows = side(ROWS, True)
CAUSES = {5: "A", 7: "B", 12: "C"}
for n, row in enumerate(rows):
    here = row[2] + " … " + row[3]
    if row[2] == "Total":
        for col in (3, 4):
            kit.sum(here, row[col], [rows[n - 2][col], rows[n - 1][col]], "" if col == 3 else {5: "A", 14: "C"}.get(n, ""))
    if rows[n][0] == "All stations" or n == 13:
        for col in (3, 4):
            kit.sum(here, row[col], [r[col] for r in rows[n % 3 : 12 : 3]], "C" if (n, col) == (12, 4) else "")
    kit.difference(here, row[5], row[3], row[4], {5: "A", 12: "C"}.get(n, ""))
    before, after = int(row[3]), int(row[4])
    said = float(row[6][:-1])
    holds = abs(100 * (after - before) / before - said) <= 0.05
    inputs = {"old": before, "new": after}
    kit.claim("CF301", here, row[6], holds, inputs, "%.2f%%" % (100 * (after - before) / before), CAUSES.get(n, ""), "percent-change")
kit.write(report)
