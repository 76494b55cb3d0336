#!/usr/bin/env bash
# Holds what `crossfoot check --format sarif` writes against the schema of SARIF 2.1.0, which is OASIS's and is no part of this
# repository: `bash tests/sarif.sh PROGRAM`. The schema is the file that SARIF_SCHEMA names; else that in the package of the crate
# serde-sarif, which cargo fetches for a package of its own in the target directory, so that nothing depends on it. A log with a
# fault must be refused, so that a schema which lets everything pass is no proof. Where the schema cannot be had, or Python's
# jsonschema cannot, CI fails, and elsewhere a line says that nothing is compared.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$1
target=${CARGO_TARGET_DIR:-target}
mkdir -p "$target"

# Ends without a comparison, which CI does not take.
without() {
  if [ -n "${CI:-}" ]; then
    echo "failed: $1"
    exit 1
  fi
  echo "skipped: $1"
  exit 0
}

# The path of the schema in the package of the crate, fetched where it is not at hand.
of_crate() {
  local scratch=$target/sarif-schema
  mkdir -p "$scratch/src"
  : > "$scratch/src/lib.rs"
  # The empty [workspace] keeps it out of that of this repository. Of the crate nothing is built.
  printf '%s\n' '[package]' 'name = "sarif-schema"' 'version = "0.0.0"' 'edition = "2021"' 'publish = false' '' \
    '[dependencies]' 'serde-sarif = { version = "0.8", default-features = false }' '' '[workspace]' > "$scratch/Cargo.toml"
  timeout 300 cargo metadata --quiet --format-version 1 --manifest-path "$scratch/Cargo.toml" > "$scratch/metadata.json" || return
  python3 - "$scratch/metadata.json" <<'PYTHON'
import json
import os
import sys

packages = json.load(open(sys.argv[1], encoding="utf-8"))["packages"]
manifests = [package["manifest_path"] for package in packages if package["name"] == "serde-sarif"]
paths = [os.path.join(os.path.dirname(manifest), "src", "schema.json") for manifest in manifests]
print(next(path for path in paths if os.path.isfile(path)))
PYTHON
}

schema=${SARIF_SCHEMA:-}
if [ -z "$schema" ]; then
  schema=$(of_crate) || without "the crate serde-sarif, which holds the schema of SARIF, cannot be fetched (SARIF_SCHEMA)"
fi
python=python3
if ! "$python" -c 'import jsonschema' 2> /dev/null; then
  python=$target/sarif-venv/bin/python
  if ! { [ -x "$python" ] || python3 -m venv "$target/sarif-venv"; } \
    || ! timeout 300 "$python" -m pip install --quiet 'jsonschema>=4'; then
    without "jsonschema is not installed (pip install jsonschema)"
  fi
fi
# The corpus has files that cannot be read, which status 2 says.
"$program" --quiet check --no-config --format sarif corpus > "$target/corpus.sarif" 2> /dev/null || [ $? = 2 ]
"$python" - "$schema" "$target/corpus.sarif" <<'PYTHON'
import copy
import json
import sys

from jsonschema.validators import validator_for

schema, log = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:])
named = f"{schema.get('$id', schema.get('id'))}, {schema.get('title')}"
if "sarif-schema-2.1.0.json" not in named or "Version 2.1.0" not in named:
    sys.exit(f"failed: this is not the schema of SARIF 2.1.0: {named}")
kind = validator_for(schema)
kind.check_schema(schema)
valid = kind(schema)


def broken(change):
    other = copy.deepcopy(log)
    change(other["runs"][0])
    return other


faults = {
    "no tool": lambda run: run.pop("tool"),
    "an unknown level": lambda run: run["results"][0].update(level="loud"),
    "a message that is no object": lambda run: run["results"][0].update(message="text"),
    "a line 0": lambda run: run["results"][0].update(
        locations=[{"physicalLocation": {"region": {"startLine": 0}}}]
    ),
}
wrong = list(valid.iter_errors(log))
for error in wrong[:10]:
    print("/".join(map(str, error.path)), error.message[:200])
results = sum(len(run["results"]) for run in log["runs"])
passed = [fault for fault, change in faults.items() if valid.is_valid(broken(change))] if results else []
for fault in passed:
    print(f"a log with {fault} is not refused")
print(f"{results} results, {len(wrong)} breaches of the schema; {len(faults) - len(passed)} of {len(faults)} faults refused")
sys.exit(1 if wrong or passed or not results else 0)
PYTHON
