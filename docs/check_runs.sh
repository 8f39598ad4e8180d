#!/bin/bash
# Runs every "$ tcpwhy ..." of a document's ```console blocks and fails when the document shows
# another output. --update writes the output into the document.
# usage: check_runs.sh [--update] PROGRAM DOCUMENT
set -euo pipefail
update=0
if [[ $1 == --update ]]; then update=1; shift; fi
program=$(realpath "$1")
document=$(realpath "$2")
cd "$(dirname "$0")/.."
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
ln -s "$program" "$fresh/tcpwhy"
export PATH="$fresh:$PATH" LC_ALL=C.UTF-8

inside=0
while IFS= read -r line; do
    if [[ $line == '```console' ]]; then
        inside=1
    elif [[ $line == '```' ]]; then
        inside=0
    elif [[ $inside -eq 1 ]]; then
        [[ $line == '$ tcpwhy '* ]] || continue
        printf '%s\n' "$line"
        bash -c "${line#\$ }" 2>&1 </dev/null || true
        continue
    fi
    printf '%s\n' "$line"
done <"$document" >"$fresh/document"

if [[ $update -eq 1 ]]; then
    cp "$fresh/document" "$document"
else
    diff -u "$document" "$fresh/document" || {
        echo "the runs shown are old; write them anew with: docs/check_runs.sh --update PROGRAM DOCUMENT"
        exit 1
    }
fi
