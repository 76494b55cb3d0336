"""From a folder of reports to a picture: how many complaints were upheld, by council and year.

A plain script in cells, for an editor that runs them one by one, or as a whole:

    python examples/upheld_by_council.py [PICTURE]
"""

# %% 300 reports of 20 invented councils over 15 years. Every 61st of them prints a total that is not the sum of its parts.
from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

import crossfoot

COUNCILS = (
    "Ashcombe Brackenfold Castlemoor Dunmere Ellerbeck Farrowmouth Ferncliffe Harrowmere Hollinmoor Keldwick "
    "Ketterwick Lindhope Maridale Marrowdale Nettlewick Oxenmere Pellingham Quarrendale Ravensholme Saltmere"
).split()
YEARS = range(2009, 2024)


def report(council: str, start: int, decided: list[int], total: int) -> str:
    """The text of a report on the year that begins in April of ``start``."""
    year = f"{start}/{(start + 1) % 100:02}"
    upheld, partly, refused = decided
    return (
        f"{council} Borough Council\n\nAnnual complaints report {year}\n\n"
        f"This report is about the complaints that were decided in {year}.\n\n"
        f"Decisions by outcome\n\nOutcome | {year}\nUpheld | {upheld}\nPartly upheld | {partly}\n"
        f"Not upheld | {refused}\nTotal | {total}\n"
    )


folder = Path(tempfile.mkdtemp(prefix="crossfoot-example-"))
chance = random.Random(7)
for number, (council, start) in enumerate((council, start) for council in COUNCILS for start in YEARS):
    level = 0.2 + 0.02 * COUNCILS.index(council) / 2 + 0.012 * (start - 2009)
    cases = chance.randint(120, 400)
    upheld = round(cases * (level + chance.uniform(-0.03, 0.03)))
    partly = round(cases * 0.12)
    printed = cases + 9 if number % 61 == 30 else cases
    text = report(council, start, [upheld, partly, cases - upheld - partly], printed)
    (folder / f"{council.lower()}-{start}.txt").write_text(text, encoding="utf-8")

# %% Read all of them, and check them.
reports = crossfoot.read_all(sorted(folder.glob("*.txt")))
answer = crossfoot.check(reports)
print(reports, answer, sep="\n")

# %% What does not add up is not counted.
findings = answer.findings.to_pandas()
broken = findings.loc[findings["severity"] == "error"]
print(broken[["path", "arithmetic"]].assign(path=broken["path"].map(lambda path: Path(path).name)).to_string(index=False))

# %% The figures of the outcomes, by council and year.
figures = reports.figures.to_pandas()
outcomes = figures[
    figures["outcome"].notna()
    & (figures["unit"] == "count")
    & figures["table"].notna()
    & ~figures["document"].isin(broken["document"])
]
decided = outcomes.assign(
    council=outcomes["organisation"].astype(str).str.removesuffix(" Borough Council"),
    year=outcomes["period_start"].dt.year,
    outcome=outcomes["outcome"].astype(str),
).pivot_table(index=["council", "year"], columns="outcome", values="value", aggfunc="sum")
rate = (decided["upheld"] / decided.sum(axis="columns")).unstack("council")
print(rate.mean().sort_values().map("{:.1%}".format).to_string())

# %% The picture: a line for each council, and three of them by name.
order = rate.mean().sort_values().index
shown = {order[0]: "tab:blue", order[len(order) // 2]: "tab:green", order[-1]: "tab:red"}
picture, axes = plt.subplots(figsize=(9, 5), layout="constrained")
for council in rate.columns:
    named = council in shown
    axes.plot(
        rate.index,
        100 * rate[council],
        color=shown.get(council, "lightgrey"),
        linewidth=2.2 if named else 0.9,
        marker="o" if named else None,
        markersize=4,
        label=council if named else None,
        zorder=2 if named else 1,
    )
title = f"Complaints upheld, {rate.count().sum()} reports of {len(rate.columns)} councils"
axes.set_title(f"{title}\nA gap is a year whose report does not add up", loc="left", fontsize=11)
axes.set_xlabel("Year that begins in April")
axes.set_ylabel("Upheld, % of complaints decided")
axes.set_ylim(bottom=0)
axes.set_xticks(list(rate.index)[::2])
axes.spines[["top", "right"]].set_visible(False)
axes.legend(frameon=False, loc="upper left")
path = Path(sys.argv[1] if len(sys.argv) > 1 and sys.argv[1].endswith(".png") else folder / "upheld_by_council.png")
picture.savefig(path, dpi=120)
print(path)

# %% What the script rests on.
assert len(reports) == 300
assert len(broken) == 5
assert int(rate.count().sum()) == 295
