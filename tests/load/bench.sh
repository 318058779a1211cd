#!/bin/bash
# Measures the service against pgbench on a big database; see RESULTS.md.
#
# Settings, all optional:
#   BENCH_UNITS, BENCH_RETURNS    size of the database       [1000000, 100000]
#   BENCH_HISTORY                 units of the larger history of the analyses [10000000]
#   BENCH_ROWS                    rows of the files that are imported [300000]
#   BENCH_ROUNDS, BENCH_SECONDS   rounds, seconds of a cell  [5, 2]
#   BENCH_FOLDER                  where the database is kept [build/bench]
#   BENCH_ONLY                    only these cells, such as "get list"
#   BENCH_SAVE                    1: copy the results to tests/load/RESULTS.md, 0: do not
#                                 [1, or 0 when a setting above but the folder is given]
#   BENCH_NOTE                    a sentence to print above the results
set -euo pipefail
cd "$(dirname "$0")/../.."
. server/setup/common.sh

for program in node wrk psql git; do
    command -v "$program" >/dev/null || die "$program is missing: type 'make test-packages' first, it installs it."
done
BENCH_POSTGRES=$(postgres_bin) || die "PostgreSQL 15 or newer is missing: type 'make packages' first, it installs it."
[ -x "$BENCH_POSTGRES/pgbench" ] || die "$BENCH_POSTGRES/pgbench is missing: install the Debian package postgresql."
[ -x "${AFTERSALESD:-build/aftersalesd}" ] || die "the program is not built: type 'make build' first."
export BENCH_POSTGRES
exec node "tests/load/${BENCH_MAIN:-bench}.js"
