#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"

namespace tcpwhy::cause {

// connect() fails before anything is sent.
static Opinion judge(const Evidence& e) {
    if (e.neighbor_only) return ruled_out("the host asked for the neighbour to send it something");
    return ruled_out("the connection has a local port");
}

static By by(const Evidence&) {
    return By::client;
}

static std::string summarize(const Evidence& e) {
    return fmt::format("{} has no free local port left for {}.", host_of(e.client),
                       address_of(e.server));
}

extern const Cause local_ports_exhausted;
const Cause local_ports_exhausted{
    .id = "local-ports-exhausted",
    .stage = Stage::local,
    .outcome = Outcome::local_error,
    .errnos = "EADDRNOTAVAIL",
    .seen_by = {.host = true, .probe = true},
    .specificity = 50,
    .meaning =
        "No local port is free for that destination, usually because of many sockets in "
        "TIME_WAIT.",
    .on_the_wire = "Nothing: connect() fails before any packet leaves.",
    .advice =
        "Count them: `ss -tan 'dst ADDRESS' | wc -l`, against `sysctl "
        "net.ipv4.ip_local_port_range`. Reuse connections (keep-alive, a pool) instead of "
        "opening one a request. To gain time widen the range (`sysctl -w "
        "net.ipv4.ip_local_port_range='1024 65535'`) or use more destination or source "
        "addresses; keep `net.ipv4.tcp_tw_reuse` at 1 or 2.",
    .splits = "`tcpwhy sockets` counts the used ports for each destination.",
    .reproduce =
        "`sysctl -w net.ipv4.ip_local_port_range='40000 40003'` in a network namespace, "
        "then open five connections to one port.",
    .references =
        "RFC 6056; __inet_hash_connect() in net/ipv4/inet_hashtables.c; "
        "ip_local_port_range in Documentation/networking/ip-sysctl.rst",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
