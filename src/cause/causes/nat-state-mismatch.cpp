#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"
#include "cause/thresholds.h"

namespace tcpwhy::cause {

// A translator that lost its state lets a segment through untranslated: it reaches a host under
// addresses that never had a handshake, and that host's correct reset kills the real connection.
static Opinion judge(const Evidence& e) {
    const ResetFacts& r = e.reset;
    if (const auto why = no_reset_that_ended_it(e); !why.empty()) return ruled_out(why);
    if (!r.reply_shape || !answers_promptly(r)) return ruled_out("the reset answers no segment");
    if (r.answers == Trigger::fin && r.trigger.length == 0) {
        return ruled_out("the reset answers a FIN, after which nothing is lost");
    }
    if (r.sender_had_fin) return ruled_out("the side that sent the reset had closed before");
    if (r.sender_spoke_after) return ruled_out("the side it speaks for went on sending");
    if (sender_sent_only_resets(e) && e.quality.starts_midstream) {
        if (e.hosts.port_busy_elsewhere) {
            return fits("the segment was for a port that is in use with another peer", r.trigger,
                        r.moment);
        }
        return possible("the sender of the reset never said anything else under these addresses");
    }
    if (e.server_silent && r.moment.from == Party::server) {
        return ruled_out("the server never took part under these addresses");
    }
    if (from_another_distance(r)) return ruled_out("another machine made the reset");
    if (r.idle_before >= shortest_idle_timeout) {
        return possible("a translator that forgot the silent connection may have renumbered it");
    }
    return possible("its sender was alive a moment before, so a translator may have mixed it up");
}

static By by(const Evidence&) {
    return By::middlebox;
}

static std::string summarize(const Evidence& e) {
    const Party named = e.reset.moment.from;
    return fmt::format(
        "A segment from {} reached {} under addresses that have no connection there; "
        "its reset ends the real one. A NAT on the path lost its state.",
        address_of(e.side(other(named))), address_of(e.side(named)));
}

extern const Cause nat_state_mismatch;
const Cause nat_state_mismatch{
    .id = "nat-state-mismatch",
    .stage = Stage::established,
    .outcome = Outcome::reset,
    .errnos = "ECONNRESET",
    .seen_by = {.packets = true, .kernel = true},
    .specificity = 60,
    .meaning =
        "A NAT or connection tracker lost or mistranslated its state, so a segment reached "
        "a host under addresses it has no connection for, and that host's correct reset "
        "killed the real connection.",
    .on_the_wire =
        "A segment and a bare RST on a pair of addresses that never had a handshake, "
        "while the same port talks to another address; on the other side of the NAT an "
        "in-sequence RST from a peer that is alive.",
    .advice =
        "On the host that translates run `conntrack -S` (look at invalid) and `sysctl "
        "net.netfilter.nf_conntrack_tcp_be_liberal`. Drop what conntrack calls invalid "
        "before it leaves: `nft add rule inet filter forward ct state invalid drop`. In "
        "Kubernetes this is the kube-proxy issue 74839.",
    .splits =
        "Capture on both sides of the NAT: the segment leaves with untranslated addresses. "
        "`tcpwhy watch` on the host that reset says NO_SOCKET.",
    .reproduce = "DNAT between two namespaces, then `conntrack -F` in mid-transfer.",
    .references = "nf_conntrack_proto_tcp.c (INVALID); kubernetes issue 74839; RFC 5382",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
