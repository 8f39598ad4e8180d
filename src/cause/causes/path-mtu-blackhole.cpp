#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"
#include "cause/silence_signs.h"

namespace tcpwhy::cause {

// The ICMP "packet too big" that quotes this side's segments; -1 = none.
static int too_big_error(const Evidence& e, Party sender) {
    for (std::size_t at = 0; at < e.icmp.size(); ++at) {
        const IcmpFacts& error = e.icmp[at];
        if (error && error.meaning == IcmpMeaning::packet_too_big && error.quoted_from == sender) {
            return static_cast<int>(at);
        }
    }
    return -1;
}

// RFC 2923 2.1: small segments pass, full-size ones vanish. What counts is that the peer is alive
// while nothing above a size is ever acknowledged.
static Opinion judge(const Evidence& e) {
    if (!e.established) return ruled_out("the connection was not established");
    if (e.quality.one_direction) return ruled_out("only one side's packets were captured");
    const auto sender = side_without_answers(e);
    if (!sender) return ruled_out("nothing was repeated again and again without an answer");
    const EvidenceSide& side = e.side(*sender);
    if (side.smallest_unacked < least_full_payload) {
        return ruled_out("what goes unanswered is small");
    }
    if (side.smallest_unacked <= side.largest_acked) {
        return ruled_out("segments of that size had passed before");
    }
    if (*sender == Party::client && e.syn_acks_after_ack != 0) {
        return ruled_out("the server repeats its SYN,ACK, so small segments are not taken either");
    }
    const Run& tries = side.unanswered;
    if (const int icmp = too_big_error(e, *sender); icmp >= 0) {
        Opinion opinion = fits(
            "a router said that the segments are too big, and they were "
            "repeated at the same size",
            tries.first, tries.last);
        opinion.icmp = static_cast<std::int8_t>(icmp);
        return opinion;
    }
    if (e.reset.moment && !reset_was_ignored(e) && e.reset.moment.from != *sender &&
        e.reset.reply_shape && e.reset.answers == Trigger::data) {
        return ruled_out("the large segment did arrive: a reset answers it");
    }
    if (side.sack_beyond_hole) {
        return fits("later, smaller segments arrive while the full-size one never does",
                    side.unanswered_original, tries.first, tries.last);
    }
    if (peer_is_still_heard(e, *sender)) {
        return fits("the peer is alive, yet nothing of full size is acknowledged",
                    side.unanswered_original, tries.last, e.side(other(*sender)).last);
    }
    return possible("only segments above the size of all acknowledged ones go unanswered");
}

static By by(const Evidence&) {
    return By::network;
}

static std::string summarize(const Evidence& e) {
    const Party sender = side_without_answers(e).value_or(Party::client);
    const EvidenceSide& side = e.side(sender);
    const int icmp = too_big_error(e, sender);
    const std::string router =
        icmp < 0 ? std::string(", and no router says why")
                 : fmt::format("; the router {} says that at most {} bytes pass",
                               e.icmp[static_cast<std::size_t>(icmp)].router.to_string(),
                               e.icmp[static_cast<std::size_t>(icmp)].mtu);
    return fmt::format(
        "Segments of {} bytes from {} vanish on the way (sent {}, in {}) while "
        "smaller ones arrive{}.",
        side.smallest_unacked, address_of(side), count_of(side.unanswered.count + 1U, "time"),
        format_duration(side.unanswered.last.time - (side.unanswered_original
                                                         ? side.unanswered_original.time
                                                         : side.unanswered.first.time)),
        router);
}

extern const Cause path_mtu_blackhole;
const Cause path_mtu_blackhole{
    .id = "path-mtu-blackhole",
    .stage = Stage::established,
    .outcome = Outcome::stalled,
    .errnos = "ETIMEDOUT",
    .seen_by = {.packets = true, .probe = true},
    .specificity = 72,
    .meaning =
        "Small segments pass, full-size ones vanish: a link on the path has a smaller MTU, "
        "and the ICMP message that should say so is filtered or ignored.",
    .on_the_wire =
        "Handshake and small segments go well; then full-size segments are repeated "
        "without an acknowledgement, while a smaller tail is acknowledged by SACK or "
        "the peer is heard otherwise.",
    .advice =
        "Find the size that passes: `ping -M do -s 1472 HOST`, smaller until it answers "
        "(`tracepath HOST` names the hop). Lower the MTU of the tunnel or VPN interface, or "
        "clamp: `nft add rule inet filter forward tcp flags syn tcp option maxseg size set "
        "rt mtu`. Let ICMP type 3 code 4 and ICMPv6 type 2 through. Meanwhile: `sysctl -w "
        "net.ipv4.tcp_mtu_probing=1`.",
    .splits =
        "`ping -M do` with large and small sizes to the same host; a capture at both ends "
        "shows which segments never arrive.",
    .reproduce =
        "Between two namespaces with a router: set the MTU of one of its links to 1400, "
        "drop its ICMP with nftables, download a large file.",
    .references = "RFC 2923 2.1; RFC 4821; RFC 8899; tcp_mtu_probing in net/ipv4/tcp_timer.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
