#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"

namespace tcpwhy::cause {

// A stack without RFC 5961 dies of a reset that is not exact, and answers the next segment with a
// reset of its own: then the first of the two is the suspect.
static const ResetFacts& suspect(const Evidence& e) {
    const ResetFacts& earlier = e.reset_of_other_side;
    const bool took_effect = earlier.moment && earlier.moment.frame < e.reset.moment.frame &&
                             earlier.position == ResetPosition::inside && e.reset.reply_shape;
    return took_effect ? earlier : e.reset;
}

// RFC 5961 3.1: somebody off the path must guess the sequence number, so the resets come out of
// nowhere, miss, and carry a stranger's marks.
static Opinion judge(const Evidence& e) {
    const ResetFacts& r = suspect(e);
    if (r.moment && reset_was_ignored(e) && origin_of(r, e) != Origin::own) {
        return possible("resets with a stranger's marks came, which the connection survived");
    }
    if (const auto why = no_reset_that_ended_it(e); !why.empty()) return ruled_out(why);
    if (r.sender_had_fin && r.peer_had_fin) return ruled_out("both sides had closed before it");
    const Origin origin = origin_of(r, e);
    if (origin == Origin::own) return ruled_out("nothing about the reset is foreign to its sender");
    const bool missed = r.position == ResetPosition::inside || r.position == ResetPosition::outside;
    if (!missed && follows_traffic(r)) {
        // On a busy connection every moment follows some traffic: the timing is no proof.
        return possible("somebody off the path may have hit the exact number at that moment");
    }
    if (origin == Origin::doubtful) return possible("one sign speaks against its sender");
    if (e.second_reset.moment) {
        return fits("resets out of nowhere that carry a stranger's marks", r.moment,
                    e.second_reset.moment, e.side(r.moment.from).last);
    }
    return fits("a reset out of nowhere that carries a stranger's marks", r.moment,
                e.side(r.moment.from).last);
}

static By by(const Evidence&) {
    return By::unknown;
}

static std::string summarize(const Evidence& e) {
    const Party from = suspect(e).moment.from;
    const std::uint32_t count = from == Party::client ? e.resets_from_client : e.resets_from_server;
    return fmt::format("Somebody off the path forged {} in the name of {}{}.",
                       count_of(count, "reset"), address_of(e.side(from)),
                       suspect(e).sender_spoke_after ? ", which went on sending afterwards" : "");
}

extern const Cause forged_reset;
const Cause forged_reset{
    .id = "forged-reset",
    .stage = Stage::attack,
    .outcome = Outcome::reset,
    .errnos = "ECONNRESET",
    .seen_by = {.packets = true, .kernel = true},
    .specificity = 69,
    .meaning =
        "A reset that neither endpoint sent, guessed by somebody off the path (a blind "
        "reset attack).",
    .on_the_wire =
        "Resets that answer nothing, with scattered or stepping sequence numbers and a "
        "TTL, IP ID or window foreign to the endpoint, which goes on sending "
        "afterwards; challenge ACKs.",
    .advice =
        "Capture at both ends: the supposed sender never sent it. Let the network filter "
        "spoofed sources (BCP 38, `sysctl net.ipv4.conf.all.rp_filter`). Protect long-lived "
        "sessions (BGP) with TCP-AO or TCP-MD5 and GTSM. Update stacks that do not know "
        "RFC 5961.",
    .splits = "A capture at the supposed sender's own interface: a forged reset is not in it.",
    .reproduce = "In a namespace of your own, send RSTs with guessed sequence numbers with scapy.",
    .references =
        "RFC 5961 3; RFC 4953; Weaver, Sommer and Paxson, Detecting Forged TCP Reset "
        "Packets (2009); tcp_validate_incoming() in net/ipv4/tcp_input.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
