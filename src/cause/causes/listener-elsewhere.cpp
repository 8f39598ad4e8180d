#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/opening_signs.h"
#include "cause/phrases.h"

namespace tcpwhy::cause {

// A listener on 127.0.0.1 does not answer for another address: __inet_lookup_listener() finds
// nothing, and the host answers as for a closed port. Only its own socket list can tell.
static Opinion judge(const Evidence& e) {
    if (const auto why = not_like_a_closed_port(e); !why.empty()) return ruled_out(why);
    return possible("the port may be served on another address of that host, such as 127.0.0.1");
}

static By by(const Evidence&) {
    return By::server;
}

static std::string summarize(const Evidence& e) {
    return fmt::format("{} refuses TCP port {} on this address; it may serve it on another.",
                       host_of(e.server), e.server.address.port);
}

extern const Cause listener_elsewhere;
const Cause listener_elsewhere{
    .id = "listener-elsewhere",
    .stage = Stage::handshake,
    .outcome = Outcome::refused,
    .errnos = "ECONNREFUSED",
    .seen_by = {.host = true, .probe = true},
    .specificity = 48,
    .meaning =
        "The port is served on this host, but bound to another address or address family "
        "(typically 127.0.0.1 only), so this address refuses.",
    .on_the_wire =
        "The same bytes as no-listener: SYN, then RST,ACK. Only the server's own "
        "sockets can tell.",
    .advice =
        "On the server run `ss -ltn 'sport = :PORT'` and look at the local address. Bind the "
        "service to 0.0.0.0, to [::] or to the address that clients use (a line such as "
        "`listen`, `bind` or `ListenAddress` in its configuration), then restart it. In a "
        "container, bind to 0.0.0.0 inside and publish the port outside.",
    .splits = "`ss -ltn` or `tcpwhy sockets --listening` on the server.",
    .reproduce =
        "`ncat -l 127.0.0.1 8080`, then connect to port 8080 of another address of the "
        "same host.",
    .references = "RFC 9293 3.10.7.1; __inet_lookup_listener() in net/ipv4/inet_hashtables.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
