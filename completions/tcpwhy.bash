# bash completion for tcpwhy

# What can be explained: the names of `tcpwhy explain`'s list.
_tcpwhy_explainable() {
    "$1" explain 2>/dev/null | sed -n 's/^  \([^ ]*\) .*/\1/p'
}

# The causes alone.
_tcpwhy_causes() {
    "$1" explain 2>/dev/null | sed -n '1,/^$/s/^  \([^ ]*\) .*/\1/p'
}

_tcpwhy_files() {
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

_tcpwhy_words() {
    mapfile -t COMPREPLY < <(compgen -W "$2" -- "$1")
}

_tcpwhy() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command="" i
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            read | explain) command=${COMP_WORDS[i]}; break ;;
        esac
    done
    COMPREPLY=()
    case $previous in
        --format)
            if [[ $command == read ]]; then
                _tcpwhy_words "$word" "text json zeek"
            else
                _tcpwhy_words "$word" "text json"
            fi
            return ;;
        --color) _tcpwhy_words "$word" "auto always never"; return ;;
        --cause) _tcpwhy_words "$word" "$(_tcpwhy_causes "${COMP_WORDS[0]}")"; return ;;
        -o | --output) _tcpwhy_files "$word"; return ;;
        --filter | --host | --port | --max-connections) return ;;
    esac
    local common="--format --color -q --quiet -v --verbose -h --help"
    case $command in
        read)
            if [[ $word == -* ]]; then
                _tcpwhy_words "$word" "$common --filter --failed --cause --host --port -o --output
                    --summary --unordered --exit-code --max-connections"
            else
                _tcpwhy_files "$word"
            fi ;;
        explain)
            if [[ $word == -* ]]; then
                _tcpwhy_words "$word" "$common"
            else
                _tcpwhy_words "$word" "$(_tcpwhy_explainable "${COMP_WORDS[0]}")"
            fi ;;
        *) _tcpwhy_words "$word" "read explain --version --help" ;;
    esac
}
complete -F _tcpwhy tcpwhy
