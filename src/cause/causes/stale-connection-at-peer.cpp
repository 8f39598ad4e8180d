#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/opening_signs.h"
#include "cause/phrases.h"
#include "cause/previous_connection.h"

namespace tcpwhy::cause {

// RFC 9293 3.5.1: a SYN that meets an old connection gets an ACK of the old numbers, and the
// client's reset removes the leftover.
static Opinion judge(const Evidence& e) {
    if (!e.ack_of_syn_stale) return ruled_out("no SYN was answered by an ACK of other numbers");
    if (handshake_went_on(e)) return ruled_out("the handshake went on after it");
    if (server_is_in_time_wait(e)) return ruled_out("the previous connection had been closed");
    return fits("the SYN was answered by an ACK that belongs to an older connection", e.syns.first,
                e.ack_of_syn_stale, e.reset_of_stale, e.syn_after_stale);
}

static By by(const Evidence&) {
    return By::server;
}

static std::string summarize(const Evidence& e) {
    return fmt::format("{} still holds an older connection from {} and answers for that one.",
                       address_of(e.server), address_of(e.client));
}

extern const Cause stale_connection_at_peer;
const Cause stale_connection_at_peer{
    .id = "stale-connection-at-peer",
    .stage = Stage::handshake,
    .outcome = Outcome::reset,
    .errnos = "ECONNRESET,ETIMEDOUT",
    .seen_by = {.packets = true, .kernel = true},
    .specificity = 60,
    .meaning =
        "The peer still holds an older connection with the same addresses and ports; it "
        "answers the SYN with an ACK of the old numbers, the client resets that and tries "
        "again.",
    .on_the_wire =
        "SYN, answered by an ACK without SYN whose number does not fit; the client's "
        "bare RST with that number; on Linux the SYN again about 10 ms later, which "
        "usually succeeds. Where a firewall drops the ACK, the SYNs go unanswered.",
    .advice =
        "Usually it heals by itself with the second SYN. If it does not, remove the leftover "
        "on the server: `ss -K dst CLIENT dport = :PORT`, or restart the service. Then find "
        "out why it was left: a client that crashed or rebooted, or a NAT that reuses ports "
        "too early. Keepalives on the server (`sysctl net.ipv4.tcp_keepalive_time`) clear "
        "such leftovers. Let the firewall pass the ACK and the reset.",
    .splits =
        "A capture that holds the older connection's end tells a leftover from TIME_WAIT; so "
        "does `ss -tan 'dst CLIENT'` on the server.",
    .reproduce =
        "Open a connection from a fixed port, drop everything with nftables while the "
        "client is killed, allow it again, and connect from the same port.",
    .references =
        "RFC 9293 3.5.1 and 3.10.7.4; RFC 5961 4; tcp_validate_incoming() in "
        "net/ipv4/tcp_input.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
