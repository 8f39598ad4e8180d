#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/opening_signs.h"
#include "cause/phrases.h"

namespace tcpwhy::cause {

// A host that is alive answers every SYN, if only with a reset (RFC 9293 3.10.7.1): where it
// answers others and this one never, something took the SYN (or the answer) away.
static Opinion judge(const Evidence& e) {
    if (const auto why = what_answered_syn(e); !why.empty()) return ruled_out(why);
    if (e.hosts.flooded_now) return possible("a flood goes on, but a filter may drop SYNs too");
    if (!e.hosts.server_alive) {
        return possible("all of the host may be filtered, so that nothing shows it alive");
    }
    if (!waited_long_enough(e.syns, e)) {
        return possible("the capture shows too few tries to call them dropped");
    }
    if (e.hosts.port_accepted_nearby && e.hosts.port_accepted_this_client) {
        return possible("a limit on rate or number may drop what exceeds it, as the port works");
    }
    return fits("the host answers elsewhere, but never these SYNs", e.syns.first, e.syns.last,
                e.hosts.alive_proof);
}

static By by(const Evidence&) {
    return By::middlebox;
}

static std::string summarize(const Evidence& e) {
    return fmt::format("{} is up, but {} to its port {} vanished: a packet filter drops them.",
                       host_of(e.server), tries_in_words(e.syns, "SYN"), e.server.address.port);
}

extern const Cause dropped_by_firewall;
const Cause dropped_by_firewall{
    .id = "dropped-by-firewall",
    .stage = Stage::handshake,
    .outcome = Outcome::timeout,
    .errnos = "ETIMEDOUT",
    .seen_by = {.packets = true, .probe = true},
    .specificity = 51,
    .meaning =
        "The host is alive (it answers elsewhere), yet SYNs to this port vanish: something "
        "filters them silently.",
    .on_the_wire =
        "The same SYN again and again (Linux since 6.5 at 0, 1, 2, 3, 4, 5, 7, 11 s…, "
        "others at 0, 1, 3, 7, 15 s) with no answer of any kind, while the same host "
        "answers other ports, other clients or ping.",
    .advice =
        "Check the filters from the server outwards: `nft list ruleset` or `iptables-save` "
        "on the server, then its security group, then the firewalls between. Run `tcpdump "
        "-ni any tcp port PORT` on the server while the client tries: SYNs that arrive there "
        "are dropped by the server itself, others on the way. If they arrive, also look at "
        "the accept queue: `ss -ltn` (Recv-Q above Send-Q means that it is full).",
    .splits =
        "A capture on the server shows whether the SYNs arrive. `nstat -az "
        "TcpExtListenOverflows` there tells a full accept queue. `tcpwhy connect` finds the "
        "hop at which they vanish.",
    .reproduce = "`nft add rule inet filter input tcp dport 8080 drop`, then connect to port 8080.",
    .references =
        "RFC 9293 3.8.1 and 3.10.7.1; RFC 6298 2; tcp_syn_linear_timeouts in "
        "Documentation/networking/ip-sysctl.rst",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
