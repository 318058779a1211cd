#!/bin/bash
# Runs the service in the foreground, with demo data, until Ctrl-C.
# Whatever this starts, it stops; the data stay in .data/.
set -euo pipefail
cd "$(dirname "$0")/../.."
. server/setup/common.sh
. server/setup/environment.sh

program=${AFTERSALES_PROGRAM:-build/aftersalesd}
port=${AFTERSALES_PORT:-8080}
export AFTERSALES_PORT=$port
export AFTERSALES_METRICS_PORT=${AFTERSALES_METRICS_PORT:-$((port + 1100))}
export AFTERSALES_PUBLIC_ORIGIN=${AFTERSALES_PUBLIC_ORIGIN:-http://localhost:$port}
daemon=

check_ports() {
    [[ $port =~ ^[0-9]+$ ]] && [ "$port" -ge 1 ] && [ "$port" -le 65535 ] ||
        die "AFTERSALES_PORT is '$port': set it to a number from 1 to 65535."
    ! port_taken "$port" ||
        die "port $port is taken by another program: stop that, or choose another: AFTERSALES_PORT=$((port % 60000 + 1)) make run"
    [ "$AFTERSALES_METRICS_PORT" -eq 0 ] || ! port_taken "$AFTERSALES_METRICS_PORT" ||
        die "port $AFTERSALES_METRICS_PORT, for metrics, is taken by another program: set AFTERSALES_METRICS_PORT to a free one, or to 0 for none."
}

# A process group of its own: Ctrl-C reaches this script only, which then ends things in order.
start_daemon() {
    set -m
    "$program" serve &
    daemon=$!
    set +m
}

ready() {
    local status

    exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
    printf 'GET /readyz HTTP/1.1\r\nHost: localhost:%s\r\nConnection: close\r\n\r\n' "$port" >&3
    read -r -t 5 _ status _ <&3 || status=
    exec 3>&-
    [ "$status" = 200 ]
} 2>/dev/null

wait_until_ready() {
    local tries=0

    until ready; do
        kill -0 "$daemon" 2>/dev/null || return 1
        tries=$((tries + 1))
        [ $tries -lt 600 ] || return 1
        sleep 0.1
    done
}

announce() {
    local origin=$AFTERSALES_PUBLIC_ORIGIN

    say "
The service is ready. Where to click:
  everyone   $origin/
  customers  $origin/return      send a machine back, and follow it
  partners   $origin/partner     tickets to work on
  managers   $origin/manager     return rates and profit risks
Sign in with one of the demo accounts above. Ctrl-C stops everything; the data stay."
}

cleanup() {
    local code=$?

    trap - EXIT
    if [ -n "$daemon" ] && kill -TERM "$daemon" 2>/dev/null; then
        wait_for_daemon || true
    fi
    close_environment
    exit "$code"
}

# A signal interrupts the wait, not the daemon: it has requests to finish.
wait_for_daemon() {
    local code=0

    while kill -0 "$daemon" 2>/dev/null; do
        code=0
        wait "$daemon" || code=$?
    done
    return "$code"
}

# The first Ctrl-C asks the daemon to finish, a later one to hurry. One and the same
# signal may come twice, as make passes it on.
stop_asked() {
    [ -z "$asked" ] || [ $((SECONDS - asked)) -ge 2 ] || return 0
    asked=$SECONDS
    kill -TERM "$daemon" 2>/dev/null || true
}

check_ports
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP
open_environment
"$program" migrate || die "the database could not be brought to this version: see the line above."
"$program" demo || die "the demo data could not be loaded: see the line above."
asked=
start_daemon
trap stop_asked INT TERM HUP
wait_until_ready || [ -n "$asked" ] || die "the service did not start: see the lines above."
[ -n "$asked" ] || announce
code=0
wait_for_daemon || code=$?
daemon=
[ -n "$asked" ] || die "the service ended by itself with status $code: see the lines above."
say "Stopped."
