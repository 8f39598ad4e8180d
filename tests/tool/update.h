// Rewrites what conversations expect to what the engine says.
#pragma once

#include <string>

#include "tcpwhy/result.h"

namespace tcpwhy::test {

/// Rewrites the verdicts (and the checks that stand under them) of a conversation file; packets and
/// comments stay. Returns how many conversations changed. Errors: what reading the file brings,
/// and usage where connections that one verdict covers get different ones.
[[nodiscard]] Result<int> update_verdicts(const std::string& path);

}  // namespace tcpwhy::test
