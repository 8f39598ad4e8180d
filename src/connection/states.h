// Which state each side is in, as far as packets prove it.
#pragma once

#include <string_view>

#include "connection/connection.h"
#include "connection/tcp_state.h"

namespace tcpwhy {

/// RFC 9293 3.3.2's state of one side. A side that was never seen and never acknowledged
/// anything is `unknown`. TIME_WAIT stays TIME_WAIT: its end leaves no packet.
[[nodiscard]] TcpState prove_state(const Connection& c, Party party);

/// Zeek's conn_state ("SF", "S0", "REJ", …): its definition in scripts/base/protocols/conn.
/// `resets` counts the RSTs of each side by Party.
[[nodiscard]] std::string_view zeek_conn_state(const Connection& c,
                                               const std::array<std::uint32_t, 2>& resets);

}  // namespace tcpwhy
