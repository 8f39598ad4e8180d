// Text of unknown origin made safe for JSON.
#pragma once

#include <string>
#include <string_view>

namespace tcpwhy {

/// `text` with every byte that is not part of well-formed UTF-8 (RFC 3629) replaced by U+FFFD.
[[nodiscard]] std::string well_formed_utf8(std::string_view text);

}  // namespace tcpwhy
