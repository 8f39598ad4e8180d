#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/opening_signs.h"
#include "cause/phrases.h"
#include "cause/thresholds.h"

namespace tcpwhy::cause {

// The socket is gone when the SYN,ACK comes, so it meets a closed port: RFC 9293 3.10.7.1.
static Opinion judge(const Evidence& e) {
    if (!e.syns) return ruled_out("no SYN was seen");
    if (!e.syn_acks) return ruled_out("no SYN,ACK came");
    if (e.bad_syn_ack) return ruled_out("the SYN,ACK acknowledged what was never sent");
    if (!client_reset_the_syn_ack(e)) return ruled_out("the client did not reset the SYN,ACK");
    if (e.hosts.flooded_now) return possible("a client may give up while the flood goes on");
    if (wait_for_syn_ack(e) >= slow_answer) {
        return fits("the SYN,ACK came late, and the client's socket was gone", e.syns.first,
                    e.syn_acks.first, e.reset.moment);
    }
    if (e.hosts.ports_tried >= ports_of_a_scan) {
        return ruled_out("the answer came promptly, on one of many ports tried");
    }
    return possible("the client may have given up before the answer, though that came promptly");
}

static By by(const Evidence&) {
    return By::client;
}

static std::string summarize(const Evidence& e) {
    return fmt::format("{} had given up when the SYN,ACK of {} came, {} after its SYN.",
                       host_of(e.client), address_of(e.server),
                       format_duration(wait_for_syn_ack(e)));
}

extern const Cause connect_timeout_too_short;
const Cause connect_timeout_too_short{
    .id = "connect-timeout-too-short",
    .stage = Stage::handshake,
    .outcome = Outcome::timeout,
    .errnos = "ETIMEDOUT,EINPROGRESS,EAGAIN",
    .seen_by = {.packets = true, .kernel = true, .probe = true},
    .specificity = 55,
    .meaning =
        "The client gave up before the SYN,ACK came: its connect timeout (or SO_SNDTIMEO) "
        "is shorter than the time the answer takes.",
    .on_the_wire =
        "SYN, perhaps repeated; a second or more later SYN,ACK, answered by the "
        "client's bare RST with the SYN,ACK's acknowledgement number.",
    .advice =
        "Raise the client's connect timeout above the time shown here (three seconds allow "
        "for one lost SYN). Then find out why the answer is slow: packet loss (repeated "
        "SYNs), a full queue on the server (`ss -ltn`, `nstat -az TcpExtListenDrops`) or "
        "a long path.",
    .splits =
        "The client's own log or configuration tells its timeout. A half-open scanner or "
        "health check resets at once and on purpose.",
    .reproduce =
        "`tc qdisc add dev IFACE root netem delay 2s` on the server, then `curl "
        "--connect-timeout 1 http://ADDRESS/`.",
    .references =
        "RFC 9293 3.10.7.1; RFC 1122 4.2.3.5; tcp_v4_send_reset() in "
        "net/ipv4/tcp_ipv4.c; socket(7), SO_SNDTIMEO",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
