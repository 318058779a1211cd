#!/bin/bash
# The SQL tests: every statement and rule, in a transaction that is rolled back,
# against the answers in FILE.out; then plans, races and seeds.
#
# usage: run.sh [--accept] [NOUN...]
#   --accept   write the answers to FILE.out, to be read before they are committed
#
# A line "# sentence" in a file begins a test. PGHOST and friends may name a
# server to use; databases aftersales_sql_* are made there.
set -euo pipefail
cd "$(dirname "$0")/../.."
. server/setup/common.sh
. tests/count.sh
. tests/sql/database.sh

accept=
if [ "${1:-}" = --accept ]; then
    accept=1
    shift
fi
work=$(mktemp -d)
cluster_start
trap 'rm -rf "$work"; [ -z "${cluster:-}" ] || cluster_stop' EXIT
make -s build/queries.sql

# What differs from run to run: moments, ids made by chance, keys counted on from other files.
mask() {
    sed -E -e 's/20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9:.]+\+00/<moment>/g' \
        -e 's/\b(evt|tic)_[0-9a-z]*[1-9a-z][0-9a-z]{9,}\b/\1_<chance>/g' \
        -e 's/^(DETAIL:  Failing row contains \().*\)\.$/\1<row>)./' -e 's/^(DETAIL:  Key \(product, serial\)=\()[0-9]+,/\1<product>,/'
}

# The answers of a file: columns and rows, errors with their details.
answers() {
    {
        printf '%s\n' '\set SHOW_CONTEXT never' '\set QUIET on' '\pset footer off' '\i build/queries.sql' BEGIN\; \
            '\i tests/sql/fixture/small.sql' '\set ON_ERROR_ROLLBACK on'
        cat "$1"
        printf '%s\n' 'ROLLBACK;'
    } | psql -X -q -A 2>&1 | mask
}

# Split answers into one file for each sentence: folder/1, folder/2 ...
split_by_sentence() {
    mkdir -p "$2"
    awk -v folder="$2" '/^# / { n++ } { print >(folder "/" n + 0) }' "$1"
}

compare() {
    local noun=$1 n=0 sentence

    split_by_sentence "tests/sql/$noun.out" "$work/$noun/expected"
    split_by_sentence "$work/$noun.out" "$work/$noun/found"
    nothing "$noun: nothing goes wrong before the first sentence" "$(cat "$work/$noun/found/0" 2>/dev/null)"
    while read -r sentence; do
        n=$((n + 1))
        succeeds "$noun: ${sentence#??}" diff "$work/$noun/expected/$n" "$work/$noun/found/$n"
    done < <(grep '^# ' "tests/sql/$noun.out")
    nothing "$noun: the sentences are those of the file" \
        "$(diff <(grep -c '^\\echo .# ' "tests/sql/$noun.sql") <(echo $n))"
}

columns() {
    printf '\\i build/queries.sql\n%s \\gdesc\n' "$(call_of "$1")" | sql -t
}

database_make aftersales_sql_small
if [ $# -gt 0 ]; then
    nouns=("$@")
else
    mapfile -t nouns < <(basename -s .sql tests/sql/*.sql)
fi
for noun in "${nouns[@]}"; do
    answers "tests/sql/$noun.sql" >"$work/$noun.out"
    if [ -n "$accept" ]; then cp "$work/$noun.out" "tests/sql/$noun.out"; else compare "$noun"; fi
done
[ -z "$accept" ] || exit 0

succeeds "moving a return answers with the columns of reading one" \
    diff <(columns return_get) <(columns return_move)
succeeds "moving a ticket answers with the columns of reading one" \
    diff <(columns ticket_get) <(columns ticket_move)
succeeds "offering a ticket answers with the columns of reading one" \
    diff <(columns ticket_get) <(columns ticket_offer)
succeeds "the returns of one state have the columns of all returns" \
    diff <(columns return_list) <(columns return_list_in_state)
is "the classes of events are those of the reader's table" \
    "$(value "SELECT string_agg(code, ' ' ORDER BY code) FROM event_class")" \
    "$(sed -n 's/^CLASS(\([a-z_]*\),.*/\1/p' server/read/reasons.def | LC_ALL=C sort | paste -sd ' ')"
. tests/sql/generator.sh
. tests/sql/seed.sh
. tests/sql/plans.sh
. tests/sql/races.sh
finish
