#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/opening_signs.h"
#include "cause/phrases.h"

namespace tcpwhy::cause {

// RFC 9293 3.10.7.1: a closed port answers a SYN with RST,ACK, sequence 0, ack = SYN + 1.
static Opinion judge(const Evidence& e) {
    if (const auto why = not_refused_by_reset(e); !why.empty()) return ruled_out(why);
    if (!e.reset.reply_shape) {
        return possible("a closed port's reset has sequence 0 and window 0; few stacks differ");
    }
    if (origin_of_refusal(e) == ResetOrigin::elsewhere) {
        return possible("a NAT or balancer at that address may serve the other ports elsewhere");
    }
    if (dscp_of_refusal(e) == Dscp::lost) {
        return possible("the reset lacks the SYN's DSCP, which the path may have cleared");
    }
    return fits("the SYN was answered by a reset that acknowledges it", e.syns.first,
                e.reset.moment);
}

static By by(const Evidence&) {
    return By::server;
}

static std::string summarize(const Evidence& e) {
    return fmt::format("{} is up, but nothing listens on TCP port {} there.", host_of(e.server),
                       e.server.address.port);
}

extern const Cause no_listener;
const Cause no_listener{
    .id = "no-listener",
    .stage = Stage::handshake,
    .outcome = Outcome::refused,
    .errnos = "ECONNREFUSED",
    .seen_by = {.packets = true, .kernel = true, .host = true, .probe = true},
    .specificity = 50,
    .meaning = "The host is up and its TCP answered, but nothing listens on that address and port.",
    .on_the_wire =
        "SYN, answered within one round trip by RST,ACK with sequence 0, window 0 and "
        "ack = SYN's sequence number + 1, from the host's own distance (TTL).",
    .advice =
        "Start the service, or connect to the port it really listens on. On the server, "
        "`ss -ltn` (or `tcpwhy sockets --listening`) shows what listens where. If the "
        "service should be running, read its log: it may have failed to start.",
    .splits =
        "A host firewall's 'reject with tcp reset' sends the same bytes: run `tcpwhy watch` "
        "on the server, or `tcpwhy connect`, which sends the DSCP probe. `ss -ltn` and "
        "`ss -lun` on the server tell a listener on another address or a UDP service.",
    .reproduce = "Connect to a port nobody serves: `curl http://127.0.0.1:9/`.",
    .references = "RFC 9293 3.10.7.1; tcp_v4_send_reset() in net/ipv4/tcp_ipv4.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
