// The states of RFC 9293 3.3.2, as far as packets prove them.
#pragma once

#include <cstdint>
#include <string_view>

namespace tcpwhy {

/// An endpoint's state as an observer can prove it. `unknown` is a state: before anything
/// is proved (a capture that starts late), and where two states leave the same packets.
enum class TcpState : std::uint8_t {
    unknown,
    closed,
    listen,
    syn_sent,
    syn_received,
    established,
    fin_wait_1,
    fin_wait_2,
    close_wait,
    closing,
    last_ack,
    time_wait,
};

/// "ESTABLISHED", "FIN_WAIT_1", … and "UNKNOWN".
[[nodiscard]] std::string_view to_string(TcpState state);

}  // namespace tcpwhy
