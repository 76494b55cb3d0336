"""Lays out real documents that are pictures as `score_wild.py` wants them: python3 tests/scanned.py WILD_DIR OUT_DIR"""

import json
import os
import pathlib
import sys

wild, out = map(pathlib.Path, sys.argv[1:])
(out / "docs").mkdir(parents=True)
lines = [json.loads(line) for line in (wild / "scanned.jsonl").read_text().splitlines() if line.strip()]
for kind in ("claims", "figures"):
    own = [json.dumps(line) for line in lines if line["of"] == kind]
    (out / f"{kind}.jsonl").write_text("\n".join(own) + "\n")
for name in ("labels.tsv", "list.tsv"):
    (out / name).write_text((wild / name).read_text().splitlines()[0] + "\n")
for name in sorted({line["doc"] for line in lines}):
    os.symlink((wild / "docs" / name).resolve(), out / "docs" / name)
