#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/opening_signs.h"
#include "cause/phrases.h"

namespace tcpwhy::cause {

// RFC 4987 2: half-open handshakes fill the queue of requests, and honest SYNs are dropped.
static Opinion judge(const Evidence& e) {
    if (!e.syns) return ruled_out("no SYN was seen");
    if (!e.hosts.flooded_now) return ruled_out("the listener was not flooded with SYNs");
    if (e.handshake_ack || e.established) return ruled_out("this handshake was completed");
    if (!not_refused_by_reset(e).empty()) {
        return fits("it is one of many half-open handshakes at that listener", e.syns.first,
                    e.syn_acks.first);
    }
    return ruled_out("the server refused the SYN by itself");
}

static By by(const Evidence&) {
    return By::client;
}

static std::string summarize(const Evidence& e) {
    return fmt::format(
        "{} is flooded with SYNs: {} half-open handshakes from about {}, up to {:.0f} a second.",
        address_of(e.server), format_count(e.hosts.listener_half_open),
        count_of(e.hosts.listener_sources, "source"), e.hosts.listener_half_open_per_second);
}

extern const Cause syn_flood;
const Cause syn_flood{
    .id = "syn-flood",
    .stage = Stage::handshake,
    .outcome = Outcome::timeout,
    .errnos = "ETIMEDOUT",
    .seen_by = {.packets = true, .kernel = true, .host = true},
    .specificity = 70,
    .meaning =
        "Many half-open handshakes, often from spoofed sources, fill the listener's queue "
        "of requests; SYN cookies may be in use.",
    .on_the_wire =
        "A hundred SYNs a second or more to one port, from many addresses, of which "
        "hardly any completes its handshake.",
    .advice =
        "Keep SYN cookies on: `sysctl net.ipv4.tcp_syncookies` must say 1. Give the queue "
        "room: `sysctl -w net.ipv4.tcp_max_syn_backlog=8192 net.core.somaxconn=4096` and a "
        "backlog to match. Limit or filter upstream (provider, load balancer, nftables' "
        "`synproxy`). Do not block by source address: the sources are mostly spoofed.",
    .splits =
        "`nstat -az 'TcpExtTCPReqQFull*' 'TcpExtSyncookies*'` on the server tells whether "
        "the queue is full; `ss -tan state syn-recv | wc -l` counts what is half open.",
    .reproduce =
        "In a network namespace of your own: `hping3 -S --flood --rand-source -p 80 "
        "ADDRESS`.",
    .references =
        "RFC 4987; tcp_conn_request() in net/ipv4/tcp_input.c; tcp_syncookies in "
        "Documentation/networking/ip-sysctl.rst",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
