#include "connection/neighbors.h"

#include <algorithm>

namespace tcpwhy {

namespace {

using namespace std::chrono_literals;

// Linux asks three times, a second apart (mcast_solicit and retrans_time_ms in
// Documentation/networking/ip-sysctl.rst). Questions further apart are separate attempts, of which
// each may have been answered by unicast that this vantage point does not see.
constexpr Duration same_attempt = 5s;
constexpr std::uint32_t full_attempt = 3;
// The SYN leaves at once when the answer comes.
constexpr Duration syn_follows = 1s;

}  // namespace

std::uint64_t NeighborTable::hash_of(const Pair& p) const {
    return hash_.of_address(p.asker.bytes, hash_.of_address(p.target.bytes, 6));
}

void NeighborTable::request(const NeighborMessage& m, const HostTable& hosts) {
    const Pair key{m.sender, m.target};
    if (m.sender.is_unspecified() || m.sender == m.target) return;  // address probes
    NeighborRun* run = runs_.find_or_add(key, hash_of(key));
    if (run == nullptr) return;
    const bool answered = run->count != 0 && hosts.alive_since(m.target, run->first);
    const bool abandoned = run->count < full_attempt && m.time - run->last > same_attempt;
    if (run->count == 0 || answered || abandoned) {
        *run = {m.sender, m.target, 0, m.frame, m.frame, m.time, m.time};
    }
    ++run->count;
    run->last_frame = m.frame;
    run->last = m.time;
}

std::vector<NeighborRun> NeighborTable::unanswered(const HostTable& hosts) const {
    std::vector<NeighborRun> result;
    runs_.for_each([&](const Pair&, const NeighborRun& run) {
        if (run.count < full_attempt || hosts.alive_since(run.target, run.first)) return;
        if (hosts.syn_since(run.asker, run.target, run.first - syn_follows)) return;
        result.push_back(run);
    });
    std::sort(result.begin(), result.end(), [](const NeighborRun& a, const NeighborRun& b) {
        return a.first_frame < b.first_frame;
    });
    return result;
}

std::uint32_t NeighborTable::requests(const IpAddress& asker, const IpAddress& target) const {
    const Pair key{asker, target};
    const NeighborRun* run = runs_.find(key, hash_of(key));
    return run != nullptr ? run->count : 0;
}

}  // namespace tcpwhy
