#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/opening_signs.h"
#include "cause/phrases.h"

namespace tcpwhy::cause {

// RFC 1812 5.2.7.1: the last router says that the host does not answer its neighbour look-up.
static Opinion judge(const Evidence& e) {
    const std::int8_t icmp = icmp_about_syn(e, IcmpMeaning::host_unreachable);
    if (icmp < 0) return ruled_out("no router says that the host is unreachable");
    if (handshake_went_on(e)) return ruled_out("the handshake went on in spite of the message");
    if (e.server.seen) return ruled_out("the host itself answered");
    const IcmpFacts& message = e.icmp[static_cast<std::size_t>(icmp)];
    if (message.from_peer_itself && !came_like_failed_lookup(e, icmp)) {
        return by_icmp(possible("a router may own the address and forward it to a dead host"),
                       icmp);
    }
    return by_icmp(fits("a router says that it cannot reach the host", e.syns.first, e.syns.last),
                   icmp);
}

static By by(const Evidence&) {
    return By::network;
}

static std::string summarize(const Evidence& e) {
    const std::int8_t at = icmp_about_syn(e, IcmpMeaning::host_unreachable);
    if (at < 0) return fmt::format("{} cannot be reached.", host_of(e.server));
    const IcmpFacts& icmp = e.icmp[static_cast<std::size_t>(at)];
    const bool waited = came_like_failed_lookup(e, at);
    const std::string after =
        waited ? fmt::format(" {} after the SYN", format_duration(icmp.time - e.syns.first.time))
               : std::string{};
    return fmt::format("Router {} cannot reach {}: it says so ({}){}.", icmp.router.to_string(),
                       host_of(e.server), icmp_name(icmp), after);
}

extern const Cause host_unreachable;
const Cause host_unreachable{
    .id = "host-unreachable",
    .stage = Stage::handshake,
    .outcome = Outcome::unreachable,
    .errnos = "EHOSTUNREACH",
    .seen_by = {.packets = true, .probe = true},
    .specificity = 55,
    .meaning =
        "A router says that it cannot reach the host, because its own neighbour look-up "
        "failed: the host is down or its address is wrong.",
    .on_the_wire =
        "ICMP 3/1 (ICMPv6 1/3) that quotes the SYN, sent by the last router: about 3 s "
        "after the first SYN and for all waiting ones at once.",
    .advice =
        "Check that the host is on and has this address: `ip -br address` on it. On the "
        "router that sent the message run `ip neigh show ADDRESS` (FAILED or INCOMPLETE "
        "means that nobody answers). Look for a wrong VLAN, a wrong netmask or a moved "
        "cable.",
    .splits =
        "A rule can reject with this message too, but it answers every SYN at once: compare "
        "the times, or read the router's rules (`nft list ruleset`).",
    .reproduce = "Through a Linux router, connect to an unused address of a network behind it.",
    .references =
        "RFC 1812 5.2.7.1; RFC 4443 3.1; arp_error_report() in net/ipv4/arp.c; "
        "ip6_link_failure() in net/ipv6/route.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
