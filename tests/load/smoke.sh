#!/bin/bash
# The benchmark's machinery on a small database, for `make test`: no errors,
# some throughput. Says nothing about speed; that is what bench.sh is for.
set -euo pipefail
cd "$(dirname "$0")/../.."

folder=$(mktemp -d "${TMPDIR:-/tmp}/aftersales-load.XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 143' TERM # after the benchmark has stopped its database
BENCH_MAIN=smoke BENCH_FOLDER=$folder BENCH_UNITS=20000 BENCH_RETURNS=2000 BENCH_ROUNDS=1 \
    BENCH_SECONDS=1 tests/load/bench.sh
