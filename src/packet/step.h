// What every reader of a link layer or a tunnel answers: one step further into the packet.
#pragma once

#include <cstdint>

#include "packet/bytes.h"
#include "packet/tunnel_chain.h"

namespace tcpwhy::wire {

/// What the bytes at hand are to be read as, or how the walk through the packet ends.
enum class Layer : std::uint8_t {
    // Link layers.
    ethernet,
    ether_type,  // starts with an EtherType
    linux_sll,
    linux_sll2,
    loopback,
    ppp,
    ppp_hdlc,
    ppp_with_direction,
    cisco_hdlc,
    hdlc_with_direction,
    pppoe,
    llc,
    fddi,
    token_ring,
    ieee1394,
    ip_over_fibre_channel,
    infiniband_ip,
    frame_relay,
    docsis,
    slip,
    ieee80211,
    ieee80211_padded,  // the header is padded to a multiple of four bytes
    radiotap,
    prism,
    avs,
    per_packet_information,
    enc,
    pflog,
    nflog,
    ipnet,
    ethernet_with_preamble,
    ethernet_after_4,
    ethernet_with_4_byte_tag,
    // Between link and IP.
    vlan,
    service_tag,
    bridge_port_tag,
    macsec,
    mpls,
    ip_by_version,
    // IP and what carries IP over it.
    ipv4,
    ipv6,
    udp,
    gre,
    etherip,
    vxlan,
    vxlan_gpe,
    geneve,
    gtp,
    l2tp,
    // Ends: what the packet turned out to be.
    tcp,
    icmp,
    icmpv6,
    other_ip,
    arp,
    fragment,
    not_ip,
    encrypted,
    malformed,
    unknown_link_type,
};

/// Whether the walk is over.
[[nodiscard]] constexpr bool is_end(Layer layer) {
    return layer >= Layer::tcp;
}

/// One step. A reader that finds its header cut off answers with a default one.
struct Step {
    Layer next = Layer::malformed;
    std::uint32_t header = 0;  ///< bytes to leave behind
    TunnelKind tunnel = TunnelKind::none;
    std::uint32_t identifier = 0;  ///< with `tunnel`: the same in both directions
};

/// What follows an EtherType (IEEE 802 numbers); not_ip for all that cannot carry IP.
[[nodiscard]] Layer layer_of_ether_type(std::uint16_t type);

/// What follows a PPP protocol number (RFC 1661 2).
[[nodiscard]] Layer layer_of_ppp_protocol(std::uint16_t protocol);

/// What follows an IP header with this protocol number; other_ip for all that is of no interest.
[[nodiscard]] Layer layer_of_ip_protocol(std::uint8_t protocol);

}  // namespace tcpwhy::wire
