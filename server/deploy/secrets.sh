#!/bin/sh
# Makes the secrets that docker-compose.yml hands to the containers, unless they
# are there: secrets.sh [FOLDER], by default .data/secrets.
set -eu
cd "$(dirname "$0")/../.."
folder=${1:-.data/secrets}

# Containers read the files as users of their own: the folder keeps others out, not the files.
mkdir -p "$folder"
chmod 700 "$folder"
umask 022

random() {
    od -An -v -N32 -tx1 /dev/urandom | tr -d ' \n'
}

for name in secret postgres_password aftersales_password; do
    [ -s "$folder/$name" ] || random >"$folder/$name"
done
[ -s "$folder/database_url" ] ||
    printf 'postgresql://aftersales:%s@database/aftersales' "$(cat "$folder/aftersales_password")" \
        >"$folder/database_url"
echo "The secrets are in $folder; keep a copy of it elsewhere."
