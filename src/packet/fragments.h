// IP fragments that wait for the rest of their datagram.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "packet/bytes.h"
#include "packet/segment.h"

namespace tcpwhy {

/// One fragment as it arrived.
struct IpFragment {
    IpAddress src;
    IpAddress dst;
    TunnelChain chain = 0;
    std::uint32_t id = 0;       ///< IPv4 identification or that of IPv6's fragment header
    std::uint8_t protocol = 0;  ///< what the fragment's header says that it carries
    bool more = false;          ///< more fragments follow
    std::uint32_t offset = 0;   ///< bytes into the datagram's payload
    Slice payload;
    Timestamp time{};
};

/// A datagram's payload, all of which has been on the wire.
struct WholeDatagram {
    Slice payload;              ///< its first bytes, as far as they were kept; the rest is missing
    std::uint8_t protocol = 0;  ///< of the first fragment
};

/// Puts datagrams together, of whose payload it keeps only the front. Takes a fixed number of
/// bytes (about 85 kB, all of them in the object) and never allocates. Where more datagrams are
/// under way than there is room for, the oldest ones are given up. Overlapping, repeated,
/// oversized and contradictory fragments do no harm.
class FragmentTable {
public:
    static constexpr std::size_t capacity = 256;    ///< datagrams under way at once
    static constexpr std::size_t kept_bytes = 192;  ///< of each payload's front
    static constexpr std::size_t most_gaps = 16;    ///< separate ranges a datagram may have
    /// How long a datagram waits for its rest (RFC 791 3.2 suggests 15 s; Linux waits 30 s).
    static constexpr Duration timeout = std::chrono::seconds(30);
    /// How long fragments of a datagram that is complete are taken for copies of its own: the
    /// same packets captured twice. After that, the identification may have been used again.
    static constexpr Duration copy_time = std::chrono::seconds(1);

    /// Adds one fragment. Answers with the whole payload when this one completes it; its bytes
    /// are this table's and stay valid until the next call.
    [[nodiscard]] std::optional<WholeDatagram> add(const IpFragment& fragment);

    /// How many datagrams never became complete so far, those still waiting included.
    [[nodiscard]] std::uint64_t incomplete() const;

private:
    /// [first, last) of a datagram's payload.
    struct Range {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
    };

    enum class State : std::uint8_t { free, waiting, complete };

    struct Slot {
        IpAddress src;
        IpAddress dst;
        TunnelChain chain = 0;
        std::uint32_t id = 0;
        Timestamp since{};
        State state = State::free;
        std::uint8_t protocol = 0;
        std::uint8_t range_count = 0;
        std::uint32_t total = 0;       ///< 0 = the last fragment has not come
        std::uint32_t kept_units = 0;  ///< bit n: bytes [8n, 8n + 8) of the front are there
        std::array<Range, most_gaps> ranges{};
        std::array<std::uint8_t, kept_bytes> front{};
    };

    [[nodiscard]] Slot* find(const IpFragment& fragment, std::uint32_t hash);
    [[nodiscard]] Slot& start(const IpFragment& fragment, std::uint32_t hash);
    static bool add_range(Slot& slot, Range range);
    static void keep_front(Slot& slot, const IpFragment& fragment);
    static WholeDatagram finish(Slot& slot);
    void give_up(std::size_t index);

    // The hashes stand apart from the slots, so that a search reads 1 kB and not all of them.
    std::array<std::uint32_t, capacity> hashes_{};
    std::array<Slot, capacity> slots_{};
    std::size_t next_ = 0;  ///< the slot that is filled next: the oldest one
    std::uint64_t given_up_ = 0;
};

}  // namespace tcpwhy
