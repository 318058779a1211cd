#!/bin/bash
# Every error that SQL raises is one a client is told about, and none is there for nothing.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/count.sh

known=$(sed -n 's/^PROBLEM(\([A-Z_]*\),.*/\1/p' server/problems.def | LC_ALL=C sort)
raised=$(grep -rhoE "problem\('[^']*'" sql | sed "s/.*'\(.*\)'/\1/" | LC_ALL=C sort -u)
said=$(grep -rhoE '\b[A-Z][A-Z_]+\b' --include='*.c' server | LC_ALL=C sort -u)

nothing "every problem('...') of $(wc -l <<<"$raised") in sql/ has a row in problems.def" \
    "$(comm -13 <(echo "$known") <(echo "$raised"))"
nothing "every row of $(wc -l <<<"$known") in problems.def is used" \
    "$(comm -23 <(echo "$known") <(LC_ALL=C sort -u <<<"$raised"$'\n'"$said"))"
nothing "no row stands twice in problems.def" "$(uniq -d <<<"$known")"
nothing "the statuses in problems.def are those of errors" \
    "$(grep '^PROBLEM(' server/problems.def | grep -vE ', +[45][0-9][0-9], "' || true)"
finish
