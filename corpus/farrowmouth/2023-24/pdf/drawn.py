"""The report drawn with Cairo, line by line. The long table stands on pages turned by /Rotate 90."""

import cairo

from content import BLOCKS, BODY, MEETING, NOTE, NOTE_MARK, RUNNING_HEAD, SOFT, TITLE, fill, hyphenated, shown, tables

WIDE, HIGH, MARGIN, FOOT = 595.28, 841.89, 57.0, 60.0
FACE = "Carlito"


class Drawn:
    def __init__(self, path, pages="?"):
        self.surface = cairo.PDFSurface(str(path), WIDE, HIGH)
        for key, value in (
            (cairo.PDF_METADATA_TITLE, TITLE),
            (cairo.PDF_METADATA_AUTHOR, BODY),
            (cairo.PDF_METADATA_CREATE_DATE, "2024-06-10T09:00:00Z"),
        ):
            self.surface.set_metadata(key, value)
        self.ink, self.tables, self.pages, self.page, self.turned = cairo.Context(self.surface), tables(), pages, 0, []
        self.begin()
        self.y += 8
        self.say(TITLE, MARGIN, 18, bold=True)
        self.y += 16
        for line in (BODY, MEETING):
            self.say(line, MARGIN, 9.5)
            self.y += 12
        for kind, *rest in BLOCKS:
            getattr(self, kind)(*rest)
        self.finish()
        self.surface.finish()

    # -- pages

    def begin(self, turned=False):
        """A page; a turned one is drawn on its side and shown upright by /Rotate 90."""
        self.page += 1
        self.wide, self.high = (HIGH, WIDE) if turned else (WIDE, HIGH)
        self.ink.set_matrix(cairo.Matrix(0, -1, 1, 0, 0, HIGH) if turned else cairo.Matrix())
        self.turned += [self.page] * turned
        self.y = 36
        self.say(RUNNING_HEAD, MARGIN, 8.5)
        self.y = self.high - 30
        self.say(f"Page {self.page} of {self.pages}", self.wide / 2, 8.5, "center")
        self.y = 62

    def finish(self):
        self.ink.show_page()

    def room(self, height, turned=False):
        if self.y + height > self.high - FOOT:
            self.finish()
            self.begin(turned)
            return True
        return False

    # -- text

    def face(self, size, bold=False):
        self.ink.select_font_face(
            FACE, cairo.FONT_SLANT_NORMAL, cairo.FONT_WEIGHT_BOLD if bold else cairo.FONT_WEIGHT_NORMAL
        )
        self.ink.set_font_size(size)

    def width(self, text, size, bold=False):
        self.face(size, bold)
        return self.ink.text_extents(text).x_advance

    def say(self, text, x, size, align="left", bold=False):
        """Text on the line at `y`; a note mark is a small figure, raised."""
        self.face(size, bold)
        raised = text.endswith(NOTE_MARK)
        text = text.removesuffix(NOTE_MARK)
        extra = self.width("1", size * 0.6) if raised else 0
        length = self.width(text, size, bold) + extra
        x -= length if align == "right" else length / 2 if align == "center" else 0
        self.ink.move_to(x, self.y)
        self.ink.show_text(text)
        if raised:
            self.face(size * 0.6, bold)
            self.ink.move_to(x + length - extra, self.y - size * 0.33)
            self.ink.show_text("1")

    def lines(self, text, width, size):
        line, out = "", []
        for word in text.split(" "):
            plain = word.replace(SOFT, "")
            if self.width(f"{line} {plain}".strip(), size) <= width:
                line = f"{line} {plain}".strip()
                continue
            parts = word.split(SOFT)
            fits = [n for n in range(1, len(parts)) if self.width(f"{line} {''.join(parts[:n])}-", size) <= width]
            n = fits[-1] if fits else 0
            out.append(f"{line} {''.join(parts[:n])}-" if n else line)
            line = "".join(parts[n:])
        return out + [line]

    def h(self, text):
        self.room(60)
        self.y += 16
        self.say(text, MARGIN, 12.5, bold=True)
        self.y += 16

    def p(self, text, indent=0):
        for line in self.lines(hyphenated(fill(text)), self.wide - 2 * MARGIN - indent, 10.5):
            self.room(12)
            self.say(line, MARGIN + indent, 10.5)
            self.y += 13
        self.y += 5

    wrapped = p

    def li(self, texts):
        for text in texts:
            self.room(26)
            self.say("\u2022", MARGIN + 2, 10.5)
            self.p(text, 14)
            self.y -= 2

    def note(self):
        self.y -= 6
        self.face(5)
        self.ink.move_to(MARGIN, self.y - 3)
        self.ink.show_text("1")
        self.say(NOTE, MARGIN + 5, 8.5)
        self.y += 18

    # -- tables: a line under the head and about the total, no others

    def pair(self, *names):
        self.room(120)
        top, ends = self.y, []
        for n, name in enumerate(names):
            self.y = top
            self.table(self.tables[name], MARGIN + n * 250, 210)
            ends.append(self.y)
        self.y = max(ends)

    def t(self, name):
        table = self.tables[name]
        if len(table.rows) > 20:
            self.finish()
            self.begin(turned=True)
            self.table(table, MARGIN, self.wide - 2 * MARGIN)
            return
        self.room(20 + 13.5 * (len(table.rows) + len(table.head)) + 10 * (name == "t3") * len(table.rows))
        self.table(table, MARGIN, (self.wide - 2 * MARGIN) * min(1, sum(table.widths) / 100))

    def rule(self, x, width, thick=0.6):
        self.ink.set_line_width(thick)
        self.ink.move_to(x, self.y - 9.5)
        self.ink.line_to(x + width, self.y - 9.5)
        self.ink.stroke()

    def table(self, table, x, width):
        edges, scale = [x], sum(table.widths)
        for share in table.widths:
            edges.append(edges[-1] + width * share / scale)
        self.y += 4
        self.say(table.caption, x, 10, bold=True)
        self.y += 15
        self.head(table, edges)
        for row in table.rows:
            cells = [
                self.lines(shown(v), edges[c + 1] - edges[c] - 8, 9.5) if c in table.text_columns else [shown(v)]
                for c, v in enumerate(row)
            ]
            tall = max(map(len, cells))
            if self.room(13 * tall, turned=self.wide > self.high):
                self.head(table, edges)
            last, top = row[0] == "Total", self.y
            if last:
                self.rule(x, width)
            for c, texts in enumerate(cells):
                for n, text in enumerate(texts):
                    self.y = top + 11.5 * n
                    self.place(table, edges, c, text, last)
            self.y = top + 11.5 * (tall - 1) + 13
        self.rule(x, width)
        self.y += 10

    def place(self, table, edges, c, text, bold):
        if c in table.text_columns:
            self.say(text, edges[c] + 3, 9.5, bold=bold)
        else:
            self.say(text, edges[c + 1] - 4, 9.5, "right", bold)

    def head(self, table, edges):
        x, width = edges[0], edges[-1] - edges[0]
        self.rule(x, width)
        for r, row in enumerate(table.head):
            column = r and 1
            two = any(" 20" in text for text, _, _ in row)
            for text, across, _ in row:
                if across > 1:
                    self.say(text, (edges[column] + edges[column + across]) / 2, 9.5, "center", True)
                    self.ink.set_line_width(0.4)
                    self.ink.move_to(edges[column] + 6, self.y + 3.2)
                    self.ink.line_to(edges[column + across] - 4, self.y + 3.2)
                    self.ink.stroke()
                else:
                    top, below = text.replace(" 20", "\n20").partition("\n")[::2]
                    self.place(table, edges, column, top, True)
                    if below:
                        self.y += 11.5
                        self.place(table, edges, column, below, True)
                        self.y -= 11.5
                column += across
            self.y += 13 + 11.5 * two
        self.rule(x, width)
