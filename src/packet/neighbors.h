// Who looks for whom on a link: ARP (RFC 826) and neighbour discovery (RFC 4861).
#pragma once

#include <cstdint>

#include "packet/bytes.h"
#include "packet/segment.h"

namespace tcpwhy::wire {

/// How reading a message about neighbours went.
enum class NeighborReading : std::uint8_t {
    read,       ///< the message is filled in
    other,      ///< another kind of message
    cut_short,  ///< it ends too early
};

/// Fills kind, sender and target.
[[nodiscard]] NeighborReading read_arp(const Slice& slice, NeighborMessage& message);

/// The same for an ICMPv6 message that came in packet `ip`.
[[nodiscard]] NeighborReading read_neighbor_discovery(const Slice& slice, const IpInfo& ip,
                                                      NeighborMessage& message);

}  // namespace tcpwhy::wire
