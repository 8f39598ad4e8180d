#!/bin/bash
# Fails when groff has anything to say about a man page.
# usage: check_man_pages.sh GROFF
set -euo pipefail
bad=0
for page in "$(dirname "$0")"/man/*.1; do
    said=$("$1" -ww -man -Tutf8 -z "$page" 2>&1) || true
    if [[ -n $said ]]; then
        printf '%s\n' "$said"
        bad=1
    fi
done
exit "$bad"
