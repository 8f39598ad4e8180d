#!/bin/bash
# Lets every fuzz target (or those named) look for crashes; ends with the first one found.
# New inputs stay in build/fuzz/corpus; what crashes is written to build/fuzz/crashes.
# usage: scripts/test-long.sh [MINUTES-PER-TARGET [TARGET...]]      default: 10 minutes, all
set -euo pipefail
cd "$(dirname "$0")/.."
minutes=${1:-10}
shift || true

scripts/install-packages.sh build test fuzz
scripts/build.sh fuzz fuzzers
if [[ $# -eq 0 ]]; then
    for source in fuzz/*_fuzz.cpp; do
        name=${source##*/}
        set -- "$@" "${name%_fuzz.cpp}"
    done
fi

mkdir -p build/fuzz/crashes
explore() {
    name=$1 seconds=$2
    grown=build/fuzz/corpus/$name
    mkdir -p "$grown"
    seeds=()
    [[ -d fuzz/corpus/$name ]] && seeds=("fuzz/corpus/$name")
    [[ $name == engine ]] && seeds+=(samples)
    log=build/fuzz/$name.log
    if build/fuzz/fuzz/"${name}_fuzz" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 \
           -max_len=65536 -artifact_prefix="build/fuzz/crashes/$name-" "$grown" "${seeds[@]}" \
           >"$log" 2>&1; then
        echo "$name: clean ($(grep -c . <(ls "$grown")) inputs, $seconds s)"
    else
        tail -n 60 "$log"
        echo "$name: FAILED; all of it: $log"
        return 1
    fi
}
export -f explore
printf '%s\0' "$@" | xargs -0 -I{} -P "$(nproc)" bash -c 'explore "$@"' explore {} "$((minutes * 60))"
