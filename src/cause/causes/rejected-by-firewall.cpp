#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/opening_signs.h"
#include "cause/phrases.h"

namespace tcpwhy::cause {

// A filter's reset has the shape of a closed port's; only where it was made and what it copied
// from the SYN can differ.
static Opinion judge_reset(const Evidence& e) {
    if (const auto why = not_refused_by_reset(e); !why.empty()) return ruled_out(why);
    if (!e.reset.reply_shape) {
        return fits("the reset that refused the SYN is not one that a closed port sends",
                    e.syns.first, e.reset.moment);
    }
    const ResetOrigin origin = origin_of_refusal(e);
    if (origin == ResetOrigin::elsewhere) {
        return fits("the reset was made at another distance than the host itself", e.syns.first,
                    e.reset.moment);
    }
    if (dscp_of_refusal(e) == Dscp::copied && origin == ResetOrigin::host) {
        return ruled_out("the host's reset copies the SYN's DSCP, which a rule's does not");
    }
    return possible("a firewall rule 'reject with tcp reset' sends the same packet");
}

// A rule can be told to answer with any of these messages, but it answers each SYN at once.
static Opinion judge_unreachable(const Evidence& e, std::int8_t icmp) {
    if (came_like_failed_lookup(e, icmp)) {
        return ruled_out("the message came as late as a failed neighbour look-up ends");
    }
    const IcmpFacts& message = e.icmp[static_cast<std::size_t>(icmp)];
    if (message.from_peer_itself && message.meaning == IcmpMeaning::host_unreachable) {
        return by_icmp(fits("the host calls itself unreachable, as a rule there may", e.syns.first),
                       icmp);
    }
    return by_icmp(possible("a firewall rule can be told to answer with that message"), icmp);
}

// RFC 1812 5.2.7.1 and RFC 4443 3.1 have messages for prohibited traffic; a port-unreachable is
// the default of Linux's REJECT, and no TCP's own answer.
static Opinion judge(const Evidence& e) {
    if (handshake_went_on(e)) return ruled_out("the handshake went on");
    if (const auto icmp = icmp_about_syn(e, IcmpMeaning::prohibited); icmp >= 0) {
        return by_icmp(fits("an ICMP message says that it is prohibited", e.syns.first), icmp);
    }
    if (const auto icmp = icmp_about_syn(e, IcmpMeaning::port_unreachable); icmp >= 0) {
        return by_icmp(fits("TCP itself refuses by a reset; a rule refuses by this ICMP message",
                            e.syns.first),
                       icmp);
    }
    if (const auto icmp = icmp_about_syn(e, IcmpMeaning::protocol_unreachable); icmp >= 0) {
        return by_icmp(possible("a rule answers so, or a host without TCP"), icmp);
    }
    for (const auto meaning : {IcmpMeaning::host_unreachable, IcmpMeaning::network_unreachable}) {
        const auto icmp = icmp_about_syn(e, meaning);
        if (icmp >= 0) return judge_unreachable(e, icmp);
    }
    return judge_reset(e);
}

static By by(const Evidence& e) {
    const Opinion opinion = judge(e);
    if (opinion.icmp < 0) {
        const bool elsewhere = origin_of_refusal(e) == ResetOrigin::elsewhere;
        return elsewhere ? By::middlebox : By::unknown;
    }
    return e.icmp[static_cast<std::size_t>(opinion.icmp)].from_peer_itself ? By::server
                                                                           : By::middlebox;
}

static std::string summarize(const Evidence& e) {
    const Opinion opinion = judge(e);
    if (opinion.icmp < 0) {
        return fmt::format("A packet filter refused TCP port {} of {} with a reset.",
                           e.server.address.port, host_of(e.server));
    }
    const IcmpFacts& icmp = e.icmp[static_cast<std::size_t>(opinion.icmp)];
    return fmt::format("{} refused the connection to {}: it answered the SYN with {}.",
                       icmp.router.to_string(), address_of(e.server), icmp_name(icmp));
}

extern const Cause rejected_by_firewall;
const Cause rejected_by_firewall{
    .id = "rejected-by-firewall",
    .stage = Stage::handshake,
    .outcome = Outcome::refused,
    .errnos = "ECONNREFUSED,EHOSTUNREACH,EACCES",
    .seen_by = {.packets = true, .kernel = true, .probe = true},
    .specificity = 60,
    .meaning =
        "A packet filter refused the SYN: by an ICMP message (administratively prohibited, "
        "or port unreachable in answer to TCP), or by a reset that is not the host's own.",
    .on_the_wire =
        "SYN, answered by ICMP 3/9, 3/10, 3/13 or 3/3 (ICMPv6 1/1, 1/4 to 1/6) that "
        "quotes it; or by RST,ACK from another distance (TTL) than the host's other "
        "packets, without the SYN's DSCP.",
    .advice =
        "Look at the filter of the machine that answered: `nft list ruleset` or "
        "`iptables-save` there, the security group or ACL in a cloud. Allow this client and "
        "port, or connect from a network that is allowed. The address of an ICMP message's "
        "sender names the machine; for a reset compare its TTL with the server's.",
    .splits =
        "`tcpwhy connect` sends a SYN with DSCP set: a closed port's reset copies it, a "
        "rule's does not. `tcpwhy watch` on the server shows whether the SYN arrived.",
    .reproduce =
        "`nft add rule inet filter input tcp dport 8080 reject with tcp reset` (or `reject "
        "with icmpx admin-prohibited`), then connect to port 8080.",
    .references =
        "RFC 1812 5.2.7.1; RFC 4443 3.1; RFC 9293 3.10.7.1; nf_send_reset() in "
        "net/ipv4/netfilter/nf_reject_ipv4.c; icmp_err_convert in net/ipv4/icmp.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
