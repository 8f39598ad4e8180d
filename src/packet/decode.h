// Bytes to values: the one entrance to decoding.
#pragma once

#include <cstdint>
#include <string_view>

#include "packet/fragments.h"
#include "packet/raw_packet.h"
#include "packet/segment.h"

namespace tcpwhy {

/// What one packet turned out to be.
enum class PacketKind : std::uint8_t {
    segment,            ///< Decoded::segment is set
    icmp_error,         ///< Decoded::icmp_error is set
    neighbor,           ///< Decoded::neighbor is set
    other_ip,           ///< Decoded::other is set
    fragment,           ///< an IP fragment whose datagram is not complete yet
    not_ip,             ///< a well-formed frame that carries no IP (LLDP, spanning tree…)
    encrypted,          ///< an 802.11 frame whose payload is not plain
    malformed,          ///< too short or contradictory to be any of these
    unknown_link_type,  ///< a link type that this build does not read
};

/// The result of decoding. One object is reused from packet to packet; only the member that
/// `kind` names is meaningful.
struct Decoded {
    PacketKind kind = PacketKind::malformed;
    Segment segment;
    IcmpError icmp_error;
    NeighborMessage neighbor;
    OtherPacket other;
};

/// What decoding leaves out on request.
struct DecodeOptions {
    /// Whether TCP checksums are summed up, of packets up to 1500 bytes that were captured whole.
    /// Takes about 5 ns for an ACK and 50 ns for a full segment, whose payload nothing else reads.
    bool verify_checksums = true;
};

/// Decodes one packet: link layer, VLAN tags and tunnels, IPv4/IPv6 with extension headers,
/// then TCP, ICMP, ARP or neighbour discovery. Never allocates, throws, or reads outside
/// packet.bytes. IP fragments wait in `fragments`, whose size is fixed.
void decode(const RawPacket& packet, FragmentTable& fragments, Decoded& out,
            DecodeOptions options = {});

/// Whether decode() reads this link type.
[[nodiscard]] bool link_type_is_known(LinkType type);

/// A registered link type's name, e.g. "EN10MB (Ethernet)"; "link type N" is the caller's to say
/// for an empty answer.
[[nodiscard]] std::string_view link_type_name(LinkType type);

}  // namespace tcpwhy
