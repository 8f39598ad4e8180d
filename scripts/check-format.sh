#!/bin/bash
# Fails when a tracked C++ file is not as clang-format-16 would write it. --fix rewrites them.
set -euo pipefail
cd "$(dirname "$0")/.."

how=(--dry-run -Werror)
[[ ${1:-} == --fix ]] && how=(-i)
git ls-files -z -- '*.cpp' '*.h' | while IFS= read -r -d '' file; do
    [[ -e $file ]] && printf '%s\0' "$file"
done | xargs -0 -r -n 32 -P "$(nproc)" clang-format-16 --style=file "${how[@]}"
