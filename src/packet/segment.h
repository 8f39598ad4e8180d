// What a packet says, as plain values: the output of decoding.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "base/seq.h"
#include "packet/tcp_flags.h"
#include "tcpwhy/address.h"
#include "tcpwhy/time.h"

namespace tcpwhy {

/// Things about a packet that are odd but are evidence, never a reason to refuse it.
enum class Oddity : std::uint16_t {
    none = 0,
    ip_header_short = 1 << 0,    ///< the IP header is cut or says less than 20 bytes
    tcp_header_short = 1 << 1,   ///< data offset below 5, or the header reaches beyond the packet
    options_malformed = 1 << 2,  ///< an option's length is 0, 1 or reaches beyond the header
    options_cut = 1 << 3,        ///< the snaplen cut the options: the rest is unknown, not absent
    bad_checksum = 1 << 4,       ///< the TCP checksum is wrong (only where all bytes are there)
    length_from_capture =
        1 << 5,                ///< IP total length 0 (offload): the wire length was used instead
    fragment = 1 << 6,         ///< put together from IP fragments
    urgent_pointer = 1 << 7,   ///< URG with a pointer
    reserved_bits = 1 << 8,    ///< reserved header bits are set
    tunnel_too_deep = 1 << 9,  ///< encapsulation was not followed to its end
};

/// A set of oddities.
struct Oddities {
    std::uint16_t bits = 0;
    [[nodiscard]] constexpr bool has(Oddity o) const {
        return (bits & static_cast<std::uint16_t>(o)) != 0;
    }
    constexpr void add(Oddity o) {
        bits = static_cast<std::uint16_t>(bits | static_cast<std::uint16_t>(o));
    }
    friend constexpr bool operator==(Oddities, Oddities) = default;
};

/// A range of sequence space, [first, last).
struct SackBlock {
    Seq first;
    Seq last;
    friend constexpr bool operator==(SackBlock, SackBlock) = default;
};

/// TCP options, summarised in one pass. Absent ones keep their default.
struct TcpOptions {
    std::uint16_t mss = 0;  ///< kind 2; 0 = absent
    std::int8_t window_scale =
        -1;  ///< kind 3, shift 0..14 (larger values read as 14, RFC 7323 2.3); -1 = absent
    bool sack_permitted = false;  ///< kind 4
    bool has_timestamps = false;  ///< kind 8
    std::uint32_t tsval = 0;      ///< RFC 7323 TSval, host order
    std::uint32_t tsecr = 0;      ///< RFC 7323 TSecr, host order
    std::uint8_t sack_count = 0;  ///< kind 5: blocks in `sack`, 0..4
    std::array<SackBlock, 4> sack{};
    bool has_md5 = false;                      ///< kind 19 (RFC 2385)
    bool has_ao = false;                       ///< kind 29 (RFC 5925)
    bool has_fast_open = false;                ///< kind 34, or 254 with magic 0xF989 (RFC 7413)
    std::uint8_t fast_open_cookie_length = 0;  ///< 0 = a request for a cookie
    std::int8_t mptcp_subtype = -1;            ///< kind 30's subtype 0..15 (RFC 8684); -1 = absent
    std::int16_t mptcp_reset_reason =
        -1;                         ///< MP_TCPRST's reason code 0..255 (RFC 8684 3.6); -1 = absent
    std::uint32_t mptcp_token = 0;  ///< MP_JOIN SYN's receiver token, host order; 0 = absent
    std::uint16_t layout = 0;       ///< hash of the order of option kinds; 0 = no options
    friend constexpr bool operator==(const TcpOptions&, const TcpOptions&) = default;
};

/// Which encapsulation a packet came through. Packets of different chains are never of one
/// connection. 0 = none; else a hash of every layer's kind and identifier (VLAN id, VNI, key,
/// tunnel end points…) from the outside in.
using TunnelChain = std::uint32_t;

/// What is common to everything that came in one IP packet (the innermost one).
struct IpInfo {
    IpAddress src;
    IpAddress dst;
    bool is_v6 = false;
    std::uint8_t ttl = 0;          ///< TTL or hop limit as captured
    std::uint8_t tos = 0;          ///< DSCP and ECN bits, or IPv6 traffic class
    bool dont_fragment = false;    ///< IPv4 DF; false for IPv6
    std::uint16_t ip_id = 0;       ///< IPv4 identification, host order; 0 for IPv6
    std::uint32_t flow_label = 0;  ///< IPv6 flow label; 0 for IPv4
    std::uint32_t ip_length = 0;   ///< length of the whole IP packet, headers included
    TunnelChain chain = 0;
};

/// One TCP segment.
struct Segment {
    std::uint64_t frame = 0;
    Timestamp time{};
    std::uint16_t interface = 0;
    IpInfo ip;
    std::uint16_t src_port = 0;
    std::uint16_t dst_port = 0;
    Seq seq;
    Seq ack;  ///< the field, also where the ACK bit is not set
    TcpFlags flags;
    std::uint16_t window = 0;  ///< the field, unscaled
    std::uint16_t urgent = 0;
    std::uint32_t length = 0;  ///< payload bytes by the IP length, also where the snaplen cut them
    std::uint16_t checksum = 0;  ///< the field; with it, copies of one packet are recognised
    TcpOptions options;
    Oddities oddities;
    std::span<const std::uint8_t>
        payload;  ///< what was captured of it; borrowed like RawPacket::bytes

    /// Sequence space it takes: payload, plus one each for SYN and FIN (RFC 9293 3.4).
    [[nodiscard]] constexpr std::uint32_t sequence_length() const {
        return length + (flags.syn() ? 1U : 0U) + (flags.fin() ? 1U : 0U);
    }
    /// The sequence number after this segment's last.
    [[nodiscard]] constexpr Seq end() const { return seq.plus(sequence_length()); }
};

/// What an ICMP or ICMPv6 error means for TCP, whichever family said it.
enum class IcmpMeaning : std::uint8_t {
    other,
    network_unreachable,   ///< 3/0, 3/6, 3/11; ICMPv6 1/0
    host_unreachable,      ///< 3/1, 3/7, 3/12; ICMPv6 1/3
    protocol_unreachable,  ///< 3/2; ICMPv6 4/1
    port_unreachable,      ///< 3/3; ICMPv6 1/4
    packet_too_big,        ///< 3/4; ICMPv6 2/0
    prohibited,            ///< 3/9, 3/10, 3/13; ICMPv6 1/1, 1/5, 1/6 and 1/2
    time_exceeded,         ///< 11/0; ICMPv6 3/0
};

/// An ICMP or ICMPv6 error that quotes a TCP segment.
struct IcmpError {
    std::uint64_t frame = 0;
    Timestamp time{};
    std::uint16_t interface = 0;
    IpInfo ip;  ///< of the error itself: ip.src is the router or host that sent it
    IcmpMeaning meaning = IcmpMeaning::other;
    std::uint8_t type = 0;
    std::uint8_t code = 0;
    std::uint32_t mtu = 0;  ///< next-hop MTU of packet_too_big; 0 = not given
    IpInfo quoted;          ///< of the quoted packet (innermost, where it was tunnelled)
    std::uint16_t quoted_src_port = 0;
    std::uint16_t quoted_dst_port = 0;
    Seq quoted_seq;
    bool quoted_flags_known = false;  ///< the quote reaches beyond 8 bytes of TCP
    TcpFlags quoted_flags;
};

/// An ARP request or reply, or an IPv6 neighbour solicitation or advertisement.
struct NeighborMessage {
    enum class Kind : std::uint8_t { request, reply };
    std::uint64_t frame = 0;
    Timestamp time{};
    std::uint16_t interface = 0;
    Kind kind = Kind::request;
    IpAddress sender;  ///< who asks or answers; unspecified for an ARP probe or a DAD solicitation
    IpAddress target;  ///< request: the address asked for; reply: the address that is answered for
    TunnelChain chain = 0;
};

/// Any other IP packet: proof that its source is alive.
struct OtherPacket {
    std::uint64_t frame = 0;
    Timestamp time{};
    std::uint16_t interface = 0;
    IpInfo ip;
    std::uint8_t protocol = 0;   ///< IP protocol number, e.g. 17 = UDP
    bool is_echo_reply = false;  ///< ICMP 0 or ICMPv6 129
    Oddities oddities;  ///< ip_header_short, tunnel_too_deep, length_from_capture, fragment
};

}  // namespace tcpwhy
