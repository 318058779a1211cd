#!/bin/bash
# Runs the statements against what they should answer: each file in a transaction
# that is rolled back, on the small world of fixture/. `run.sh --accept` writes the
# answers down as the expected ones, to be read before they are committed.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ -z "${SQL_SUITE_INSIDE:-}" ]; then
    folder=$(mktemp -d "${TMPDIR:-/tmp}/aftersales-sql.XXXXXX")
    trap 'rm -rf "$folder"' EXIT
    unset DATABASE_URL
    SQL_SUITE_INSIDE=1 AFTERSALES_DATA=$folder/data server/setup/with.sh tests/sql/run.sh "$@"
    exit
fi

# What differs from run to run: instants, and ids that the database made.
steady() {
    sed -E 's/[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.]{8,15}\+00/(time)/g
            s/\b(tic|evt)_[1-9a-z][0-9a-hjkmnp-tv-z]{25}/\1_(random)/g
            s/\b(tic|evt)_0[1-9a-z][0-9a-hjkmnp-tv-z]{24}/\1_(random)/g
            s/^psql:[^:]*:[0-9]+: //'
}

run() {
    psql -X -q -A -P null=- -v VERBOSITY=terse -v ON_ERROR_ROLLBACK=on -d "$DATABASE_URL" 2>&1 <<SQL | steady
SET timezone = 'UTC';
SET client_min_messages = warning;
\i build/queries.sql
BEGIN;
\i tests/sql/fixture/small.sql
\i $1
ROLLBACK;
SQL
}

passed=0
failed=0
build/aftersalesd migrate >/dev/null
for file in tests/sql/*.sql; do
    expected=${file%.sql}.out
    actual=build/test/sql-$(basename "$file" .sql).out
    mkdir -p build/test
    run "$file" >"$actual"
    [ "${1:-}" != --accept ] || cp "$actual" "$expected"
    if diff -u "$expected" "$actual"; then
        echo "ok - $file answers as expected"
        passed=$((passed + $(grep -c '^# ' "$actual")))
    else
        echo "not ok - $file"
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
