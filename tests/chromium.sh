#!/bin/sh
# Prints the path of a Chromium or Chrome: the one that CHROMIUM names, else one that is
# installed. Ubuntu's package is a stub that wants snap, and does not count.
set -eu
for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    program=$(command -v "$candidate" 2>/dev/null) || continue
    case $(head -c 2000 "$program" | tr -d '\0') in
    *"snap install chromium"*) continue ;;
    esac
    echo "$program"
    exit 0
done
echo "no Chromium was found: install the Debian package chromium, or set CHROMIUM to the path of one." >&2
exit 1
