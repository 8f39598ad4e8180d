# fish completion for tcpwhy

function __tcpwhy_explainable
    tcpwhy explain 2>/dev/null | sed -n 's/^  \([^ ]*\)  *\(.*\)/\1\t\2/p'
end

function __tcpwhy_causes
    tcpwhy explain 2>/dev/null | sed -n '1,/^$/s/^  \([^ ]*\)  *\(.*\)/\1\t\2/p'
end

set -l commands read explain
complete -c tcpwhy -f -n "not __fish_seen_subcommand_from $commands" -a read -d 'Captures in, one verdict per TCP connection out'
complete -c tcpwhy -f -n "not __fish_seen_subcommand_from $commands" -a explain -d 'What a cause, an errno, a TCP state or a kernel reason means'
complete -c tcpwhy -n "not __fish_seen_subcommand_from $commands" -l version -d 'Print the version'
complete -c tcpwhy -s h -l help -d 'Print help'

complete -c tcpwhy -n "__fish_seen_subcommand_from $commands" -x -l color -a 'auto always never' -d Colours
complete -c tcpwhy -n "__fish_seen_subcommand_from $commands" -s q -l quiet -d 'No progress line and no warnings'
complete -c tcpwhy -n "__fish_seen_subcommand_from $commands" -s v -l verbose -d 'Say more; twice: more still'

complete -c tcpwhy -n '__fish_seen_subcommand_from read' -x -l format -a 'text json zeek' -d 'How to print the result'
complete -c tcpwhy -n '__fish_seen_subcommand_from read' -x -l filter -d "Read only packets that match, in tcpdump's language"
complete -c tcpwhy -n '__fish_seen_subcommand_from read' -l failed -d 'Show only connections that failed'
complete -c tcpwhy -n '__fish_seen_subcommand_from read' -x -l cause -a '(__tcpwhy_causes)' -d 'Show only this cause'
complete -c tcpwhy -n '__fish_seen_subcommand_from read' -x -l host -d 'Show only connections of this address or range'
complete -c tcpwhy -n '__fish_seen_subcommand_from read' -x -l port -d 'Show only connections with this port'
complete -c tcpwhy -n '__fish_seen_subcommand_from read' -r -s o -l output -d 'Write to a file'
complete -c tcpwhy -n '__fish_seen_subcommand_from read' -l summary -d 'With --format json: one more object after each capture'
complete -c tcpwhy -n '__fish_seen_subcommand_from read' -l unordered -d 'Print verdicts as connections end'
complete -c tcpwhy -n '__fish_seen_subcommand_from read' -l exit-code -d 'End with 1 when a connection that is shown failed'
complete -c tcpwhy -n '__fish_seen_subcommand_from read' -x -l max-connections -d 'Connections held in memory at a time'

complete -c tcpwhy -n '__fish_seen_subcommand_from explain' -x -l format -a 'text json' -d 'How to print the result'
complete -c tcpwhy -f -n '__fish_seen_subcommand_from explain' -a '(__tcpwhy_explainable)'
