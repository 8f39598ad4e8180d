#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"

namespace tcpwhy::cause {

// RFC 1337: an old duplicate reaches TIME_WAIT, which answers with an ACK; the other side, closed
// by then, answers that ACK with a reset, and TIME_WAIT is gone before its time.
static Opinion judge(const Evidence& e) {
    if (!e.reset_in_time_wait) return ruled_out("no reset reached a side in TIME_WAIT");
    if (!e.client.fin_acked || !e.server.fin_acked) {
        return ruled_out("not both FINs had been acknowledged");
    }
    if (e.reset.answers == Trigger::pure_ack) {
        return fits("an ACK from TIME_WAIT was answered by a reset, which ends TIME_WAIT",
                    e.client.fin, e.server.fin, e.reset.trigger, e.reset_in_time_wait);
    }
    if (origin_of(e.reset, e) == Origin::foreign || !follows_traffic(e.reset)) {
        return fits("a reset out of nowhere reached TIME_WAIT, which ends it", e.client.fin,
                    e.server.fin, e.reset_in_time_wait);
    }
    return possible("it may have cut the other side's TIME_WAIT short");
}

static By by(const Evidence& e) {
    return by_of(e.reset_in_time_wait.from);
}

static std::string summarize(const Evidence& e) {
    const Party victim = other(e.reset_in_time_wait.from);
    const Moment& last_fin = e.client.fin.time > e.server.fin.time ? e.client.fin : e.server.fin;
    return fmt::format(
        "{} lost its TIME_WAIT {} after the close, by a reset; the connection itself "
        "had closed normally.",
        subject_of(e, victim), format_duration(e.reset_in_time_wait.time - last_fin.time));
}

extern const Cause time_wait_assassination;
const Cause time_wait_assassination{
    .id = "time-wait-assassination",
    .stage = Stage::attack,
    .outcome = Outcome::ok,
    .errnos = "-",
    .seen_by = {.packets = true, .kernel = true},
    .specificity = 80,
    .meaning =
        "A reset removed a TIME_WAIT socket before its time. The connection itself was "
        "fine; a later one on the same ports may meet old duplicates.",
    .on_the_wire =
        "Both FINs acknowledged; then a stray old segment, the ACK from TIME_WAIT that "
        "it provokes, and a bare RST with seq = that ACK's ack.",
    .advice =
        "Usually nothing to do. If it happens often, set `sysctl -w net.ipv4.tcp_rfc1337=1` "
        "on the side in TIME_WAIT, and look for what delays or repeats segments on the path.",
    .splits = "",
    .reproduce =
        "In a namespace of your own, repeat a connection's old segment to its side in "
        "TIME_WAIT with scapy.",
    .references = "RFC 1337; tcp_timewait_state_process() in net/ipv4/tcp_minisocks.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
