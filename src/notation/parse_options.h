// The parts of a line in brackets.
#pragma once

#include <vector>

#include "notation/cursor.h"
#include "notation/notation.h"

namespace tcpwhy {

/// What follows a '<' that has been passed, up to and with its '>'.
[[nodiscard]] Result<std::vector<NotationOption>> parse_options(Cursor& cursor);

/// What follows a '[' that has been passed, up to and with its ']'.
[[nodiscard]] Result<NotationFields> parse_fields(Cursor& cursor);

}  // namespace tcpwhy
