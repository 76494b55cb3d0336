#!/usr/bin/env bash
# Builds the page into web/dist: `bash web/build.sh`. Needs the target wasm32-unknown-unknown and python3; wasm-bindgen-cli is
# installed into the target directory if no program of the crate's version is there; with --tool, this is all that is done.
set -euo pipefail
cd "$(dirname "$0")"
target=$(realpath -m "${CARGO_TARGET_DIR:-../target}")
version=$(sed -n 's/^wasm-bindgen = "=\(.*\)"$/\1/p' Cargo.toml)

bindgen=$(command -v wasm-bindgen || true)
if [ -z "$bindgen" ] || [ "$("$bindgen" --version)" != "wasm-bindgen $version" ]; then
  bindgen=$target/tools/bin/wasm-bindgen
fi
if ! [ -x "$bindgen" ] || [ "$("$bindgen" --version)" != "wasm-bindgen $version" ]; then
  # Without --locked, because its list of versions names some that a mirror need not have.
  timeout 1800 cargo install wasm-bindgen-cli --version "$version" --debug --root "$target/tools" --target-dir "$target/tools/build"
fi
[ "${1:-}" != --tool ] || exit 0

cargo build --locked -p crossfoot-web --target wasm32-unknown-unknown --profile web
made=$target/web
rm -rf "$made"
mkdir -p "$made"
"$bindgen" --target no-modules --no-typescript --out-dir "$made" --out-name crossfoot \
  "$target/wasm32-unknown-unknown/web/crossfoot_web.wasm"
python3 assemble.py "$made" dist
