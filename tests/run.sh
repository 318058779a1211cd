#!/bin/bash
# Runs the suites, in order, and ends with one line: N passed, N failed[, N skipped].
#
# usage: run.sh [SUITE...]      all without arguments; `make check` names the fast ones
#
# What a suite prints goes to build/test/SUITE.log and, when it fails, here too. A suite
# that cannot be run, that crashes or that has no results counts as one failed test.
set -euo pipefail
cd "$(dirname "$0")/.."

# name, seconds it may take, what it is, command
suites=(
    "build|400|the program, its pages and its tests compile|tests/suite/build.sh"
    "lint|300|layers, names, sizes, warnings of two compilers, scripts|tests/lint/run.sh"
    "unit|200|units in C, under ASan and UBSan|tests/unit/run.sh"
    "sql|200|statements, plans, migrations|tests/sql/run.sh"
    "js|60|units of the pages|node --test --test-reporter=tap tests/unit/js/"
    "import|300|sales files through the command and the API|node tests/run.js import"
    "api|400|the API, black box, and its contract|node tests/run.js api"
    "deploy|200|proxy, containers, systemd|node tests/run.js deploy"
    "browser|300|the pages in Chromium|node tests/run.js browser"
    "chaos|300|faults of database, network and process|node tests/run.js chaos"
    "fuzz|300|parsers, fuzzed briefly|tests/fuzz/run.sh"
    "tsan|300|the program under ThreadSanitizer, with load|tests/suite/tsan.sh"
    "load|300|load, briefly|tests/load/smoke.sh"
    "api-asan|900|the API again, on the program with ASan and UBSan|tests/suite/api_asan.sh"
)
# Only when it is asked for by name.
optional=" api-asan "

logs=build/test
mkdir -p $logs
total_passed=0
total_failed=0
total_skipped=0
failures=()

# Prints "passed failed skipped" of a log: what the suite says of itself, else its TAP lines.
count() {
    awk '
        /^[0-9]+ passed, [0-9]+ failed/ { said = 1; p += $1; f += $3; s += $5 }
        /^# pass [0-9]+$/ { node = 1; np += $3 }
        /^# (fail|cancelled) [0-9]+$/ { nf += $3 }
        /^# (skipped|todo) [0-9]+$/ { ns += $3 }
        /^ok [0-9]/ { if (/# *SKIP/) ts++; else tp++ }
        /^not ok [0-9]/ { tf++ }
        END {
            if (said) print p + 0, f + 0, s + 0
            else if (node) print np + 0, nf + 0, ns + 0
            else print tp + 0, tf + 0, ts + 0
        }' "$1"
}

run_suite() {
    local name=$1 limit=$2 sentence=$3 command=$4 log=$logs/$1.log code=0 began=$SECONDS
    local passed failed skipped reason=

    # shellcheck disable=SC2086 # the command is words
    timeout -k 20 "$limit" $command >"$log" 2>&1 || code=$?
    read -r passed failed skipped < <(count "$log")
    if [ $code -eq 124 ] || [ $code -eq 137 ]; then
        reason="it was still running after $limit s"
    elif [ $code -ne 0 ] && [ "$failed" -eq 0 ]; then
        reason="it ended with status $code"
    elif [ $((passed + failed)) -eq 0 ]; then
        reason="it had no results"
    fi
    [ -z "$reason" ] || failed=$((failed + 1))
    printf '%-9s %5d passed %3d failed %3d skipped %4d s   %s\n' \
        "$name" "$passed" "$failed" "$skipped" $((SECONDS - began)) "$sentence"
    if [ "$failed" -gt 0 ]; then
        failures+=("$name")
        [ -z "$reason" ] || printf '  %s: %s.\n' "$name" "$reason"
        show_failure "$log"
    fi
    total_passed=$((total_passed + passed))
    total_failed=$((total_failed + failed))
    total_skipped=$((total_skipped + skipped))
}

# What failed, by name, wherever it stands in the log; then the log's end.
show_failure() {
    grep -nE '^ *not ok|^ *FAILED' "$1" | cut -c1-200 | head -40 | sed 's/^/  ! /' || true
    printf '  --- the end of %s:\n' "$1"
    tail -n "${LOG_LINES:-120}" "$1" | cut -c1-300 | sed 's/^/  | /'
}

# One version for the whole run, so that a commit meanwhile builds nothing anew.
VERSION=${VERSION:-$(git describe --tags --always --dirty 2>/dev/null || echo 0)}
export VERSION
! CHROMIUM=$(tests/chromium.sh 2>/dev/null) || export CHROMIUM
for row in "${suites[@]}"; do
    IFS='|' read -r name limit sentence command <<<"$row"
    case $# in
    0) [[ $optional != *" $name "* ]] || continue ;;
    *) [[ " $* " == *" $name "* ]] || continue ;;
    esac
    run_suite "$name" "$limit" "$sentence" "$command"
done

[ ${#failures[@]} -eq 0 ] || printf 'failed: %s (their logs are in %s)\n' "${failures[*]}" "$logs"
[ $((total_passed + total_failed)) -gt 0 ] || { echo "there is no suite named: $*" && total_failed=1; }
text="$total_passed passed, $total_failed failed"
[ $total_skipped -eq 0 ] || text+=", $total_skipped skipped"
echo "$text"
[ $total_failed -eq 0 ]
