// The states of a TCP endpoint, as RFC 9293 names them and as Linux runs them.
#pragma once

#include <span>
#include <string_view>

namespace tcpwhy {

/// One of the eleven states of RFC 9293 3.3.2.
struct StateMeaning {
    std::string_view name;     ///< as in RFC 9293: "CLOSE-WAIT"
    std::string_view aliases;  ///< ss's, netstat's and the kernel's names, between commas
    std::string_view meaning;
    std::string_view side;        ///< who is in it
    std::string_view lasts;       ///< how long normally
    std::string_view pile_up;     ///< what many sockets in it mean
    std::string_view ends;        ///< what ends it, timers included
    std::string_view linux_says;  ///< how Linux differs from the RFC, or shows it
    std::string_view bug;         ///< the mistake most often found behind it
};

/// All eleven, in the order of a connection's life.
[[nodiscard]] std::span<const StateMeaning> tcp_states();

}  // namespace tcpwhy
