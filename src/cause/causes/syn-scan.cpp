#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/opening_signs.h"
#include "cause/phrases.h"
#include "cause/thresholds.h"

namespace tcpwhy::cause {

// The scanner's SYN comes from a raw socket: its kernel knows nothing of it and resets the
// SYN,ACK at once, as any for a closed port (RFC 9293 3.10.7.1).
static Opinion judge(const Evidence& e) {
    if (!e.syns) return ruled_out("no SYN was seen");
    if (!e.syn_acks) return ruled_out("no SYN,ACK came");
    if (e.bad_syn_ack) return ruled_out("the SYN,ACK acknowledged what was never sent");
    if (!client_reset_the_syn_ack(e)) return ruled_out("the client did not reset the SYN,ACK");
    if (e.hosts.flooded_now) return possible("a scan may run through the flood");
    const bool scanning = e.syn_bare || e.hosts.ports_tried >= ports_of_a_scan;
    const bool late = wait_for_syn_ack(e) >= slow_answer;
    if (late && !scanning) return ruled_out("an ordinary SYN, whose answer came late");
    if (late) return possible("a scanner resets late answers too");
    if (!scanning) {
        return possible("some scanners and health checks send ordinary SYNs and reset the answer");
    }
    return fits("the client reset the SYN,ACK at once, and its SYNs are a scanner's", e.syns.first,
                e.syn_acks.first, e.reset.moment);
}

static By by(const Evidence&) {
    return By::client;
}

static std::string summarize(const Evidence& e) {
    const std::string ports =
        e.hosts.ports_tried > 1
            ? fmt::format(" ({} tried there)", count_of(e.hosts.ports_tried, "port"))
            : std::string{};
    return fmt::format("{} probed port {} of {} without meaning to connect{}.", host_of(e.client),
                       e.server.address.port, host_of(e.server), ports);
}

extern const Cause syn_scan;
const Cause syn_scan{
    .id = "syn-scan",
    .stage = Stage::handshake,
    .outcome = Outcome::refused,
    .errnos = "-",
    .seen_by = {.packets = true, .kernel = true},
    .specificity = 57,
    .meaning =
        "A half-open port scan or health check: the SYN,ACK was answered at once with RST "
        "by a client that never meant to connect.",
    .on_the_wire =
        "SYN without the options of an ordinary stack (none, or MSS alone), or SYNs to "
        "many ports of one host; SYN,ACK; a bare RST within a round trip.",
    .advice =
        "Nothing is broken: the port is open. If the client is a load balancer or a monitor, "
        "this is its health check. If you do not know the client, look at what else it tried "
        "(`tcpwhy read --host ADDRESS FILE`) and limit it at the firewall.",
    .splits =
        "Ask who runs the client. A program that gave up early sends ordinary SYNs and gets "
        "late answers.",
    .reproduce = "`nmap -sS -p 1-1000 ADDRESS` against a host of your own.",
    .references =
        "RFC 9293 3.10.7.1; nmap(1), TCP SYN scan; tcp_v4_send_reset() in "
        "net/ipv4/tcp_ipv4.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
