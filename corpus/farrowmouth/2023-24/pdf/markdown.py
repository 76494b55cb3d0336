"""The report as Markdown, as a converter writes it: wrapped paragraphs, emphasis, escapes, pipe tables, a footnote."""

import textwrap

from content import BLOCKS, BODY, MEETING, NOTE, NOTE_MARK, SOFT, TITLE, fill, shown, tables


def inline(text):
    """Marks of Markdown that the text has by itself are escaped; the first mention of a table is a link."""
    text = text.replace(SOFT, "").replace("*", "\\*").replace("_", "\\_")
    for n in (1, 6):
        text = text.replace(f"Table {n} ", f"[Table {n}](#table-{n}) ", 1)
    return text.replace("upheld or partly upheld", "**upheld** or *partly upheld*")


class Markdown:
    def __init__(self):
        self.tables, self.lines = tables(), [f"# {TITLE}", "", f"{BODY}\\", MEETING, ""]
        for kind, *rest in BLOCKS:
            getattr(self, kind)(*rest)
        self.lines.append(f"[^1]: {NOTE}")
        self.text = "\n".join(self.lines) + "\n"

    def h(self, text):
        self.lines += [f"## {text}", ""]

    def p(self, text):
        self.lines += [*textwrap.wrap(inline(fill(text)), 80, break_long_words=False, break_on_hyphens=False), ""]

    wrapped = p

    def li(self, texts):
        for text in texts:
            self.lines += textwrap.wrap(inline(fill(text)), 80, initial_indent="- ", subsequent_indent="  ")
        self.lines.append("")

    def note(self):
        pass

    def pair(self, *names):
        for name in names:
            self.t(name)

    def t(self, name):
        table = self.tables[name]
        # Heads of two rows are one: Markdown has no others.
        heads = []
        over = {}
        for row in table.head[:1] if len(table.head) > 1 else []:
            at = 0
            for text, across, down in row:
                for c in range(at, at + across):
                    over[c] = text if down == 1 else ""
                at += across
        if over:
            below = iter(text for text, *_ in table.head[1])
            first = iter(text for text, _, down in table.head[0] if down > 1)
            heads = [f"{over[c]} {next(below)}" if over[c] else next(first) for c in range(table.columns)]
        else:
            heads = [text for text, *_ in table.head[0]]
        self.lines += [table.caption, "", self.row(heads)]
        rule = ["---" if c in table.text_columns or c == 0 else "---:" for c in range(table.columns)]
        self.lines.append(self.row(rule))
        for row in table.rows:
            cells = [shown(cell).replace(NOTE_MARK, "[^1]") for cell in row]
            self.lines.append(self.row([f"**{cell}**" if cell and row[0] == "Total" else cell for cell in cells]))
        self.lines.append("")

    @staticmethod
    def row(cells):
        return "| " + " | ".join(cells) + " |"
