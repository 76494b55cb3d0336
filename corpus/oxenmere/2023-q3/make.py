"""What a body that listens to patients heard in a quarter: `python3 make.py` writes the report, its twin and expected.json."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
from kit import Flow, Kit, side

NOW = {"start": "2023-10-01", "end": "2023-12-31"}
HEARD = [
    ["Service", "Positive", "Negative", "Mixed", "All"],
    ["GP practices", "88", "241", "45", "374"],
    ["Dentists", "21", "143", "12", "176"],
    ["Hospitals", "97", "⟦104|140⟧", "38", "239"],
    ["Pharmacies", "42", "31", "9", "82"],
    ["Care at home", "18", "39", "18", "75"],
    ["All services", "266", "558", "122", "946"],
]
AGES = [
    ["Age", "People", "Share"],
    ["Under 25", "95", "12%"],
    ["25 to 64", "474", "⟦60%|50%⟧"],
    ["65 and over", "221", "28%"],
    ["All who told us", "790", "100%"],
]


def report(take):
    flow = Flow("oxenmere", "Patient Voice Oxenmere - what we heard, October to December 2023")
    flow.text("Patient Voice Oxenmere", 18, "F2")
    flow.text("What people told us: October to December 2023", 13, "F2", 14)
    flow.text(take("Between October and December 2023 we heard from 946 people: 612 at our 43 events, 218 on line and ⟦116|161⟧ by telephone."))
    flow.text("What follows is what people chose to tell us; it does not stand for all who use a service.")
    flow.heading("What they felt")
    flow.text("Table 1: Comments by service", 10, "F2")
    flow.rows(take(HEARD), (250, 320, 390, 450), bold=(0, 6))
    flow.text("558 of the 946 comments were negative (59%). About dentists 143 of 176 were, four in five (81%).")
    flow.text("Waiting was named in 312 comments, and manner of staff in 120; a comment may name both.")
    flow.fresh()
    flow.heading("Who they were")
    flow.text("Questions left blank are not counted here: 156 people did not give their age.")
    flow.text("Table 2: Age", 10, "F2")
    flow.rows(take(AGES), (250, 320), bold=(0, 4))
    flow.text("Of those who told us their age, 28% were 65 or over.")
    flow.heading("What we ask for")
    flow.text("1. That each practice answers 90% of calls within 10 minutes by April 2024.")
    flow.text("2. That the Integrated Care Board replies to this report within 20 working days, as section 227 of the 2007 Act requires.")
    return flow.bytes()


kit = Kit(__file__, "pdf", NOW)
kit.table(HEARD)
kit.table(AGES)
heard = "we heard from 946"
kit.figure(heard, "946")
kit.figure(heard, "612")
kit.figure(heard, "43")
kit.figure("218", "218")
kit.figure("by telephone", "161")
felt = "558 of the 946"
for printed in ("558", "946"):
    kit.figure(felt, printed)
kit.figure(felt, "59%", role="share")
kit.figure(felt, "143")
kit.figure(felt, "176")
kit.figure("(81%)", "81%", role="share")
waiting = "Waiting was named"
kit.figure(waiting, "312")
kit.figure(waiting, "120")
kit.figure("156 people", "156")
kit.figure("28% were 65", "28%", role="share")
kit.figure("answers 90%", "90%", role="target")
rows = side(HEARD, True)
kit.sum("by telephone", "946", ["612", "218", "161"], "C", also=["CF704"])
for row in rows[1:]:
    at = row[0] + " … " + row[1]
    kit.sum(at, row[4], row[1:4], "A" if row[0] == "Hospitals" else "", "CF102")
for col in range(1, 5):
    kit.sum("All services", rows[6][col], [row[col] for row in rows[1:6]], "A" if col == 2 else "")
kit.same(heard, "946", "946")
kit.share(felt, "59%", "558", "946")
kit.same(felt, "558", "558")
kit.share("(81%)", "81%", "143", "176")
kit.same(felt, "143", "143")
ages = side(AGES, True)
for row in ages[1:]:
    kit.share(row[0] + " … " + row[1], row[2], row[1], "790", "B" if row[1] == "474" else "")
kit.sum("All who told us … 790", "790", [row[1] for row in ages[1:4]])
kit.sum("All who told us … 790", "100%", [row[2] for row in ages[1:4]], "B", slack="2", also=["CF201"])
kit.same("28% were 65", "28%", "28%")
kit.write(report)
