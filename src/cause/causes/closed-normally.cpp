#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"
#include "cause/silence_signs.h"

namespace tcpwhy::cause {

// RFC 9293 3.6: each side closes its own direction; done when both FINs are acknowledged.
static Opinion judge(const Evidence& e) {
    if (!e.client.fin && !e.server.fin) return ruled_out("nobody sent FIN");
    if (!e.client.fin || !e.server.fin) return ruled_out("only one side sent FIN");
    if (e.reset.moment && !reset_was_ignored(e)) return ruled_out("a reset was sent");
    if (side_without_answers(e)) return ruled_out("something was repeated without an answer");
    if (e.client.fin_acked && e.server.fin_acked) {
        return fits("both sides sent FIN and both were acknowledged", e.client.fin, e.server.fin);
    }
    const EvidenceSide& waiting = e.client.fin_acked ? e.server : e.client;
    if (waiting.unacked_bytes > 1) return ruled_out("data before the FIN was not acknowledged");
    return showing(possible("both sides sent FIN; the last acknowledgement was not captured"),
                   e.client.fin, e.server.fin);
}

static By by(const Evidence&) {
    return By::none;
}

static std::string summarize(const Evidence& e) {
    const bool client_first = e.client.fin.frame < e.server.fin.frame;
    return fmt::format("{} closed normally after {}; {} closed first.", both_addresses(e),
                       format_duration(e.end - e.start),
                       name_of(client_first ? Party::client : Party::server));
}

extern const Cause closed_normally;
const Cause closed_normally{
    .id = "closed-normally",
    .stage = Stage::end,
    .outcome = Outcome::ok,
    .errnos = "-",
    .seen_by = {.packets = true, .kernel = true, .host = true},
    .specificity = 90,
    .meaning = "Both sides sent FIN and both FINs were acknowledged: everything was delivered.",
    .on_the_wire =
        "FIN and its acknowledgement in both directions, in any order, also crossed "
        "(simultaneous close).",
    .advice =
        "Nothing to do: TCP did its job. If the application complains, look at what it "
        "said before it closed.",
    .splits = "",
    .reproduce = "`curl http://example.org/` while `tcpdump -w x.pcap tcp` runs.",
    .references = "RFC 9293 3.6; tcp_fin() in net/ipv4/tcp_input.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
