// Questions for a neighbour's link address (ARP, RFC 826; neighbour discovery, RFC 4861).
#pragma once

#include <cstdint>
#include <vector>

#include "base/flat_map.h"
#include "base/hash.h"
#include "connection/hosts.h"
#include "packet/segment.h"

namespace tcpwhy {

/// A run of unanswered questions of one host for another.
struct NeighborRun {
    IpAddress asker;
    IpAddress target;
    std::uint32_t count = 0;
    std::uint64_t first_frame = 0, last_frame = 0;
    Timestamp first{}, last{};
};

/// Who asks for whom without an answer. Bounded; beyond the bound nothing is added.
class NeighborTable {
public:
    explicit NeighborTable(KeyedHash hash) : hash_(hash) {}

    void request(const NeighborMessage& m, const HostTable& hosts);
    /// Runs of at least three questions that nobody answered and that no SYN accompanied, by
    /// their first frame.
    [[nodiscard]] std::vector<NeighborRun> unanswered(const HostTable& hosts) const;
    /// How often `asker` asked in vain for `target`.
    [[nodiscard]] std::uint32_t requests(const IpAddress& asker, const IpAddress& target) const;

private:
    struct Pair {
        IpAddress asker;
        IpAddress target;
        friend bool operator==(const Pair&, const Pair&) = default;
    };
    [[nodiscard]] std::uint64_t hash_of(const Pair& p) const;

    static constexpr std::size_t max_pairs = 1U << 16;
    KeyedHash hash_;
    FlatMap<Pair, NeighborRun> runs_{max_pairs};
};

}  // namespace tcpwhy
