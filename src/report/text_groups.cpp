#include "report/text_groups.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string_view>

namespace tcpwhy {

namespace {

// Different servers and ports that are told apart; what comes beyond is counted by cause alone.
constexpr std::size_t most_groups = 500'000;
// The first so many groups get an example at once; later ones when they prove frequent.
constexpr std::size_t examples_at_once = 1000;
constexpr std::uint64_t frequent = 100;
// A host that refuses more ports than this for one cause is shown as one group.
constexpr std::size_t most_ports_apart = 3;

void absorb(FailureGroup& into, const FailureGroup& other) {
    into.ports.insert(into.ports.end(), other.ports.begin(), other.ports.end());
    into.count += other.count;
    into.several_clients =
        into.several_clients || other.several_clients || into.client.addr != other.client.addr;
    into.folded = into.folded || other.folded;
    into.weakest = std::min(into.weakest, other.weakest);
    into.strongest = std::max(into.strongest, other.strongest);
    if (other.first < into.first) {
        into.first = other.first;
        if (other.example != FailureGroup::no_example) into.example = other.example;
    }
    into.last = std::max(into.last, other.last);
    if (into.example == FailureGroup::no_example) into.example = other.example;
}

void note(FailureGroup& group, std::uint64_t count, Confidence confidence, Timestamp first,
          Timestamp last) {
    group.first = group.count == 0 ? first : std::min(group.first, first);
    group.last = group.count == 0 ? last : std::max(group.last, last);
    group.count += count;
    group.weakest = std::min(group.weakest, confidence);
    group.strongest = std::max(group.strongest, confidence);
}

}  // namespace

std::size_t FailureGroups::KeyHash::operator()(const Key& key) const {
    const auto& bytes = key.server.addr.bytes;
    const std::string_view address(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    constexpr std::size_t odd = 0x9e3779b97f4a7c15;
    std::size_t hash = std::hash<std::string_view>{}(address);
    hash = hash * odd + key.server.port;
    return hash * odd + std::hash<const Cause*>{}(key.cause);
}

FailureGroup& FailureGroups::group_of(const Cause* cause, const SocketAddress& server) {
    auto found = groups_.find({cause, server});
    if (found == groups_.end()) {
        const SocketAddress key = groups_.size() < most_groups ? server : SocketAddress{};
        found = groups_.try_emplace({cause, key}).first;
        found->second.cause = cause;
        found->second.server = key.addr;
        found->second.ports = {key.port};
    }
    return found->second;
}

void FailureGroups::add(const Judged& judged) {
    const Evidence& evidence = judged.evidence;
    FailureGroup& group = group_of(judged.diagnosis.cause, evidence.server.address);
    const SocketAddress& client = evidence.client.address;
    if (group.count == 0) group.client = client;
    group.several_clients = group.several_clients || group.client.addr != client.addr;
    note(group, 1, judged.diagnosis.confidence, evidence.start, evidence.end);
    if (group.example == FailureGroup::no_example &&
        (examples_.size() < examples_at_once || group.count >= frequent)) {
        group.example = examples_.size();
        examples_.push_back(describe(judged));
    }
}

void FailureGroups::add(const VerdictGroup& folded) {
    const Cause* cause = find_cause(folded.cause);
    if (cause == nullptr) return;
    FailureGroup& group = group_of(cause, folded.server);
    if (group.count == 0 && !folded.examples.empty()) group.client = folded.examples.front();
    for (const SocketAddress& client : folded.examples) {
        group.several_clients = group.several_clients || client.addr != group.client.addr;
    }
    note(group, folded.count, folded.confidence, folded.first, folded.last);
    group.folded = true;
    // Its own words count everything in it; those of one connection do not.
    Verdict words;
    words.server = folded.server;
    words.outcome = folded.outcome;
    words.cause = folded.cause;
    words.confidence = folded.confidence;
    words.summary = folded.summary;
    words.advice = {std::string(cause->advice)};
    if (group.example == FailureGroup::no_example) {
        group.example = examples_.size();
        examples_.push_back(std::move(words));
    } else {
        examples_[group.example] = std::move(words);
    }
}

void FailureGroups::clear() {
    groups_.clear();
    examples_.clear();
}

std::vector<FailureGroup> FailureGroups::ranked() const {
    std::map<std::pair<std::string_view, IpAddress>, std::vector<const FailureGroup*>> by_host;
    for (const auto& [key, group] : groups_) {
        by_host[{key.cause->id, key.server.addr}].push_back(&group);
    }
    std::vector<FailureGroup> all;
    for (const auto& [host, groups] : by_host) {
        if (groups.size() <= most_ports_apart) {
            for (const FailureGroup* group : groups) all.push_back(*group);
            continue;
        }
        FailureGroup merged = *groups.front();
        for (std::size_t i = 1; i < groups.size(); ++i) absorb(merged, *groups[i]);
        std::sort(merged.ports.begin(), merged.ports.end());
        all.push_back(std::move(merged));
    }
    std::sort(all.begin(), all.end(), [](const FailureGroup& a, const FailureGroup& b) {
        if (a.count != b.count) return a.count > b.count;
        if (a.first != b.first) return a.first < b.first;
        if (a.cause->id != b.cause->id) return a.cause->id < b.cause->id;
        return std::tie(a.server, a.ports) < std::tie(b.server, b.ports);
    });
    return all;
}

const Verdict* FailureGroups::example(const FailureGroup& group) const {
    return group.example < examples_.size() ? &examples_[group.example] : nullptr;
}

}  // namespace tcpwhy
