// Connections folded into one line, so that a flood stays within memory.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "cause/diagnose.h"
#include "tcpwhy/verdict.h"

namespace tcpwhy {

/// Groups by server, port and cause. Bounded: beyond max_groups nothing is folded any more.
class VerdictGroups {
public:
    explicit VerdictGroups(std::string vantage) : vantage_(std::move(vantage)) {}

    /// Counts the connection into its group; false when there is no room for another group.
    [[nodiscard]] bool add(const Judged& judged);
    /// The groups, by server, port and cause.
    [[nodiscard]] std::vector<VerdictGroup> all() const;

private:
    static constexpr std::size_t max_groups = 100'000;
    static constexpr std::size_t max_examples = 4;
    using Key = std::tuple<SocketAddress, std::string_view>;

    std::string vantage_;
    std::map<Key, VerdictGroup> groups_;
};

}  // namespace tcpwhy
