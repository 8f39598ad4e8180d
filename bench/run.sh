#!/usr/bin/env bash
# Measures tcpwhy beside the floor (a program that only touches each packet's headers) and beside
# tshark, tcptrace and argus, on captures that it makes: medians of several runs in turn, and ratios.
#
#   bench/run.sh [--packets N] [--runs N] [--keep FOLDER] [KIND...]
#
# KIND: mixed-96 mixed-full bulk-96 refused flood million-open (default: mixed-96 refused flood).
# Peers that are not installed are left out. Slow ones get a twentieth of the packets, which is said.
set -euo pipefail
cd "$(dirname "$0")/.."

packets=5000000
runs=3
keep=
kinds=()
while [ $# -gt 0 ]; do
    case "$1" in
        --packets) packets=$2; shift 2 ;;
        --runs) runs=$2; shift 2 ;;
        --keep) keep=$2; shift 2 ;;
        -h|--help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
        -*) echo "bench/run.sh: unknown option $1 (see --help)" >&2; exit 2 ;;
        *) kinds+=("$1"); shift ;;
    esac
done
[ ${#kinds[@]} -gt 0 ] || kinds=(mixed-96 refused flood)

cmake --preset bench > /dev/null
cmake --build --preset bench > /dev/null
bin=build/bench
folder=${keep:-$(mktemp -d)}
mkdir -p "$folder"
[ -n "$keep" ] || trap 'rm -rf "$folder"' EXIT

make_capture() {  # KIND FILE PACKETS
    local kind=$1 file=$2 count=$3
    [ -s "$file" ] && return
    case "$kind" in
        mixed-96) "$bin/bench/generate" mixed "$file" --packets "$count" --snaplen 96 ;;
        mixed-full) "$bin/bench/generate" mixed "$file" --packets "$count" --snaplen 65535 ;;
        million-open) "$bin/bench/generate" mixed "$file" --packets "$count" --open 1000000 ;;
        bulk-96) "$bin/bench/generate" bulk "$file" --packets "$count" ;;
        refused) "$bin/bench/generate" refused "$file" --packets "$count" ;;
        flood) "$bin/bench/generate" flood "$file" --packets "$count" ;;
        *) echo "bench/run.sh: unknown kind $kind (see --help)" >&2; exit 2 ;;
    esac
}

# Prints "seconds peak-MiB" of one run: user and system time, which a busy machine disturbs least.
measure() {
    local log
    log=$(mktemp)
    /usr/bin/time -f '%U %S %M' -o "$log" "$@" > /dev/null 2>&1 || true
    tail -n 1 "$log" | awk '{ printf "%.3f %.0f\n", $1 + $2, $3 / 1024 }'
    rm -f "$log"
}
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

declare -A command
command[tcpwhy]="$bin/src/command/tcpwhy read --format json FILE"
command[tcpwhy-failed]="$bin/src/command/tcpwhy read --format json --failed FILE"
command[tcpwhy-text]="$bin/src/command/tcpwhy read --color never FILE"
command[floor]="$bin/bench/floor FILE"
command[tshark]="tshark -n -q -r FILE -z conv,tcp"
command[tcptrace]="tcptrace -n FILE"
command[argus]="argus -r FILE -w -"

for kind in "${kinds[@]}"; do
    file=$folder/$kind.pcap
    small=$folder/$kind-small.pcap
    make_capture "$kind" "$file" "$packets"
    make_capture "$kind" "$small" $((packets / 20))
    cat "$file" "$small" > /dev/null  # into the page cache
    names=(floor tcpwhy-failed tcpwhy-text tcpwhy)
    for peer in tshark tcptrace argus; do
        command -v "$peer" > /dev/null && names+=("$peer")
    done
    declare -A seconds=() peak=()
    for _ in $(seq "$runs"); do
        for name in "${names[@]}"; do
            input=$file
            case "$name" in tshark|tcptrace|argus) input=$small ;; esac
            # shellcheck disable=SC2086
            read -r used memory < <(measure ${command[$name]//FILE/$input})
            seconds[$name]+="$used"$'\n'
            peak[$name]+="$memory"$'\n'
        done
    done
    printf '\n%s: %s packets\n' "$kind" "$packets"
    printf '%-14s %12s %14s %12s %10s\n' program 'cpu seconds' 'packets/s' 'x floor' 'peak MiB'
    floor_rate=
    for name in "${names[@]}"; do
        count=$packets
        case "$name" in tshark|tcptrace|argus) count=$((packets / 20)) ;; esac
        used=$(printf '%s' "${seconds[$name]}" | median)
        memory=$(printf '%s' "${peak[$name]}" | median)
        rate=$(awk -v n="$count" -v s="$used" 'BEGIN { printf "%.0f", n / (s > 0 ? s : 0.001) }')
        [ -n "$floor_rate" ] || floor_rate=$rate
        awk -v name="$name" -v s="$used" -v r="$rate" -v f="$floor_rate" -v m="$memory" \
            'BEGIN { printf "%-14s %12.3f %12.2f M %12.2f %10d\n", name, s, r / 1e6, f / r, m }'
    done
done
echo
echo "Median of $runs runs in turn, one core; cpu seconds are user + system. tshark, tcptrace and"
echo "argus read a twentieth of the packets. 'x floor': how many times the floor's time per packet."
