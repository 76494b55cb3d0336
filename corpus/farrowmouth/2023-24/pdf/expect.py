"""expected.json: tables, figures and claims. Verdicts come from the arithmetic of what is printed."""

import json
import re
from fractions import Fraction

from content import BODY, FIGURES, NOTE_MARK, YEAR, Break, shown
from plain import Plain

DIAGNOSIS = {
    "A": "the teams' compliments make 486; two digits changed places",
    "B": "288 of 1,284 is 22.4%; 24.5% is 288 of the 1,176 of the year before",
    "C": "Table 6 has 174; 152 is the value of the year before",
}
ID = BODY.split()[0].lower()


def numeral(text):
    found = re.sub(r"[^\d.]", "", text.replace(NOTE_MARK, ""))
    return Fraction(found) if found else Fraction(0)


def plain_number(value):
    return int(value) if value == int(value) else float(value)


def places(text):
    return len(text.rstrip("%").partition(".")[2])


def rounds_to(exact, text):
    """Whether a printed numeral is the exact value, rounded: a closed interval of half a unit either way."""
    return abs(exact - numeral(text)) <= Fraction(1, 2 * 10 ** places(text))


class Claims:
    def __init__(self, clean=False):
        self.form, self.items = Plain(clean), []

    def at(self, ref):
        """Text, line and root cause of a figure: a name, or (table, row, column)."""
        if isinstance(ref, str):
            value, line = FIGURES[ref].text, self.form.fig_line[ref]
        else:
            value, line = self.form.tables[ref[0]].rows[ref[1]][ref[2]], self.form.cell_line[ref[0], ref[1]]
        return shown(value, self.form.clean), line, value.cause if isinstance(value, Break) else ""

    def value(self, ref):
        fig = FIGURES.get(ref) if isinstance(ref, str) else None
        return Fraction(fig.number) if fig and fig.number else numeral(self.at(ref)[0])

    def add(self, ref, check, kind, inputs, computed, holds, published=None, cause="", also=(), end=None, why=""):
        text, line, own = self.at(ref)
        broken = holds is False
        cause = (cause or own) if broken else ""
        item = {
            "id": f"{ID}-{len(self.items) + 1:03}",
            "seed": "report.txt",
            "line": line,
            "line_end": end or line,
            "quote": self.form.lines[line - 1][:90],
            "check": check,
            "claim_type": kind,
            "inputs": inputs,
            "computed": computed,
            "published": text if published is None else published,
            "verdict": "unverifiable" if holds is None else "inconsistent" if broken else "holds",
            "severity": "error" if broken else "",
            "root_cause": f"{ID}-{cause}" if broken else "",
            "diagnosis": DIAGNOSIS[cause] if broken else why,
        }
        if also:
            item["also"] = list(also)
        self.items.append(item)

    def same(self, ref, there, table=False):
        here, other = self.value(ref), self.value(there)
        check, kind = ("CF403", "table-vs-table") if table else ("CF402", "prose-vs-table")
        if isinstance(there, str):
            check, kind = "CF401", "stated-twice"
        self.add(
            ref,
            check,
            kind,
            {"here": plain_number(here), "there": plain_number(other), "there_at": f"l.{self.at(there)[1]}"},
            plain_number(other),
            here == other,
            also=[code for code in ("CF401", "CF402", "CF403", "CF404") if code != check][:2],
        )

    def sum(self, ref, parts, also=()):
        values = [self.value(part) for part in parts]
        self.add(
            ref,
            "CF101",
            "column-total",
            {"parts": [plain_number(v) for v in values]},
            plain_number(sum(values)),
            sum(values) == self.value(ref),
            also=also,
        )

    def share(self, ref, part, whole):
        n, whole = self.value(part), self.value(whole)
        self.add(
            ref,
            "CF203",
            "share-of-total",
            {"n": str(plain_number(n)), "N": str(plain_number(whole))},
            f"{float(100 * n / whole):.2f}%",
            rounds_to(100 * n / whole, self.at(ref)[0]),
        )

    def shares(self, table, column):
        last = len(self.form.tables[table].rows) - 1
        refs = [(table, r, column) for r in range(last)]
        texts = [self.at(ref) for ref in refs]
        got = sum(numeral(text) for text, _, _ in texts)
        slack = Fraction(len(refs), 2 * 10 ** places(texts[0][0]))
        self.add(
            refs[0],
            "CF201",
            "percent-partition-sum",
            {"shares": [float(numeral(t)) for t, _, _ in texts]},
            float(got),
            abs(got - 100) <= slack,
            published=100,
            cause="".join(c for _, _, c in texts),
            also=["CF101"],
            end=texts[-1][1],
        )

    def change(self, ref, old, new):
        before, after = self.value(old), self.value(new)
        moved = abs(100 * (after - before) / before)
        self.add(
            ref,
            "CF301",
            "percent-change",
            {"old": plain_number(before), "new": plain_number(after)},
            f"{float(moved):.2f}%",
            rounds_to(moved, self.at(ref)[0]),
        )

    def direction(self, ref, old, new, word):
        before, after = self.value(old), self.value(new)
        self.add(
            ref,
            "CF303",
            "direction",
            {"old": plain_number(before), "new": plain_number(after)},
            word,
            (after > before) == (word == "rise"),
            published=word,
        )

    def difference(self, ref, old, new):
        before, after = self.value(old), self.value(new)
        self.add(
            ref,
            "CF302",
            "difference",
            {"old": plain_number(before), "new": plain_number(after)},
            plain_number(abs(after - before)),
            abs(after - before) == self.value(ref),
        )

    def quotient(self, ref, check, kind, n, whole, times=1):
        exact = times * self.value(n) / whole
        self.add(
            ref,
            check,
            kind,
            {"n": str(plain_number(self.value(n))), "N": str(plain_number(whole))},
            f"{float(exact):.2f}",
            rounds_to(exact, self.at(ref)[0]),
        )

    def rank(self, ref, cells, word):
        top = max(self.value(cell) for cell in cells)
        self.add(ref, "CF307", "rank", {}, f"max {plain_number(top)}", self.value(cells[0]) == top, published=word)

    def lone(self, ref, why):
        self.add(ref, "CF000", "count", {}, None, None, why=why)

    def column(self, table, column, also=()):
        last = len(self.form.tables[table].rows) - 1
        self.sum((table, last, column), [(table, r, column) for r in range(last)], also)

    # -- the claims, from the first line to the last

    def all(self):
        for part in (self.year, self.outcomes, self.directorates, self.reasons, self.quarters, self.rest, self.teams):
            part()
        return self.items

    def year(self):
        self.same("s1", ("t2", 6, 2))
        self.difference("more", "s1_last", "s1")
        self.same("s1_last", ("t2", 6, 1))
        self.change("rise", "s1_last", "s1")
        self.quotient("rate", "CF603", "rate", "s1", self.value("residents"), 1000)
        self.quotient("a_quarter", "CF602", "mean", "s1", 4)
        self.same("s2", ("t2", 6, 4))
        self.share("s2_share", "s2", "s1")
        self.same("s2_last", ("t2", 6, 3))
        self.direction("s2_last", ("t2", 6, 3), ("t2", 6, 4), "rise")
        self.same("s1_again", "s1")
        self.same("in_time", ("t4", 4, 2))
        self.share("in_time_share", "in_time", "s1_again")
        self.lone("days", "no counts")
        self.lone("days_last", "no counts")

    def outcomes(self):
        self.sum("upheld_any", [("t1", 0, 1), ("t1", 1, 1)])
        self.share("upheld_any_share", "upheld_any", "s1")
        self.same("not_upheld", ("t1", 2, 1))
        self.share("not_upheld_share", "not_upheld", "s1")
        self.same("withdrawn", ("t1", 3, 1))
        self.column("t1", 1)
        self.column("t1", 2)
        self.lone("six", "stated once")
        self.same("s2_upheld", ("t1", 0, 2))
        self.same("s2_again", ("t1", 4, 2))
        self.share("s2_upheld_share", "s2_upheld", "s2_again")

    def directorates(self):
        rows = [("t2", r) for r in range(6)]
        rose = sum(self.value((*row, 2)) > self.value((*row, 1)) for row in rows)
        self.add("four", "CF601", "list-count", {}, rose, rose == self.value("four"))
        self.add("of_six", "CF601", "list-count", {}, len(rows), len(rows) == self.value("of_six"))
        self.same("streets", ("t2", 1, 2))
        self.rank("streets", [("t2", 1, 2)] + [(*row, 2) for row in rows], "the most")
        self.share("streets_share", "streets", "s1")
        self.same("children", ("t2", 3, 2))
        self.change("children_rise", ("t2", 3, 1), "children")
        self.same("planning_last", ("t2", 2, 1))
        self.same("planning", ("t2", 2, 2))
        self.direction("planning", "planning_last", "planning", "fall")
        for column in range(1, 5):
            self.column("t2", column)
        self.same(("t2", 6, 2), ("t1", 4, 1), table=True)
        self.same(("t2", 6, 4), ("t1", 4, 2), table=True)

    def reasons(self):
        counts = [("t3", r, 2) for r in range(6)]
        self.rank("delay", counts, "the commonest")
        self.same("delay", counts[0])
        third = self.value("delay") / self.value("s1")
        self.add(
            "delay",
            "CF304",
            "ratio-word",
            {"n": "437", "N": "1284"},
            f"{float(third):.3f}",
            abs(third - Fraction(1, 3)) <= Fraction(1, 60),
            published="about a third",
        )
        self.share("delay_share", "delay", "s1")
        for r, part in enumerate(counts):
            self.share(("t3", r, 3), part, ("t3", 6, 2))
        self.shares("t3", 3)
        self.column("t3", 2)
        self.same(("t3", 6, 2), ("t2", 6, 2), table=True)

    def quarters(self):
        received = [("t4", r, 1) for r in range(4)]
        self.same("busiest", received[2])
        self.rank("busiest", [received[2], *received], "the busiest")
        self.same("online", ("t5", 0, 1))
        self.share("online_share", "online", "s1")
        self.column("t4", 1, ["CF503"])
        self.column("t4", 2, ["CF503"])
        self.same(("t4", 4, 1), ("t3", 6, 2), table=True)
        for r in range(5):
            self.share(("t5", r, 2), ("t5", r, 1), ("t5", 5, 1))
        self.shares("t5", 2)
        self.column("t5", 1)
        self.same(("t5", 5, 1), ("t4", 4, 1), table=True)

    def rest(self):
        self.change("missed_fall", "missed_last", "missed")
        self.direction("missed", "missed_last", "missed", "fall")
        self.direction("blocked", "blocked_last", "blocked", "fall")
        self.quotient("each", "CF602", "mean", "paid", self.value("cases"))
        self.share("trained_share", "trained", "managers")
        self.lone("omb", "stated once")
        self.share("omb_rate", "omb_up", "omb_in")
        self.lone("omb_similar", "benchmark of others")

    def teams(self):
        rows = len(self.form.tables["t6"].rows) - 1
        self.add("teams", "CF601", "list-count", {}, rows, rows == self.value("teams"))
        self.same("repairs", ("t6", 0, 3))
        self.rank("repairs", [("t6", r, 3) for r in range(rows)], "more than any other team")
        self.same("waste", ("t6", 8, 3))
        for column in (2, 3, 4, 5):
            self.column("t6", column)
        for column, there in ((2, 1), (3, 2), (4, 4)):
            self.same(("t6", rows, column), ("t2", 6, there), table=True)


def figures(form):
    found = []
    for n, (name, fig) in enumerate(FIGURES.items(), 1):
        text = shown(fig.text)
        found.append(
            {
                "id": f"{ID}-f{n:02}",
                "line": form.fig_line[name],
                "value": fig.number or re.sub(r"[^\d.]", "", text),
                "unit": fig.unit,
                "measure": fig.measure,
                "period": dict(zip(("start", "end"), fig.period)),
                "role": fig.role,
                "text": text,
            }
        )
    return found


def grids(form):
    return [
        {
            "id": t.name,
            "header_rows": len(t.head),
            "header_cols": t.head_cols,
            "grid": t.head_grid() + [[shown(cell) for cell in row] for row in t.rows],
        }
        for t in form.tables.values()
    ]


def expected():
    clean = Claims(clean=True).all()
    assert all(item["verdict"] in ("holds", "unverifiable") for item in clean), "the clean twin has a break"
    claims = Claims()
    broken = {item["root_cause"] for item in claims.all()} - {""}
    assert broken == {f"{ID}-{cause}" for cause in DIAGNOSIS}, broken
    claims.items.sort(key=lambda item: (item["line"], item["id"]))
    for n, item in enumerate(claims.items, 1):
        item["id"] = f"{ID}-{n:03}"
    lists = {"tables": grids(claims.form), "figures": figures(claims.form), "claims": claims.items}
    period = json.dumps(dict(zip(("start", "end"), YEAR)))
    parts = [f'{{\n "text_file": "report.txt",\n "doc_period": {period}']
    for name, items in lists.items():
        lines = ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in items)
        parts.append(f' "{name}": [\n  {lines}\n ]')
    return ",\n".join(parts) + "\n}\n"
