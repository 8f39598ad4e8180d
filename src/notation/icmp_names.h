// The words for ICMP errors that printer and parser share.
#pragma once

#include <string_view>

namespace tcpwhy {

/// The one error that carries an MTU.
inline constexpr std::string_view too_big = "too-big";

/// Whether the notation has this word for an ICMP error.
[[nodiscard]] bool is_icmp_name(std::string_view name);

}  // namespace tcpwhy
