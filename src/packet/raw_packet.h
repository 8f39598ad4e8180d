// One packet as a capture holds it, before anything in it is understood.
#pragma once

#include <cstdint>
#include <span>

#include "tcpwhy/time.h"

namespace tcpwhy {

/// Link types by their registered LINKTYPE_ number (https://www.tcpdump.org/linktypes.html).
using LinkType = std::uint16_t;

/// A captured packet. `bytes` is borrowed from the source and stays valid until the source is
/// asked for the next batch.
struct RawPacket {
    std::uint64_t frame = 0;              ///< number in the file from 1, as Wireshark counts
    Timestamp time{};                     ///< when it was captured
    std::span<const std::uint8_t> bytes;  ///< what was captured, link layer first
    std::uint32_t original_length = 0;    ///< bytes on the wire; more than bytes.size() where the
                                          ///< snaplen cut it
    LinkType link_type = 1;
    std::uint16_t interface = 0;  ///< index of the capturing interface within the file
};

}  // namespace tcpwhy
