#!/bin/bash
# Fails when a file of one layer includes a header of a layer to its right, or when a public header
# includes anything of the project but public headers.
# usage: check_layers.sh ROOT      (the folder that holds src/ and include/)
set -euo pipefail
root=$1
order=(base packet notation source connection cause knowledge analysis report command)

declare -A rank
for at in "${!order[@]}"; do rank[${order[$at]}]=$at; done

# Every `#include "…"` as "file:line:header".
includes() {
    find "$root/$1" \( -name '*.h' -o -name '*.cpp' -o -name '*.inc.in' \) -print0 |
        xargs -0 -r grep -HnoP '^\s*#\s*include\s*"\K[^"]+' || true
}

bad=0
complain() { echo "$1" >&2; bad=1; }

while IFS=: read -r file line header; do
    layer=${file#"$root"/src/}; layer=${layer%%/*}
    target=${header%%/*}
    [[ $header == tcpwhy/* ]] && continue
    [[ -n ${rank[$layer]:-} ]] || complain "$file: the folder src/$layer is no known layer"
    if [[ -z ${rank[$target]:-} ]]; then
        complain "$file:$line: \"$header\" names no layer (write \"layer/file.h\")"
    elif [[ -n ${rank[$layer]:-} && ${rank[$target]} -gt ${rank[$layer]} ]]; then
        complain "$file:$line: layer '$layer' includes \"$header\" of '$target', which stands right of it"
    fi
done < <(includes src)
while IFS=: read -r file line header; do
    [[ $header == tcpwhy/* ]] ||
        complain "$file:$line: a public header includes \"$header\", which is not installed"
done < <(includes include)
exit "$bad"
