#!/bin/bash
# Installs the Debian packages that are missing, and nothing when none is.
#
# usage: packages.sh run|test
#   run   what builds and runs the service
#   test  that, and what the tests, benchmarks and linters need
set -euo pipefail
cd "$(dirname "$0")/../.."
. server/setup/common.sh

run_packages='
gcc                  the C compiler
libc6-dev            headers of the C library
pkgconf              finds the libraries below
libmicrohttpd-dev    HTTP
libpq-dev            talks to PostgreSQL
libjansson-dev       JSON
libsodium-dev        passwords and tokens
zlib1g-dev           gzip
libbrotli-dev        brotli
esbuild              bundles the scripts of the pages
postgresql           the database
'
test_packages='
clang                second compiler, fuzzing
libclang-rt-dev      sanitizers of clang
clang-format         checks the format of the code
clang-tidy           finds mistakes in C
shellcheck           finds mistakes in shell scripts
libcmocka-dev        unit tests in C
nodejs               API and browser tests
npm                  installs their libraries
chromium             the browser of the browser tests
fonts-dejavu-core    its Latin letters
fonts-wqy-microhei   its Chinese letters
nginx                the proxy in front, whose configuration is tested
wrk                  load
procps               watches the daemon under load
'

# Whether the package, or something that does its job, is there.
present() {
    case $1 in
    gcc | clang | clang-format | clang-tidy | shellcheck | esbuild | wrk | npm)
        command -v "$1" >/dev/null && return ;;
    nodejs)
        node -e 'process.exit(parseInt(process.versions.node) < 18)' 2>/dev/null && return ;;
    chromium)
        tests/chromium.sh >/dev/null 2>&1 && return ;;
    postgresql)
        # A server of one's own needs no second one.
        { [ "$kind" = run ] && [ -n "${DATABASE_URL:-}" ]; } || postgres_bin >/dev/null
        return ;;
    esac
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Prints "package reason" for all that is missing.
missing() {
    local package reason

    while read -r package reason; do
        [ -z "$package" ] || present "$package" || printf '%-20s %s\n' "$package" "$reason"
    done
}

as_root() {
    if is_root; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

apt_get() {
    as_root apt-get -q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" >>"$log" 2>&1
}

install_packages() {
    apt_get install --no-install-recommends "$@" || explain_failure
}

# Turns apt's log into one sentence.
explain_failure() {
    if grep -qiE 'no space left|enough free space' "$log"; then
        die "the disk is too full for the packages (about 1 GB, tests 3 GB): free some space and run this again."
    elif grep -qE 'Could not resolve|Temporary failure|Unable to connect|Could not connect|Failed to fetch|Unable to locate' "$log"; then
        die "apt could not download the packages: check that this machine reaches its Debian mirror (try 'apt-get update') and run this again; the log is $log."
    fi
    die "apt could not install the packages ($(grep '^E:' "$log" | tail -n 1)): mend that and run this again; the log is $log."
}

# Without this the server package would start a cluster of its own on port 5432.
forbid_main_cluster() {
    local conf=/etc/postgresql-common/createcluster.conf

    install_packages postgresql-common
    say "Writing 'create_main_cluster = false' to $conf: the service has a private cluster, port 5432 stays free."
    as_root sed -i '/^[# ]*create_main_cluster *=/d' "$conf"
    as_root sh -c "echo 'create_main_cluster = false' >>$conf"
}

# Packages of servers start them; this one is wanted as a program only.
install_without_starting() {
    local policy=/usr/sbin/policy-rc.d

    if [ ! -e $policy ]; then
        as_root sh -c "printf '#!/bin/sh\nexit 101\n' >$policy && chmod 755 $policy"
        trap 'as_root rm -f /usr/sbin/policy-rc.d' EXIT
    fi
    install_packages "$@"
    as_root deb-systemd-helper disable nginx.service >>"$log" 2>&1 || true
}

kind=${1:-run}
case $kind in
run) wanted=$run_packages ;;
test) wanted=$run_packages$test_packages ;;
*) die "usage: packages.sh run|test" ;;
esac

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "There is no apt here, so nothing is installed. What must be there, by its Debian name:"
    say "$wanted"
    exit 0
fi

list=$(missing <<<"$wanted")
[ -n "$list" ] || exit 0
mapfile -t packages < <(cut -d' ' -f1 <<<"$list")

say "These Debian packages are missing and will be installed with apt:"
say "$list" | sed 's/^/  /'
if ! is_root; then
    command -v sudo >/dev/null ||
        die "installing needs root and there is no sudo: run this as root: apt-get install ${packages[*]}"
    say "This needs root: sudo may ask for your password."
    sudo true || die "sudo did not let you in: run this as root: apt-get install ${packages[*]}"
fi

make_data
log=$data/apt.log
: >"$log"
# An outdated list is no reason to stop: the installation tells what is really missing.
apt_get update || true
case " ${packages[*]} " in *" postgresql "*) forbid_main_cluster ;; esac
case " ${packages[*]} " in
*" nginx "*) install_without_starting "${packages[@]}" ;;
*) install_packages "${packages[@]}" ;;
esac
say "Installed ${#packages[@]} packages."
