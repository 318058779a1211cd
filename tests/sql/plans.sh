# placeholder
# shellcheck shell=bash
