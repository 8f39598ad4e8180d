#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"
#include "cause/silence_signs.h"

namespace tcpwhy::cause {

// RFC 9293 3.6, case 1: FIN_WAIT_2 here, CLOSE_WAIT there. Legal for as long as the other side
// still has something to say; a leak when it says nothing and does not close.
static Opinion judge(const Evidence& e) {
    if (e.reset.moment && !reset_was_ignored(e)) return ruled_out("a reset ended it");
    if (!e.client.fin && !e.server.fin) return ruled_out("nobody sent FIN");
    if (e.client.fin && e.server.fin) return ruled_out("both sides sent FIN");
    const auto closer = half_closer(e);
    if (!closer) return ruled_out("the FIN was not acknowledged");
    const Party leaker = other(*closer);
    const EvidenceSide& side = e.side(leaker);
    if (waits_too_long(e, side)) return ruled_out("what the other side sent was not acknowledged");
    if (fin_may_precede_capture(e, leaker)) {
        return ruled_out("the other side may have closed before the capture began");
    }
    const bool spoke = side.last_data && side.last_data.frame > e.side(*closer).fin.frame;
    if (wait_for_fin(e, *closer) < half_close_patience) {
        if (spoke) return ruled_out("the other side was still sending");
        return possible("the other side has not closed yet");
    }
    if (e.quality.lost_packets) return possible("the capture may have missed the other FIN");
    return fits("the FIN was acknowledged, but the other side never sent its own",
                e.side(*closer).fin, side.last);
}

static By by(const Evidence& e) {
    return by_of(other(half_closer(e).value_or(Party::client)));
}

static std::string summarize(const Evidence& e) {
    const Party closer = half_closer(e).value_or(Party::client);
    return fmt::format("{} has not closed {} after {} did: its socket is left in CLOSE_WAIT.",
                       subject_of(e, other(closer)), format_duration(wait_for_fin(e, closer)),
                       name_of(closer));
}

extern const Cause peer_never_closed;
const Cause peer_never_closed{
    .id = "peer-never-closed",
    .stage = Stage::established,
    .outcome = Outcome::stalled,
    .errnos = "-",
    .seen_by = {.packets = true, .host = true},
    .specificity = 60,
    .meaning =
        "One side sent FIN and got its ACK, the other never closes: FIN_WAIT_2 here, "
        "CLOSE_WAIT there. Usually an application that forgot close().",
    .on_the_wire =
        "FIN, its ACK, and then neither data nor FIN from the other side for a minute "
        "or more.",
    .advice =
        "On the host that does not close run `ss -tnpo state close-wait` (or `tcpwhy "
        "sockets`) to get the process. Fix it to close the socket when read() returns 0; "
        "look for connection pools that never test their connections. Restart it to free "
        "the sockets meanwhile.",
    .splits =
        "`tcpwhy sockets` on the host that does not close: the socket is in CLOSE_WAIT and "
        "has an owner.",
    .reproduce = "`nc -N 127.0.0.1 PORT < /dev/null` against a server that never reads or closes.",
    .references = "RFC 9293 3.6 case 1; tcp_fin_timeout in ip-sysctl",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
