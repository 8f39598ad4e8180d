// Brings each kind of knowledge into the form of an Explanation.
#pragma once

#include <string_view>
#include <vector>

#include "knowledge/explanation.h"

namespace tcpwhy {

/// Each appends its topic's explanations to `out`.
void add_causes(std::vector<Explanation>& out);
void add_outcomes(std::vector<Explanation>& out);
void add_error_numbers(std::vector<Explanation>& out);
void add_lookup_errors(std::vector<Explanation>& out);
void add_tcp_states(std::vector<Explanation>& out);
void add_reset_reasons(std::vector<Explanation>& out);
void add_drop_reasons(std::vector<Explanation>& out);

/// The words between the commas of `list`; none for "" and "-".
[[nodiscard]] std::vector<std::string_view> split_at_commas(std::string_view list);

}  // namespace tcpwhy
