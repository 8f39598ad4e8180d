#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/opening_signs.h"
#include "cause/phrases.h"

namespace tcpwhy::cause {

// RFC 1812 5.2.7.1: a router without a route says so, at once and for each packet.
static Opinion judge(const Evidence& e) {
    const std::int8_t icmp = icmp_about_syn(e, IcmpMeaning::network_unreachable);
    if (icmp < 0) return ruled_out("no router says that it has no route");
    if (handshake_went_on(e)) return ruled_out("the handshake went on in spite of the message");
    if (e.server.seen) return ruled_out("the host itself answered");
    if (e.icmp[static_cast<std::size_t>(icmp)].from_peer_itself) {
        return by_icmp(possible("a router at that address may have no route to what is behind it"),
                       icmp);
    }
    return by_icmp(fits("a router says that it has no route", e.syns.first, e.syns.last), icmp);
}

static By by(const Evidence&) {
    return By::network;
}

static std::string summarize(const Evidence& e) {
    const std::int8_t at = icmp_about_syn(e, IcmpMeaning::network_unreachable);
    if (at < 0) return fmt::format("No route leads to {}.", host_of(e.server));
    const IcmpFacts& icmp = e.icmp[static_cast<std::size_t>(at)];
    return fmt::format("Router {} has no route to {}: it says so ({}).", icmp.router.to_string(),
                       host_of(e.server), icmp_name(icmp));
}

extern const Cause network_unreachable;
const Cause network_unreachable{
    .id = "network-unreachable",
    .stage = Stage::handshake,
    .outcome = Outcome::unreachable,
    .errnos = "ENETUNREACH",
    .seen_by = {.packets = true, .probe = true},
    .specificity = 55,
    .meaning = "A router on the way has no route to the network.",
    .on_the_wire = "ICMP 3/0 (ICMPv6 1/0) that quotes the SYN, one for each SYN and at once.",
    .advice =
        "On the router that sent the message run `ip route get ADDRESS`. Add the missing "
        "route, or bring back the routing session or tunnel that should supply it (`ip "
        "route`, `vtysh -c 'show bgp summary'`). If the address is a typing error or a "
        "private one, correct it on the client.",
    .splits =
        "A rule can reject with this message too: the router's routes (`ip route get`) and "
        "rules (`nft list ruleset`) tell.",
    .reproduce =
        "Through a Linux router without a default route, connect to an address that it "
        "has no route for.",
    .references = "RFC 1812 5.2.7.1; RFC 4443 3.1; ip_error() in net/ipv4/route.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
