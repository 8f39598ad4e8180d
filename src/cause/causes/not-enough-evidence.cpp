#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"

namespace tcpwhy::cause {

// The last resort for everything else: said with what is missing.
static Opinion judge(const Evidence& e) {
    if (e.quality.icmp_quote_only) return possible("it is known only from an ICMP error's quote");
    if (e.quality.evicted) return possible("it was left out of memory before its end");
    if (nothing_but_resets(e)) {
        return showing(possible("nothing but the reset was captured; what it answers was not"),
                       e.reset.moment);
    }
    if (e.reset.moment && !reset_was_ignored(e)) return ruled_out("a reset ended it");
    const Moment& first = e.client.first ? e.client.first : e.server.first;
    const Moment& last = e.server.last.frame > e.client.last.frame ? e.server.last : e.client.last;
    if (e.quality.one_direction) {
        return showing(possible("only one side's packets were captured"), first, last);
    }
    if (!e.established) {
        return showing(possible("the capture ends before the handshake was decided"), first, last);
    }
    if (e.quality.starts_midstream) {
        return showing(possible("the capture starts too late to tell how it stands"), first, last);
    }
    if (e.quality.lost_packets) {
        return showing(possible("the capture missed packets that would tell"), first, last);
    }
    return showing(possible("the capture ends before it was decided"), first, last);
}

static By by(const Evidence&) {
    return By::unknown;
}

static std::string summarize(const Evidence& e) {
    return fmt::format("What became of {} cannot be told: {}.", both_addresses(e),
                       judge(e).because);
}

extern const Cause not_enough_evidence;
const Cause not_enough_evidence{
    .id = "not-enough-evidence",
    .stage = Stage::any,
    .outcome = Outcome::open,
    .errnos = "-",
    .seen_by = {.packets = true},
    .specificity = -20,
    .meaning =
        "The capture starts late, ends early or misses a direction, so the connection's "
        "fate cannot be told.",
    .on_the_wire =
        "A handshake or a retransmission cut short by the end of the capture, one side "
        "only, or a lone reset whose trigger is not there.",
    .advice =
        "Capture again: start before the connection does, on a host rather than a mirror "
        "port, and let it run for two minutes after the failure. `tcpdump -i any -s 128 -w "
        "x.pcap tcp or icmp or icmp6 or arp` is enough.",
    .splits = "A longer capture, or one from the other end.",
    .reproduce = "Stop a capture right after the first SYN.",
    .references = "RFC 9293 3.10.7 on what would have to follow",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
