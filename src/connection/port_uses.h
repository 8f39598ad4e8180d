// Which client ports were lately in use, to recognise segments whose translation got lost.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/hash.h"
#include "tcpwhy/address.h"
#include "tcpwhy/time.h"

namespace tcpwhy {

/// The newest handshake of each of the last client ports; a fixed number of slots, newer ports
/// take the slots of older ones.
class PortUses {
public:
    explicit PortUses(KeyedHash hash) : hash_(hash), slots_(slot_count) {}

    void saw_handshake(const SocketAddress& client, const SocketAddress& server, Timestamp now) {
        const std::uint64_t key = hash_of(client);
        slots_[key % slot_count] = {key, hash_of(server), now};
    }
    /// Whether that port completed a handshake with another peer within the hour before `when`.
    [[nodiscard]] bool busy_elsewhere(const SocketAddress& client, const SocketAddress& peer,
                                      Timestamp when) const {
        const std::uint64_t key = hash_of(client);
        const Slot& slot = slots_[key % slot_count];
        return slot.client == key && slot.server != hash_of(peer) && slot.last <= when &&
               when - slot.last <= memory;
    }

private:
    struct Slot {
        std::uint64_t client = 0;
        std::uint64_t server = 0;
        Timestamp last{};
    };
    // 400 kB: the ephemeral ports of one busy host.
    static constexpr std::size_t slot_count = 1U << 14;
    // Few connections live longer; an older use of the port says little about now.
    static constexpr Duration memory = std::chrono::hours(1);

    [[nodiscard]] std::uint64_t hash_of(const SocketAddress& a) const {
        return hash_.of_address(a.addr.bytes, a.port);
    }

    KeyedHash hash_;
    std::vector<Slot> slots_;
};

}  // namespace tcpwhy
