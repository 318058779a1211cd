#!/bin/bash
# The private PostgreSQL cluster of this checkout: on a Unix socket only, under
# .data/, run by the person who calls, or by the user postgres when root calls.
#
# usage: cluster.sh start|stop|running|url
#   start    make it if there is none, start it if it does not run
#   running  succeeds if it accepts connections
#   url      print the connection string
set -euo pipefail
cd "$(dirname "$0")/../.."
. server/setup/common.sh

# A socket's path may have 107 bytes, of which its name takes 14.
socket_folder_max=93

# Runs a command as the owner of the cluster, from a folder that owner can be in.
as_owner() {
    if is_root; then
        (cd / && runuser -u "$owner" -- "$@")
    else
        (cd / && "$@")
    fi
}

# Whether the owner can reach a folder: others' homes are often closed.
reachable() {
    ! is_root || (cd / && runuser -u "$owner" -- test -x "$1")
}

# Sets owner, home (of cluster, socket and log), cluster, bin.
locate() {
    make_data
    home=$(cd "$data" && pwd -P)
    owner=$(id -un)
    if is_root; then
        owner=postgres
        id postgres >/dev/null 2>&1 ||
            die "PostgreSQL does not run as root and there is no user 'postgres': install the Debian package postgresql, or run this as an ordinary user."
        [ ! -d "$home/cluster" ] || owner=$(stat -c %U "$home/cluster")
        reachable "$home" || elsewhere
    fi
    cluster=$home/cluster
    bin=$(postgres_bin) ||
        die "PostgreSQL 15 or newer was not found under /usr/lib/postgresql: install the Debian package postgresql, or set DATABASE_URL to a server that runs."
    [ ! -s "$cluster/PG_VERSION" ] || same_version
}

# The checkout lies in a folder the user postgres cannot enter, such as /root.
elsewhere() {
    home=/var/lib/aftersales-$(printf %s "$home" | cksum | cut -d' ' -f1)
    mkdir -p "$home" && chmod 711 "$home" ||
        die "the user 'postgres' cannot enter this checkout and $home cannot be made: move the checkout out of $HOME."
    [ -d "$home/cluster" ] ||
        say "The user 'postgres' cannot enter $PWD, so the database goes to $home." >&2
}

# A cluster needs the programs of the version that made it.
same_version() {
    local version

    version=$(<"$cluster/PG_VERSION")
    bin=${POSTGRES_ROOT:-/usr/lib/postgresql}/$version/bin
    [ -x "$bin/pg_ctl" ] ||
        die "the data in $cluster are of PostgreSQL $version: install postgresql-$version, or move $cluster away to begin anew."
}

# Where the socket lies; made when it is not there.
socket_folder() {
    local folder=$home/socket note=$home/socket-folder

    if [ ${#folder} -gt $socket_folder_max ]; then
        folder=$(cat "$note" 2>/dev/null || true)
        if [ -z "$folder" ] || [ "$(stat -c %U "$folder" 2>/dev/null)" != "$owner" ]; then
            folder=$(mktemp -d "${XDG_RUNTIME_DIR:-/tmp}/aftersales.XXXXXX")
            is_root && chown "$owner" "$folder"
            printf '%s\n' "$folder" >"$note"
        fi
    elif [ ! -d "$folder" ]; then
        mkdir -m 700 "$folder"
        ! is_root || chown "$owner" "$folder"
    fi
    printf '%s\n' "$folder"
}

# A text as a value of postgresql.conf.
conf_quote() {
    printf "'%s'" "${1//\'/\'\'}"
}

# A text as part of a connection URL.
url_quote() {
    local LC_ALL=C text=$1 i char

    for ((i = 0; i < ${#text}; i++)); do
        char=${text:i:1}
        case $char in
        [a-zA-Z0-9._-]) printf %s "$char" ;;
        *) printf '%%%02X' "'$char" ;;
        esac
    done
}

create() {
    local new=$cluster.new free

    free=$(df -Pk "$home" | awk 'NR == 2 { print $4 }')
    [ "$free" -ge 300000 ] ||
        die "only $((free / 1024)) MB are free where $home lies and a new database needs 300: free some space."
    say "Making a private PostgreSQL $(basename "$(dirname "$bin")") cluster in $cluster."
    rm -rf "$new"
    mkdir -m 700 "$new"
    ! is_root || chown "$owner" "$new"
    as_owner "$bin/initdb" --pgdata="$new" --username=postgres --auth=trust --encoding=UTF8 \
        --locale=C.UTF-8 --data-checksums --no-instructions >"$home/initdb.log" 2>&1 ||
        die "initdb failed ($(tail -n 1 "$home/initdb.log")): mend that and run this again; the log is $home/initdb.log."
    as_owner sh -c "echo \"include_if_exists = 'aftersales.conf'\" >>\"\$0/postgresql.conf\"" "$new"
    mv "$new" "$cluster"
}

# Written before every start: the checkout may have moved.
configure() {
    as_owner tee "$cluster/aftersales.conf" >/dev/null <<CONF
listen_addresses = ''
unix_socket_directories = $(conf_quote "$socket")
unix_socket_permissions = 0700
shared_buffers = 128MB
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
CONF
}

sql() {
    as_owner "$bin/psql" -X -q -A -t -v ON_ERROR_STOP=1 -h "$socket" -U postgres "$@"
}

running() {
    as_owner "$bin/pg_isready" -q -h "$socket"
}

start() {
    local log=$home/postgresql.log

    if ! running; then
        [ -s "$cluster/PG_VERSION" ] || create
        configure
        touch "$log"
        ! is_root || chown "$owner" "$log"
        as_owner "$bin/pg_ctl" start --silent --wait --pgdata="$cluster" --log="$log" >/dev/null ||
            die "PostgreSQL did not start ($(tail -n 1 "$log")): mend that and run this again; the log is $log."
    fi
    [ "$(sql -d postgres -c "SELECT count(*) FROM pg_roles WHERE rolname = 'aftersales'")" = 1 ] ||
        sql -d postgres -c 'CREATE ROLE aftersales LOGIN'
    [ "$(sql -d postgres -c "SELECT count(*) FROM pg_database WHERE datname = 'aftersales'")" = 1 ] ||
        sql -d postgres -c 'CREATE DATABASE aftersales OWNER aftersales'
}

stop() {
    ! running || as_owner "$bin/pg_ctl" stop --silent --wait --mode=fast --pgdata="$cluster"
}

command=${1:-}
case $command in
start | stop | running | url) ;;
*) die "usage: cluster.sh start|stop|running|url" ;;
esac
locate
socket=$(socket_folder)
case $command in
start) start ;;
stop) stop ;;
running) running ;;
url) printf 'postgresql:///aftersales?host=%s&user=aftersales\n' "$(url_quote "$socket")" ;;
esac
