#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/thresholds.h"

namespace tcpwhy::cause {

// RFC 826, RFC 4861 7.2.2: the question is repeated each second; three without an answer and the
// waiting SYN is thrown away.
static Opinion judge(const Evidence& e) {
    if (!e.neighbor_only) return ruled_out("TCP packets were sent, so the next hop was found");
    const Run& asked = e.neighbor_requests;
    if (asked.count < tries_that_prove_silence) {
        return possible("too few questions were seen; an answer may have gone by out of sight");
    }
    return fits("the neighbour question was repeated without an answer", asked.first, asked.last);
}

static By by(const Evidence&) {
    return By::network;
}

static std::string summarize(const Evidence& e) {
    const std::string_view protocol = e.server.address.addr.is_v4() ? "ARP" : "neighbour discovery";
    return fmt::format("{} does not answer {}: {} asked {} and could send it nothing.",
                       host_of(e.server), protocol, host_of(e.client),
                       tries_in_words(e.neighbor_requests, "time"));
}

extern const Cause neighbor_unresolved;
const Cause neighbor_unresolved{
    .id = "neighbor-unresolved",
    .stage = Stage::local,
    .outcome = Outcome::unreachable,
    .errnos = "EHOSTUNREACH",
    .seen_by = {.packets = true, .kernel = true, .host = true, .probe = true},
    .specificity = 60,
    .meaning =
        "The next hop (a host on the LAN, or the gateway) answers no ARP request or "
        "neighbour solicitation, so the SYN waits in the neighbour queue and never leaves.",
    .on_the_wire =
        "ARP who-has (IPv6: neighbour solicitation) at 0, 1 and 2 s without a reply, "
        "and no SYN at all. After about 3 s the program gets EHOSTUNREACH.",
    .advice =
        "Check that the other host is on, that its address is right and that both are in one "
        "VLAN with one netmask: `ip neigh show ADDRESS` (FAILED or INCOMPLETE), `ip -br "
        "address`, `arping -I IFACE ADDRESS`. If the address is the gateway's, every "
        "connection beyond it fails: look at the gateway first.",
    .splits =
        "A reply that this capture cannot see (it is unicast) would be followed by packets: "
        "capture on the asking host itself.",
    .reproduce = "Connect to an address of your own LAN that nobody owns.",
    .references =
        "RFC 826; RFC 4861 7.2.2; RFC 1122 2.3.2.2; neigh_timer_handler() in "
        "net/core/neighbour.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
