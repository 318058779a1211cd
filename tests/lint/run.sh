#!/bin/bash
# Runs every lint, or those named: run.sh [layers size ...]
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/count.sh

names=("$@")
[ $# -gt 0 ] || names=(compile layers names banned size problems settings scripts)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for name in "${names[@]}"; do
    printf '# %s\n' "$name"
    code=0
    "tests/lint/$name.sh" >"$log" 2>&1 || code=$?
    sed '$d' "$log"
    read -r p _ f _ s _ < <(tail -n 1 "$log" | tr -d ,) || true
    if [[ ${p:-} =~ ^[0-9]+$ && ${f:-} =~ ^[0-9]+$ && ${s:-} =~ ^[0-9]+$ ]] && [ $((p + f)) -gt 0 ]; then
        passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    else
        not_ok "$name ran to its end (status $code)" "$(tail -n 1 "$log")"
    fi
done
finish
