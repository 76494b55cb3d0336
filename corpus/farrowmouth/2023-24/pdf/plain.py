"""The text form: headings, lines and pipe tables, with the line of every figure and cell."""

from content import BLOCKS, BODY, FIGURES, MEETING, NOTE, NOTE_MARK, SOFT, TITLE, fill, shown, tables

WIDTH = 91


def wrap(text):
    """Greedy lines; a word with soft hyphens may be broken at one of them."""
    lines, line = [], ""
    for word in text.split(" "):
        plain = word.replace(SOFT, "")
        if len(line) + len(plain) + bool(line) <= WIDTH:
            line += (" " if line else "") + plain
            continue
        parts = word.split(SOFT)
        fits = [n for n in range(1, len(parts)) if len(line) + 2 + len("".join(parts[:n])) <= WIDTH]
        if fits:
            lines.append(f"{line} {''.join(parts[: fits[-1]])}-")
            line = "".join(parts[fits[-1] :])
        else:
            lines.append(line)
            line = plain
    return lines + [line]


class Plain:
    def __init__(self, clean=False):
        self.clean, self.lines, self.fig_line, self.cell_line, self.tables = clean, [], {}, {}, tables()
        for text in (BODY, TITLE, MEETING, ""):
            self.lines.append(text)
        for kind, *rest in BLOCKS:
            getattr(self, kind)(*rest)
        self.text = "\n".join(self.lines).rstrip("\n") + "\n"

    def figures(self, template, first, lines):
        """The line of each figure: they follow one another, so each is sought after the one before."""
        at = (0, 0)
        names = [name for name in FIGURES if "{" + name + "}" in template]
        for name in sorted(names, key=lambda name: template.index("{" + name + "}")):
            text = shown(FIGURES[name].text, self.clean)
            n, start = at
            while (found := lines[n].find(text, start)) < 0:
                n, start = n + 1, 0
            at = (n, found + len(text))
            self.fig_line[name] = first + n

    def paragraph(self, template, lines):
        self.figures(template, len(self.lines) + 1, lines)
        self.lines += lines

    def h(self, text):
        self.lines += [text, ""]

    def p(self, template):
        self.paragraph(template, [fill(template, self.clean).replace(SOFT, "")])
        self.lines.append("")

    def wrapped(self, template):
        self.paragraph(template, wrap(fill(template, self.clean)))
        self.lines.append("")

    def li(self, templates):
        for template in templates:
            self.paragraph(template, ["\u2022 " + fill(template, self.clean)])
        self.lines.append("")

    def note(self):
        self.fig_line["six"] = len(self.lines)
        self.lines[-1:] = [f"{NOTE_MARK} {NOTE}", ""]

    def pair(self, *names):
        for name in names:
            self.t(name)

    def t(self, name):
        table = self.tables[name]
        self.lines.append(table.caption)
        for row in table.head:
            texts = [""] * (table.columns - sum(span for _, span, _ in row))
            for text, across, _ in row:
                texts += [text] + [""] * (across - 1)
            self.row(texts)
        self.row(["---"] * table.columns)
        for r, row in enumerate(table.rows):
            self.row([shown(cell, self.clean) for cell in row])
            self.cell_line[name, r] = len(self.lines)
        self.lines.append("")

    def row(self, texts):
        self.lines.append("| " + " | ".join(texts) + " |")
