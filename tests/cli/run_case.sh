#!/bin/bash
# Runs cases of whole program runs and compares exit code, standard output and standard error.
# usage: run_case.sh [--update] PROGRAM CASE...
#
# A case is a file:
#   # what it shows
#   $ shell commands; each line is one; they run in an empty folder with `samples` in it
#   exit 0
#   --- stdout
#   the whole output
#   --- stderr
#   the whole error output
# Commands call `tcpwhy`. Nothing is masked: a run that prints something else each time is a bug.
# --update writes what came out into the case, to be looked at before it is committed.
set -euo pipefail

update=0
if [[ ${1:-} == --update ]]; then update=1; shift; fi
program=$(realpath "$1"); shift
samples=$(realpath "$(dirname "$0")/../../samples")
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT

# The lines of a section as they stand; a missing line end at the end of output is said.
section() {
    echo "--- $1"
    if [[ -s $2 ]]; then
        cat "$2"
        [[ -z $(tail -c 1 "$2") ]] || printf '\n(no line end)\n'
    fi
}

run_case() {
    local case=$1 work=$here/$2 status=0
    mkdir -p "$work/bin" "$work/folder"
    printf '#!/bin/sh\nexec "%s" "$@"\n' "$program" >"$work/bin/tcpwhy"
    chmod +x "$work/bin/tcpwhy"
    ln -s "$samples" "$work/folder/samples"
    sed '/^exit /,$d' "$case" >"$work/head"
    sed -n 's/^\$ //p' "$work/head" >"$work/commands"
    (cd "$work/folder" &&
        env -i PATH="$work/bin:$PATH" HOME="$work" TMPDIR="$work" LC_ALL=C.UTF-8 TZ=UTC TERM=xterm \
            ${ASAN_OPTIONS:+ASAN_OPTIONS="$ASAN_OPTIONS"} \
            bash "$work/commands" >"$work/stdout" 2>"$work/stderr" </dev/null) || status=$?
    {
        cat "$work/head"
        echo "exit $status"
        section stdout "$work/stdout"
        section stderr "$work/stderr"
    } >"$work/result"
    if [[ $update -eq 1 ]]; then
        cp "$work/result" "$case"
    else
        diff -u "$case" "$work/result" || { echo "FAILED: $case"; return 1; }
    fi
}

failed=0
number=0
for case in "$@"; do
    number=$((number + 1))
    run_case "$case" "$number" || failed=1
done
exit "$failed"
