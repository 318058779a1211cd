# Turns sql/query/*.sql into queries.h, queries.c and queries.sql in the folder `out`:
#
#     awk -v out=build -f sql/queries.awk sql/query/*.sql
#
# Line 1 of a file is the signature, "-- name(parameter type, ...)"; the comment
# below it becomes the C function's, apart from "-- lane: write" or "slow" and
# "-- keyset: column, column". The rest is one statement. See sql/README.md.

function fail(where, message) {
    print where ": " message | "cat 1>&2"
    failed = 1
    exit 1
}
function quote(text) { # as a line of a C literal
    gsub(/[\\"]/, "\\\\&", text)
    return "\"" text "\\n\""
}
function signature(line,    part, i, blank) {
    file = name = FILENAME
    gsub(/.*\/|\.sql$/, "", name)
    lane = "READ"
    keyset = comment = sql = literal = types = formal = actual = first = ""
    if (substr(line, 1, length(name) + 4) != "-- " name "(" || line !~ /\)$/)
        fail(file ":1", "must be \"-- " name "(parameter type, ...)\", named like the file")
    line = substr(line, length(name) + 5)
    nparams = split(substr(line, 1, length(line) - 1), part, /, /)
    for (i = 1; i <= nparams; i++) {
        if (part[i] !~ /^[a-z][a-z0-9_]* [a-z][a-z0-9_ ]*$/)
            fail(file ":1", "\"" part[i] "\" is not a parameter and its type")
        blank = index(part[i], " ")
        types = types (i > 1 ? ", " : "(") substr(part[i], blank + 1) (i < nparams ? "" : ")")
        formal = formal ", const char *" substr(part[i], 1, blank - 1)
        actual = actual (i > 1 ? ", " : "") substr(part[i], 1, blank - 1)
    }
}
function finish() {
    sub(/( \*\n)+$/, "", comment)
    if (sql == "" || sql ~ /;[ \n]*$/)
        fail(file, "must hold one statement, without a semicolon")
    printf "PREPARE %s%s AS\n%s;\n", name, types, sql >tests
    printf "extern const struct query query_%s;\n/**\n%s */\n", name, comment >header
    printf "static inline void q_%s(struct request *req, rows_fn *done%s)\n", name, formal >header
    printf "{\n    const char *const args[] = {%s};\n\n", (nparams ? actual : "NULL") >header
    printf "    req_query(req, &query_%s, args, done);\n}\n\n", name >header
    printf "const struct query query_%s = {\n    .name = \"%s\",\n", name, name >source
    printf "    .nparams = %d,\n    .prepare =\n        %s", nparams,
        quote("PREPARE " name types " AS") >source
    printf "%s,\n    .file = \"%s\",\n    .line = %d,\n", literal, file, first >source
    printf "    .lane = %s_LANE,\n    .keyset = {%s},\n", lane, (keyset ? keyset : "NULL") >source
    print "};\n" >source
    table = table "    &query_" name ",\n"
}
BEGIN {
    header = out "/queries.h"
    source = out "/queries.c"
    tests = out "/queries.sql"
    print "/* Made by sql/queries.awk. */\n#ifndef QUERIES_H\n#define QUERIES_H\n" >header
    print "#include \"http/request.h\"\n#include \"io/db.h\"\n\n#include <stddef.h>\n" >header
    print "/** In order of name. */\nextern const struct query *const queries[];" >header
    print "extern const size_t nqueries;\n" >header
    print "/* Made by sql/queries.awk. */\n#include \"queries.h\"\n" >source
    printf "" >tests
}
FNR == 1 {
    if (name != "")
        finish()
    signature($0)
    next
}
!first && /^-- lane: (write|slow)$/ {
    lane = toupper(substr($0, 10))
    next
}
!first && /^-- keyset: [a-z_]+, [a-z_]+$/ {
    sub(/, /, "\", \"")
    keyset = "\"" substr($0, 12) "\""
    next
}
!first && /^-- (lane|keyset):/ { fail(file ":" FNR, "not a lane, or not two columns") }
!first && /^--/ {
    if ($0 != "--" || comment != "")
        comment = comment " *" substr($0, 3) "\n"
    next
}
{
    if (!first)
        first = FNR
    sql = sql $0 "\n"
    literal = literal "\n        " quote($0)
}
END {
    if (failed)
        exit 1
    finish()
    printf "const struct query *const queries[] = {\n%s};\n", table >source
    print "const size_t nqueries = sizeof queries / sizeof *queries;" >source
    print "#endif" >header
}
