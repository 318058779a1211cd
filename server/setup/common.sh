# Words and small helpers of the set-up scripts; sourced by them, never run.
# shellcheck shell=bash

# Everything the set-up makes and keeps lives here, outside of the build output.
data=${AFTERSALES_DATA:-.data}

say() {
    printf '%s\n' "$*"
}

# One sentence that tells what to do, and the end.
die() {
    printf 'aftersales: %s\n' "$*" >&2
    exit 1
}

is_root() {
    [ "$(id -u)" -eq 0 ]
}

# Make the data folder. Others may pass through it, as the database's user must, not look into it.
make_data() {
    mkdir -p "$data" 2>/dev/null && [ -w "$data" ] ||
        die "user $(id -un) cannot write to the folder $data: run this as its owner, or set AFTERSALES_DATA to another folder."
    is_root && [ ! -O "$data" ] || chmod 711 "$data"
}

# The folder with the programs of the newest PostgreSQL from 15 on; fails if there is none.
postgres_bin() {
    local root=${POSTGRES_ROOT:-/usr/lib/postgresql} best=0 folder version

    for folder in "$root"/*/bin; do
        version=$(basename "$(dirname "$folder")")
        [[ $version =~ ^[0-9]+$ ]] && [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] || continue
        [ "$version" -ge 15 ] && [ "$version" -gt "$best" ] && best=$version
    done
    [ "$best" -gt 0 ] && printf '%s\n' "$root/$best/bin"
}

# Whether something answers on a TCP port of this machine.
port_taken() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}
