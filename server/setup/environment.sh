# What the service needs around it: a database and a secret; sourced, never run.
# shellcheck shell=bash disable=SC2154 # common.sh sets data

cluster_started=

# Sets DATABASE_URL and AFTERSALES_SECRET_FILE; starts the private cluster where it is needed.
open_environment() {
    make_data
    DATABASE_URL=${DATABASE_URL:-${AFTERSALES_DATABASE_URL:-}}
    if [ -z "$DATABASE_URL" ]; then
        if ! server/setup/cluster.sh running; then
            cluster_started=1
            server/setup/cluster.sh start
        fi
        DATABASE_URL=$(server/setup/cluster.sh url)
    fi
    export DATABASE_URL
    [ -n "${AFTERSALES_SECRET:-}${AFTERSALES_SECRET_FILE:-}" ] || open_secret
}

open_secret() {
    AFTERSALES_SECRET_FILE=$data/secret
    if [ ! -s "$AFTERSALES_SECRET_FILE" ]; then
        (umask 077 && od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$AFTERSALES_SECRET_FILE")
    fi
    export AFTERSALES_SECRET_FILE
}

# Stops the cluster if open_environment() started it.
close_environment() {
    [ -z "$cluster_started" ] || server/setup/cluster.sh stop
    cluster_started=
}
