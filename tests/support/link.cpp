#include "support/link.h"

namespace tcpwhy::test {

namespace {

constexpr std::uint16_t ethertype_v4 = 0x0800;
constexpr std::uint16_t ethertype_v6 = 0x86dd;
constexpr std::uint16_t ethertype_vlan = 0x8100;
constexpr std::uint16_t ethertype_lldp = 0x88cc;
constexpr std::uint16_t outer_vlan = 100;
constexpr MacAddress tunnel_near{2, 0, 0, 0, 0xff, 1};
constexpr MacAddress tunnel_far{2, 0, 0, 0, 0xff, 2};

struct NamedLink {
    std::string_view name;
    Link link;
};
constexpr NamedLink named_links[] = {{"ethernet", Link::ethernet},
                                     {"raw", Link::raw},
                                     {"sll", Link::sll},
                                     {"sll2", Link::sll2},
                                     {"null", Link::loopback}};

bool is_ip(const Datagram& d) {
    return d.ethertype == ethertype_v4 || d.ethertype == ethertype_v6;
}

Octets ethernet_frame(const Datagram& d, std::optional<std::uint16_t> another_vlan = {}) {
    constexpr std::size_t smallest_frame = 60;
    Octets frame;
    put(frame, d.dst);
    put(frame, d.src);
    for (const auto& tag : {another_vlan, d.vlan}) {
        if (!tag) continue;
        put16(frame, ethertype_vlan);
        put16(frame, *tag);
    }
    put16(frame, d.ethertype);
    put(frame, d.bytes);
    if (d.is_received && frame.size() < smallest_frame) frame.resize(smallest_frame);
    return frame;
}

Octets sll_frame(const Datagram& d) {
    Octets frame;
    put16(frame, d.is_received ? 0 : 4);  // to us, from us
    put16(frame, 1);                      // Ethernet
    put16(frame, 6);
    put(frame, d.src);
    put16(frame, 0);
    put16(frame, d.ethertype);
    put(frame, d.bytes);
    return frame;
}

Octets sll2_frame(const Datagram& d) {
    Octets frame;
    put16(frame, d.ethertype);
    put16(frame, 0);
    put32(frame, 2);  // interface index
    put16(frame, 1);  // Ethernet
    put8(frame, d.is_received ? 0 : 4);
    put8(frame, 6);
    put(frame, d.src);
    put16(frame, 0);
    put(frame, d.bytes);
    return frame;
}

// LINKTYPE_NULL: the family in the byte order of the capturing host, here little-endian; 30 is
// AF_INET6 of macOS.
Octets loopback_frame(const Datagram& d) {
    Octets frame{static_cast<std::uint8_t>(d.ethertype == ethertype_v4 ? 2 : 30), 0, 0, 0};
    put(frame, d.bytes);
    return frame;
}

/// An outer Ethernet frame between two tunnel ends; which is which goes by the direction.
Octets tunnel_frame(const Datagram& inner, std::uint8_t protocol, const Octets& payload) {
    const IpAddress near = IpAddress::from_v4(0xc0000264U);  // 192.0.2.100
    const IpAddress far = IpAddress::from_v4(0xc00002c8U);   // 192.0.2.200
    const bool back = inner.is_received;
    const IpFields ip{.src = back ? far : near, .dst = back ? near : far, .ttl = 63};
    Datagram outer;
    outer.bytes = ip_packet(ip, protocol, payload);
    outer.src = back ? tunnel_far : tunnel_near;
    outer.dst = back ? tunnel_near : tunnel_far;
    return ethernet_frame(outer);
}

Octets vxlan_frame(const Datagram& d) {
    const Octets inner = ethernet_frame(d);
    Octets udp;
    put16(udp, 50000);
    put16(udp, 4789);
    put16(udp, static_cast<std::uint32_t>(8 + 8 + inner.size()));
    put16(udp, 0);           // no checksum: RFC 7348 5
    put32(udp, 0x08000000);  // the network identifier is valid
    put32(udp, 42U << 8);
    put(udp, inner);
    return tunnel_frame(d, 17, udp);
}

Octets gre_frame(const Datagram& d) {
    Octets gre;
    put16(gre, 0);
    put16(gre, d.ethertype);
    put(gre, d.bytes);
    return tunnel_frame(d, 47, gre);
}

}  // namespace

LinkType number_of(Link link) {
    switch (link) {
        case Link::raw:
            return 101;
        case Link::sll:
            return 113;
        case Link::sll2:
            return 276;
        case Link::loopback:
            return 0;
        case Link::ethernet:
        case Link::vlan:
        case Link::vxlan:
        case Link::gre:
            break;
    }
    return 1;
}

std::optional<Link> link_of_name(std::string_view name) {
    for (const auto& known : named_links) {
        if (known.name == name) return known.link;
    }
    return {};
}

std::optional<Octets> frame_of(Link link, const Datagram& d) {
    const bool plain_ip = is_ip(d) && !d.vlan;
    switch (link) {
        case Link::raw:
            return plain_ip ? std::optional(d.bytes) : std::nullopt;
        case Link::loopback:
            return plain_ip ? std::optional(loopback_frame(d)) : std::nullopt;
        case Link::gre:
            return plain_ip ? std::optional(gre_frame(d)) : std::nullopt;
        case Link::sll:
            return d.vlan ? std::nullopt : std::optional(sll_frame(d));
        case Link::sll2:
            return d.vlan ? std::nullopt : std::optional(sll2_frame(d));
        case Link::vxlan:
            return vxlan_frame(d);
        case Link::vlan:
            return ethernet_frame(d, outer_vlan);
        case Link::ethernet:
            break;
    }
    return ethernet_frame(d);
}

Octets discovery_frame() {
    Datagram d;
    d.ethertype = ethertype_lldp;
    d.src = {2, 0, 0, 0, 0xee, 1};
    d.dst = {1, 0x80, 0xc2, 0, 0, 0x0e};
    // Chassis and port by MAC address, time to live 120 s, end (IEEE 802.1AB 8.4).
    put(d.bytes, Octets{0x02, 0x07, 0x04, 2, 0,    0, 0,    0xee, 1, 0x04, 0x07, 0x03,
                        2,    0,    0,    0, 0xee, 1, 0x06, 0x02, 0, 120,  0,    0});
    return ethernet_frame(d);
}

}  // namespace tcpwhy::test
