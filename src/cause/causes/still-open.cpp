#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"
#include "cause/silence_signs.h"

namespace tcpwhy::cause {

static bool probes_went_unanswered(const Evidence& e, const EvidenceSide& side) {
    return side.keepalive_probes &&
           observed_until(e) - side.keepalive_probes.first.time > initial_rto;
}

// Healthy: nothing has waited for an acknowledgement longer than a retransmission takes
// (RFC 6298 2.1), and a half-close (RFC 9293 3.6) is younger than anybody's patience.
static Opinion judge(const Evidence& e) {
    if (!e.established) return ruled_out("the handshake was not completed");
    if (e.reset.moment && !reset_was_ignored(e)) return ruled_out("a reset ended it");
    if (e.client.fin && e.server.fin) return ruled_out("both sides sent FIN");
    if (e.quality.evicted) return ruled_out("it was left out of memory before its end");
    if (e.quality.one_direction) return ruled_out("only one side's packets were captured");
    for (const Party party : {Party::client, Party::server}) {
        const EvidenceSide& side = e.side(party);
        if (waits_too_long(e, side)) return ruled_out("something sent was never acknowledged");
        if (probes_went_unanswered(e, side)) return ruled_out("a keepalive probe went unanswered");
        if (side.zero_window_at_end &&
            e.side(other(party)).window_probes.count >= tries_that_prove_silence) {
            return ruled_out("a window stayed shut");
        }
    }
    const auto closer = half_closer(e);
    if (!closer) {
        return fits("the connection is established and nothing is overdue", e.handshake_ack,
                    e.client.last, e.server.last);
    }
    if (fin_may_precede_capture(e, other(*closer))) {
        return ruled_out("the other side may have closed before the capture began");
    }
    if (wait_for_fin(e, *closer) >= half_close_patience) {
        return ruled_out("the other side did not close for a long time");
    }
    return fits("one side has closed its direction, the other is still open", e.side(*closer).fin,
                e.side(other(*closer)).last);
}

static By by(const Evidence&) {
    return By::none;
}

static std::string summarize(const Evidence& e) {
    return fmt::format("{} were connected and well when observation ended, after {}.",
                       both_addresses(e), format_duration(observed_until(e) - e.start));
}

extern const Cause still_open;
const Cause still_open{
    .id = "still-open",
    .stage = Stage::end,
    .outcome = Outcome::open,
    .errnos = "-",
    .seen_by = {.packets = true, .kernel = true, .host = true},
    .specificity = 10,
    .meaning = "The connection was established and healthy when observation ended.",
    .on_the_wire =
        "A handshake, or traffic in both directions; no FIN each way, no reset, nothing "
        "unacknowledged for longer than a retransmission takes.",
    .advice = "Nothing to do. To learn how it ends, capture for longer.",
    .splits =
        "A side that has closed may wait for a peer that never will: capture for more than "
        "a minute after the FIN, or run `tcpwhy sockets` on the host that has not closed.",
    .reproduce = "`ssh` to a host, and stop the capture before you log out.",
    .references = "RFC 9293 3.3.2 (ESTABLISHED, CLOSE-WAIT), 3.6",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
