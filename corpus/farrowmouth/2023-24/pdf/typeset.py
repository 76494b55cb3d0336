"""The report for Typst and for pdfTeX."""

from content import BLOCKS, BODY, MEETING, NOTE, NOTE_MARK, RUNNING_HEAD, SOFT, TITLE, fill, shown, tables

TYPST_HEAD = r"""
#set document(title: "%(title)s", author: "%(body)s", date: datetime(year: 2024, month: 6, day: 10))
#set page(paper: "a4", margin: (x: %(margin)s, y: 22mm),
  header: text(8pt)[%(running)s],
  footer: context align(center, text(8pt)[Page #counter(page).display() of #counter(page).final().first()]))
#set text(font: "%(font)s", size: 10pt, lang: "en", region: "GB", hyphenate: true)
#set par(justify: true)
#set list(indent: 2mm)
#show heading: set block(above: 5mm, below: 2.5mm)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.caption: it => align(left, strong(it.body))
#show figure: set align(left)
#show figure: set block(above: 4mm, below: 5mm)
#show table: set text(9pt)
#show table: set par(justify: false)
= %(title)s
#text(9pt)[%(body)s \ %(meeting)s]
"""
TYPST_RULES = {
    "partly": ("none", "table.hline(stroke: 0.8pt)"),
    "banded": ('(_, y) => if y < HEADROWS { rgb("#44546a") } else if calc.even(y) { rgb("#e8ecf2") }', None),
}


def typst_text(text):
    return "".join("\\" + c if c in "#*_$@\\[]`<>~" else c for c in text).replace(SOFT, "-?")


class Typst:
    """`style`: partly (rules about the head and the total) or banded (fills, white heads)."""

    def __init__(self, style, font, margin):
        self.style, self.tables = style, tables()
        self.out = [
            TYPST_HEAD % dict(title=TITLE, body=BODY, meeting=MEETING, running=RUNNING_HEAD, font=font, margin=margin)
        ]
        for kind, *rest in BLOCKS:
            getattr(self, kind)(*rest)
        self.source = "\n".join(self.out) + "\n"

    def h(self, text):
        self.out.append(f"== {text}")

    def p(self, text):
        self.out.append(typst_text(fill(text)) + "\n")

    wrapped = p

    def li(self, texts):
        self.out += [f"- {typst_text(fill(text))}" for text in texts] + [""]

    def note(self):
        self.out.append(f"#text(8pt)[#super[1] {NOTE}]\n")

    def pair(self, *names):
        self.out.append("#grid(columns: 2, column-gutter: 12mm,")
        for name in names:
            self.t(name, inside=True)
        self.out.append(")\n")

    def t(self, name, inside=False):
        table, heads = self.tables[name], len(self.tables[name].head)
        fill_, rule = TYPST_RULES[self.style]
        wide = "t3" == name or len(table.rows) > 20
        columns = ", ".join(f"{w}fr" for w in table.widths) if wide else "auto, " * table.columns
        aligned = ", ".join("left" if c in table.text_columns else "right" for c in range(table.columns))
        colour = (lambda t: f"#text(white)[*{t}*]") if self.style == "banded" else (lambda t: f"*{t}*")
        out = [
            "figure(kind: table, supplement: none, numbering: none,",
            f"caption: [{table.caption}],",
            f"table(columns: ({columns}), align: ({aligned}), stroke: none, inset: (x: 2mm, y: 1.15mm),",
            f"fill: {fill_.replace('HEADROWS', str(heads))},",
            "table.header(" + (f"{rule}," if rule else ""),
        ]
        for row in table.head:
            for text, across, down in row:
                spans = f"colspan: {across}, rowspan: {down}" + (
                    ", align: center" if across > 1 else ", align: bottom + left" if down > 1 else ""
                )
                out.append(f"table.cell({spans})[{colour(text)}]," if across + down > 2 else f"[{colour(text)}],")
        out.append((f"{rule.replace('0.8', '0.4')}," if rule else "") + "),")
        for row in table.rows:
            cells = [typst_text(shown(v)).replace(NOTE_MARK, "#super[1]") for v in row]
            if row[0] == "Total":
                out.append(f"{rule.replace('0.8', '0.4')}," if rule else "")
                cells = [f"*{v}*" if v else "" for v in cells]
            out.append(", ".join(f"[{v}]" for v in cells) + ",")
        out.append((f"{rule}," if rule else "") + "))" + ("," if inside else ""))
        text = "\n".join(out)
        if len(table.rows) > 20:
            self.out.append("#show figure: set block(breakable: true)")
        self.out.append(text if inside else f"#{text}")


TEX_HEAD = r"""\documentclass[10pt,a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage[compact]{titlesec}
\usepackage[utf8]{inputenc}
\usepackage[british]{babel}
\usepackage{mathptmx,textcomp}
\usepackage[hmargin=24mm,top=20mm,bottom=17mm]{geometry}
\usepackage{booktabs,longtable,multirow,array,fancyhdr,lastpage,caption}
\usepackage[pdftitle={%(title)s},pdfauthor={%(body)s},hidelinks]{hyperref}
\pdftrailerid{farrowmouth}
\pagestyle{fancy}\fancyhf{}\renewcommand{\headrulewidth}{0pt}
\fancyhead[L]{\footnotesize %(running)s}\fancyfoot[C]{\footnotesize Page \thepage\ of \pageref{LastPage}}
\setlength{\parindent}{0pt}\setlength{\parskip}{0.8ex}
\setlength{\LTpre}{4pt}\setlength{\LTpost}{6pt}
\captionsetup{labelformat=empty,font=bf,justification=raggedright,singlelinecheck=false,skip=3pt}
\setlength{\LTleft}{0pt}\titlespacing*{\section}{0pt}{1.2ex}{0.2ex}\titleformat*{\section}{\large\bfseries}
\hyphenation{re-organ-isa-tion}\pretolerance=-1\hyphenpenalty=0
\begin{document}
{\LARGE\bfseries %(title)s}\par
%(body)s\\%(meeting)s
"""


def tex_text(text):
    for old, new in (
        ("%", r"\%"),
        ("&", r"\&"),
        ("\u2019", "'"),
        ("\u2013", "--"),
        ("\u00a3", r"\pounds "),
        (SOFT, r"\-"),
        (NOTE_MARK, r"\footnotemark[1]"),
    ):
        text = text.replace(old, new)
    return text


class Tex:
    """Booktabs: rules about the head and the total, none in the body; the note stands at the foot of the page."""

    def __init__(self):
        self.tables = tables()
        self.out = [
            TEX_HEAD % dict(title=TITLE, body=BODY, meeting=MEETING, running=RUNNING_HEAD.replace("|", r"\textbar{}"))
        ]
        for kind, *rest in BLOCKS:
            getattr(self, kind)(*rest)
        self.source = "\n".join([*self.out, r"\end{document}", ""])

    def h(self, text):
        self.out.append(r"\section*{%s}" % text)

    def p(self, text):
        self.out.append(tex_text(fill(text)) + "\n")

    wrapped = p

    def li(self, texts):
        items = "\n".join(r"\item " + tex_text(fill(text)) for text in texts)
        self.out.append("\\begin{itemize}\\setlength{\\itemsep}{0pt}\n" + items + "\n\\end{itemize}\n")

    def note(self):
        self.out.append(r"\footnotetext[1]{%s}" % NOTE)

    def pair(self, *names):
        for n, name in enumerate(names):
            self.out.append(r"\noindent\begin{minipage}[t]{0.47\linewidth}")
            self.t(name)
            self.out.append(r"\end{minipage}" + (r"\hfill" if n == 0 else "\n"))

    def head(self, table):
        lines = [r"\toprule"]
        for r, row in enumerate(table.head):
            cells, rules, column = [""] * (r and 1), [], 1
            for text, across, _ in row:
                cells.append(
                    r"\multicolumn{%d}{c}{%s}" % (across, text)
                    if across > 1
                    else r"\multicolumn{1}{r}{\shortstack[r]{%s}}" % text.replace(" 20", r"\\20")
                    if " 20" in text
                    else text
                )
                if across > 1:
                    rules.append(r"\cmidrule(lr){%d-%d}" % (column, column + across - 1))
                column += across
            lines += [" & ".join(cells) + r" \\", *rules]
        return lines + [r"\midrule"]

    def t(self, name):
        table = self.tables[name]
        columns = "".join("l" if c in table.text_columns else "r" for c in range(table.columns))
        if name == "t3":
            columns = r"l>{\raggedright\arraybackslash}p{82mm}rr"
        body = []
        for row in table.rows:
            body += [r"\midrule"] * (row[0] == "Total") + [" & ".join(tex_text(shown(v)) for v in row) + r" \\"]
        if len(table.rows) > 20:
            head = self.head(table)
            self.out += [
                r"\begin{longtable}{%s}" % columns,
                r"\caption{%s}\\" % table.caption,
                *head,
                r"\endfirsthead",
                *head,
                r"\endhead",
                r"\midrule\multicolumn{%d}{r}{\footnotesize continued}\\\endfoot" % table.columns,
                r"\bottomrule\endlastfoot",
                *body,
                r"\end{longtable}",
                "",
            ]
            return
        self.out += [
            r"\par\medskip{\bfseries %s}\par\nopagebreak\smallskip" % table.caption,
            r"\begin{tabular}{%s}" % columns,
            *self.head(table),
            *body,
            r"\bottomrule",
            r"\end{tabular}\par\medskip",
            "",
        ]
