#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"

namespace tcpwhy::cause {

// RFC 1122 4.2.2.13: a host that can no longer deliver received data to an application SHOULD
// send a reset; the reset is made from the late segment alone.
static Opinion judge(const Evidence& e) {
    const ResetFacts& r = e.reset;
    if (const auto why = no_reset_that_ended_it(e); !why.empty()) return ruled_out(why);
    if (from_another_distance(r)) return ruled_out("another machine made the reset");
    const bool answers_data = r.trigger.length != 0 && answers_promptly(r);
    if (!r.sender_had_fin) {
        if (answers_data && r.reply_shape && e.quality.lost_packets) {
            return possible("its FIN may be among the packets that the capture missed");
        }
        return ruled_out("the side that sent the reset had not closed");
    }
    if (r.after_all_delivered) return ruled_out("no data was on its way when the reset came");
    if (answers_data && r.reply_shape) {
        return fits("data reached a side that had closed already", e.side(r.moment.from).fin,
                    r.trigger, r.moment);
    }
    if (!e.data_after_fin) return ruled_out("no data reached that side after its FIN");
    if (r.active_shape) return possible("data came after its FIN, and some stacks then abort");
    return fits("data reached a side that had closed already", e.side(r.moment.from).fin,
                e.data_after_fin, r.moment);
}

static By by(const Evidence& e) {
    return by_of(e.reset.moment.from);
}

static std::string summarize(const Evidence& e) {
    const Party closer = e.reset.moment.from;
    const Moment& late = e.reset.trigger ? e.reset.trigger : e.data_after_fin;
    return fmt::format(
        "{} had closed when {} of {} came {} later, so they were refused with a "
        "reset.",
        subject_of(e, closer), count_of(late.length, "byte"), name_of(other(closer)),
        format_duration(late.time - e.side(closer).fin.time));
}

extern const Cause data_after_close;
const Cause data_after_close{
    .id = "data-after-close",
    .stage = Stage::established,
    .outcome = Outcome::reset,
    .errnos = "ECONNRESET,EPIPE",
    .seen_by = {.packets = true, .kernel = true, .host = true},
    .specificity = 66,
    .meaning = "Data arrived at a socket whose application had already closed it completely.",
    .on_the_wire =
        "FIN, then data from the other side, then a bare RST with seq = that data's ack "
        "and window 0, once for each late segment.",
    .advice =
        "Compare the idle timeouts of both ends: the side that closes should be the one "
        "that waits longer (keep-alive of the server above that of the client or load "
        "balancer). Let the writer stop on end of file, and repeat the request on a new "
        "connection. Ignore it where the late data is only a TLS close_notify.",
    .splits =
        "A complete capture, or `tcpwhy watch` on the host that sent the reset: the "
        "kernel's reason is TCP_TIMEWAIT_SOCKET or TCP_ABORT_ON_DATA.",
    .reproduce =
        "`(sleep 1; echo late; sleep 1; echo later) | nc 127.0.0.1 PORT` against a server "
        "that accepts and closes at once.",
    .references =
        "RFC 1122 4.2.2.13; tcp_rcv_state_process(), tcp_timewait_state_process() in "
        "net/ipv4",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
