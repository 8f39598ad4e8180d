#!/bin/bash
# Everything that must hold before a commit: format, lint, and all tests under `dev` and `asan`
# (with the corpora of the fuzz targets). The last output is ctest's own summary.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-packages.sh build test
scripts/check-format.sh
scripts/build.sh dev
scripts/check-lint.sh
scripts/build.sh asan

failed=0
for preset in dev asan; do
    log=build/$preset/ctest.log
    if ctest --test-dir "build/$preset" -j"$(nproc)" --output-on-failure >"$log" 2>&1; then
        echo "$preset:"
        sed -n '/% tests passed/,$p' "$log"
    else
        failed=1
        echo "$preset:"
        sed '/^ *[0-9]*\/[0-9]* Test .* Passed /d; /^ *Start *[0-9]*: /d' "$log"
    fi
done
exit "$failed"
