#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"
#include "cause/silence_signs.h"

namespace tcpwhy::cause {

// The side whose probes of a shut window (RFC 9293 3.8.6.1) nobody answers any more.
static std::optional<Party> side_probing_in_vain(const Evidence& e) {
    for (const Party party : {Party::client, Party::server}) {
        const Run& probes = e.side(party).window_probes;
        const Moment& heard = e.side(other(party)).last;
        if (probes.count >= tries_that_prove_silence && heard.frame < probes.first.frame) {
            return party;
        }
    }
    return std::nullopt;
}

// RFC 6298 5.5: the same segment again and again with growing gaps, and no answer at all.
static Opinion judge(const Evidence& e) {
    if (!e.established) return ruled_out("the connection was not established");
    if (e.quality.one_direction) return ruled_out("only one side's packets were captured");
    if (const auto prober = side_probing_in_vain(e)) {
        const Run& probes = e.side(*prober).window_probes;
        return fits("nobody answered the probes of a shut window any more", probes.first,
                    probes.last);
    }
    const auto waiting = side_without_answers(e);
    if (!waiting) return ruled_out("nothing was repeated again and again without an answer");
    const EvidenceSide& side = e.side(*waiting);
    if (e.reset.moment && !reset_was_ignored(e) && e.reset.moment.from != *waiting) {
        return ruled_out("the peer answered in the end, with a reset");
    }
    if (*waiting == Party::client && e.syn_acks_after_ack != 0) {
        return ruled_out("the server still answers, by repeating its SYN,ACK");
    }
    if (side.sack_beyond_hole)
        return ruled_out("the peer acknowledges later bytes, so it is alive");
    if (peer_is_still_heard(e, *waiting)) {
        return possible("what was sent may be lost on the way, though the peer is still heard");
    }
    if (e.quality.lost_packets) return possible("the capture may have missed the answers");
    return fits("the same was sent again and again, and nothing came back",
                side.unanswered_original, side.unanswered.first, side.unanswered.last,
                e.reset.moment);
}

static By by(const Evidence&) {
    return By::unknown;
}

static std::string summarize(const Evidence& e) {
    const auto prober = side_probing_in_vain(e);
    const Party waiting = prober.value_or(side_without_answers(e).value_or(Party::client));
    const EvidenceSide& side = e.side(waiting);
    const Run& tries = prober ? side.window_probes : side.unanswered;
    const Moment& original =
        !prober && side.unanswered_original ? side.unanswered_original : tries.first;
    return fmt::format(
        "{} stopped answering: {} sent the same {} without an acknowledgement in {}.",
        subject_of(e, other(waiting)), name_of(waiting),
        count_of(tries.count + (prober ? 0U : 1U), "time"),
        format_duration(tries.last.time - original.time));
}

extern const Cause peer_stopped_answering;
const Cause peer_stopped_answering{
    .id = "peer-stopped-answering",
    .stage = Stage::established,
    .outcome = Outcome::timeout,
    .errnos = "ETIMEDOUT",
    .seen_by = {.packets = true, .kernel = true, .host = true},
    .specificity = 60,
    .meaning =
        "Data or a FIN was retransmitted with growing gaps and never acknowledged: the peer "
        "vanished or the path broke.",
    .on_the_wire =
        "One segment repeated at about 0.2, 0.6, 1.4, 3 s… and nothing from the peer. "
        "It ends in silence: a Linux sender gives up without a packet, after about 15 "
        "minutes (tcp_retries2).",
    .advice =
        "Ping the peer now, and look for a reboot, a pulled cable, a changed route or a "
        "firewall reload at that second. Capture on the peer to see whether the segments "
        "arrive. To notice sooner, set TCP_USER_TIMEOUT (or `sysctl "
        "net.ipv4.tcp_retries2`).",
    .splits =
        "A capture on the peer tells a dead path from a dead host. If small segments pass "
        "and full-size ones do not (`ping -M do -s 1472`), it is the path's MTU.",
    .reproduce = "Send over an open connection while nftables drops the peer's packets.",
    .references =
        "RFC 6298 5; RFC 9293 3.8.1, 3.8.3; tcp_retransmit_timer() in "
        "net/ipv4/tcp_timer.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
