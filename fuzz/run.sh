#!/usr/bin/env bash
# Reads bytes that nobody wrote: `fuzz/run.sh SECONDS [TARGET…]` runs each target (or those that are named) for so many
# seconds, and fails where one of them panics, hangs, takes too much memory or contradicts itself. The input that did
# it is left in fuzz/crashes/. Inputs that reach new code are kept in fuzz/found/, and the next run goes on from them.
#
# It takes the stable compiler, which counts what is reached by flags of its own, and a compiler of C++ for libFuzzer.
# Where that or python3 is missing, it says "skipped: …" and ends well.
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:?the seconds of each target}
shift
# With RUNS in the environment, each target reads so many inputs at most, which are the same in every run. Without, it gives
# way to what else the machine does; a check that waits for it does not, as an input that has to wait would count as hanging.
runs=()
modestly=(nice -n 15)
if [ -n "${RUNS:-}" ]; then
  runs=(-runs="$RUNS" -seed=7)
  modestly=()
fi

skipped() { printf 'skipped: fuzzing: %s\n' "$*"; exit 0; }
command -v python3 > /dev/null || skipped "python3 is not installed"
command -v "${CXX:-c++}" > /dev/null || skipped "no compiler of C++ is installed"
host=$(rustc -vV | sed -n 's/^host: //p')
case $host in *-linux-gnu) ;; *) skipped "it is made for Linux, this is $host" ;; esac
cargo fetch --locked --quiet || skipped "its dependencies cannot be fetched"

targets=("$@")
[ $# -gt 0 ] || mapfile -t targets < <(sed -n 's|^path = "targets/\(.*\)\.rs"|\1|p' Cargo.toml)
# What reaches new code is counted by the passes that the compiler of C has for it.
level="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=3"
export RUSTFLAGS="$level -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares"
cargo build --locked --release --target "$host" --target-dir target $(printf -- '--bin %s ' "${targets[@]}")
rm -rf seeds
python3 seeds.py seeds
mkdir -p crashes
# As much stack as the program gives to what reads.
ulimit -s 65536 2> /dev/null || true

# The longest inputs in bytes.
longest() {
  case $1 in
    phrase) echo 600 ;;
    about) echo 400 ;;
    text | markdown | csv) echo 2500 ;;
    html | grammar) echo 12000 ;;
    *) echo 65536 ;;
  esac
}

failed=0
for target in "${targets[@]}"; do
  mkdir -p "found/$target" "seeds/$target"
  # Errors of a manifest are told on stderr.
  fd=0; [ "$target" = about ] && fd=2
  log=crashes/$target.log
  status=0
  "${modestly[@]}" "target/$host/release/$target" "found/$target" "seeds/$target" -dict=seeds/words.dict \
    -max_total_time="$seconds" -max_len="$(longest "$target")" -timeout=30 -rss_limit_mb=3000 -malloc_limit_mb=2000 \
    -artifact_prefix="crashes/$target-" -print_final_stats=1 -reload=0 "${runs[@]}" -close_fd_mask=$fd > "$log" 2>&1 || status=$?
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  reached=$(grep -ao 'cov: [0-9]*' "$log" | tail -1 || true)
  printf '%-9s %7s inputs, %s\n' "$target" "${executions:-?}" "${reached:-no coverage}"
  if [ $status -ne 0 ]; then
    failed=1
    grep -aE 'panicked at|ERROR:|SUMMARY:|Test unit written' -A1 "$log" | head -20
  fi
done
exit $failed
