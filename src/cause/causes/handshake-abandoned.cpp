#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/opening_signs.h"
#include "cause/phrases.h"

namespace tcpwhy::cause {

// RFC 9293 3.8.1: the SYN,ACK is retransmitted until it is acknowledged or given up.
static Opinion judge(const Evidence& e) {
    if (!e.syn_acks) return ruled_out("the server did not answer with SYN,ACK");
    if (e.bad_syn_ack) return ruled_out("the SYN,ACK was none that the client could accept");
    if (!server_said_nothing_more(e)) return ruled_out("the server went on, so the ACK reached it");
    if (e.resets_from_client != 0) return ruled_out("the client answered, with a reset");
    if (e.syn_acks_after_ack != 0) {
        return possible("the client's ACK was captured, but may be lost further on");
    }
    if (e.handshake_ack) return ruled_out("the client acknowledged the SYN,ACK");
    if (!is_overdue(e.syn_acks, e)) return ruled_out("the capture ends before an ACK was due");
    if (!waited_long_enough(e.syn_acks, e)) {
        return possible("the capture ends before the client had time to answer");
    }
    if (e.syns.last.time > e.syn_acks.first.time) {
        return fits("the client repeats its SYN, so the SYN,ACK did not reach its TCP",
                    e.syns.first, e.syn_acks.first, e.syns.last, e.syn_acks.last);
    }
    return fits("the SYN,ACK was never answered", e.syns.first, e.syn_acks.first, e.syn_acks.last);
}

static By by(const Evidence& e) {
    for (const IcmpFacts& icmp : e.icmp) {
        if (icmp && icmp.quoted_from == Party::server) return By::network;
    }
    return By::unknown;
}

static std::string summarize(const Evidence& e) {
    return fmt::format("{} never completed the handshake: {} from {} went unanswered.",
                       host_of(e.client), tries_in_words(e.syn_acks, "SYN,ACK"),
                       address_of(e.server));
}

extern const Cause handshake_abandoned;
const Cause handshake_abandoned{
    .id = "handshake-abandoned",
    .stage = Stage::handshake,
    .outcome = Outcome::timeout,
    .errnos = "-",
    .seen_by = {.packets = true, .kernel = true, .host = true},
    .specificity = 45,
    .meaning =
        "The client never answered the SYN,ACK: it vanished, its ACK is lost, or the way "
        "back is another one than the capture sees.",
    .on_the_wire =
        "SYN, then the SYN,ACK again and again (Linux at 0, 1, 3, 7, 15, 31 s) with no "
        "ACK and no RST from the client. If the client goes on repeating its SYN, the "
        "SYN,ACK does not reach it.",
    .advice =
        "Follow the SYN,ACK back to the client: run `tcpdump -ni any tcp port PORT` on the "
        "client. If it does not arrive, look for asymmetric routing, a stateful firewall "
        "that saw only one half, or reverse-path filtering (`sysctl "
        "net.ipv4.conf.all.rp_filter`). If it arrives and is ignored, look at the "
        "client's own firewall (`nft list ruleset`). SYNs from spoofed addresses end like "
        "this too and are harmless in small numbers.",
    .splits = "A capture on the client shows whether the SYN,ACK arrives there.",
    .reproduce =
        "On the client `nft add rule inet filter input tcp flags == syn|ack drop`, then "
        "connect.",
    .references =
        "RFC 9293 3.8.1; inet_rtx_syn_ack() in net/ipv4/inet_connection_sock.c; "
        "tcp_synack_retries in Documentation/networking/ip-sysctl.rst",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
