"""A quarterly of an ombudsman, prose alone: `python3 make.py` writes the report, its clean twin and expected.json."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
from kit import Kit

NOW = {"start": "2019-04-01", "end": "2019-06-30"}
BEFORE = {"start": "2018-04-01", "end": "2018-06-30"}

REPORT = """---
title: "Complaints in the first quarter of 2019/20"
tags:
  - news
date: 2019-07-22
---

# Public Advocate of Maridale: April to June 2019

**1,486** complaints reached the office in the first quarter of 2019/20, **⟦74|47⟧** more than the 1,412 of the same quarter a year earlier. Of these, **981** (66%) lay within our powers and 505 (34%) did not.

Social security remains the largest subject with 268 complaints (18%), before planning with 149 (10%) and prisons with 97 (7%).

In **61** complaints people said that they had been treated unequally. In 38 of the 61 (62%) the ground was one that the Equality Act names.

We closed 1,390 complaints between April and June: 1,048 (75%) within three months and 342 (25%) after that.

## Inquiries

* **212** inquiries were finished,
* **118** of them (⟦56%|65%⟧) with a finding of maladministration,
* **94** of them (44%) without.

## Visits

We made 14 visits to places where people are held: 6 to care homes, ⟦5|4⟧ to police cells and 3 to prisons.

## Helpline

The helpline took 3,905 calls, 12% ⟦fewer|more⟧ than the 4,430 of April to June 2018. Calls are answered within 40 seconds on average.

Payments of £48,600 were recommended in 27 cases, £1,800 on average. Rule 4.2 of the scheme of 2011 sets no upper limit.
"""

kit = Kit(__file__, "md", NOW)
received = "complaints reached the office"
kit.figure(received, "1,486", "complaints_received")
kit.figure(received, "47", "complaints_received", role="change")
kit.figure(received, "1,412", "complaints_received", period=BEFORE)
kit.figure(received, "981", "complaints_received")
kit.figure(received, "66%", "complaints_received", role="share")
kit.figure(received, "505", "complaints_received")
kit.figure(received, "34%", "complaints_received", role="share")
subjects = "Social security remains"
for count, share in (("268", "18%"), ("149", "10%"), ("97", "7%")):
    kit.figure(subjects, count, "complaints_received")
    kit.figure(subjects, share, "complaints_received", role="share")
    kit.share(subjects, share, count, "1,486")
unequal = "treated unequally"
kit.figure(unequal, "61", "complaints_received")
kit.figure(unequal, "38", "complaints_received")
kit.figure(unequal, "61", "complaints_received")
kit.figure(unequal, "62%", "complaints_received", role="share")
closed = "We closed 1,390"
for printed, role in (("1,390", "value"), ("1,048", "value"), ("75%", "share"), ("342", "value"), ("25%", "share")):
    kit.figure(closed, printed, "complaints_closed", role=role)
kit.figure("inquiries were finished", "212")
kit.figure("with a finding of", "118")
kit.figure("with a finding of", "65%", role="share")
kit.figure("without.", "94")
kit.figure("without.", "44%", role="share")
visits = "We made 14 visits"
for printed in ("14", "6", "4", "3"):
    kit.figure(visits, printed)
calls = "The helpline took"
kit.figure(calls, "3,905")
kit.figure(calls, "12%", role="change")
kit.figure(calls, "4,430", period=BEFORE)
money = "were recommended"
kit.figure(money, "£48,600", "compensation")
kit.figure(money, "27")
kit.figure(money, "£1,800", "compensation")

kit.difference(received, "47", "1,412", "1,486", "A")
kit.direction(received, "more", "1,412", "1,486", True)
kit.share(received, "66%", "981", "1,486")
kit.share(received, "34%", "505", "1,486")
kit.sum(received, "1,486", ["981", "505"], also=["CF704"])
kit.share(unequal, "62%", "38", "61")
kit.share(closed, "75%", "1,048", "1,390")
kit.share(closed, "25%", "342", "1,390")
kit.sum(closed, "1,390", ["1,048", "342"], also=["CF704"])
kit.share("with a finding of", "65%", "118", "212", "B")
kit.share("without.", "44%", "94", "212")
kit.sum("inquiries were finished", "212", ["118", "94"], also=["CF704"], to="without.")
kit.sum(visits, "14", ["6", "4", "3"], "C", also=["CF704"])
kit.claim("CF301", calls, "12%", False, {"old": 4430, "new": 3905}, "-11.85%", "D", "percent-change")
kit.direction(calls, "more", "4,430", "3,905", True, "D")
kit.mean(money, "£1,800", "48,600", "27")
kit.write(lambda take: take(REPORT))
