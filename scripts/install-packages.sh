#!/bin/bash
# Installs what is missing of scripts/packages.txt; says nothing when nothing is.
# usage: scripts/install-packages.sh [USE...]     default: build test
set -euo pipefail
cd "$(dirname "$0")/.."

wanted() {  # the packages under the headings given, each once
    awk -v uses=" $* " '
        /^[[:space:]]*(#|$)/ { next }
        /^\[.*\]$/           { use = substr($0, 2, length($0) - 2); next }
        index(uses, " " use " ") && !seen[$1]++ { print $1 }' scripts/packages.txt
}

if ! command -v dpkg-query >/dev/null; then
    echo "install-packages.sh: not a Debian system; install by hand what scripts/packages.txt lists" >&2
    exit 0
fi

missing=()
for package in $(wanted "${@:-build test}"); do
    state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [[ $state == installed ]] || missing+=("$package")
done
[[ ${#missing[@]} -eq 0 ]] && exit 0

if [[ $(id -u) -eq 0 ]]; then
    as_root=()
elif command -v sudo >/dev/null; then
    as_root=(sudo)
else
    echo "install-packages.sh: these packages are missing, and neither root nor sudo is at hand." >&2
    echo "Ask an administrator for: apt-get install ${missing[*]}" >&2
    exit 2
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "Installing: ${missing[*]}" >&2
install() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y --no-install-recommends "${missing[@]}" >>"$log" 2>&1
}
# The package lists may be missing or old: fetched only when the first try fails.
if ! install; then
    "${as_root[@]}" apt-get update -qq >>"$log" 2>&1 || true
    if ! install; then
        cat "$log" >&2
        echo "install-packages.sh: could not install: ${missing[*]}" >&2
        exit 2
    fi
fi
