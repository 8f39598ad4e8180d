#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"

namespace tcpwhy::cause {

// tcp_check_oom() and tcp_out_of_resources() send an ordinary active reset: packets can never
// show it, nor rule it out where a socket was aborted.
static Opinion judge(const Evidence& e) {
    const ResetFacts& r = e.reset;
    if (const auto why = no_reset_that_ended_it(e); !why.empty()) return ruled_out(why);
    if (from_another_distance(r)) return ruled_out("another machine made the reset");
    if (r.sender_spoke_after) return ruled_out("the side it speaks for went on sending");
    if (r.sender_had_fin && r.peer_had_fin) return ruled_out("both sides had closed before it");
    if (!r.active_shape) return ruled_out("the reset is not that of a socket being aborted");
    if (e.side(r.moment.from).keepalive_probes) {
        return ruled_out("its keepalive probes had gone unanswered, so its socket was still owned");
    }
    return possible("a kernel short of socket memory sends the same reset");
}

static By by(const Evidence& e) {
    return by_of(e.reset.moment.from);
}

static std::string summarize(const Evidence& e) {
    return fmt::format("The kernel of {} was short of socket memory and reset the connection.",
                       host_of(e.side(e.reset.moment.from)));
}

extern const Cause out_of_memory;
const Cause out_of_memory{
    .id = "out-of-memory",
    .stage = Stage::established,
    .outcome = Outcome::reset,
    .errnos = "ENOMEM,ECONNRESET",
    .seen_by = {.kernel = true, .host = true},
    .specificity = 20,
    .meaning =
        "The kernel ran out of socket memory, or of room for orphaned sockets, and reset "
        "the connection.",
    .on_the_wire =
        "An active reset (RST,ACK, seq = its sender's next number) like that of any "
        "aborted socket; often many connections of one host within seconds.",
    .advice =
        "On the host that sent the reset run `dmesg | grep -i 'out of memory'` and `nstat "
        "-az TcpExtTCPAbortOnMemory TcpExtTCPMemoryPressures`. Compare `cat "
        "/proc/net/sockstat` with `sysctl net.ipv4.tcp_mem net.ipv4.tcp_max_orphans`. Find "
        "the program that hoards sockets with `tcpwhy sockets`, then raise the limits.",
    .splits =
        "Run `tcpwhy watch` on the host that sent the reset: the kernel's reason is "
        "TCP_ABORT_ON_MEMORY.",
    .reproduce =
        "`sysctl -w net.ipv4.tcp_max_orphans=0` in a network namespace, then close a "
        "socket whose data is not acknowledged.",
    .references =
        "tcp_check_oom() in net/ipv4/tcp.c; tcp_out_of_resources() in "
        "net/ipv4/tcp_timer.c; ip-sysctl: tcp_mem, tcp_max_orphans",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
