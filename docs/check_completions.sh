#!/bin/bash
# Fails when a subcommand or a long option of the program is missing from one of the completions or
# from the man pages.
# usage: check_completions.sh PROGRAM
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/.."
bad=0
need() {  # need WORD FILE...: each file has the word
    local word=$1
    shift
    grep -qF -- "$word" "$@" /dev/null || { echo "'$word' is missing from $*"; bad=1; }
}

bash -n completions/tcpwhy.bash
commands=$("$program" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p')
[[ -n $commands ]]
for command in $commands; do
    page=docs/man/tcpwhy-$command.1
    [[ -e $page ]] || { echo "$page is missing"; bad=1; continue; }
    for option in $("$program" "$command" --help | grep -oE -- '^  (-[a-z], )?--[a-z-]+' |
                    grep -oE -- '--[a-z-]+'); do
        need "$option" completions/tcpwhy.bash
        need "$option" completions/tcpwhy.zsh
        need "-l ${option#--}" completions/tcpwhy.fish
        need "${option//-/\\-}" "$page"
    done
done
exit "$bad"
