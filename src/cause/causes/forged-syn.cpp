#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"

namespace tcpwhy::cause {

// RFC 5961 4: a SYN inside a synchronized connection gets a challenge ACK; RFC 793 stacks reset.
// A client that lost its state sends such a SYN too, so only a foreign one speaks of forgery.
static Opinion judge(const Evidence& e) {
    if (!e.forged_syn) return ruled_out("no SYN came inside the connection");
    if (!e.reset.moment || reset_was_ignored(e)) {
        return possible("a SYN came inside the connection, which survived it");
    }
    if (const auto why = no_reset_that_ended_it(e); !why.empty()) return ruled_out(why);
    if (e.reset.moment.frame < e.forged_syn.frame)
        return ruled_out("the reset came before the SYN");
    if (e.reset.sender_had_fin || e.reset.peer_had_fin)
        return ruled_out("a side had closed before");
    if (e.reset.moment.from == e.forged_syn.from && e.syn_challenged &&
        e.reset.moment.seq == e.syn_challenged.ack && !e.forged_syn_foreign) {
        return possible("its sender may be the client itself, which has lost its state");
    }
    if (!e.forged_syn_foreign) {
        return possible("the SYN looks like that side's own, which may have lost its state");
    }
    return fits("a SYN that is not that side's own came inside the connection, then it was reset",
                e.forged_syn, e.syn_challenged, e.reset.moment);
}

static By by(const Evidence&) {
    return By::unknown;
}

static std::string summarize(const Evidence& e) {
    const Party named = e.forged_syn.from;
    return fmt::format(
        "Somebody forged a SYN in the name of {} inside the open connection{}; it "
        "was reset {} later.",
        address_of(e.side(named)), e.syn_challenged ? ", which was challenged" : "",
        format_duration(e.reset.moment.time - e.forged_syn.time));
}

extern const Cause forged_syn;
const Cause forged_syn{
    .id = "forged-syn",
    .stage = Stage::attack,
    .outcome = Outcome::reset,
    .errnos = "ECONNRESET",
    .seen_by = {.packets = true, .kernel = true},
    .specificity = 73,
    .meaning =
        "A SYN inside an established connection's window, not from the endpoint, led to the "
        "connection's reset. Stacks that know RFC 5961 answer it with a challenge ACK "
        "instead, and the connection survives.",
    .on_the_wire =
        "A SYN in mid-connection whose TTL or options differ from that side's own "
        "packets, then a challenge ACK, or a reset on old stacks.",
    .advice =
        "Capture at the supposed sender: it never sent that SYN. Filter spoofed sources (BCP "
        "38). Update the stack that reset the connection, or the firewall that did it in its "
        "place: RFC 5961 wants a challenge ACK.",
    .splits = "A capture at the supposed sender's own interface: a forged SYN is not in it.",
    .reproduce =
        "In a namespace of your own, send a SYN with an open connection's addresses and "
        "ports with scapy.",
    .references = "RFC 5961 4; tcp_send_challenge_ack() in net/ipv4/tcp_input.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
