#!/bin/bash
# Fuzzes every parser for FUZZ_SECONDS each. Inputs that were of use stay in
# build/fuzz/corpus; one that breaks a parser is kept in build/fuzz/ for a test.
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=${FUZZ_SECONDS:-5}
passed=0
failed=0

export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1
for source in tests/fuzz/*_fuzz.c; do
    name=$(basename "$source" _fuzz.c)
    found=build/fuzz/corpus/$name
    mkdir -p "$found"
    seeds=()
    [ ! -d "tests/fuzz/corpus/$name" ] || seeds=("tests/fuzz/corpus/$name")
    if "build/fuzz/${name}_fuzz" -max_total_time="$seconds" -max_len=4096 -timeout=10 -print_final_stats=1 \
        -artifact_prefix="build/fuzz/$name-" "$found" "${seeds[@]}" >"build/fuzz/$name.log" 2>&1; then
        runs=$(awk '/stat::number_of_executed_units/ { print $2 }' "build/fuzz/$name.log")
        echo "ok - $name stands $runs inputs in $seconds s"
        passed=$((passed + 1))
    else
        echo "not ok - $name breaks"
        tail -n 30 "build/fuzz/$name.log"
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
