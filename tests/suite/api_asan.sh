#!/bin/bash
# Runs the tests of the API and of faults on the program built with ASan and UBSan.
set -euo pipefail
cd "$(dirname "$0")/../.."

make --no-print-directory "-j$(nproc)" build/asan/aftersalesd static
export AFTERSALESD=build/asan/aftersalesd
export ASAN_OPTIONS=detect_leaks=1
export UBSAN_OPTIONS=print_stacktrace=1
node tests/run.js api
node tests/run.js chaos
