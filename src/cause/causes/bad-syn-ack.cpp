#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/thresholds.h"

namespace tcpwhy::cause {

// RFC 9293 3.10.7.3: a SYN,ACK that acknowledges what was never sent is answered by a reset.
static Opinion judge(const Evidence& e) {
    if (!e.syns) return ruled_out("no SYN was seen");
    if (!e.bad_syn_ack) return ruled_out("no SYN,ACK acknowledged what was never sent");
    if (e.handshake_ack) return ruled_out("the client accepted a SYN,ACK all the same");
    if (e.resets_from_client == 0) {
        return possible("the client's answer to the odd SYN,ACK was not captured");
    }
    return fits("the SYN,ACK acknowledges a number never sent, and the client reset it",
                e.syns.first, e.syn_acks.first, e.reset.moment);
}

static By by(const Evidence& e) {
    return e.syn_ack_ttl_foreign ? By::middlebox : By::server;
}

static std::string summarize(const Evidence& e) {
    const auto off = e.syns.first.end().distance_to(e.syn_acks.first.ack);
    return fmt::format("{} acknowledged a SYN that {} never sent (its number is off by {}).",
                       address_of(e.server), host_of(e.client), off);
}

extern const Cause bad_syn_ack;
const Cause bad_syn_ack{
    .id = "bad-syn-ack",
    .stage = Stage::handshake,
    .outcome = Outcome::reset,
    .errnos = "ECONNRESET",
    .seen_by = {.packets = true, .kernel = true},
    .specificity = 60,
    .meaning =
        "The SYN,ACK acknowledged a sequence number that was never sent, and the client "
        "reset it.",
    .on_the_wire =
        "SYN; SYN,ACK whose acknowledgement is not the SYN's number + 1; the client's "
        "bare RST with that number; often the SYN again.",
    .advice =
        "Something between the two rewrites or invents sequence numbers. Capture at both "
        "ends and compare the SYN's number: if it differs, a firewall with sequence "
        "randomisation sees only one direction (make routing symmetric, or turn it off "
        "there). If the SYN,ACK's TTL is not the server's, a protection box tests the client "
        "this way: the next SYN should pass. Otherwise it is a late answer to an older SYN.",
    .splits = "Captures at both ends tell whether the numbers were changed on the way.",
    .reproduce =
        "Answer a SYN from a raw socket (`scapy`) with a SYN,ACK whose ack is off by 1000.",
    .references = "RFC 9293 3.10.7.3; tcp_rcv_synsent_state_process() in net/ipv4/tcp_input.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
