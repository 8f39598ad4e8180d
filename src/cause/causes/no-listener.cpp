#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"

namespace tcpwhy::cause {

// RFC 9293 3.10.7.1: a closed port answers a SYN with RST,ACK, sequence 0, ack = SYN + 1.
static Opinion judge(const Evidence& e) {
    if (!e.syns) return ruled_out("no SYN was seen");
    if (!e.reset.moment) return ruled_out("no reset was seen");
    if (e.syn_acks) return ruled_out("the server answered with SYN,ACK, so something listens");
    if (e.reset.moment.from != Party::server) return ruled_out("the reset came from the client");
    if (e.reset.answers != Trigger::syn) return ruled_out("the reset does not answer the SYN");
    if (!e.reset.reply_shape) return ruled_out("a closed port's reset is made from the SYN alone");
    if (e.reset.ttl_known && e.reset.ttl_difference != 0) {
        return ruled_out("the reset comes from another distance than the host itself");
    }
    return fits("the SYN was answered by a reset that acknowledges it", e.syns.first,
                e.reset.moment);
}

static By by(const Evidence&) { return By::server; }

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
    .on_the_wire = "SYN, answered within one round trip by RST,ACK with sequence 0, window 0 and "
                   "ack = SYN's sequence number + 1, from the host's own distance (TTL).",
    .advice = "Start the service, or connect to the port it really listens on (on the server: "
              "`tcpwhy sockets --listening`).",
    .splits = "A host firewall's 'reject with tcp reset' sends the same bytes: run `tcpwhy watch` "
              "on the server, or `tcpwhy connect`, which sends the DSCP probe.",
    .reproduce = "Connect to a port nobody serves: `curl http://127.0.0.1:9/`.",
    .references = "RFC 9293 3.10.7.1; tcp_v4_send_reset() in net/ipv4/tcp_ipv4.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
