# Databases for the SQL tests; sourced, never run. Without PGHOST a throw-away
# cluster is made: in a temporary folder, on a socket only, gone at the end.
# shellcheck shell=bash

export PGOPTIONS="-c timezone=UTC -c client_min_messages=warning -c jit=off -c plan_cache_mode=force_generic_plan"

as_owner() {
    if is_root; then (cd / && runuser -u postgres -- "$@"); else (cd / && "$@"); fi
}

cluster_start() {
    local bin

    [ -z "${PGHOST:-}" ] || return 0
    bin=$(postgres_bin) || die "PostgreSQL 15 or newer was not found: install the Debian package postgresql."
    cluster=$(mktemp -d "${TMPDIR:-/tmp}/aftersales-sql.XXXXXX")
    chmod 755 "$cluster"
    ! is_root || chown postgres "$cluster"
    trap cluster_stop EXIT
    as_owner "$bin/initdb" -D "$cluster/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N >/dev/null
    as_owner "$bin/pg_ctl" -D "$cluster/data" -w -l "$cluster/log" -o "-c listen_addresses='' \
        -c unix_socket_directories=$cluster -c fsync=off -c shared_buffers=128MB" start >/dev/null
    export PGHOST=$cluster PGPORT=5432 PGUSER=postgres
}

cluster_stop() {
    as_owner "$(postgres_bin)/pg_ctl" -D "$cluster/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$cluster"
}

sql() {
    psql -X -q -A -v ON_ERROR_STOP=1 "$@"
}

# A new database with all migrations and functions, as the program makes it.
database_make() {
    export PGDATABASE=$1
    sql -d postgres -c "DROP DATABASE IF EXISTS $1" -c "CREATE DATABASE $1 TEMPLATE template0 ENCODING 'UTF8'"
    sql -c 'CREATE TABLE schema_migration (number integer CONSTRAINT schema_migration_pkey PRIMARY KEY)'
    for file in sql/migration/*.sql sql/function/problem.sql sql/function/*.sql; do
        sql -1 -f "$file"
    done
}

# The names of the statements of a lane, all lanes for "*".
statements() {
    local file lane

    for file in sql/query/*.sql; do
        lane=$(sed -n 's/^-- lane: //p' "$file")
        [ "$1" != "*" ] && [ "$1" != "${lane:-read}" ] || basename "$file" .sql
    done
}

# A call of a statement with NULL for every parameter.
call_of() {
    awk -v name="$1" 'NR == 1 {
        sub(/^[^(]*\(/, "")
        sub(/\)$/, "")
        n = split($0, parameter, ", ")
        for (i = 1; i <= n; i++)
            list = list (i > 1 ? ", " : "(") "NULL"
        print "EXECUTE " name list (n ? ")" : "")
    }' "sql/query/$1.sql"
}

# The one value of a query.
value() {
    sql -t -c "$1"
}

# Passes when two texts are equal: is "sentence" "found" "expected".
is() {
    nothing "$1" "$([ "$2" = "$3" ] || printf 'expected: %s\nfound:    %s\n' "$3" "$2")"
}
