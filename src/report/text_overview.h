// All failures of a capture at a glance.
#pragma once

#include <span>
#include <string>

#include "report/page.h"
#include "report/text_groups.h"

namespace tcpwhy {

/// "10.0.0.1:80", "10.0.0.1, 12 ports (20-31)", "many other servers".
[[nodiscard]] std::string place_of(const FailureGroup& group);

/// A line per group, or per cause where there are many groups; nothing for the few that are seen
/// at a glance anyway. `ranked` as FailureGroups::ranked() gives them.
void overview_lines(std::string& out, const Page& page, std::span<const FailureGroup> ranked);

}  // namespace tcpwhy
