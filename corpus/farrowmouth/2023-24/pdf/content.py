"""What the report says: one definition, from which every form is written.

A figure in prose is `{name}` in a paragraph and a `Fig` in FIGURES. A planted break is a `Break`: what is printed stands
beside what is right, and the clean twin prints the latter.
"""

from dataclasses import dataclass, field

BODY = "Farrowmouth Borough Council"
TITLE = "Annual complaints report 2023/24"
MEETING = "Audit and Standards Committee, 18 June 2024"
RUNNING_HEAD = f"{BODY} | {TITLE}"
YEAR, LAST = ("2023-04-01", "2024-03-31"), ("2022-04-01", "2023-03-31")
SOFT = "\u00ad"


@dataclass
class Break:
    """`printed` where `right` should stand; `cause` is the root cause's letter."""

    right: str
    printed: str
    cause: str

    def text(self, clean):
        return self.right if clean else self.printed


def shown(value, clean=False):
    return value.text(clean) if isinstance(value, Break) else value


@dataclass
class Fig:
    text: object
    unit: str
    measure: str
    period: tuple = YEAR
    role: str = "value"
    number: str = ""  # the value of a figure in words


@dataclass
class Table:
    name: str
    caption: str
    head: list  # rows of (text, columns, rows)
    rows: list
    total: bool = True
    widths: list = field(default_factory=list)  # shares of the line
    text_columns: tuple = (0,)
    head_cols: int = 1

    @property
    def columns(self):
        return sum(span for _, span, _ in self.head[0])

    def head_grid(self):
        """The head as a grid: a spanning head in each of its columns, and "" under a head that spans rows."""
        grid = [[None] * self.columns for _ in self.head]
        for r, row in enumerate(self.head):
            for text, across, down in row:
                c = grid[r].index(None)
                for k in range(c, c + across):
                    grid[r][k] = text
                    for below in range(r + 1, r + down):
                        grid[below][k] = ""
        return grid


def count(text, measure="complaints_received", **more):
    return Fig(text, "count", measure, **more)


def share(text, measure="complaints_received", **more):
    return Fig(text, "percent", measure, role=more.pop("role", "share"), **more)


# team, directorate, stage 1 2022/23, stage 1 2023/24, stage 2 2023/24, compliments 2023/24
HOUSING, STREETS, PLANNING = "Housing and Homes", "Streets and Environment", "Planning and Growth"
CHILDREN, ADULTS, FINANCE = "Children\u2019s Services", "Adult Care", "Finance and Customer"
TEAMS = [
    ("Housing Repairs", HOUSING, 152, 174, 24, 31),
    ("Tenancy Services", HOUSING, 61, 68, 9, 12),
    ("Homelessness and Advice", HOUSING, 48, 57, 11, 9),
    ("Lettings", HOUSING, 39, 36, 4, 6),
    ("Estate Caretaking", HOUSING, 22, 27, 2, 14),
    ("Leasehold Services", HOUSING, 18, 21, 4, 1),
    ("Home Adaptations", HOUSING, 13, 16, 2, 17),
    ("Private Sector Housing", HOUSING, 11, 9, 1, 3),
    ("Waste and Recycling", STREETS, 118, 149, 13, 42),
    ("Street Cleansing", STREETS, 41, 38, 3, 19),
    ("Highways Maintenance", STREETS, 57, 69, 9, 11),
    ("Parking Services", STREETS, 49, 44, 6, 2),
    ("Parks and Play", STREETS, 28, 33, 3, 36),
    ("Trees and Verges", STREETS, 31, 37, 6, 8),
    ("Street Lighting", STREETS, 14, 12, 1, 5),
    ("Environmental Health", STREETS, 21, 24, 4, 7),
    ("Licensing", STREETS, 9, 8, 1, 3),
    ("Development Management", PLANNING, 58, 51, 12, 9),
    ("Planning Enforcement", PLANNING, 27, 31, 7, 2),
    ("Building Control", PLANNING, 12, 10, 1, 8),
    ("Local Land Charges", PLANNING, 6, 4, 0, 5),
    ("Economic Development", PLANNING, 4, 5, 0, 11),
    ("Regeneration Projects", PLANNING, 7, 9, 2, 3),
    ("Markets and Town Centres", PLANNING, 11, 8, 1, 10),
    ("School Admissions", CHILDREN, 23, 28, 3, 4),
    ("Special Educational Needs", CHILDREN, 36, 47, 8, 6),
    ("School Transport", CHILDREN, 19, 25, 4, 7),
    ("Early Help", CHILDREN, 8, 7, 0, 12),
    ("Youth Services", CHILDREN, 3, 4, 0, 15),
    ("Children\u2019s Centres", CHILDREN, 5, 3, 0, 21),
    ("Adult Learning", CHILDREN, 4, 6, 1, 13),
    ("Care Assessments", ADULTS, 31, 35, 6, 8),
    ("Home Care", ADULTS, 22, 19, 2, 24),
    ("Blue Badges and Travel", ADULTS, 14, 17, 1, 9),
    ("Occupational Therapy", ADULTS, 12, 15, 2, 16),
    ("Care Finance", ADULTS, 17, 20, 3, 2),
    ("Day Opportunities", ADULTS, 5, 4, 0, 5),
    ("Council Tax", FINANCE, 46, 42, 5, 6),
    ("Benefits", FINANCE, 29, 24, 3, 8),
    ("Business Rates", FINANCE, 8, 11, 1, 2),
    ("Customer Contact Centre", FINANCE, 19, 16, 1, 27),
    ("Electoral Services", FINANCE, 6, 9, 0, 4),
    ("Registrars", FINANCE, 5, 4, 0, 22),
    ("Information Requests", FINANCE, 7, 8, 2, 1),
]
STAGE_2_LAST = {HOUSING: 52, STREETS: 37, PLANNING: 25, CHILDREN: 13, ADULTS: 11, FINANCE: 8}
OUTCOMES = [("Upheld", 398, 38), ("Partly upheld", 271, 45), ("Not upheld", 553, 79), ("Withdrawn", 62, 6)]
REASONS = [
    ("Delay", "An answer, a visit or a payment that came late, or not at all until we were reminded of it", 437),
    (
        "Quality of work",
        "Work done badly, left unfinished or done again within a few weeks, by our own staff or by a contractor",
        288,
    ),
    (
        "Communication",
        "Calls not returned, letters that were hard to follow, or two teams saying different things",
        231,
    ),
    ("Conduct of staff", "Manner, tone or fairness of a member of staff", 119),
    ("Policy or charge", "Disagreement with a rule or a fee that was applied as members had set it", 126),
    ("Other", "Anything that fits none of the above", 83),
]
QUARTERS = [("Quarter 1", 298, 247), ("Quarter 2", 337, 266), ("Quarter 3", 341, 271), ("Quarter 4", 308, 256)]
CHANNELS = [("Online form", 612), ("Email", 334), ("Telephone", 221), ("Letter", 78), ("In person", 39)]
NOTE_MARK = "\u00b9"
NOTE = "Six of these were decided together because they concerned the same scheme of works."


def number(value):
    return f"{value:,}" if value else "\u2013"


def percent(part, whole, places=1):
    scaled = (2 * part * 100 * 10**places + whole) // (2 * whole)
    return f"{scaled / 10**places:.{places}f}%"


def total(rows, column):
    return sum(row[column] for row in rows)


def directorates():
    names = list(dict.fromkeys(team[1] for team in TEAMS))
    return [
        (
            name,
            *(sum(t[c] for t in TEAMS if t[1] == name) for c in (2, 3)),
            STAGE_2_LAST[name],
            sum(t[4] for t in TEAMS if t[1] == name),
        )
        for name in names
    ]


def with_total(rows, numeric, label="Total", blanks=0):
    body = [[cell if isinstance(cell, str) else number(cell) for cell in row] for row in rows]
    return body + [[label] + [""] * blanks + [number(total(rows, c)) for c in numeric]]


def tables():
    all_1, last_1 = total(TEAMS, 3), total(TEAMS, 2)
    one = with_total(OUTCOMES, (1, 2))
    one[1][2] += NOTE_MARK
    reasons = [[*row, percent(row[2], all_1)] for row in REASONS]
    reasons[1][3] = Break(reasons[1][3], percent(REASONS[1][2], last_1), "B")
    channels = [[*row, percent(row[1], all_1)] for row in CHANNELS]
    teams = with_total(TEAMS, (2, 3, 4, 5), blanks=1)
    right = teams[-1][5]
    teams[-1][5] = Break(right, right[0] + right[2] + right[1], "A")
    plain = lambda *texts: [[(text, 1, 1) for text in texts]]
    return {
        t.name: t
        for t in [
            Table("t1", "Table 1: Outcomes, 2023/24", plain("Outcome", "Stage 1", "Stage 2"), one, widths=[30, 15, 15]),
            Table(
                "t2",
                "Table 2: Complaints by directorate",
                [
                    [("Directorate", 1, 2), ("Stage 1", 2, 1), ("Stage 2", 2, 1)],
                    [("2022/23", 1, 1), ("2023/24", 1, 1), ("2022/23", 1, 1), ("2023/24", 1, 1)],
                ],
                with_total(directorates(), (1, 2, 3, 4)),
                widths=[32, 14, 14, 14, 14],
            ),
            Table(
                "t3",
                "Table 3: Reasons for complaints at stage 1, 2023/24",
                plain("Reason", "What it covers", "Complaints", "Share"),
                [[cell if not isinstance(cell, int) else number(cell) for cell in row] for row in reasons]
                + [["Total", "", number(all_1), "100.0%"]],
                widths=[20, 46, 17, 12],
                text_columns=(0, 1),
            ),
            Table(
                "t4",
                "Table 4: Stage 1 by quarter, 2023/24",
                plain("Quarter", "Received", "In time"),
                with_total(QUARTERS, (1, 2)),
                widths=[18, 13, 13],
            ),
            Table(
                "t5",
                "Table 5: Stage 1 by channel, 2023/24",
                plain("Channel", "Received", "Share"),
                [[row[0], number(row[1]), row[2]] for row in channels] + [["Total", number(all_1), "100.0%"]],
                widths=[18, 13, 13],
            ),
            Table(
                "t6",
                "Table 6: Complaints and compliments by team",
                plain(
                    "Team",
                    "Directorate",
                    "Stage 1 2022/23",
                    "Stage 1 2023/24",
                    "Stage 2 2023/24",
                    "Compliments 2023/24",
                ),
                teams,
                widths=[29, 27, 11, 11, 11, 16],
                text_columns=(0, 1),
            ),
        ]
    }


DAYS = dict(unit="working_days", measure="avg_days")
FIGURES = {
    "s1": count("1,284"),
    "more": count("108", role="change"),
    "s1_last": count("1,176", period=LAST),
    "rise": share("9%", role="change"),
    "residents": count("214,000", "context"),
    "rate": Fig("6.0", "per_1000", "complaints_received"),
    "a_quarter": count("321"),
    "s2": count("168"),
    "s2_share": share("13%"),
    "s2_last": count("146", period=LAST),
    "in_time": count("1,040", "on_time"),
    "s1_again": count("1,284"),
    "in_time_share": share("81%", "on_time"),
    "target": share("85%", "on_time", role="target"),
    "days": Fig("8.4", **DAYS),
    "days_last": Fig("9.1", **DAYS, period=LAST),
    "upheld_any": count("669"),
    "upheld_any_share": share("52%"),
    "not_upheld": count("553"),
    "not_upheld_share": share("43%"),
    "withdrawn": count("62"),
    "six": count("Six", number="6"),
    "s2_upheld": count("38"),
    "s2_again": count("168"),
    "s2_upheld_share": share("23%"),
    "four": count("four", "context", number="4"),
    "of_six": count("six", "context", number="6"),
    "streets": count("414"),
    "streets_share": share("32%"),
    "children": count("120"),
    "children_rise": share("22%", role="change"),
    "planning_last": count("125", period=LAST),
    "planning": count("118"),
    "delay": count("437"),
    "delay_share": share("34%"),
    "busiest": count("341", period=("2023-10-01", "2023-12-31")),
    "online": count("612"),
    "online_share": share("48%"),
    "missed_last": count("64", period=LAST),
    "missed": count("48"),
    "missed_fall": share("25%", role="change"),
    "blocked_last": count("420", "context", period=LAST),
    "blocked": count("315", "context"),
    "paid": Fig("\u00a311,730", "gbp", "compensation"),
    "cases": count("46", "compensation"),
    "each": Fig("\u00a3255", "gbp", "compensation"),
    "trained": count("120", "context"),
    "managers": count("150", "context"),
    "trained_share": share("80%", "context"),
    "omb": count("38", "ombudsman_received"),
    "omb_in": count("15", "ombudsman_investigated"),
    "omb_up": count("nine", "ombudsman_upheld", number="9"),
    "omb_rate": share("60%", "ombudsman_upheld"),
    "omb_similar": share("68%", "ombudsman_upheld", role="benchmark"),
    "teams": count("44", "context"),
    "repairs": count(Break("174", "152", "C")),
    "waste": count("149"),
}

# ("h", text) | ("p", text) | ("wrapped", text) | ("li", [texts]) | ("t", name) | ("pair", name, name) | ("note",)
BLOCKS = [
    ("h", "1 Purpose"),
    (
        "p",
        "This report tells members how the council dealt with complaints between 1 April 2023 and 31 March 2024. It "
        "leaves out whatever has a procedure of its own in law, such as an appeal over a parking notice or the refusal "
        "of a planning application.",
    ),
    (
        "p",
        "We aim to answer a complaint at stage 1 within 10 working days, and to complete a review at stage 2 within 20. "
        "Whoever remains dissatisfied after that may turn to one of the two Ombudsmen within 12 months. The "
        "arrangements were last changed under minute 31 of 2021.",
    ),
    ("h", "2 The year in brief"),
    (
        "wrapped",
        "We received {s1} complaints at stage 1, {more} more than the {s1_last} of 2022/23, an increase of {rise}. "
        "With {residents} residents that is {rate} complaints per 1,000 residents, and an average of {a_quarter} "
        "a quarter. At stage 2 there were {s2} reviews, or {s2_share} of the number at stage 1, compared with "
        "{s2_last} in the previous year. The increase is due, for the greater part, to the re\u00adorgan\u00adisa\u00adtion of the "
        "refuse rounds in the autumn.",
    ),
    (
        "p",
        "Of the {s1_again} complaints at stage 1, {in_time} ({in_time_share}) were answered within 10 working days, against a target of "
        "{target}. An answer took {days} working days on average, compared with {days_last} in 2022/23.",
    ),
    ("h", "3 Outcomes"),
    (
        "p",
        "At stage 1, {upheld_any} complaints ({upheld_any_share}) were upheld or partly upheld and {not_upheld} "
        "({not_upheld_share}) were not upheld; the other {withdrawn} were withdrawn. Table 1 has the outcomes of both stages.",
    ),
    ("t", "t1"),
    ("note",),
    (
        "p",
        "At stage 2, {s2_upheld} of the {s2_again} reviews ({s2_upheld_share}) were upheld in full. Where a review "
        "finds that the first answer was incomplete, the directorate concerned writes again within 10 working days.",
    ),
    ("h", "4 Directorates"),
    (
        "p",
        "Complaints at stage 1 rose in {four} of the {of_six} directorates. Streets and Environment received the most, {streets} "
        "or {streets_share} of all. Children\u2019s Services had {children}, an increase of {children_rise}, most of it about "
        "transport and assessments for special educational needs. In Planning and Growth the number fell from "
        "{planning_last} to {planning}.",
    ),
    ("t", "t2"),
    ("h", "5 Reasons"),
    (
        "p",
        "Delay is again the commonest reason. It stands behind {delay} complaints, or about a third ({delay_share}). "
        "Each complaint is recorded under one reason only, the one that the complainant names first.",
    ),
    ("t", "t3"),
    ("h", "6 Quarters and channels"),
    (
        "p",
        "Quarter 3 was the busiest, with {busiest} complaints. {online} complaints ({online_share}) were made through the "
        "online form, which was rebuilt in May 2023 under the accessibility regulations of 2018.",
    ),
    ("pair", "t4", "t5"),
    ("h", "7 What we have changed"),
    (
        "li",
        [
            "Repairs: tenants are sent a message on the day before a visit. Complaints about missed appointments fell from "
            "{missed_last} to {missed}, a fall of {missed_fall}.",
            "Waste: crews report a blocked street at once, and collections missed on that account dropped from {blocked_last} a "
            "month to {blocked}.",
            "Redress: we paid {paid} in {cases} cases, an average of {each} a case.",
            "Training: {trained} of our {managers} managers ({trained_share}) have taken the course on clear answers.",
        ],
    ),
    ("h", "8 The Ombudsman"),
    (
        "p",
        "The Local Government and Social Care Ombudsman received {omb} complaints about the council and investigated "
        "{omb_in}, of which {omb_up} ({omb_rate}) were upheld. The average of similar councils was {omb_similar}.",
    ),
    ("h", "9 Teams"),
    (
        "p",
        "Table 6 lists the {teams} teams about which a complaint was made in either year. Housing Repairs received {repairs} "
        "complaints at stage 1 in 2023/24, more than any other team, and Waste and Recycling came next with {waste}.",
    ),
    ("t", "t6"),
    ("h", "10 Recommendation"),
    ("p", "Members are asked to note this report. Background papers: none."),
]

# words that a producer without a dictionary may break
HYPHENATE = [
    word.replace("-", SOFT)
    for word in (
        "access-ibil-ity an-swered appli-ca-tion appoint-ments arrange-ments assess-ments collec-tions com-monest com-pared "
        "com-plain-ant com-plaints com-plaint direc-torates direc-torate dis-satis-fied educa-tional Envi-ron-ment "
        "in-com-plete in-crease investi-gated Ombuds-man Ombuds-men pro-ce-dure re-corded regu-la-tions trans-port"
    ).split()
]


def fill(text, clean=False):
    """A paragraph with its figures."""
    return text.format(**{name: shown(fig.text, clean) for name, fig in FIGURES.items()})


def hyphenated(text):
    """A paragraph with soft hyphens where a word may be broken."""
    for word in HYPHENATE:
        text = text.replace(word.replace(SOFT, ""), word)
    return text
