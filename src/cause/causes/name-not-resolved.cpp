#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"

namespace tcpwhy::cause {

// Without an address nothing is sent to one.
static Opinion judge(const Evidence&) {
    return ruled_out("packets went to an address, so there was one");
}

static By by(const Evidence&) {
    return By::unknown;
}

static std::string summarize(const Evidence& e) {
    return fmt::format("The name of {} has no address.", host_of(e.server));
}

extern const Cause name_not_resolved;
const Cause name_not_resolved{
    .id = "name-not-resolved",
    .stage = Stage::local,
    .outcome = Outcome::local_error,
    .errnos = "EAI_*",
    .seen_by = {.probe = true},
    .specificity = 50,
    .meaning =
        "The name has no address: NXDOMAIN, no A or AAAA record, a server failure, or no "
        "answer from the resolver.",
    .on_the_wire =
        "No TCP at all. A DNS question (port 53) with an empty, failed or missing "
        "answer, or nothing where the name is looked up in files.",
    .advice =
        "Check the spelling, then ask as the program does: `getent ahosts NAME`. Compare "
        "with `resolvectl query NAME` and `dig NAME @RESOLVER`. Look at /etc/resolv.conf and "
        "/etc/nsswitch.conf for a wrong resolver or search domain.",
    .splits = "`tcpwhy connect NAME:PORT` says what the resolver answered.",
    .reproduce = "`curl http://no-such-name.invalid/`.",
    .references = "RFC 1035 4.1.1; RFC 6761 6.4; getaddrinfo(3)",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
