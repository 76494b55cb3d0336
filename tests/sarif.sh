#!/usr/bin/env bash
# Holds what `crossfoot check --format sarif` writes against the schema of SARIF 2.1.0, which is OASIS's and is no part of this
# repository: `bash tests/sarif.sh PROGRAM`. The schema is the file that SARIF_SCHEMA names; else it is fetched once. Where it
# cannot be had, or Python's jsonschema cannot, nothing is compared, and a line says so.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$1
target=${CARGO_TARGET_DIR:-target}
schema=${SARIF_SCHEMA:-$target/sarif-schema-2.1.0.json}
from=https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json

if [ ! -s "$schema" ] && ! curl --silent --fail --location --max-time 30 --output "$schema" "$from"; then
  echo "skipped: the schema of SARIF cannot be fetched (SARIF_SCHEMA)"
  exit 0
fi
python=python3
if ! "$python" -c 'import jsonschema' 2> /dev/null; then
  python=$target/sarif-venv/bin/python
  if ! { [ -x "$python" ] || python3 -m venv "$target/sarif-venv"; } \
    || ! timeout 300 "$python" -m pip install --quiet 'jsonschema>=4'; then
    echo "skipped: jsonschema is not installed (pip install jsonschema)"
    exit 0
  fi
fi
# The corpus has files that cannot be read, which status 2 says.
"$program" --quiet check --no-config --format sarif corpus > "$target/corpus.sarif" 2> /dev/null || [ $? = 2 ]
"$python" - "$schema" "$target/corpus.sarif" <<'PYTHON'
import json
import sys

from jsonschema import Draft4Validator

schema, log = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:])
wrong = list(Draft4Validator(schema).iter_errors(log))
for error in wrong[:10]:
    print("/".join(map(str, error.path)), error.message[:200])
results = sum(len(run["results"]) for run in log["runs"])
print(f"{results} results, {len(wrong)} breaches of the schema")
sys.exit(1 if wrong or not results else 0)
PYTHON
