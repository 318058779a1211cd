#!/bin/bash
# Shell scripts: checked by shellcheck, and runnable.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/count.sh

mapfile -t scripts < <(git ls-files --cached --others --exclude-standard '*.sh' .ci/run)
succeeds "shellcheck finds nothing in ${#scripts[@]} scripts" shellcheck -x "${scripts[@]}"
nothing "scripts with a first line #! can be run, others cannot" "$(
    for script in "${scripts[@]}"; do
        if [ "$(head -c 2 "$script")" = '#!' ]; then
            [ -x "$script" ] || echo "$script: not executable"
        else
            [ ! -x "$script" ] || echo "$script: executable, without #!"
        fi
    done)"
nothing "scripts stop at the first error" "$(
    for script in "${scripts[@]}"; do
        [ "$(head -c 2 "$script")" != '#!' ] || grep -qE '^set -[a-z]*e|^cd .*&& exec' "$script" || echo "$script"
    done)"
finish
