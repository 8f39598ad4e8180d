// ICMP (RFC 792) and ICMPv6 (RFC 4443).
#pragma once

#include <optional>

#include "packet/bytes.h"
#include "packet/segment.h"

namespace tcpwhy::wire {

/// An ICMP or ICMPv6 message, as far as TCP is concerned.
struct IcmpMessage {
    std::uint8_t type = 0;
    std::uint8_t code = 0;
    bool is_error = false;  ///< it quotes a packet
    bool is_echo_reply = false;
    IcmpMeaning meaning = IcmpMeaning::other;
    std::uint32_t mtu = 0;
    Slice quote;  ///< from the quoted packet's IP header on
};

/// Nothing where not even type and code are there.
[[nodiscard]] std::optional<IcmpMessage> read_icmp(const Slice& slice);
[[nodiscard]] std::optional<IcmpMessage> read_icmpv6(const Slice& slice);

}  // namespace tcpwhy::wire
