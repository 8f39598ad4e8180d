#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"

namespace tcpwhy::cause {

// tcp_send_active_reset(): a socket that was there is thrown away. Which call did it leaves no
// trace in the packet, so what speaks for another call makes this one merely possible.
static Opinion judge(const Evidence& e) {
    const ResetFacts& r = e.reset;
    if (const auto why = no_reset_that_ended_it(e); !why.empty()) return ruled_out(why);
    if (from_another_distance(r)) return ruled_out("another machine made the reset");
    if (r.sender_spoke_after) return ruled_out("the side it speaks for went on sending");
    if (r.sender_had_fin && r.peer_had_fin) return ruled_out("both sides had closed before it");
    if (!r.active_shape) {
        if (answers_promptly(r)) return ruled_out("the reset answers a segment");
        if (r.position != ResetPosition::exact) {
            return possible("a socket's own reset would have the exact number");
        }
        return fits("nothing asked for the reset, and some stacks abort with a bare one", r.moment);
    }
    const EvidenceSide& sender = e.side(r.moment.from);
    if (sender.keepalive_probes) {
        return possible("a program may give up in the same moment as the keepalive timer");
    }
    if (r.sender_had_fin && !server_spoke_last(e)) {
        return fits("it closed its own direction, then aborted before the answer came", r.moment);
    }
    if (r.sender_had_fin || r.peer_had_fin) {
        return possible("a program may abort a connection that is half closed");
    }
    if (window_shows_unread_data(e)) {
        return possible("a hard close looks the same, whether bytes were unread or not");
    }
    if (left_data_unanswered(e) && (r.moment.from == Party::server || e.peer_data_unacked)) {
        return possible("a hard close after reading everything sends the same packets");
    }
    return fits("a socket was aborted, and neither a timer nor a segment asked for it", r.moment);
}

static By by(const Evidence& e) {
    return by_of(e.reset.moment.from);
}

static std::string summarize(const Evidence& e) {
    const Party from = e.reset.moment.from;
    return fmt::format("{} aborted the connection {} after it began: its program closed hard{}.",
                       subject_of(e, from), format_duration(e.reset.moment.time - e.start),
                       e.reset.after_all_delivered ? ", with nothing left to deliver"
                                                   : ", with data still on its way");
}

extern const Cause aborted_by_application;
const Cause aborted_by_application{
    .id = "aborted-by-application",
    .stage = Stage::established,
    .outcome = Outcome::reset,
    .errnos = "ECONNRESET,EPIPE",
    .seen_by = {.packets = true, .kernel = true, .host = true},
    .specificity = 40,
    .meaning =
        "The application (or an administrator with `ss -K`) closed hard on purpose: "
        "SO_LINGER with zero timeout, connect() to AF_UNSPEC, or the socket destroyed.",
    .on_the_wire =
        "RST,ACK with seq = its sender's next number and ack = all it had received, on "
        "Linux with timestamps and a live window; no FIN, no probes, no trigger.",
    .advice =
        "Look in the log of the program that sent the reset, at that second. Search its "
        "source and settings for SO_LINGER, `nolinger`, `reset_timedout_connection`, "
        "`setSoLinger(true, 0)`. Run `tcpwhy watch` on that host to get the kernel's reason.",
    .splits =
        "Run `tcpwhy watch` on the host that sent the reset: the kernel's reason is "
        "TCP_STATE for a hard close, TCP_ABORT_ON_CLOSE where bytes were unread.",
    .reproduce =
        "`python3 -c \"import socket,struct; s=socket.create_connection(('127.0.0.1',80)); "
        "s.setsockopt(1,13,struct.pack('ii',1,0)); s.close()\"`.",
    .references =
        "RFC 9293 3.10.5 (ABORT); tcp_disconnect(), tcp_abort(), tcp_send_active_reset() "
        "in net/ipv4",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
