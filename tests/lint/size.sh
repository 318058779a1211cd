#!/bin/bash
# Functions fit on a screen, files have one subject.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/count.sh

function_max=50
median_max=15
file_max=300

# "lines file:line name" of every function, by the form clang-format gives them.
sizes=$(find server -name '*.c' -print0 | xargs -0 awk '
    FNR == 1 { start = 0 }
    /^[a-z].*\(/ { name = $0; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name) }
    /^\{$/ { start = FNR }
    /^\}$/ && start { print FNR - start - 1, FILENAME ":" start, name; start = 0 }' | sort -n)
count=$(wc -l <<<"$sizes")
median=$(sed -n "$(((count + 1) / 2))p" <<<"$sizes" | cut -d' ' -f1)
longest=$(tail -n 1 <<<"$sizes")

nothing "no function of $count is longer than $function_max lines (the longest: $longest)" \
    "$(awk -v max=$function_max '$1 > max' <<<"$sizes")"
nothing "the median function has at most $median_max lines (it has $median)" \
    "$([ "$median" -le $median_max ] || echo "$median lines")"

files=$(find server sql tests static -path tests/node_modules -prune -o \
    \( -name '*.[ch]' -o -name '*.js' -o -name '*.css' -o -name '*.sh' -o -name '*.awk' \) -print0 |
    xargs -0 wc -l | grep -v ' total$')
nothing "no file of $(wc -l <<<"$files") is longer than $file_max lines" \
    "$(awk -v max=$file_max '$1 > max' <<<"$files")"
finish
