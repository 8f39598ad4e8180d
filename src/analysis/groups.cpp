#include "analysis/groups.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace tcpwhy {

bool VerdictGroups::add(const Judged& judged) {
    const Evidence& e = judged.evidence;
    const Cause& cause = *judged.diagnosis.cause;
    const Key key{e.server.address, cause.id};
    const auto found = groups_.find(key);
    if (found == groups_.end() && groups_.size() >= max_groups) return false;
    VerdictGroup& group = found != groups_.end() ? found->second : groups_[key];
    if (group.count == 0) {
        group.server = e.server.address;
        group.outcome = cause.outcome;
        group.cause = cause.id;
        group.confidence = judged.diagnosis.confidence;
        group.first = e.start;
        group.vantage = vantage_;
    }
    ++group.count;
    group.confidence = std::min(group.confidence, judged.diagnosis.confidence);
    group.first = std::min(group.first, e.start);
    group.last = std::max(group.last, e.end);
    if (group.examples.size() < max_examples) group.examples.push_back(e.client.address);
    return true;
}

std::vector<VerdictGroup> VerdictGroups::all() const {
    std::vector<VerdictGroup> result;
    for (const auto& [key, group] : groups_) {
        result.push_back(group);
        result.back().summary =
            fmt::format("{} to {} were left out of memory before their end: {}.",
                        count_of(group.count, "connection"), group.server.to_string(), group.cause);
    }
    return result;
}

}  // namespace tcpwhy
