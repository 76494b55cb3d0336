#!/usr/bin/env bash
# Builds the page and tests it in Chromium: `bash web/check.sh [FOLDER]`, with pictures of every state into FOLDER. Says "skipped"
# where there is nothing to build or test it with. What npm fetches is kept in the cache of the user.
set -euo pipefail
cd "$(dirname "$0")"
target=$(realpath -m "${CARGO_TARGET_DIR:-../target}")
modules=${XDG_CACHE_HOME:-$HOME/.cache}/crossfoot-web

step() { printf '\n== %s\n' "$*"; "$@"; }
skipped() { printf '\n== skipped: page for the browser: %s\n' "$*"; exit 0; }
install() {
  [ -n "${CI:-}" ] || return 0
  timeout 900 apt-get install --yes --no-install-recommends "$@" > /dev/null 2>&1 \
    || { apt-get update > /dev/null 2>&1 && timeout 900 apt-get install --yes --no-install-recommends "$@" > /dev/null 2>&1; } || true
}

rustc --print target-libdir --target wasm32-unknown-unknown 2> /dev/null | xargs -r test -d \
  || skipped "rustup target add wasm32-unknown-unknown"
command -v python3 > /dev/null || skipped "python3 is not installed"
command -v node > /dev/null && command -v npm > /dev/null || install nodejs npm
command -v node > /dev/null && command -v npm > /dev/null || skipped "node or npm is not installed"
command -v chromium > /dev/null || install chromium
CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
[ -n "$CHROMIUM" ] || skipped "Chromium is not installed"
export CHROMIUM
bash build.sh --tool || skipped "wasm-bindgen-cli could not be installed"

wanted="playwright-core@1.65.1 axe-core@4.14.1"
if [ "$(cat "$modules/made-of.txt" 2> /dev/null)" != "$wanted" ]; then
  rm -rf "$modules"
  mkdir -p "$modules"
  # shellcheck disable=SC2086
  timeout 900 npm install --silent --no-audit --no-fund --prefix "$modules" $wanted || skipped "what the tests need could not be fetched by npm"
  echo "$wanted" > "$modules/made-of.txt"
fi

step cargo clippy --locked -p crossfoot-web --target wasm32-unknown-unknown -- -D warnings
step bash build.sh
step cargo build --locked --release
step timeout 1800 node test.mjs "$target/release/crossfoot" "$modules" "$@"
