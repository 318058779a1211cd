#!/bin/bash
# Runs tests/tsan on the program built with ThreadSanitizer.
set -euo pipefail
cd "$(dirname "$0")/../.."

make --no-print-directory "-j$(nproc)" build/tsan/aftersalesd static
export AFTERSALESD=build/tsan/aftersalesd
if ! $AFTERSALESD --version >/dev/null 2>&1; then
    # With much address space randomisation an older ThreadSanitizer cannot start.
    printf '#!/bin/sh\nexec setarch -R %s "$@"\n' "$PWD/$AFTERSALESD" >build/tsan/run
    chmod +x build/tsan/run
    AFTERSALESD=build/tsan/run
fi
export TSAN_OPTIONS=second_deadlock_stack=1
exec node tests/run.js tsan
