#!/bin/bash
# Runs every unit test in C; each was built with AddressSanitizer and UBSan.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/count.sh

export CMOCKA_MESSAGE_OUTPUT=TAP
export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1
export UBSAN_OPTIONS=print_stacktrace=1
log=$(mktemp)
trap 'rm -f "$log"' EXIT

mapfile -t sources < <(find tests/unit -name '*_test.c' | LC_ALL=C sort)
for source in "${sources[@]}"; do
    name=${source#tests/unit/}
    name=${name%.c}
    code=0
    timeout 120 "build/unit/$name" >"$log" 2>&1 || code=$?
    # cmocka calls a skipped test "not ok N # SKIP".
    s=$(grep -cE '^(not )?ok .*# *SKIP' "$log") || true
    p=$(grep -E '^ok ' "$log" | grep -cvE '# *SKIP') || true
    f=$(grep -E '^not ok ' "$log" | grep -cvE '# *SKIP') || true
    passed=$((passed + p)) skipped=$((skipped + s)) failed=$((failed + f))
    printf '# %s: %d of %d\n' "$name" "$p" $((p + f))
    # A test that crashes tells no results, and a leak is found after the last one.
    if [ $code -ne 0 ] || [ $((p + f + s)) -eq 0 ]; then
        [ "$f" -gt 0 ] || not_ok "$name ends well (status $code)"
        sed 's/^/    /' "$log"
    fi
done
finish
