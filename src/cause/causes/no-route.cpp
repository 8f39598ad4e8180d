#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"

namespace tcpwhy::cause {

// The look-up fails in connect(): not even a neighbour question leaves the host.
static Opinion judge(const Evidence& e) {
    if (e.neighbor_only) return ruled_out("the host asked for the neighbour, so it has a route");
    return ruled_out("packets left for the destination, so there was a route");
}

static By by(const Evidence&) {
    return By::client;
}

static std::string summarize(const Evidence& e) {
    return fmt::format("{} has no route to {}.", host_of(e.client), host_of(e.server));
}

extern const Cause no_route;
const Cause no_route{
    .id = "no-route",
    .stage = Stage::local,
    .outcome = Outcome::unreachable,
    .errnos = "ENETUNREACH",
    .seen_by = {.kernel = true, .probe = true},
    .specificity = 50,
    .meaning = "This host has no route to the destination.",
    .on_the_wire = "Nothing: connect() fails before any packet leaves.",
    .advice =
        "Run `ip route get ADDRESS` (`ip -6 route get ADDRESS`). Look for a missing default "
        "route (`ip route show default`), an interface that is down (`ip -br link`), a VPN "
        "that is off, or IPv6 without a global address. A route of type unreachable, "
        "prohibit or blackhole was put there on purpose.",
    .splits = "`ip route get ADDRESS` answers at once.",
    .reproduce = "`unshare -rn curl http://192.0.2.1/` (a network namespace without routes).",
    .references = "RFC 1122 3.3.1; ip_route_output_key_hash() in net/ipv4/route.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
