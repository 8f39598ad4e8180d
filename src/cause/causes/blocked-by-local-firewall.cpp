#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/opening_signs.h"
#include "cause/phrases.h"

namespace tcpwhy::cause {

// A rule for outgoing packets acts before the capture and before the neighbour question, so a
// packet that is seen has passed it. One for incoming packets acts after the capture.
static Opinion judge(const Evidence& e) {
    if (e.neighbor_only) return ruled_out("the packet had passed the host's own rules already");
    if (!e.syns) return ruled_out("the connection was open when the capture began");
    if (!e.syn_acks) return ruled_out("the SYN left the host");
    if (e.handshake_ack) return ruled_out("the client got the answer");
    if (e.resets_from_client != 0) return ruled_out("the client's TCP got the answer");
    if (e.syns.last.time <= e.syn_acks.first.time) {
        return ruled_out("the client does not ask again after the answer");
    }
    return possible("the client repeats its SYN, so its own rules may drop the answers");
}

static By by(const Evidence&) {
    return By::client;
}

static std::string summarize(const Evidence& e) {
    return fmt::format("{}'s own packet filter drops or rejects the packets to or from {}.",
                       host_of(e.client), address_of(e.server));
}

extern const Cause blocked_by_local_firewall;
const Cause blocked_by_local_firewall{
    .id = "blocked-by-local-firewall",
    .stage = Stage::local,
    .outcome = Outcome::local_error,
    .errnos = "EPERM,ECONNREFUSED,ETIMEDOUT",
    .seen_by = {.kernel = true, .host = true, .probe = true},
    .specificity = 45,
    .meaning = "This host's own packet filter drops or rejects the packets.",
    .on_the_wire =
        "Nothing, where a rule for outgoing packets does it. Where one for incoming "
        "packets does, the client repeats its SYN although the SYN,ACK came.",
    .advice =
        "On the client run `nft list ruleset` (or `iptables-save`) and look for drop and "
        "reject in the output and input chains, with their counters. Remember cgroup and "
        "container policies (`bpftool cgroup tree`) and SELinux (`ausearch -m avc`). Allow "
        "the destination, and `ct state established,related accept` for its answers.",
    .splits =
        "`tcpwhy watch` on the client names the kernel's drop reason; the counter "
        "TcpExtTCPRetransFail in `nstat -az` grows when SYNs are refused on their way out.",
    .reproduce =
        "`nft add rule inet filter output tcp dport 8080 drop` on the client, then connect "
        "to port 8080 of another host.",
    .references =
        "nf_hook_slow() in net/netfilter/core.c; drop reason NETFILTER_DROP; "
        "tcp_retransmit_skb() in net/ipv4/tcp_output.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
