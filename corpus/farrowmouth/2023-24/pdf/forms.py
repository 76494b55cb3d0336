"""forms.toml: each PDF, what it shows, and where its tables stand. The pages are found by reading the rows again."""

import re

from common import run
from content import NOTE_MARK, shown, tables

HEAD = """# The PDFs of this report: one content, many forms. Written by make.py.
# `rules`: full (every cell), head-and-total, none, bands (fills and no rules). `note`: where the note to Table 1 stands; its mark is always
# a small raised figure on the number 45. `tables`: the pages of each table and how many body rows (the total among them) each has.
# `reproducible`: whether the same tools write the same bytes again.
"""


BROKEN = "words broken at line ends"


def row_pattern(row, table):
    """A printed row: its label, then its numbers; a wrapped column of text may stand between."""
    numbers = [shown(v) for c, v in enumerate(row) if c not in table.text_columns]
    marked = [
        re.escape(n.removesuffix(NOTE_MARK)) + (r"\s?[1\u00b9]?" if n.endswith(NOTE_MARK) else "") for n in numbers
    ]
    label = re.escape(shown(row[0])).replace("\u2019", "['\u2019]").replace("\\ ", r"\s")
    between = r"\s.*?" if len(table.text_columns) > 1 else ""
    return re.compile(rf"(?<!\w){label}{between}\s+" + r"\s+".join(marked) + r"(?![\d,])")


def placed(path, password):
    """For each table, {page: rows}."""
    key = ["-upw", password] if password else []
    texts = run("pdftotext", "-layout", *key, path, "-").split("\f")[:-1]
    found = {}
    for name, table in tables().items():
        patterns = [row_pattern(row, table) for row in table.rows]
        counts = {n: sum(bool(p.search(text)) for p in patterns) for n, text in enumerate(texts, 1)}
        found[name] = {n: rows for n, rows in counts.items() if rows}
    return found, texts


def broken_words(texts):
    return any(re.search(r"[a-z]\u00ad?[-\u2010\u00ad]\s*\n\s*[a-z]", text) for text in texts)


def value(thing):
    if isinstance(thing, bool):
        return str(thing).lower()
    if isinstance(thing, (list, tuple)):
        return "[" + ", ".join(map(value, thing)) + "]"
    return str(thing) if isinstance(thing, int) else '"' + str(thing) + '"'


def stanza(path, traits, where, pages):
    lines = ["[[form]]", f"file = {value(path.name)}"]
    lines += [f"{key} = {value(thing)}" for key, thing in traits.items()] + [f"pages = {pages}", "[form.tables]"]
    for name, rows in where.items():
        lines.append(f"{name} = {{ pages = {list(rows)}, rows = {list(rows.values())} }}")
    return "\n".join(lines) + "\n"


def write(folder, forms):
    parts, problems = [HEAD], []
    for name, (traits, seen_in) in forms.items():
        path = folder / seen_in
        where, texts = placed(path, forms[seen_in.removesuffix(".pdf")][0].get("password"))
        if not broken_words(texts):
            traits["shows"].remove(BROKEN)
        for table, rows in where.items():
            if sum(rows.values()) != len(tables()[table].rows):
                problems.append((name, table, rows))
        parts.append(stanza(folder / f"{name}.pdf", traits, where, len(texts)))
    (folder / "forms.toml").write_text("\n".join(parts))
    return problems
