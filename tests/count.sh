# How the suites written in shell tell their results; sourced, never run.
# shellcheck shell=bash

passed=0
failed=0
skipped=0

ok() {
    passed=$((passed + 1))
    printf 'ok - %s\n' "$1"
}

not_ok() {
    failed=$((failed + 1))
    printf 'not ok - %s\n' "$1"
    [ -z "${2:-}" ] || printf '%s\n' "$2" | sed 's/^/    /'
}

skip() {
    skipped=$((skipped + 1))
    printf 'ok - %s # SKIP %s\n' "$1" "$2"
}

# Passes when there is nothing to complain about: nothing "sentence" "complaints".
nothing() {
    if [ -z "$2" ]; then ok "$1"; else not_ok "$1" "$2"; fi
}

# Passes when the command does; shows its output when not: succeeds "sentence" command...
succeeds() {
    local sentence=$1 output
    shift

    if output=$("$@" 2>&1); then ok "$sentence"; else not_ok "$sentence" "$output"; fi
}

# The last line, and the exit code.
finish() {
    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}
