#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"
#include "cause/silence_signs.h"

namespace tcpwhy::cause {

// The side whose window is shut and probed; the one that does not read.
static std::optional<Party> reader_that_stopped(const Evidence& e) {
    for (const Party party : {Party::client, Party::server}) {
        if (e.side(party).zero_window_at_end && e.side(other(party)).window_probes) return party;
    }
    return std::nullopt;
}

// RFC 9293 3.8.6.1: a window of 0, probed again and again, that never opens. A window field of 0
// is 0 under any scale, so a capture that starts late can tell as well.
static Opinion judge(const Evidence& e) {
    if (!e.established) return ruled_out("the connection was not established");
    if (e.quality.one_direction) return ruled_out("only one side's packets were captured");
    const auto reader = reader_that_stopped(e);
    if (!reader) return ruled_out("no window was shut and probed in the end");
    const EvidenceSide& side = e.side(*reader);
    const Run& probes = e.side(other(*reader)).window_probes;
    if (probes.count < tries_that_prove_silence) {
        return ruled_out("the window was shut too briefly to call it a stall");
    }
    if (side.last.frame < probes.first.frame) {
        return possible("the last window heard was 0, but nobody answers the probes any more");
    }
    if (e.reset.moment && !reset_was_ignored(e) && e.reset.moment.from == *reader) {
        return possible("its window had been shut for a while before the reset");
    }
    return fits("the window stayed shut while it was probed", side.zero_window, probes.first,
                probes.last, e.reset.moment);
}

static By by(const Evidence& e) {
    return by_of(reader_that_stopped(e).value_or(Party::server));
}

static std::string summarize(const Evidence& e) {
    const Party reader = reader_that_stopped(e).value_or(Party::server);
    const Run& probes = e.side(other(reader)).window_probes;
    return fmt::format("The program on {} stopped reading: its window was 0 for at least {}, {}.",
                       address_of(e.side(reader)),
                       format_duration(probes.last.time - e.side(reader).zero_window.time),
                       count_of(probes.count, "window probe"));
}

extern const Cause zero_window_stall;
const Cause zero_window_stall{
    .id = "zero-window-stall",
    .stage = Stage::established,
    .outcome = Outcome::stalled,
    .errnos = "ETIMEDOUT",
    .seen_by = {.packets = true, .kernel = true, .host = true},
    .specificity = 65,
    .meaning =
        "The receiver's application stopped reading: its window is 0, and the sender can "
        "only probe. Network and sender are healthy.",
    .on_the_wire =
        "An ACK with window 0, then probes (seq = next number - 1 and no data on Linux, "
        "1 byte of new data elsewhere) with growing gaps, answered by more ACKs with "
        "window 0.",
    .advice =
        "Go to the receiver: `ss -tnpo` there shows a large Recv-Q and the process that does "
        "not read. See what that process waits for (`cat /proc/PID/stack`, `gdb -p PID`, a "
        "full disk, a lock, a blocked log pipe). `tcpwhy sockets` lists such readers.",
    .splits = "",
    .reproduce = "`nc -l 9000` and stop it with Ctrl-Z, then `nc 127.0.0.1 9000 < /dev/zero`.",
    .references = "RFC 9293 3.8.6.1; RFC 1122 4.2.2.17; tcp_probe_timer() in net/ipv4/tcp_timer.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
