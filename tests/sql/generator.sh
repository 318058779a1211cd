# The generator: what a statement's file must look like, and where it says so.
# shellcheck shell=bash disable=SC2154 # work is a folder of run.sh

# Generate from a file with the name "$1" and the text "$2"; prints what it complains of.
generate() {
    mkdir -p "$work/generator"
    printf '%s' "$2" >"$work/generator/$1.sql"
    awk -v out="$work/generator" -f sql/queries.awk "$work/generator/$1.sql" 2>&1 >/dev/null | sed "s|$work/generator/||"
}

refused() {
    is "$1" "$(generate "$2" "$3")" "$4"
}

is "a statement's file is taken" \
    "$(generate some_list $'-- some_list(state text, row_limit bigint)\n--\n-- Lists some.\n--\n-- lane: slow\n-- keyset: created_at, id\nSELECT $1, $2\n')" ''
is "its lane, parameters, first line and key-set are in the C source" \
    "$(grep -cE 'SLOW_LANE|nparams = 2|\.line = 7|"created_at", "id"' "$work/generator/queries.c")" 4
is "its comment is the C function's" "$(grep -c '^ \* Lists some\.$' "$work/generator/queries.h")" 1
refused "a signature must have the file's name" a $'-- b()\nSELECT 1\n' \
    'a.sql:1: must be "-- a(parameter type, ...)", named like the file'
refused "a parameter must have a type" a $'-- a(what)\nSELECT 1\n' 'a.sql:1: "what" is not a parameter and its type'
refused "there are three lanes" a $'-- a()\n--\n-- lane: fast\nSELECT 1\n' 'a.sql:3: not a lane, or not two columns'
refused "a key-set is two columns" a $'-- a()\n--\n-- keyset: id\nSELECT 1\n' 'a.sql:3: not a lane, or not two columns'
refused "a statement has no semicolon" a $'-- a()\nSELECT 1;\n' 'a.sql: must hold one statement, without a semicolon'
refused "a file must have a statement" a $'-- a()\n-- Nothing.\n' 'a.sql: must hold one statement, without a semicolon'
