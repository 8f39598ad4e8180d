// IP packets from plain values, with right lengths and checksums.
#pragma once

#include <array>

#include "packet/tcp_flags.h"
#include "support/octets.h"
#include "tcpwhy/address.h"

namespace tcpwhy::test {

/// What the IP header says. Both addresses are of one family.
struct IpFields {
    IpAddress src;
    IpAddress dst;
    std::uint8_t ttl = 64;
    std::uint8_t tos = 0;
    std::uint16_t id = 0;          ///< IPv4 only
    bool dont_fragment = true;     ///< IPv4 only
    std::uint32_t flow_label = 0;  ///< IPv6 only
};

/// What the TCP header says; numbers as on the wire.
struct TcpFields {
    std::uint16_t src_port = 0;
    std::uint16_t dst_port = 0;
    std::uint32_t seq = 0;
    std::uint32_t ack = 0;
    TcpFlags flags;
    std::uint16_t window = 0;
    std::uint16_t urgent = 0;
    Octets options;  ///< a multiple of four, at most 40
    Octets payload;
    bool bad_checksum = false;
};

struct IcmpFields {
    std::uint8_t type = 0;
    std::uint8_t code = 0;
    std::uint32_t rest = 0;  ///< the second word: MTU, or identifier and number of an echo
    Octets body;
};

using MacAddress = std::array<std::uint8_t, 6>;

[[nodiscard]] Octets ip_packet(const IpFields& ip, std::uint8_t protocol, const Octets& payload);
[[nodiscard]] Octets tcp_packet(const IpFields& ip, const TcpFields& tcp);
[[nodiscard]] Octets udp_packet(const IpFields& ip, std::uint16_t src_port, std::uint16_t dst_port,
                                const Octets& payload);
/// ICMP or ICMPv6, by the addresses' family.
[[nodiscard]] Octets icmp_packet(const IpFields& ip, const IcmpFields& icmp);

/// An ARP message (no IP packet): who asks or tells is `sender`.
[[nodiscard]] Octets arp_message(bool is_reply, const IpAddress& sender,
                                 const MacAddress& sender_mac, const IpAddress& target,
                                 const MacAddress& target_mac);
/// An IPv6 packet with a neighbour solicitation of `sender` for `target`.
[[nodiscard]] Octets neighbor_solicitation(const IpAddress& sender, const MacAddress& sender_mac,
                                           const IpAddress& target);
/// An IPv6 packet in which `sender` advertises itself to `receiver`.
[[nodiscard]] Octets neighbor_advertisement(const IpAddress& sender, const MacAddress& sender_mac,
                                            const IpAddress& receiver);

/// The same packet with another TTL (and IPv4 header checksum).
[[nodiscard]] Octets with_ttl(Octets packet, std::uint8_t ttl);

}  // namespace tcpwhy::test
