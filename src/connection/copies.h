// Recognises a packet that was captured twice.
#pragma once

#include <cstdint>
#include <vector>

#include "base/hash.h"
#include "packet/segment.h"

namespace tcpwhy {

/// Remembers the newest few thousand segments. A segment that equals one of them in all that its
/// sender chose (addresses, numbers, IP ID, timestamps) and came at nearly the same time is a
/// second view of it: a mirror port, a bridge and its member, `-i any`, both sides of a router,
/// loopback's outgoing and incoming view.
class CopyFilter {
public:
    explicit CopyFilter(KeyedHash hash) : hash_(hash), slots_(slot_count) {}

    /// Whether `s` is a further view of a packet that came before. Remembers it if not. `flow` is
    /// a hash of its addresses and ports, the same for both directions and whatever the tunnel.
    [[nodiscard]] bool is_copy(const Segment& s, std::uint64_t flow);

private:
    struct Slot {
        std::uint64_t digest = 0;
        Timestamp time{};
        TunnelChain chain = 0;
        std::uint16_t interface = 0;
        std::uint8_t ttl = 0;
    };
    static constexpr std::size_t slot_count = 2048;

    [[nodiscard]] std::uint64_t digest_of(const Segment& s, std::uint64_t flow) const;

    KeyedHash hash_;
    std::vector<Slot> slots_;
};

}  // namespace tcpwhy
