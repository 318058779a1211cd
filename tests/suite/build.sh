#!/bin/bash
# Builds everything that the other suites run, each part being a test.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/count.sh

builds() {
    local sentence=$1
    shift
    succeeds "$sentence" make --no-print-directory "-j$(nproc)" "$@"
}

builds "the program compiles" build
builds "the pages are bundled" static
builds "the unit tests compile, with ASan and UBSan" unit-tests
builds "the program compiles with TSan" build/tsan/aftersalesd
builds "the fuzzers compile" fuzzers
nothing "nothing is compiled anew when nothing changed" "$(make -s --no-print-directory build static unit-tests 2>&1)"
finish
