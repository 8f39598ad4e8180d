#include "support/ip_packet.h"

namespace tcpwhy::test {

namespace {

constexpr std::uint8_t tcp_protocol = 6;
constexpr std::uint8_t udp_protocol = 17;
constexpr std::uint8_t icmp_protocol = 1;
constexpr std::uint8_t icmp6_protocol = 58;
constexpr std::size_t v4_header = 20;

void put_address(Octets& out, const IpAddress& address) {
    const std::span<const std::uint8_t> bytes(address.bytes);
    put(out, address.is_v4() ? bytes.subspan(12) : bytes);
}

void set_v4_checksum(Octets& packet) {
    set16(packet, 10, 0);
    set16(packet, 10, internet_checksum(std::span(packet).first(v4_header)));
}

// RFC 9293 3.1 and RFC 8200 8.1: the pseudo-header; the order of its parts does not matter to a
// sum.
std::uint16_t checksum_with_addresses(const IpFields& ip, std::uint8_t protocol,
                                      const Octets& payload) {
    Octets summed;
    put_address(summed, ip.src);
    put_address(summed, ip.dst);
    put32(summed, static_cast<std::uint32_t>(payload.size()));
    put32(summed, protocol);
    put(summed, payload);
    return internet_checksum(summed);
}

}  // namespace

Octets ip_packet(const IpFields& ip, std::uint8_t protocol, const Octets& payload) {
    Octets packet;
    const auto length = static_cast<std::uint32_t>(payload.size());
    if (ip.src.is_v4()) {
        put8(packet, 0x45);
        put8(packet, ip.tos);
        put16(packet, length + v4_header);
        put16(packet, ip.id);
        put16(packet, ip.dont_fragment ? 0x4000 : 0);
        put8(packet, ip.ttl);
        put8(packet, protocol);
        put16(packet, 0);
    } else {
        put32(packet, 0x60000000U | std::uint32_t{ip.tos} << 20 | ip.flow_label);
        put16(packet, length);
        put8(packet, protocol);
        put8(packet, ip.ttl);
    }
    put_address(packet, ip.src);
    put_address(packet, ip.dst);
    if (ip.src.is_v4()) set_v4_checksum(packet);
    put(packet, payload);
    return packet;
}

Octets tcp_packet(const IpFields& ip, const TcpFields& tcp) {
    constexpr std::size_t header = 20;
    constexpr std::size_t checksum_at = 16;
    Octets segment;
    put16(segment, tcp.src_port);
    put16(segment, tcp.dst_port);
    put32(segment, tcp.seq);
    put32(segment, tcp.ack);
    put16(segment,
          static_cast<std::uint32_t>((header + tcp.options.size()) / 4) << 12 | tcp.flags.bits);
    put16(segment, tcp.window);
    put16(segment, 0);
    put16(segment, tcp.urgent);
    put(segment, tcp.options);
    put(segment, tcp.payload);
    // Any other sum is wrong; this one is not what offload leaves behind either.
    constexpr std::uint16_t damage = 0x5a5a;
    const auto sum = checksum_with_addresses(ip, tcp_protocol, segment);
    set16(segment, checksum_at, tcp.bad_checksum ? sum ^ damage : sum);
    return ip_packet(ip, tcp_protocol, segment);
}

Octets udp_packet(const IpFields& ip, std::uint16_t src_port, std::uint16_t dst_port,
                  const Octets& payload) {
    Octets datagram;
    put16(datagram, src_port);
    put16(datagram, dst_port);
    put16(datagram, static_cast<std::uint32_t>(8 + payload.size()));
    put16(datagram, 0);
    put(datagram, payload);
    const auto sum = checksum_with_addresses(ip, udp_protocol, datagram);
    set16(datagram, 6, sum == 0 ? 0xffff : sum);
    return ip_packet(ip, udp_protocol, datagram);
}

Octets icmp_packet(const IpFields& ip, const IcmpFields& icmp) {
    Octets message;
    put8(message, icmp.type);
    put8(message, icmp.code);
    put16(message, 0);
    put32(message, icmp.rest);
    put(message, icmp.body);
    const bool is_v4 = ip.src.is_v4();
    set16(
        message, 2,
        is_v4 ? internet_checksum(message) : checksum_with_addresses(ip, icmp6_protocol, message));
    return ip_packet(ip, is_v4 ? icmp_protocol : icmp6_protocol, message);
}

Octets arp_message(bool is_reply, const IpAddress& sender, const MacAddress& sender_mac,
                   const IpAddress& target, const MacAddress& target_mac) {
    Octets message;
    put16(message, 1);       // Ethernet
    put16(message, 0x0800);  // IPv4
    put8(message, 6);
    put8(message, 4);
    put16(message, is_reply ? 2 : 1);
    put(message, sender_mac);
    put_address(message, sender);
    put(message, target_mac);
    put_address(message, target);
    return message;
}

Octets neighbor_solicitation(const IpAddress& sender, const MacAddress& sender_mac,
                             const IpAddress& target) {
    IpFields ip{.src = sender, .dst = {}, .ttl = 255};
    // RFC 4291 2.7.1: the solicited-node address ends in the target's last three bytes.
    ip.dst.bytes = {0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff};
    for (std::size_t at = 13; at < 16; ++at) ip.dst.bytes[at] = target.bytes[at];
    IcmpFields icmp{.type = 135, .code = 0, .rest = 0, .body = {}};
    put_address(icmp.body, target);
    put16(icmp.body, 0x0101);  // source link-layer address
    put(icmp.body, sender_mac);
    return icmp_packet(ip, icmp);
}

Octets neighbor_advertisement(const IpAddress& sender, const MacAddress& sender_mac,
                              const IpAddress& receiver) {
    const IpFields ip{.src = sender, .dst = receiver, .ttl = 255};
    IcmpFields icmp{
        .type = 136, .code = 0, .rest = 0x60000000U, .body = {}};  // solicited, override
    put_address(icmp.body, sender);
    put16(icmp.body, 0x0201);  // target link-layer address
    put(icmp.body, sender_mac);
    return icmp_packet(ip, icmp);
}

Octets with_ttl(Octets packet, std::uint8_t ttl) {
    if (packet[0] >> 4 == 4) {
        packet[8] = ttl;
        set_v4_checksum(packet);
    } else {
        packet[7] = ttl;
    }
    return packet;
}

}  // namespace tcpwhy::test
