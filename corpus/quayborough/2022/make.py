"""A survey with bases: `python3 make.py` writes the report, its clean twin and expected.json."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
from kit import Kit, piped, side

NOW = {"start": "2022-01-01", "end": "2022-12-31"}
BEFORE = {"start": "2020-01-01", "end": "2020-12-31"}
SATISFIED = [
    ["Answer", "All", "Tenants", "Leaseholders"],
    ["Very satisfied", "31%", "33%", "24%"],
    ["Fairly satisfied", "38%", "39%", "35%"],
    ["Neither", "14%", "⟦13%|18%⟧", "17%"],
    ["Fairly dissatisfied", "10%", "9%", "14%"],
    ["Very dissatisfied", "7%", "6%", "10%"],
    ["Base", "812", "624", "188"],
]
REASONS = [
    ["Reason", "People", "Share"],
    ["Repairs take too long", "71", "51%"],
    ["Service charge", "48", "35%"],
    ["Hard to reach anyone", "39", "28%"],
    ["Damp and mould", "33", "⟦24%|28%⟧"],
    ["Something else", "17", "12%"],
]


def report(take):
    return take(f"""# Quayborough Homes: survey of residents 2022

The questionnaire went to 2,450 homes in May 2022. There were 812 replies, a response of ⟦33%|30%⟧. With 812 replies a share is right to within 3 points, 19 times out of 20.

## Q1. How satisfied are you with your landlord overall?

{piped(take(SATISFIED))}

*Base: all who replied. Shares may not add up to 100% because of rounding.*

Of the 812, 560 (69%) were very or fairly satisfied. That is 3 percentage points less than the 72% of 2020.

## Q2. Why are you dissatisfied?

138 people were dissatisfied, 17% of all who replied. They could give more than one reason.

{piped(take(REASONS))}

*Base: 138 who were dissatisfied.*

About half named repairs. The rating of 7.4 out of 10 for the call centre is not comparable with the past (p < .05).
""")


kit = Kit(__file__, "md", NOW)
kit.table(SATISFIED)
kit.table(REASONS)
sent = "The questionnaire went to"
kit.figure(sent, "2,450")
kit.figure(sent, "812")
kit.figure(sent, "30%", role="share")
kit.figure(sent, "812")
good = "Of the 812, 560"
kit.figure(good, "812")
kit.figure(good, "560")
kit.figure(good, "69%", role="share")
kit.figure(good, "3", unit="percentage_points", role="change")
kit.figure(good, "72%", period=BEFORE, role="share")
poor = "138 people were dissatisfied"
kit.figure(poor, "138")
kit.figure(poor, "17%", role="share")
kit.figure("About half named", "half", unit="ratio", value="0.5", role="share")

kit.share(sent, "30%", "812", "2,450", "A")
rows = side(SATISFIED, True)
for col in (1, 2, 3):
    kit.whole("Very satisfied", [row[col] for row in rows[1:6]], "Very dissatisfied", "B" if col == 2 else "")
kit.share(good, "69%", "560", "812")
kit.difference(good, "3", "72%", "69%")
kit.direction(good, "less", "72%", "69%", False)
kit.share(poor, "17%", "138", "812")
for label, count, share in side(REASONS, True)[1:]:
    kit.share(label, share, count, "138", "C" if count == "33" else "")
kit.ratio("About half named", "About half", True, "71 of 138 = 0.514")
kit.write(report)
