#!/bin/bash
# The layer check must fail on each arrow planted here, and pass without them.
# usage: planted_violation.sh CHECK
set -euo pipefail
check=$1
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

plant() {  # FILE HEADER: a tree that holds this one include
    rm -rf "${root:?}"/*
    mkdir -p "$root/src" "$root/include/tcpwhy" "$root/$(dirname "$1")"
    echo "#include \"$2\"" >"$root/$1"
}
must() {  # pass|fail
    if "$check" "$root" 2>"$root/said"; then got=pass; else got=fail; fi
    [[ $got == "$1" ]] || { echo "expected $1: $(head -v "$root"/*/*/* "$root/said")" >&2; exit 1; }
}

plant src/cause/causes/a.cpp packet/segment.h; must pass
plant src/packet/a.cpp tcpwhy/address.h;       must pass
plant src/packet/a.cpp cause/cause.h;          must fail
plant src/packet/a.h   connection/evidence.h;  must fail
plant src/packet/a.cpp segment.h;              must fail
plant src/unheard/a.cpp base/seq.h;            must fail
plant include/tcpwhy/a.h base/seq.h;           must fail
