#!/bin/bash
# Routes, handlers, statements and files share one name. That a handler's tables and
# statement exist at all is for the linker to say.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/count.sh

# "handler output" of every route.
routes=$(sed -n 's/^ROUTE(//p' server/routes.def | sed 's/"[^"]*"//g; s/)$//' |
    awk -F, '{ gsub(/ /, ""); print $7, $6 }')
# A handler is a function, or made by one of the macros of api/stat.h.
defined=$(sed -n 's/^void \([a-z_]*\)(struct request \*req)$/\1/p' server/api/*.c |
    cat - <(sed -n 's/^STAT\(_SLOW\)\{0,1\}(\([a-z_]*\),.*/\2/p' server/api/*.c) | LC_ALL=C sort)
declared=$(cut -d' ' -f1 <<<"$routes" | LC_ALL=C sort)

nothing "every handler of the $(wc -l <<<"$declared") routes is defined in api/, once" \
    "$(comm -23 <(echo "$declared") <(echo "$defined"))$(uniq -d <<<"$defined")"
nothing "every handler in api/ has a route" "$(comm -13 <(echo "$declared") <(echo "$defined"))"
nothing "no handler serves two routes" "$(uniq -d <<<"$declared")"

pages=$(while read -r handler output; do
    file=sql/query/$handler.sql
    if [ "$output" = PAGE ] && [ -f "$file" ]; then
        head -n 1 "$file" | grep -qE '[( ]after_1 [a-z ]+, after_2 text, row_limit bigint\)$' ||
            echo "$file: the signature does not end with after_1, after_2, row_limit"
        grep -q '^-- keyset: ' "$file" || echo "$file: no keyset"
    fi
done <<<"$routes")
nothing "every list pages by key" "$pages"

sources=$(cat server/*.c server/*/*.c)
unused=$(for file in sql/query/*.sql; do
    name=$(basename "$file" .sql)
    grep -qE "\b(q|query)_$name\b" <<<"$sources" || echo "$file is not used"
done)
nothing "every statement is used" "$unused"

functions=$(for file in sql/function/*.sql; do
    name=$(basename "$file" .sql)
    [ "$(grep -c '^CREATE OR REPLACE FUNCTION ' "$file")" = 1 ] &&
        grep -q "^CREATE OR REPLACE FUNCTION $name(" "$file" || echo "$file: one function, named $name"
done)
nothing "every file of sql/function makes the one function of its name" "$functions"

sentences=$(sed -n '/^[A-Z]*(/p' server/*.def | grep -vE '[a-zA-Z0-9)]\."[ ]*[,)]' || true)
nothing "every row of the tables ends in a sentence" "$sentences"
finish
