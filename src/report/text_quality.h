// What about a capture limits what can be said, in words.
#pragma once

#include <string>
#include <vector>

#include "analysis/analyze.h"

namespace tcpwhy {

/// A sentence or two for each thing that applies: what it is and what it means for the verdicts.
[[nodiscard]] std::vector<std::string> quality_sentences(const CaptureSummary& summary);

}  // namespace tcpwhy
