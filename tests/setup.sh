#!/bin/bash
# Installs what the tests need on top of the service: Debian packages, and npm's
# packages as tests/package-lock.json pins them. Nothing is done when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."
. server/setup/common.sh

server/setup/packages.sh test

installed=tests/node_modules/.package-lock.json
if [ ! -e $installed ] || [ tests/package-lock.json -nt $installed ]; then
    mkdir -p build
    say "Installing the libraries of the tests with npm, as tests/package-lock.json pins them."
    (cd tests && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >build/npm.log 2>&1 ||
        die "npm could not install them ($(grep -m 1 -iE 'err' build/npm.log)): check that this machine reaches its npm registry and run this again; the log is build/npm.log."
    touch $installed
fi
