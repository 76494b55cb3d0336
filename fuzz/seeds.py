#!/usr/bin/env python3
"""Gathers the first inputs of each target from the corpus and the fixtures, and a dictionary from the grammar.

    fuzz/seeds.py FOLDER

Writes FOLDER/TARGET/ and FOLDER/words.dict. Office documents are unpacked into the form of the target `package`; documents
of the corpus are put together into archives."""

import io
import pathlib
import re
import sys
import zipfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
OUT = pathlib.Path(sys.argv[1])
# Larger files are read too seldom in a second to be of use.
MOST = 40_000
# Pieces of this many bytes are read ten times as fast as whole reports, and nearly all that a report has is in one of them.
PIECE = 1_200
# By ending, the target of whole files.
WHOLE = {".txt": "text", ".md": "markdown", ".csv": "csv", ".html": "html", ".htm": "html", ".pdf": "pdf", ".xls": "xls"}
PACKAGES = {".docx", ".xlsx", ".xlsb", ".ods"}


def put(target, name, content):
    folder = OUT / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def opened(pdf):
    """A PDF with its streams unpacked, which readers find again although its table of places is wrong then."""

    def plain(match):
        try:
            content = zlib.decompressobj().decompress(match[2], MOST)
        except zlib.error:
            return match[0]
        head = re.sub(rb"/Filter\s*(\[\s*)?/FlateDecode(\s*\])?", b"", match[1])
        head = re.sub(rb"/Length\s+\d+", b"/Length %d" % len(content), head)
        return head + b"stream\n" + content + b"\nendstream"

    stream = rb"(<<(?:(?!endobj).){0,400}?/FlateDecode(?:(?!endobj).){0,400}?>>\s*)stream\r?\n(.*?)\r?\nendstream"
    return re.sub(stream, plain, pdf, flags=re.S)


def pieces(content):
    """A text in pieces of whole lines."""
    piece = b""
    for line in content.splitlines(keepends=True):
        if piece and len(piece) + len(line) > PIECE:
            yield piece
            piece = b""
        piece += line
    yield piece


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return b"".join(b"\n%%%member " + m.filename.encode() + b"\n" + package.read(m) for m in package.infolist())


def quoted(text):
    """A word as dictionaries want it."""
    plain = lambda byte: chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02X}"
    return '"' + "".join(map(plain, text.encode())) + '"'


def words():
    found = set()
    for path in sorted((ROOT / "grammars/en-GB").rglob("*.toml")):
        if path.name != "councils.toml":
            found |= {w for w in re.findall(r"[\"']([^\"'\n]{2,24})[\"']", path.read_text()) if not re.search(r"[\[\]{}<>|]", w)}
    return sorted(found)


files = sorted(p for folder in ("corpus", "tests/fixtures") for p in (ROOT / folder).rglob("*") if p.is_file())
documents = []
for path in files:
    content = path.read_bytes()
    if len(content) > MOST:
        continue
    name = "-".join(path.relative_to(ROOT).parts[1:])
    if WHOLE.get(path.suffix) in ("text", "markdown", "csv"):
        for at, piece in enumerate(pieces(content)):
            put(WHOLE[path.suffix], f"{at}-{name}", piece)
    elif path.suffix in WHOLE:
        put(WHOLE[path.suffix], name, content)
    if path.suffix in WHOLE:
        documents.append((path.name, content))
    if path.suffix == ".pdf":
        put("pdf", "plain-" + name, opened(content))
    if path.suffix in PACKAGES:
        put("package", name, unpacked(content))
        documents.append((path.name, content))
    if path.suffix in (".txt", ".md"):
        for at, line in enumerate(re.split(r"\n\s*\n|(?<=\.)\s", content.decode(errors="replace"))):
            if re.search(r"\d", line) and len(line) < 300:
                put("phrase", f"{name}-{at}", line.encode())
for at in range(0, len(documents), 12):
    bytes_ = io.BytesIO()
    with zipfile.ZipFile(bytes_, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(documents[at : at + 3]):
            archive.writestr(f"{number}/{name}", content)
    put("archive", f"{at}.zip", bytes_.getvalue())
for path in sorted((ROOT / "grammars/en-GB").rglob("*.toml")):
    name = path.relative_to(ROOT / "grammars/en-GB")
    if path.name != "councils.toml":
        put("grammar", path.name, f"{name}\n{path.read_text()}".encode())
put("grammar", "council", b"councils.toml\nE06000001 = ['Larkmere Council', 'larkmere']\n")
manifest = "path,organisation,period,kind\nreport.txt,Larkmere Council,2016/17,minutes\n,\"Brindlewick, Larkmere\",Q2 2018/19,\n"
put("about", "manifest", manifest.encode())
put("about", "said", "Larkmere Council, 2016/17, minutes\nHallamoor County Council, April 2019 to June 2020\n".encode())
(OUT / "words.dict").write_text("".join(quoted(word) + "\n" for word in words()) + (HERE / "marks.dict").read_text())
