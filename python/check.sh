#!/usr/bin/env bash
# Builds the package for Python into an environment of its own, runs its tests, checks its types and runs its example:
# `bash python/check.sh`. Says "skipped" where there is no Python to do so with.
set -euo pipefail
cd "$(dirname "$0")"
target=$(realpath -m "${CARGO_TARGET_DIR:-../target}")
venv=$target/python-venv

step() { printf '\n== %s\n' "$*"; "$@"; }
skipped() { printf '\n== skipped: package for Python: %s\n' "$*"; exit 0; }

python=$(command -v python3 || true)
[ -n "$python" ] || skipped "python3 is not installed"
# The tests use pandas of today, which asks for 3.11; the package itself asks for 3.10.
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || skipped "the tests need Python 3.11"
"$python" -c 'import venv, ensurepip' 2> /dev/null || skipped "python3 has no venv or no pip (package python3-venv)"

# The environment is made once for each state of requirements.txt.
if ! cmp -s requirements.txt "$venv/made-of.txt"; then
  rm -rf "$venv"
  "$python" -m venv "$venv"
  if ! step timeout 900 "$venv/bin/pip" install --quiet --disable-pip-version-check -r requirements.txt; then
    [ -z "${CI:-}" ] || exit 1
    rm -rf "$venv"
    skipped "what the tests need could not be fetched (requirements.txt)"
  fi
  cp requirements.txt "$venv/made-of.txt"
fi

step cargo clippy --locked -p crossfoot-python -- -D warnings
# Unoptimised, because the tests read little, and it is built in a third of the time.
rm -rf "$target/wheels"
step "$venv/bin/maturin" build --quiet --locked --profile dev --interpreter "$venv/bin/python" --out "$target/wheels"
step "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --force-reinstall "$target"/wheels/crossfoot-*.whl
# What is tested is the wheel, and not the folder of the same name here.
export PYTHONSAFEPATH=1 DAFT_ANALYTICS_ENABLED=0 DO_NOT_TRACK=true
step "$venv/bin/pytest"
step "$venv/bin/mypy" crossfoot tests examples benches
step "$venv/bin/python" examples/upheld_by_council.py "$target/upheld_by_council.png"
