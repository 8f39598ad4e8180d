// Failures put together by cause and server, for the summary.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "cause/diagnose.h"
#include "tcpwhy/verdict.h"

namespace tcpwhy {

/// Failed connections of one cause to one server.
struct FailureGroup {
    const Cause* cause = nullptr;
    IpAddress server;
    std::vector<std::uint16_t> ports;  ///< ascending; one unless ports were merged; {0}: no port
    std::uint64_t count = 0;
    bool several_clients = false;
    SocketAddress client;  ///< the first one's
    bool folded = false;   ///< some were folded to stay within memory
    Confidence weakest = Confidence::certain;
    Confidence strongest = Confidence::possible;
    Timestamp first{};
    Timestamp last{};
    std::size_t example = no_example;  ///< index for FailureGroups::example()

    static constexpr std::size_t no_example = ~std::size_t{0};
};

/// Counts failures without making words for each: a few dozen bytes per cause, server and port,
/// and the words of at most a few thousand examples.
class FailureGroups {
public:
    void add(const Judged& judged);
    void add(const VerdictGroup& group);
    void clear();

    /// The groups, most frequent first, equal ones by their time. A host that failed for one
    /// cause on many ports is one group.
    [[nodiscard]] std::vector<FailureGroup> ranked() const;
    /// A connection of the group in words, or nullptr where none was kept.
    [[nodiscard]] const Verdict* example(const FailureGroup& group) const;

private:
    struct Key {
        const Cause* cause;
        SocketAddress server;
        bool operator==(const Key&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const;
    };

    FailureGroup& group_of(const Cause* cause, const SocketAddress& server);

    std::unordered_map<Key, FailureGroup, KeyHash> groups_;
    std::vector<Verdict> examples_;
};

}  // namespace tcpwhy
