// One packet of a connection as it is remembered: enough to show it and to reason about it.
#pragma once

#include <cstdint>

#include "base/seq.h"
#include "packet/tcp_flags.h"
#include "tcpwhy/time.h"

namespace tcpwhy {

/// The two parties of a connection. The client is the side that opened.
enum class Party : std::uint8_t { client, server };

[[nodiscard]] constexpr Party other(Party p) {
    return p == Party::client ? Party::server : Party::client;
}

/// A segment as remembered. A default-constructed one means "there was none".
struct Moment {
    std::uint64_t frame = 0;  ///< number in the capture from 1; 0 = there was none
    Timestamp time{};
    Party from = Party::client;
    TcpFlags flags;
    Seq seq;  ///< as on the wire; EvidenceSide::relative() makes it readable
    Seq ack;
    std::uint32_t length = 0;  ///< payload bytes
    std::uint32_t tsval = 0;   ///< RFC 7323 TSval where has_timestamps
    std::uint32_t tsecr = 0;
    std::uint16_t window = 0;  ///< the field, unscaled
    std::uint16_t ip_id = 0;
    std::uint8_t ttl = 0;
    std::uint8_t tos = 0;
    bool dont_fragment = false;
    bool has_timestamps = false;
    bool has_options = false;

    [[nodiscard]] constexpr explicit operator bool() const { return frame != 0; }
    [[nodiscard]] constexpr std::uint32_t sequence_length() const {
        return length + (flags.syn() ? 1U : 0U) + (flags.fin() ? 1U : 0U);
    }
    [[nodiscard]] constexpr Seq end() const { return seq.plus(sequence_length()); }
    /// Payload, SYN or FIN: something that must be acknowledged.
    [[nodiscard]] constexpr bool takes_sequence_space() const { return sequence_length() != 0; }
};

}  // namespace tcpwhy
