#include <fmt/format.h>
#include <algorithm>
#include <array>

#include "cause/cause.h"
#include "cause/opening_signs.h"
#include "cause/phrases.h"

namespace tcpwhy::cause {

// RFC 2385 and RFC 5925 are used between routers: BGP, LDP (RFC 5036), MSDP (RFC 3618).
static bool is_routing_protocol(std::uint16_t port) {
    constexpr std::array<std::uint16_t, 3> ports{179, 646, 639};
    return std::find(ports.begin(), ports.end(), port) != ports.end();
}

static bool carries_signature(const EvidenceSide& side) {
    return side.has_md5 || side.has_ao;
}

// RFC 5925 7.3, tcp_inbound_hash(): a segment whose signature (or lack of one) does not match is
// dropped without a word.
static Opinion judge(const Evidence& e) {
    if (!e.syns) return ruled_out("no SYN was seen");
    if (e.syn_acks && !e.handshake_ack && e.resets_from_client == 0 &&
        carries_signature(e.client) != carries_signature(e.server)) {
        return fits("one side signs its segments, the other does not", e.syns.first,
                    e.syn_acks.first);
    }
    if (const auto why = what_answered_syn(e); !why.empty()) return ruled_out(why);
    const bool enough = waited_long_enough(e.syns, e);
    if (carries_signature(e.client)) {
        if (!enough) return possible("the SYN is signed; the server may have another key or none");
        return fits("the SYNs are signed and vanish, as they do without the same key there",
                    e.syns.first, e.syns.last);
    }
    if (e.hosts.md5_peer_uses || e.hosts.ao_peer_uses) {
        if (!enough)
            return possible("the server signs other connections, and this SYN is unsigned");
        return fits("the server signs its other connections, and this SYN is unsigned",
                    e.syns.first, e.syns.last);
    }
    if (is_routing_protocol(e.server.address.port)) {
        return possible("routers often require signatures on that port");
    }
    if (e.quality.cut_headers) return possible("the capture cut off where a signature would be");
    return ruled_out("nothing in the capture is signed, and the port is no routing protocol's");
}

static By by(const Evidence&) {
    return By::server;
}

static std::string summarize(const Evidence& e) {
    const std::string_view kind = e.client.has_ao || e.hosts.ao_peer_uses ? "TCP-AO" : "TCP-MD5";
    return fmt::format("{} and {} disagree about {}: {} {} dropped.", host_of(e.client),
                       address_of(e.server), kind, tries_in_words(e.syns, "SYN"),
                       e.syns.count == 1 ? "was" : "were");
}

extern const Cause authentication_mismatch;
const Cause authentication_mismatch{
    .id = "authentication-mismatch",
    .stage = Stage::handshake,
    .outcome = Outcome::timeout,
    .errnos = "ETIMEDOUT",
    .seen_by = {.packets = true, .kernel = true, .host = true},
    .specificity = 60,
    .meaning =
        "SYNs are ignored because the keys of TCP-MD5 or TCP-AO, or their presence, "
        "disagree.",
    .on_the_wire =
        "SYNs with option 19 (TCP-MD5) or 29 (TCP-AO) without an answer from a host "
        "that is up; or SYNs without it to a host that signs its other connections.",
    .advice =
        "Compare the key (password) and the peer's address on both routers: in FRR `show "
        "running-config` and the line `neighbor ADDRESS password`. Mind spaces at the end, "
        "a NAT between (it breaks the signature) and the key's lifetime with TCP-AO. On a "
        "Linux peer `nstat -az 'TcpExtTCPMD5*' 'TcpExtTCPAO*'` says which way they disagree.",
    .splits =
        "The counters TcpExtTCPMD5NotFound, TCPMD5Unexpected and TCPMD5Failure on the peer, "
        "or its log (`MD5 Hash failed`).",
    .reproduce = "Set a key with TCP_MD5SIG on a listener only, then connect without one.",
    .references =
        "RFC 2385; RFC 5925 7.3; tcp_inbound_hash() in net/ipv4/tcp.c; drop reasons "
        "TCP_MD5NOTFOUND, TCP_MD5UNEXPECTED, TCP_MD5FAILURE",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
