#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/opening_signs.h"
#include "cause/phrases.h"
#include "cause/thresholds.h"

namespace tcpwhy::cause {

// RFC 1812 5.3.1: a packet whose TTL runs out is discarded, and its sender told. A SYN that
// started with an ordinary TTL does not run out of it on any path without a loop.
static Opinion judge(const Evidence& e) {
    if (handshake_went_on(e)) return ruled_out("the handshake went on");
    if (e.server.seen) return ruled_out("the host itself answered");
    const std::int8_t icmp = icmp_about_syn(e, IcmpMeaning::time_exceeded);
    if (icmp < 0 && !goes_round(e)) return ruled_out("no SYN is known to have died of its TTL");
    if (goes_round(e)) {
        return by_icmp(fits("one SYN passed again and again, each time with a smaller TTL",
                            e.syns.first, e.syns.last),
                       icmp);
    }
    if (!e.syns.first) {
        return by_icmp(possible("the SYN that died of its TTL was not captured"), icmp);
    }
    if (e.syns.first.ttl < least_initial_ttl) {
        return ruled_out("the SYN was sent with a small TTL, as traceroute does");
    }
    return by_icmp(fits("a SYN with an ordinary TTL died of it on the way", e.syns.first), icmp);
}

static By by(const Evidence&) {
    return By::network;
}

static std::string summarize(const Evidence& e) {
    const std::int8_t at = icmp_about_syn(e, IcmpMeaning::time_exceeded);
    if (at < 0) {
        return fmt::format("SYNs to {} go round in a loop until their TTL runs out.",
                           host_of(e.server));
    }
    const IcmpFacts& icmp = e.icmp[static_cast<std::size_t>(at)];
    return fmt::format("SYNs to {} die of their TTL on the way: router {} says so ({}).",
                       host_of(e.server), icmp.router.to_string(), icmp_name(icmp));
}

extern const Cause routing_loop;
const Cause routing_loop{
    .id = "routing-loop",
    .stage = Stage::handshake,
    .outcome = Outcome::unreachable,
    .errnos = "EHOSTUNREACH,ETIMEDOUT",
    .seen_by = {.packets = true, .probe = true},
    .specificity = 58,
    .meaning = "SYNs die of their TTL on the way: routers send them in a circle.",
    .on_the_wire =
        "ICMP 11/0 (ICMPv6 3/0) that quotes a SYN of ordinary TTL. Inside the loop the "
        "same SYN is seen again and again, its TTL smaller by the loop's length.",
    .advice =
        "Run `traceroute -n ADDRESS`: the routers that take turns at the end make the loop. "
        "Compare `ip route get ADDRESS` on each of them. The usual reasons are a default "
        "route that points back for a network whose own route is gone, and two static "
        "routes that point at each other.",
    .splits = "`traceroute -n ADDRESS` shows the loop.",
    .reproduce = "Two Linux routers whose routes for one network point at each other.",
    .references = "RFC 1812 5.3.1; RFC 4443 3.3; ip_forward() in net/ipv4/ip_forward.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
