#!/bin/bash
# Runs one command with a database and a secret at hand: with.sh COMMAND [ARGUMENT...]
set -euo pipefail
cd "$(dirname "$0")/../.."
. server/setup/common.sh
. server/setup/environment.sh

trap close_environment EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
open_environment
"$@"
