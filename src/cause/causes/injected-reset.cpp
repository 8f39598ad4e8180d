#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"
#include "cause/thresholds.h"

namespace tcpwhy::cause {

// A device on the path sees the traffic, so its reset has the right numbers and comes right after
// what displeased it; but it is not the endpoint, and the endpoint does not know of it.
static Opinion judge(const Evidence& e) {
    const ResetFacts& r = e.reset;
    if (!r.moment) return ruled_out("no reset was seen");
    if (reset_was_ignored(e)) return ruled_out("the connection went on after the reset");
    if (!e.established && !e.syn_acks) return ruled_out("the host itself sent nothing to compare");
    if (r.sender_had_fin && r.peer_had_fin) return ruled_out("both sides had closed before it");
    const Origin origin = origin_of(r, e);
    if (origin == Origin::own) return ruled_out("nothing about the reset is foreign to its sender");
    const bool missed = r.position == ResetPosition::inside || r.position == ResetPosition::outside;
    if (missed) return possible("a device that sees the traffic would know the exact number");
    if (origin == Origin::doubtful) {
        if (!follows_traffic(r))
            return ruled_out("no traffic came before it that could provoke it");
        return possible("one sign speaks against its sender");
    }
    if (!follows_traffic(r)) return possible("a device on the path may also act out of nothing");
    if (r.reply_shape && r.idle_before >= shortest_idle_timeout && !r.sender_spoke_after) {
        return possible("a box on the path answered in its name");
    }
    return fits("it has the right numbers but a stranger's marks, right after some traffic",
                r.trigger, r.moment, e.second_reset.moment, e.side(r.moment.from).last);
}

static By by(const Evidence&) {
    return By::middlebox;
}

static std::string marks_of(const Evidence& e) {
    const ResetFacts& r = e.reset;
    if (from_another_distance(r)) {
        return fmt::format("its TTL is {} where that host's other packets have {}", r.moment.ttl,
                           e.side(r.moment.from).usual_ttl);
    }
    if (r.sender_spoke_after) return "that host went on sending afterwards";
    return "it does not carry that host's marks";
}

static std::string summarize(const Evidence& e) {
    const Party from = e.reset.moment.from;
    return fmt::format("A device on the path reset the connection in the name of {}: {}.",
                       address_of(e.side(from)), marks_of(e));
}

extern const Cause injected_reset;
const Cause injected_reset{
    .id = "injected-reset",
    .stage = Stage::attack,
    .outcome = Outcome::reset,
    .errnos = "ECONNRESET",
    .seen_by = {.packets = true, .probe = true},
    .specificity = 68,
    .meaning =
        "A device on the path (censor, intrusion prevention, firewall, proxy) sent resets "
        "in an endpoint's name after seeing the traffic.",
    .on_the_wire =
        "RSTs with matching sequence numbers but another TTL or IP ID, often several "
        "and to both sides, right after a payload or SYN; the endpoint's own packets "
        "still arrive.",
    .advice =
        "Ask who runs a firewall, IPS, URL filter or proxy between the two hosts and look in "
        "its log for this connection. Compare the reset's TTL with a traceroute to see how "
        "far away the device is. Try another port, TLS, or another path to find the trigger.",
    .splits =
        "Capture at both ends: an injected reset arrives at one and was never sent by the "
        "other.",
    .reproduce =
        "On a router between two namespaces: `nft add rule inet f forward tcp dport 80 "
        "@th,160,32 0x47455420 reject with tcp reset`.",
    .references =
        "Weaver, Sommer and Paxson, Detecting Forged TCP Reset Packets (2009); Sundara "
        "Raman et al., Global, Passive Detection of Connection Tampering (2023)",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
