// TCP sequence numbers: arithmetic modulo 2^32 (RFC 9293 3.4).
#pragma once

#include <cstdint>

namespace tcpwhy {

/// A sequence number on the wire, in host order. Comparison modulo 2^32 is no order (it is
/// not transitive), so there is no operator<, only named questions. Never asserts.
struct Seq {
    std::uint32_t value = 0;

    constexpr Seq() = default;
    constexpr explicit Seq(std::uint32_t v) : value(v) {}

    /// This number moved on by `bytes`, round the wrap if need be.
    [[nodiscard]] constexpr Seq plus(std::uint32_t bytes) const { return Seq(value + bytes); }
    /// This number moved back by `bytes`.
    [[nodiscard]] constexpr Seq minus(std::uint32_t bytes) const { return Seq(value - bytes); }
    /// How far `later` is ahead of this: negative when it is behind. Within ±2^31.
    [[nodiscard]] constexpr std::int32_t distance_to(Seq later) const {
        return static_cast<std::int32_t>(later.value - value);
    }
    /// The unsigned offset from `start`, for numbers relative to an initial sequence number.
    [[nodiscard]] constexpr std::uint32_t offset_from(Seq start) const {
        return value - start.value;
    }
    [[nodiscard]] constexpr bool is_before(Seq other) const { return distance_to(other) > 0; }
    [[nodiscard]] constexpr bool is_after(Seq other) const { return distance_to(other) < 0; }
    [[nodiscard]] constexpr bool is_at_or_before(Seq other) const {
        return distance_to(other) >= 0;
    }
    [[nodiscard]] constexpr bool is_at_or_after(Seq other) const { return distance_to(other) <= 0; }
    /// Whether this lies in [start, start + size): RFC 9293 3.10.7.4's acceptability test.
    [[nodiscard]] constexpr bool in_window(Seq start, std::uint32_t size) const {
        return value - start.value < size;
    }

    friend constexpr bool operator==(Seq, Seq) = default;
};

}  // namespace tcpwhy
