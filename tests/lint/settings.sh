#!/bin/bash
# Settings: each is read, and nothing outside speaks of one that is not there.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/count.sh

known=$(sed -n 's/^SETTING(\([a-z_]*\),.*/\1/p' server/settings.def | LC_ALL=C sort)
used=$(grep -rhoE '\bsettings\.[a-z_]+' --include='*.c' server | cut -d. -f2 | LC_ALL=C sort -u)
nothing "each of the $(wc -l <<<"$known") settings is used by the program" \
    "$(comm -23 <(echo "$known") <(echo "$used"))"

# These belong to the scripts around the program.
scripts='data|program'
spoken=$(git grep -hoE --untracked 'AFTERSALES_[A-Z_]*[A-Z]' -- README.md docker-compose.yml server/README.md \
    server/deploy server/Dockerfile server/setup tests/README.md | sed 's/^AFTERSALES_//; s/_FILE$//' |
    tr '[:upper:]' '[:lower:]' | LC_ALL=C sort -u | grep -vxE "$scripts" || true)
nothing "every AFTERSALES_ name in texts, scripts and deployment is a setting" \
    "$(comm -13 <(echo "$known") <(echo "$spoken"))"

if [ -x build/aftersalesd ]; then
    help=$(build/aftersalesd --help)
    nothing "--help tells every setting and command" "$(
        while read -r name; do
            grep -q "AFTERSALES_${name^^}" <<<"$help" || echo "AFTERSALES_${name^^}"
        done <<<"$known"
        sed -n 's/^COMMAND("\([^"]*\)".*/\1/p' server/commands.def | while read -r name; do
            grep -q "$name" <<<"$help" || echo "$name"
        done)"
else
    skip "--help tells every setting and command" "not built"
fi
finish
