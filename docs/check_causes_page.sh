#!/bin/bash
# Fails when docs/causes.md is not what the catalogue says. --update writes it anew.
# usage: check_causes_page.sh [--update] WRITE_CAUSES_PAGE
set -euo pipefail
page=$(dirname "$0")/causes.md
if [[ $1 == --update ]]; then
    exec "$2" >"$page"
fi
diff -u "$page" <("$1") || {
    echo "docs/causes.md is old; write it anew with: docs/check_causes_page.sh --update $1"
    exit 1
}
