#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"
#include "cause/thresholds.h"

namespace tcpwhy::cause {

static Party prober(const Evidence& e) {
    return e.server.keepalive_probes.count > e.client.keepalive_probes.count ? Party::server
                                                                             : Party::client;
}

// tcp_keepalive_timer() resets one interval after the last probe, give or take the timer's slack.
static bool comes_one_interval_later(const Run& probes, const Moment& reset) {
    if (probes.count < 2) return false;
    const Duration interval = probes.span() / (probes.count - 1);
    const Duration wait = reset.time - probes.last.time;
    return wait > interval / 2 && wait < interval + interval / 2;
}

// RFC 1122 4.2.3.6: probes without any answer, then the connection is given up.
static Opinion judge(const Evidence& e) {
    if (!e.established) return ruled_out("the connection was not established");
    if (e.quality.one_direction) return ruled_out("only one side's packets were captured");
    const Party party = prober(e);
    const Run& probes = e.side(party).keepalive_probes;
    if (!probes) return ruled_out("no keepalive probe went unanswered");
    if (e.reset.moment && !reset_was_ignored(e)) {
        const ResetFacts& r = e.reset;
        if (r.moment.from != party) return ruled_out("the other side answered, with a reset");
        if (!r.active_shape) return ruled_out("the reset answers a segment, no timer sent it");
        if (!comes_one_interval_later(probes, r.moment)) {
            return possible("probes went unanswered, but the reset does not keep their interval");
        }
        return fits("keepalive probes went unanswered, then the connection was given up",
                    probes.first, probes.last, r.moment);
    }
    if (probes.count < tries_that_prove_silence) {
        return ruled_out("too few keepalive probes went unanswered");
    }
    if (e.quality.lost_packets) return possible("the capture may have missed the answers");
    return fits("keepalive probes went unanswered", probes.first, probes.last);
}

static By by(const Evidence&) {
    return By::unknown;
}

static std::string summarize(const Evidence& e) {
    const Party party = prober(e);
    const Run& probes = e.side(party).keepalive_probes;
    return fmt::format("{} answered none of {} within {}{}.", subject_of(e, other(party)),
                       count_of(probes.count, "keepalive probe"), format_duration(probes.span()),
                       e.reset.moment ? ", so the connection was reset" : "");
}

extern const Cause keepalive_timeout;
const Cause keepalive_timeout{
    .id = "keepalive-timeout",
    .stage = Stage::established,
    .outcome = Outcome::timeout,
    .errnos = "ETIMEDOUT",
    .seen_by = {.packets = true, .kernel = true, .host = true},
    .specificity = 75,
    .meaning = "Keepalive probes went unanswered until the connection was given up.",
    .on_the_wire =
        "After a silence, segments with seq = next number - 1 and 0 or 1 byte at a "
        "fixed interval, no ACK for any of them, then RST,ACK (Linux) or nothing more.",
    .advice =
        "Check whether the peer was down or its network cut at that time; `ping` it. If it "
        "was alive, something between drops idle connections: probe sooner (`sysctl "
        "net.ipv4.tcp_keepalive_time`) or raise that device's idle timeout. Let the program "
        "reconnect.",
    .splits =
        "`tcpwhy watch` on the host that probed: the kernel's reason is "
        "TCP_KEEPALIVE_TIMEOUT.",
    .reproduce =
        "Connect with SO_KEEPALIVE, TCP_KEEPIDLE 5, TCP_KEEPINTVL 1, TCP_KEEPCNT 3, then "
        "drop the peer's packets with nftables.",
    .references =
        "RFC 9293 3.8.4; RFC 1122 4.2.3.6; tcp_keepalive_timer() in "
        "net/ipv4/tcp_timer.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
