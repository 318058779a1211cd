# Turns the SQL that makes a database into schema.c, so that the program carries it:
#
#     awk -f sql/embed.awk sql/migration/*.sql sql/function/*.sql sql/seed/demo.sql >build/schema.c
#
# What a file is depends on its folder; the order is that of the arguments, but
# problem.sql comes first among the functions. See server/base/schema.h.

function fail(message) {
    print FILENAME ": " message | "cat 1>&2"
    failed = 1
    exit 1
}
function number_check() {
    if (base !~ /^[0-9][0-9][0-9][0-9]_[a-z0-9_]+\.sql$/ || base + 0 != ++migrations)
        fail("migrations must be numbered 0001_name.sql, 0002_name.sql ... without a gap")
}
function list(kind, entries) {
    print "const struct schema_file schema_" kind "[] = {\n" entries "};"
    print "const size_t nschema_" kind " = sizeof schema_" kind " / sizeof *schema_" kind ";\n"
}
FNR == 1 {
    base = folder = FILENAME
    sub(/.*\//, "", base)
    sub(/\/[^\/]*$/, "", folder)
    sub(/.*\//, "", folder)
    if (folder == "migration")
        number_check()
    else if (folder != "function" && folder != "seed")
        fail("neither a migration nor a function nor seed data")
    nfiles++
    kind[nfiles] = folder
    name[nfiles] = base
}
{
    gsub(/[\\"]/, "\\\\&")
    text[nfiles] = text[nfiles] "\n        \"" $0 "\\n\""
}
END {
    if (failed)
        exit 1
    for (i = 1; i <= nfiles; i++) {
        entry = "    {\"" name[i] "\"," text[i] "},\n"
        if (kind[i] == "migration")
            migration = migration entry
        else if (name[i] == "problem.sql")
            first = entry
        else if (kind[i] == "function")
            rest = rest entry
        else
            demo = text[i]
    }
    print "/* Made by sql/embed.awk. */\n#include \"base/schema.h\"\n"
    list("migrations", migration)
    list("functions", first rest)
    print "const char schema_demo[] =" demo ";"
}
