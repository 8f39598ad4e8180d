#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"
#include "cause/thresholds.h"

namespace tcpwhy::cause {

// RFC 9293 3.5.1 (half-open): a host without the connection answers a segment of it with a reset
// whose sequence number is that segment's acknowledgement. No FIN came before.
static Opinion judge(const Evidence& e) {
    const ResetFacts& r = e.reset;
    if (const auto why = no_reset_that_ended_it(e); !why.empty()) return ruled_out(why);
    if (nothing_but_resets(e)) return ruled_out("what the reset answers was not captured");
    if (r.sender_had_fin) return ruled_out("the side that sent the reset had closed before");
    if (r.sender_spoke_after) return ruled_out("the side it speaks for went on sending");
    if (r.active_shape) return ruled_out("the reset is that of a socket that was still there");
    if (!r.reply_shape || !answers_promptly(r)) {
        if (e.quality.one_direction || e.quality.lost_packets) {
            return possible("the segment that it answers may not have been captured");
        }
        return ruled_out("the reset answers no segment that was seen");
    }
    const bool was_idle = r.idle_before >= shortest_idle_timeout;
    if (from_another_distance(r) && !was_idle) {
        return possible("a box on the path may have lost the connection");
    }
    if (r.answers == Trigger::fin && r.trigger.length == 0 && !was_idle) {
        return possible("a host that forgot the connection would answer the FIN so");
    }
    if (e.server_silent && r.moment.from == Party::server && e.syn_acks) {
        return possible("another machine behind the server's address may have got the segment");
    }
    return fits("a segment of an open connection was answered as if there were none", r.trigger,
                r.moment);
}

static By by(const Evidence& e) {
    return from_another_distance(e.reset) ? By::middlebox : by_of(e.reset.moment.from);
}

static std::string summarize(const Evidence& e) {
    const Party peer = e.reset.moment.from;
    const bool was_idle = e.reset.idle_before >= shortest_idle_timeout;
    return fmt::format("{} no longer knew the connection when {} went on{}.", subject_of(e, peer),
                       name_of(other(peer)),
                       was_idle ? " after " + format_duration(e.reset.idle_before) + " of silence"
                                : std::string());
}

extern const Cause connection_unknown_to_peer;
const Cause connection_unknown_to_peer{
    .id = "connection-unknown-to-peer",
    .stage = Stage::established,
    .outcome = Outcome::reset,
    .errnos = "ECONNRESET",
    .seen_by = {.packets = true, .kernel = true},
    .specificity = 50,
    .meaning =
        "Half-open: the peer, or the NAT or load balancer in its place, no longer knows the "
        "connection: it restarted, timed it out, or failed over.",
    .on_the_wire =
        "Data or a keepalive in mid-connection, often after a long silence, answered by "
        "a bare RST with seq = its ack and window 0; no FIN from that side before.",
    .advice =
        "If it was silent before: find the idle timeout on the path (load balancer, NAT, "
        "firewall) and send keepalives more often than that (`sysctl "
        "net.ipv4.tcp_keepalive_time`, with SO_KEEPALIVE set). If not: see whether the peer "
        "restarted or failed over at that second. Let the program reconnect and repeat.",
    .splits =
        "Capture on the peer: if the segment never arrived there, a box on the path "
        "answered. `tcpwhy watch` on the peer says NO_SOCKET (service gone) or TCP_FLAGS "
        "(service listens again).",
    .reproduce =
        "Connect with `nc`, drop the server's packets with nftables while you kill the "
        "server, remove the rule, then type a line.",
    .references =
        "RFC 9293 3.5.1, 3.5.2; tcp_v4_send_reset() in net/ipv4/tcp_ipv4.c; RFC 5382 "
        "(NAT timeouts)",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
