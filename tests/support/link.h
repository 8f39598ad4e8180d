// What goes round an IP packet (or an ARP message) on the way into a capture.
#pragma once

#include <optional>
#include <string_view>

#include "packet/raw_packet.h"
#include "support/ip_packet.h"

namespace tcpwhy::test {

/// What a link carries: an IP packet or an ARP message, and between whom.
struct Datagram {
    Octets bytes;
    std::uint16_t ethertype = 0x0800;
    MacAddress src{};
    MacAddress dst{};
    std::optional<std::uint16_t> vlan;
    bool is_received = false;  ///< captured at its receiver (Ethernet pads it to 60 bytes)
};

enum class Link : std::uint8_t { ethernet, raw, sll, sll2, loopback, vlan, vxlan, gre };

/// The registered number of the link type. VLAN and tunnels are Ethernet.
[[nodiscard]] LinkType number_of(Link link);
[[nodiscard]] std::optional<Link> link_of_name(std::string_view name);

/// The frame, or nothing where this link cannot carry it (ARP or a VLAN tag without Ethernet).
[[nodiscard]] std::optional<Octets> frame_of(Link link, const Datagram& datagram);

/// A frame without IP: a link layer discovery message. REQUIRES: an Ethernet link.
[[nodiscard]] Octets discovery_frame();

}  // namespace tcpwhy::test
