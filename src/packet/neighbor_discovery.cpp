// IPv6 neighbour solicitations and advertisements (RFC 4861 4.3, 4.4).
#include "packet/neighbors.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t target_at = 8;
constexpr std::uint32_t least_size = 24;
constexpr std::uint32_t address_size = 16;
constexpr std::uint8_t solicitation = 135;
constexpr std::uint8_t advertisement = 136;

}  // namespace

NeighborReading read_neighbor_discovery(const Slice& slice, const IpInfo& ip,
                                        NeighborMessage& message) {
    if (!slice.has(1)) return NeighborReading::cut_short;
    const std::uint8_t type = load_u8(slice.bytes, 0);
    if (type != solicitation && type != advertisement) return NeighborReading::other;
    if (!slice.has(least_size)) return NeighborReading::cut_short;
    message.kind =
        type == solicitation ? NeighborMessage::Kind::request : NeighborMessage::Kind::reply;
    message.sender = ip.src;
    message.target = IpAddress::from_v6(slice.bytes.subspan(target_at, address_size));
    return NeighborReading::read;
}

}  // namespace tcpwhy::wire
