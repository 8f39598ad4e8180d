#compdef tcpwhy
# zsh completion for tcpwhy

_tcpwhy_explainable() {
    local -a names
    names=(${(f)"$(tcpwhy explain 2>/dev/null | sed -n 's/^  \([^ ]*\) .*/\1/p')"})
    compadd -a names
}

_tcpwhy_causes() {
    local -a names
    names=(${(f)"$(tcpwhy explain 2>/dev/null | sed -n '1,/^$/s/^  \([^ ]*\) .*/\1/p')"})
    compadd -a names
}

_tcpwhy() {
    local -a common
    common=(
        '--color[colours]:when:(auto always never)'
        '(-q --quiet)'{-q,--quiet}'[no progress line and no warnings]'
        '*'{-v,--verbose}'[say more; twice: more still]'
        '(-h --help)'{-h,--help}'[print help]'
    )
    local context state line
    _arguments -C \
        '--version[print the version]' \
        '(-h --help)'{-h,--help}'[print help]' \
        '1:command:((read\:"captures in, one verdict per TCP connection out" explain\:"what a cause, an errno, a TCP state or a kernel reason means"))' \
        '*::argument:->argument'
    [[ $state == argument ]] || return
    case $words[1] in
        read)
            _arguments $common \
                '--format[how to print the result]:format:(text json zeek)' \
                "--filter[read only packets that match, in tcpdump's language]:expression:" \
                '--failed[show only connections that failed]' \
                '*--cause[show only this cause]:cause:_tcpwhy_causes' \
                '*--host[show only connections of this address or range]:address:' \
                '*--port[show only connections with this port]:port:' \
                '(-o --output)'{-o,--output}'[write to a file]:file:_files' \
                '--summary[with --format json: one more object after each capture]' \
                '--unordered[print verdicts as connections end]' \
                '--exit-code[end with 1 when a connection that is shown failed]' \
                '--max-connections[connections held in memory at a time]:number:' \
                '*:capture:_files' ;;
        explain)
            _arguments $common \
                '--format[how to print the result]:format:(text json)' \
                '*:word:_tcpwhy_explainable' ;;
    esac
}

_tcpwhy "$@"
