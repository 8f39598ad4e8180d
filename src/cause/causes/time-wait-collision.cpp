#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/opening_signs.h"
#include "cause/phrases.h"
#include "cause/previous_connection.h"

namespace tcpwhy::cause {

// RFC 9293 3.10.7.4 and RFC 6191: in TIME-WAIT a SYN is accepted only if its number or its
// timestamp is newer than the old connection's; otherwise the last ACK is sent again.
static Opinion judge(const Evidence& e) {
    if (!e.ack_of_syn_stale) return ruled_out("no SYN was answered by an ACK of other numbers");
    if (handshake_went_on(e)) return ruled_out("the handshake went on after it");
    if (server_is_in_time_wait(e)) {
        return fits("the server answered for the previous connection, closed a moment before",
                    e.syns.first, e.ack_of_syn_stale, e.reset_of_stale, e.syn_after_stale);
    }
    if (e.previous.seen)
        return ruled_out("the previous connection left no TIME_WAIT at the server");
    if (e.start - e.quality.capture_start > longest_time_wait) {
        return ruled_out("the capture holds no earlier connection for as long as TIME_WAIT lasts");
    }
    return possible("the previous connection may have been closed before the capture began");
}

static By by(const Evidence&) {
    return By::client;
}

static std::string summarize(const Evidence& e) {
    const std::string when =
        e.previous.seen
            ? fmt::format(" closed {} before", format_duration(e.start - e.previous.end))
            : std::string{};
    return fmt::format(
        "{} reused port {} while {} still kept the previous connection{} in "
        "TIME_WAIT.",
        host_of(e.client), e.client.address.port, address_of(e.server), when);
}

extern const Cause time_wait_collision;
const Cause time_wait_collision{
    .id = "time-wait-collision",
    .stage = Stage::handshake,
    .outcome = Outcome::reset,
    .errnos = "ECONNRESET,ETIMEDOUT",
    .seen_by = {.packets = true, .kernel = true},
    .specificity = 65,
    .meaning =
        "The SYN met the peer's TIME_WAIT socket of the previous connection with the same "
        "addresses and ports and was not acceptable.",
    .on_the_wire =
        "A connection that the server closed first; within a minute (Linux) or four a "
        "SYN from the same port with an older number or timestamp, answered by an ACK "
        "of the old numbers; the client's RST; the SYN again.",
    .advice =
        "Let the client choose its port (no bind() to a fixed one), and give NATs in between "
        "more ports or addresses so that they do not reuse one within a minute. Keep TCP "
        "timestamps on at both ends (`sysctl net.ipv4.tcp_timestamps`). Where possible let "
        "the client close first, so that TIME_WAIT is at its side.",
    .splits =
        "A capture that holds the previous connection's close decides it; so does `ss -tan "
        "state time-wait 'dst CLIENT'` on the server.",
    .reproduce =
        "From a fixed port connect twice to a server that closes first, the second time "
        "within a minute and with timestamps off.",
    .references =
        "RFC 9293 3.10.7.4; RFC 6191; RFC 1337; tcp_timewait_state_process() in "
        "net/ipv4/tcp_minisocks.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
