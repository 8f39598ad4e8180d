// The decisive packets of a connection, a line each, in the notation of docs/notation.md.
#pragma once

#include <string>
#include <vector>

#include "connection/evidence.h"

namespace tcpwhy {

/// Every packet that is remembered of the connection, in order of its frame. The lines can be
/// pasted into a conversation test.
[[nodiscard]] std::vector<std::string> ladder(const Evidence& evidence);

}  // namespace tcpwhy
