#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"
#include "cause/thresholds.h"

namespace tcpwhy::cause {

// Harmless is what comes when everything had been delivered and at least one side had closed:
// in place of the last ACK, in place of the second FIN, or after both.
static Opinion judge(const Evidence& e) {
    const ResetFacts& r = e.reset;
    if (const auto why = no_reset_that_ended_it(e); !why.empty()) return ruled_out(why);
    if (e.side(r.moment.from).mptcp_reset_reason >= 0) {
        return fits("one subflow of a multipath connection was given up, with a reason given",
                    r.moment);
    }
    if (!r.sender_had_fin && !r.peer_had_fin) return ruled_out("nobody had closed before it");
    if (!r.after_all_delivered) return ruled_out("data was still on its way when it came");
    if (r.sender_had_fin && r.peer_had_fin) {
        if (e.reset_in_time_wait && r.answers == Trigger::pure_ack) {
            return ruled_out("it answers a late ACK from TIME_WAIT");
        }
        if (!follows_traffic(r)) return possible("everything was delivered long before it came");
        return fits("both sides had closed and everything was delivered", e.client.fin,
                    e.server.fin, r.moment);
    }
    if (r.peer_had_fin) {
        if (r.moment.from == Party::server && left_data_unanswered(e)) {
            return possible("everything was delivered, but the last request was not answered");
        }
        if (r.reply_shape && r.idle_before >= shortest_idle_timeout) {
            return possible("it answers a FIN, after which nothing can be lost");
        }
        return fits("it came in place of a FIN, when everything was delivered",
                    e.side(other(r.moment.from)).fin, r.moment);
    }
    if (!server_spoke_last(e)) {
        return possible("everything was delivered, but the last request was not answered");
    }
    return fits("it came after its sender's FIN, when everything was delivered",
                e.side(r.moment.from).fin, r.moment);
}

static By by(const Evidence& e) {
    return by_of(e.reset.moment.from);
}

static std::string summarize(const Evidence& e) {
    return fmt::format(
        "{} ended the connection with a harmless reset: all data ({} bytes from the client, {} "
        "from "
        "the server) had been delivered.",
        subject_of(e, e.reset.moment.from), format_count(e.client.bytes),
        format_count(e.server.bytes));
}

extern const Cause reset_after_close;
const Cause reset_after_close{
    .id = "reset-after-close",
    .stage = Stage::end,
    .outcome = Outcome::ok,
    .errnos = "-",
    .seen_by = {.packets = true, .kernel = true},
    .specificity = 70,
    .meaning =
        "A harmless reset: it came when both directions had delivered all their data, in "
        "place of the last ACK or FIN, or after both FINs.",
    .on_the_wire =
        "RST after both FINs, in place of the second FIN or of the last ACK, with every "
        "byte of both sides acknowledged. Load balancers, browsers and health checks "
        "end many connections like this.",
    .advice =
        "Nothing to do: no data was lost. To get rid of the log noise, let the side that "
        "resets close with FIN (no SO_LINGER of 0, HAProxy without `nolinger`).",
    .splits =
        "Whether the application had read all it was sent does not show in packets: run "
        "`tcpwhy watch` on the host that sent the reset.",
    .reproduce = "Put HAProxy with `option nolinger` before any web server and run `curl` on it.",
    .references =
        "RFC 9293 3.6, 3.10.7; Arlitt and Williamson, An Analysis of TCP Reset Behaviour "
        "on the Internet (2005)",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
