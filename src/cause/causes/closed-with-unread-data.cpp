#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"

namespace tcpwhy::cause {

// RFC 2525 2.17 and tcp_close(): a close with bytes in the receive queue sends RST, not FIN. The
// queue is emptied before the reset is made, so a shut window opens again in it.
static Opinion judge(const Evidence& e) {
    const ResetFacts& r = e.reset;
    if (const auto why = no_reset_that_ended_it(e); !why.empty()) return ruled_out(why);
    if (from_another_distance(r)) return ruled_out("another machine made the reset");
    if (r.sender_spoke_after) return ruled_out("the side it speaks for went on sending");
    if (r.sender_had_fin && r.peer_had_fin) return ruled_out("both sides had closed before it");
    if (!r.active_shape) return ruled_out("the reset is not that of a socket being closed");
    const Party peer = other(r.moment.from);
    if (e.side(peer).bytes == 0) return ruled_out("it had been sent nothing that could be unread");
    if (e.side(r.moment.from).keepalive_probes) {
        return ruled_out("its keepalive probes had gone unanswered, so its socket was still owned");
    }
    if (window_shows_unread_data(e)) {
        return fits("its window was shut by unread bytes and opens in the reset",
                    e.side(r.moment.from).last, r.moment);
    }
    if (!left_data_unanswered(e)) {
        return possible("earlier bytes may have been unread, though it answered since");
    }
    if (r.peer_had_fin && r.moment.from == Party::client) {
        return possible("the last bytes it was sent may have been unread");
    }
    if (r.moment.from == Party::client && !e.peer_data_unacked) {
        return possible("the last bytes it was sent may have been unread");
    }
    return fits("it had acknowledged data that it never answered", e.side(peer).last_data,
                r.moment);
}

static By by(const Evidence& e) {
    return by_of(e.reset.moment.from);
}

static std::string summarize(const Evidence& e) {
    const Party from = e.reset.moment.from;
    const EvidenceSide& peer = e.side(other(from));
    return fmt::format(
        "{} closed without reading all of the {} that {} had sent, so its kernel "
        "reset the connection.",
        subject_of(e, from), count_of(peer.bytes, "byte"), name_of(other(from)));
}

extern const Cause closed_with_unread_data;
const Cause closed_with_unread_data{
    .id = "closed-with-unread-data",
    .stage = Stage::established,
    .outcome = Outcome::reset,
    .errnos = "ECONNRESET,EPIPE",
    .seen_by = {.packets = true, .kernel = true, .host = true},
    .specificity = 55,
    .meaning =
        "The application closed, or died, while bytes that its kernel had already "
        "acknowledged were unread; so the kernel sent RST instead of FIN, and what was "
        "still on its way to the peer is lost.",
    .on_the_wire =
        "Data, acknowledged but never answered, then RST,ACK with seq = its sender's "
        "next number. Where the last window was nearly shut and the reset's is open, "
        "bytes were certainly unread.",
    .advice =
        "Look for a crash, an early return or a timeout of the program that sent the reset, "
        "at that second. Make it read until end of file before it closes, or call "
        "shutdown(SHUT_WR) and drain. If it refuses large requests (413, 401), let it read "
        "the body first. Run `tcpwhy watch` on that host to be sure.",
    .splits =
        "Run `tcpwhy watch` on the host that sent the reset: the kernel's reason is "
        "TCP_ABORT_ON_CLOSE where bytes were unread, TCP_STATE for a hard close.",
    .reproduce =
        "`printf hello | nc -N 127.0.0.1 PORT` against a server that accepts and closes "
        "without reading.",
    .references = "RFC 1122 4.2.2.13; RFC 2525 2.17; __tcp_close() in net/ipv4/tcp.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
