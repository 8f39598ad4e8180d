#!/bin/bash
# Configures and builds one preset; quiet unless it fails.
# usage: scripts/build.sh PRESET [TARGET...]
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
shift

if command -v ccache >/dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER=ccache
fi
mkdir -p "build/$preset"
log=build/$preset/build.log
if ! { cmake --preset "$preset" &&
       cmake --build "build/$preset" -j"$(nproc)" ${1:+--target "$@"}; } >"$log" 2>&1; then
    grep -v '^\[[0-9]*/[0-9]*\] \(Building\|Linking\)' "$log" | tail -n 80 >&2
    echo "build.sh: preset $preset does not build; all of it: $log" >&2
    exit 2
fi
