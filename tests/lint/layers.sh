#!/bin/bash
# Who may include whom: base < io < http < {api, job} < {command, main.c}; base < read;
# {io, read} < import < {api, job}; {base, stat} < line < {api, job}; stat/ stands alone.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/count.sh

# Files without a folder: the tables, and what is made of them.
read -r -d '' rules <<'E2' || true
base     base settings.def
io       io base
http     http io base queries.h routes.h routes.def problems.def
api      api import line http io base stat queries.h routes.h
job      job import line http io base stat queries.h
import   import read io base queries.h
line     line base stat
stat     stat
read     read base
command  command job import api http io base stat queries.h routes.h settings.def commands.def
.        command job api http io base queries.h routes.h routes.def commands.def
E2

mapfile -t files < <(find server -name '*.[ch]' | LC_ALL=C sort)
complaints=$(awk -v rules="$rules" '
    BEGIN {
        lines = split(rules, line, "\n")
        for (i = 1; i <= lines; i++) {
            words = split(line[i], word, " ")
            for (w = 2; w <= words; w++)
                may[word[1], word[w]] = 1
        }
    }
    FNR == 1 { layer = split(FILENAME, part, "/") > 2 ? part[2] : "." }
    /^#include "/ {
        split($2, path, "\"")
        target = index(path[2], "/") ? substr(path[2], 1, index(path[2], "/") - 1) : path[2]
        if (!((layer, target) in may))
            print FILENAME ":" FNR ": " layer "/ may not include \"" path[2] "\""
    }
    layer == "stat" && /^#include <(pthread|sys\/|unistd|libpq|microhttpd|jansson|sodium)/ {
        print FILENAME ":" FNR ": stat/ is pure: libc and libm only"
    }' "${files[@]}")
nothing "the includes of ${#files[@]} files follow the layers" "$complaints"

guards=$(find server -name '*.h' | while read -r file; do
    guard=${file#server/}
    guard=${guard//[\/.]/_}
    grep -q "^#ifndef ${guard^^}$" "$file" || echo "$file: the guard should be ${guard^^}"
done)
nothing "every header has the guard its path asks for" "$guards"
finish
