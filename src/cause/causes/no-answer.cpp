#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/opening_signs.h"
#include "cause/phrases.h"

namespace tcpwhy::cause {

// RFC 9293 3.8.1: the SYN is retransmitted; nothing at all comes back from that address.
static Opinion judge(const Evidence& e) {
    if (const auto why = what_answered_syn(e); !why.empty()) return ruled_out(why);
    if (host_was_alive_meanwhile(e)) return ruled_out("the host answered somebody meanwhile");
    if (e.hosts.server_alive) {
        return possible("the host was heard before, but may have gone away since");
    }
    if (!waited_long_enough(e.syns, e)) {
        return possible("the capture shows too few tries to call them unanswered");
    }
    return fits("the SYNs were never answered, and nothing shows that the host is alive",
                e.syns.first, e.syns.last);
}

static By by(const Evidence&) {
    return By::unknown;
}

static std::string summarize(const Evidence& e) {
    return fmt::format("Nothing came back from {}: {} to port {} went unanswered.",
                       host_of(e.server), tries_in_words(e.syns, "SYN"), e.server.address.port);
}

extern const Cause no_answer;
const Cause no_answer{
    .id = "no-answer",
    .stage = Stage::handshake,
    .outcome = Outcome::timeout,
    .errnos = "ETIMEDOUT",
    .seen_by = {.packets = true, .probe = true},
    .specificity = 52,
    .meaning =
        "SYNs vanish and nothing shows that the host is alive: the address is unused, the "
        "host is down, or all of it is filtered.",
    .on_the_wire =
        "The same SYN again and again (Linux since 6.5 at 0, 1, 2, 3, 4, 5, 7, 11 s…, "
        "older Linux and Windows with doubling gaps), and not one packet from that "
        "address.",
    .advice =
        "Check the address first: `getent ahosts NAME`. Then see whether the host is up: "
        "`ping ADDRESS`, or another port that must be open (`tcpwhy sweep ADDRESS -p "
        "22,80,443`). Find where the path ends: `traceroute -T -p PORT ADDRESS`. If "
        "the host is up, a filter drops the SYNs: see `tcpwhy explain dropped-by-firewall`.",
    .splits =
        "Any sign of life of the host turns this into dropped-by-firewall: ping it, or try "
        "another port. A capture on the server shows whether the SYNs arrive.",
    .reproduce = "Connect to an address that is routed but unused: `curl http://192.0.2.1/`.",
    .references =
        "RFC 9293 3.8.1; RFC 6298 2; tcp_syn_retries and tcp_syn_linear_timeouts in "
        "Documentation/networking/ip-sysctl.rst",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
