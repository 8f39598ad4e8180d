#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/opening_signs.h"
#include "cause/phrases.h"

namespace tcpwhy::cause {

// TCP and UDP ports are separate spaces: a UDP socket leaves the TCP port closed, and the host
// answers as for any closed port. Only its own socket list can tell.
static Opinion judge(const Evidence& e) {
    if (const auto why = not_like_a_closed_port(e); !why.empty()) return ruled_out(why);
    return possible("the service may speak UDP (or SCTP) on that port instead of TCP");
}

static By by(const Evidence&) {
    return By::server;
}

static std::string summarize(const Evidence& e) {
    return fmt::format("{} refuses TCP port {}; it may serve that port over another transport.",
                       host_of(e.server), e.server.address.port);
}

extern const Cause wrong_transport;
const Cause wrong_transport{
    .id = "wrong-transport",
    .stage = Stage::handshake,
    .outcome = Outcome::refused,
    .errnos = "ECONNREFUSED",
    .seen_by = {.host = true, .probe = true},
    .specificity = 47,
    .meaning = "The port is served over UDP (or another transport), not TCP.",
    .on_the_wire =
        "The same bytes as no-listener: SYN, then RST,ACK. Only the server's own "
        "sockets can tell.",
    .advice =
        "On the server run `ss -lun 'sport = :PORT'`. If the service is there, tell the "
        "client to use UDP, or turn on the service's TCP listener (DNS, syslog, SIP, NTP, "
        "QUIC and OpenVPN are the usual ones).",
    .splits = "`ss -lun` or `tcpwhy sockets --listening` on the server.",
    .reproduce = "`ncat -u -l 5140`, then connect to port 5140 over TCP.",
    .references = "RFC 9293 3.10.7.1; RFC 768; udp_hashinfo and tcp_hashinfo are separate tables",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
