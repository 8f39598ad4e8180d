#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/opening_signs.h"
#include "cause/phrases.h"
#include "cause/thresholds.h"

namespace tcpwhy::cause {

// RFC 7323 5 lets a connection refuse older timestamps; some kernels did so for a whole address
// (tcp_tw_recycle, gone since Linux 4.12). Offsets differ per connection in today's stacks, so a
// single TSval that runs backwards proves nothing: all that was answered must be in order.
static Opinion judge(const Evidence& e) {
    if (const auto why = what_answered_syn(e); !why.empty()) return ruled_out(why);
    if (!e.syns.first.has_timestamps) return ruled_out("the SYN has no timestamp");
    if (!e.hosts.tsval_backwards) return ruled_out("the SYN's timestamp is the newest so far");
    if (e.hosts.backwards_tsval_answered) {
        return ruled_out("the server answers other SYNs with an older timestamp");
    }
    if (!e.hosts.newer_tsval_answered) {
        return ruled_out("no SYN with a newer timestamp was answered meanwhile");
    }
    if (!waited_long_enough(e.syns, e)) {
        return possible("the capture shows too few tries to call them refused");
    }
    if (e.hosts.tsvals_answered < timestamps_that_prove_order) {
        return possible("the SYN's timestamp is older than one that was answered");
    }
    return fits("the server answers this address only while its timestamps grow", e.syns.first,
                e.syns.last);
}

static By by(const Evidence&) {
    return By::server;
}

static std::string summarize(const Evidence& e) {
    return fmt::format("{} drops the SYNs of {} whose timestamps are older than the last it saw.",
                       address_of(e.server), host_of(e.client));
}

extern const Cause timestamp_rejected;
const Cause timestamp_rejected{
    .id = "timestamp-rejected",
    .stage = Stage::handshake,
    .outcome = Outcome::timeout,
    .errnos = "ETIMEDOUT",
    .seen_by = {.packets = true, .host = true},
    .specificity = 53,
    .meaning =
        "SYNs are dropped because their timestamp is older than the last one seen from that "
        "address (tcp_tw_recycle, or PAWS for several hosts behind one NAT).",
    .on_the_wire =
        "Unanswered SYNs whose TSval runs backwards against an earlier connection from "
        "the same address, while every SYN with a newer TSval is answered.",
    .advice =
        "On the server turn the check off: `sysctl -w net.ipv4.tcp_tw_recycle=0` (kernels "
        "before 4.12), or the like in the load balancer. To help at once, turn timestamps "
        "off on the clients behind the NAT: `sysctl -w net.ipv4.tcp_timestamps=0`. Check "
        "with `nstat -az TcpExtPAWSPassive` on the server.",
    .splits =
        "The counter TcpExtPAWSPassive (or TcpExtPAWSTimewait) on the server grows with each "
        "refused SYN; with a drop rule or a full queue it does not.",
    .reproduce =
        "On a kernel before 4.12 set tcp_tw_recycle to 1 and connect from two hosts of "
        "different uptime behind one NAT.",
    .references =
        "RFC 7323 5; RFC 6191; tcp_v4_conn_request() before Linux 4.12; tcp_timestamps "
        "in Documentation/networking/ip-sysctl.rst",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
