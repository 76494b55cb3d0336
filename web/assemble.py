"""Puts the page together: `python3 assemble.py MADE DIST`. All is in one file, index.html, with a policy under which nothing can
be loaded or sent: scripts and styles count by their hashes only, those of the report too, because what is shown in a frame is
held to the policy of its page as well. Beside it stands sw.js, which keeps the page for use without a network."""

import base64
import gzip
import hashlib
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
REPORT = HERE.parent / "src/report/html"
# What the page may have at most as it is sent, in MB: a little above what it has.
LIMIT = 3.0


def read(path):
    return path.read_text(encoding="utf-8")


def sha256(text):
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def packed(content):
    return base64.b64encode(gzip.compress(content, 9, mtime=0)).decode()


def main(made, dist):
    page = HERE / "page"
    style, script = read(page / "page.css"), read(page / "page.js")
    worker = read(made / "crossfoot.js") + read(page / "worker.js")
    engine = (made / "crossfoot_bg.wasm").read_bytes()
    # The report writes its style and script behind a line break.
    styles = [sha256(style), sha256("\n" + read(REPORT / "style.css"))]
    scripts = [sha256(script), sha256("\n" + read(REPORT / "script.js"))]
    policy = "; ".join([
        "default-src 'none'",
        f"script-src 'wasm-unsafe-eval' {' '.join(scripts)}",
        f"style-src {' '.join(styles)}",
        "img-src data: blob:",
        "worker-src 'self' blob:",
        "frame-src blob:",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    ])
    fill = {
        "policy": policy,
        "style": style,
        "worker": packed(worker.encode()),
        "engine": packed(engine),
        "script": script,
    }
    text = read(page / "index.html")
    for name, value in fill.items():
        text = text.replace("{{" + name + "}}", value, 1)
    dist.mkdir(exist_ok=True)
    (dist / "index.html").write_text(text, encoding="utf-8")
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    (dist / "sw.js").write_text(read(page / "sw.js").replace("{{version}}", version, 1), encoding="utf-8")
    small = len(gzip.compress(text.encode(), 9))
    print(f"{dist}: the page has {small / 2**20:.2f} MB as it is sent, {len(engine) / 2**20:.2f} MB of it WebAssembly when unpacked")
    if small > LIMIT * 2**20:
        sys.exit(f"the page is larger than {LIMIT} MB")


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
