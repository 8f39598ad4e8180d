// How explanations look: as text for a person and as JSON Lines.
#pragma once

#include <string>
#include <vector>

#include "knowledge/explanation.h"
#include "report/page.h"

namespace tcpwhy::command {

/// One explanation in full.
[[nodiscard]] std::string explanation_text(const Page& page, const Explanation& explanation);

/// All that can be explained, under headings, a line each. Lines are cut at `width` columns;
/// 0 = not at all.
[[nodiscard]] std::string explanation_index(const Page& page, std::size_t width);

/// A line of JSON: schema "tcpwhy.explain/1", kind, id or name, number, and a field per part.
[[nodiscard]] std::string explanation_json(const Explanation& explanation);

}  // namespace tcpwhy::command
