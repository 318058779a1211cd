#!/bin/sh
# Builds the pages: static/build.sh [FOLDER], by default build/static. Needs esbuild, no Node.
set -eu

cd "$(dirname "$0")"
out=${1:-../build/static}
case $out in /* | ..*) ;; *) out=../$out ;; esac

if ! command -v esbuild >/dev/null; then
    echo "static/build.sh: esbuild is missing; install the Debian package esbuild (apt-get install esbuild)." >&2
    exit 1
fi

# A folder beside it, then a swap: a daemon that starts meanwhile finds one or the other, whole.
new=$out.new
rm -rf "$new"
mkdir -p "$new/assets"
# One bundle a page: on HTTP/1.1 one request beats shared chunks (architecture of the front end).
for entry in js/pages/*.js; do
    esbuild "$entry" --bundle --minify --format=esm --target=es2022 --charset=utf8 \
        --log-level=warning --outfile="$new/assets/$(basename "$entry")"
done
esbuild css/main.css --bundle --minify --charset=utf8 --log-level=warning \
    --outfile="$new/assets/main.css"
cp -R pages i18n root "$new/"
rm -rf "$out"
mv "$new" "$out"
