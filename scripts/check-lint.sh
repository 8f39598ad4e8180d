#!/bin/bash
# Runs clang-tidy-16 with the checks of .clang-tidy over the sources under src/ (not the tests).
# A file is checked again only when it, a header that it includes, or the checks have changed.
# REQUIRES: build/dev is built; its compile commands and header lists are used.
set -euo pipefail
cd "$(dirname "$0")/.."

stamps=build/lint
mkdir -p "$stamps"

# "source<TAB>its files" for each object of the build, from what the compiler reported.
dependencies() {
    ninja -C build/dev -t deps 2>/dev/null | awk -v root="$PWD/" '
        /^[^ ].*: #deps/ { if (source) print source "\t" files; source = files = ""; next }
        NF == 1 && index($1, root) == 1 {
            file = substr($1, length(root) + 1)
            if (file ~ /^build\//) next
            if (source == "") source = file
            files = files " " file
        }
        END { if (source) print source "\t" files }' | sort -u -k1,1
}

lint() {
    source=$1 stamp=$2
    if clang-tidy-16 -p build/dev --quiet --warnings-as-errors='*' \
           --extra-arg=-Wno-unknown-warning-option "$source" >"$stamp.log" 2>/dev/null; then
        rm -f "$stamp.log"
        touch "$stamp"
    else
        cat "$stamp.log"
        rm -f "$stamp.log"
        return 1
    fi
}
export -f lint

checks=$(sha256sum .clang-tidy)
dependencies | while IFS=$'\t' read -r source files; do
    [[ $source == src/*.cpp && $source != *_test.cpp && -e $source ]] || continue
    # shellcheck disable=SC2086  # the list of files is to be split
    stamp=$stamps/$({ echo "$checks $source"; cat -- $files 2>/dev/null || true; } | sha256sum | cut -c1-40)
    [[ -e $stamp ]] || printf '%s\0%s\0' "$source" "$stamp"
done | xargs -0 -r -n 2 -P "$(nproc)" bash -c 'lint "$@"' lint
find "$stamps" -type f -mtime +30 -delete
