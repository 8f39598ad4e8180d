#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"

namespace tcpwhy::cause {

// bind() fails before anything is sent.
static Opinion judge(const Evidence& e) {
    if (e.neighbor_only) return ruled_out("the host asked for the neighbour to send it something");
    return ruled_out("packets were sent, so the socket had its address");
}

static By by(const Evidence&) {
    return By::client;
}

static std::string summarize(const Evidence& e) {
    return fmt::format("{} is held by another socket.", address_of(e.client));
}

extern const Cause address_in_use;
const Cause address_in_use{
    .id = "address-in-use",
    .stage = Stage::local,
    .outcome = Outcome::local_error,
    .errnos = "EADDRINUSE",
    .seen_by = {.host = true, .probe = true},
    .specificity = 50,
    .meaning =
        "bind() met a socket that still holds the address: a listener, or one in TIME_WAIT "
        "while SO_REUSEADDR is not set.",
    .on_the_wire = "Nothing: bind() fails before any packet leaves.",
    .advice =
        "Name the holder: `ss -ltnp 'sport = :PORT'`. Stop it, or choose another port. If "
        "nothing listens and `ss -tan 'sport = :PORT'` shows TIME_WAIT, set SO_REUSEADDR in "
        "the server before bind(). A client should not bind() a fixed port at all.",
    .splits = "`ss -tanp 'sport = :PORT'` shows the holder.",
    .reproduce = "`ncat -l 8080` twice on one host.",
    .references =
        "RFC 9293 3.4.2; inet_csk_get_port() in net/ipv4/inet_connection_sock.c; "
        "socket(7), SO_REUSEADDR",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
