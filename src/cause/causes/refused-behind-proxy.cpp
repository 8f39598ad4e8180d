#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/thresholds.h"

namespace tcpwhy::cause {

// nf_synproxy and its like answer the SYN themselves with window 0 and open it once the real
// server answers; where that refuses, its reset is all that follows.
static Opinion judge(const Evidence& e) {
    if (!e.syn_acks) return ruled_out("the handshake was not seen");
    if (!e.handshake_ack) return ruled_out("the handshake was not completed");
    if (!e.reset.moment) return ruled_out("no reset was seen");
    if (e.reset.moment.from != Party::server) return ruled_out("the reset came from the client");
    if (!e.server_silent) return ruled_out("the server itself sent data before the reset");
    if (e.server.fin) return ruled_out("the server closed with FIN");
    if (e.proxied_update) return ruled_out("the real server had taken over from the proxy");
    if (e.client.largest_acked != 0 && e.syn_acks.first.window == 0) {
        return possible("somebody had acknowledged data behind the proxy before the reset");
    }
    if (e.syn_acks.first.window == 0) {
        return fits("the SYN,ACK has window 0, as a proxy's, and a reset is all that follows",
                    e.syn_acks.first, e.handshake_ack, e.reset.moment);
    }
    const bool other_machine = e.reset.ttl_known && e.reset.ttl_difference != 0;
    if (other_machine && e.client.bytes == 0) {
        return fits("one machine sent the SYN,ACK and another the reset, before any data",
                    e.syn_acks.first, e.handshake_ack, e.reset.moment);
    }
    if (e.reset.moment.time - e.handshake_ack.time > longest_connect_attempt) {
        return ruled_out("the reset came later than any attempt to reach the real server lasts");
    }
    if (e.reset.reply_shape && e.reset.idle_before >= shortest_idle_timeout) {
        return ruled_out("the reset answers data after a long silence");
    }
    return possible("a balancer may have accepted it and then not reached the real server");
}

static By by(const Evidence&) {
    return By::middlebox;
}

static std::string summarize(const Evidence& e) {
    return fmt::format(
        "A proxy accepted the connection in the name of {}, then the real server "
        "refused it or could not be reached ({} later).",
        address_of(e.server), format_duration(e.reset.moment.time - e.handshake_ack.time));
}

extern const Cause refused_behind_proxy;
const Cause refused_behind_proxy{
    .id = "refused-behind-proxy",
    .stage = Stage::handshake,
    .outcome = Outcome::reset,
    .errnos = "ECONNRESET",
    .seen_by = {.packets = true, .probe = true},
    .specificity = 69,
    .meaning =
        "A SYN proxy, load balancer or firewall completed the handshake in the server's "
        "name, then found the real server closed or unreachable: a refusal disguised as a "
        "reset.",
    .on_the_wire =
        "SYN,ACK with window 0 or with another TTL than what follows; the client's ACK; "
        "then RST (often RST,ACK with window 0 and no options) before the server has "
        "sent a byte.",
    .advice =
        "Try the real server from the proxy: `ncat -vz BACKEND PORT` there. Start the "
        "service behind the proxy, or correct the proxy's target and health check. Look "
        "at the balancer's own log and status page for backends that are down. For "
        "nftables' synproxy: `nft list ruleset`.",
    .splits =
        "A capture behind the proxy shows the real server's answer. The proxy's log names "
        "the backend.",
    .reproduce =
        "`nft add rule inet filter forward tcp dport 8080 ct state invalid,untracked "
        "synproxy mss 1460 wscale 7 timestamp sack-perm` on a router, and nobody "
        "listening on port 8080 behind it.",
    .references = "RFC 9293 3.10.7.1; RFC 4987 3.8; nf_synproxy_core.c in net/netfilter",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
