#!/bin/bash
# Words that must not stand in the sources.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/count.sh

# refuse "sentence" extended-regex path...
refuse() {
    local sentence=$1 pattern=$2
    shift 2
    nothing "$sentence" "$(git grep -nE --untracked "$pattern" -- "$@" ':!tests/lint' || true)"
}

call() {
    printf '(^|[^a-z_])(%s)\(' "$1"
}

refuse "no unbounded string functions" "$(call 'strcpy|strcat|strncpy|strncat|sprintf|vsprintf|gets|strtok')" 'server/*.[ch]'
refuse "no numbers by atoi, no time by static buffers" "$(call 'atoi|atol|atoll|gmtime|localtime|ctime|asctime')" 'server/*.[ch]'
refuse "no jumps, no stack allocation of unknown size" "$(call 'alloca|setjmp|longjmp|sigsetjmp')" 'server/*.[ch]'
refuse "no shell, no weak random numbers" "$(call 'system|popen|rand|srand|random|drand48')" 'server/*.[ch]'
refuse "no typedef of a struct" '^ *typedef +struct' 'server/*.[ch]'
refuse "no escaping into SQL: arguments are parameters" 'PQescape' server
refuse "no SQL is put together with printf" '"[^"]*\b(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|EXECUTE)\b[^"]*%[^"]*"' 'server/*.[ch]'
refuse "nothing but jansson and the arena outside of base/, io/, http/ and job/ allocates" "$(call 'malloc|calloc|realloc')" 'server/api/*.c' 'server/stat/*.c'
refuse "no post processor of libmicrohttpd" 'MHD_create_post_processor' server
refuse "statements name their columns" '^SELECT \*|\bRETURNING \* *$' 'sql/query/*.sql' 'sql/function/*.sql'
refuse "statements leave JSON to the program" 'json_build_object|row_to_json' 'sql/query/*.sql'
refuse "lists page by key, not by OFFSET" '\bOFFSET\b' 'sql/query/*.sql' 'sql/function/*.sql'
refuse "no work is left for later" '\b(TODO|FIXME|XXX)\b' .
refuse "pages hold no scripts, styles or handlers" '<script>|<style|[^-]style=|\bon[a-z]+="' 'static/pages/*.html'
refuse "scripts write text, not HTML" '\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function' 'static/js/*.js'
refuse "scripts load nothing from elsewhere" "(from|import)[ (]*['\"]https?:" 'static/js/*.js'

places=$(git ls-files --cached --others --exclude-standard | cut -d/ -f1 | LC_ALL=C sort -u |
    grep -vxE 'server|sql|static|tests|docker-compose\.yml|Makefile|README\.md|LICENSE|\..*' || true)
nothing "the top level holds what it should" "$places"
finish
