#!/bin/bash
# Both compilers, all warnings, each an error; and the format of the code.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/count.sh

compiles() {
    make --keep-going "-j$(nproc)" "warnings-$1" 2>&1 | grep -vE '^make|^  ' || true
}

nothing "gcc has no warning: $(gcc -dumpfullversion)" "$(compiles gcc)"
nothing "clang has no warning: $(clang -dumpversion)" "$(compiles clang)"
if clang-format --version | grep -q 'version 14\.'; then
    succeeds "the code is formatted: clang-format" make format-check
else
    skip "the code is formatted: clang-format" "the rules are those of version 14"
fi
finish
