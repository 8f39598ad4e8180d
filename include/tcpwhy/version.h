// Which tcpwhy this is.
#pragma once

#include <string_view>

namespace tcpwhy {

/// The version of the library that is linked: "major.minor.patch", by semantic versioning.
[[nodiscard]] std::string_view version();

}  // namespace tcpwhy
