// Finds connections by their key's hash.
#pragma once

#include <cstdint>
#include <vector>

#include "base/huge_pages.h"

namespace tcpwhy {

/// Open addressing with eight bytes a slot: half of the hash and the connection's number. The
/// caller compares keys. Removal shifts what follows back, so that no tombstones pile up.
class ConnectionIndex {
public:
    ConnectionIndex() : slots_(initial_slots) {}

    /// Calls `matches(number)` for each candidate until it returns true; that number, or 0.
    template <typename Matches>
    [[nodiscard]] std::uint32_t find(std::uint64_t hash, Matches matches) const {
        const std::uint32_t wanted = tag(hash);
        for (std::size_t at = wanted & mask(); slots_[at].number != 0; at = (at + 1) & mask()) {
            if (slots_[at].tag == wanted && matches(slots_[at].number)) return slots_[at].number;
        }
        return 0;
    }
    void add(std::uint64_t hash, std::uint32_t number) {
        if ((size_ + 1) * 2 > slots_.size()) grow();
        put({tag(hash), number});
        ++size_;
    }
    void remove(std::uint64_t hash, std::uint32_t number) {
        std::size_t at = tag(hash) & mask();
        while (slots_[at].number != number) {
            if (slots_[at].number == 0) return;
            at = (at + 1) & mask();
        }
        --size_;
        for (std::size_t next = (at + 1) & mask(); slots_[next].number != 0;
             next = (next + 1) & mask()) {
            const std::size_t home = slots_[next].tag & mask();
            // An entry may move back only if its home is not between the hole and itself.
            if (((next - home) & mask()) >= ((next - at) & mask())) {
                slots_[at] = slots_[next];
                at = next;
            }
        }
        slots_[at] = {};
    }
    void prefetch(std::uint64_t hash) const { __builtin_prefetch(&slots_[tag(hash) & mask()]); }
    /// The first number with half of that hash, to prefetch its connection; 0 = none.
    [[nodiscard]] std::uint32_t guess(std::uint64_t hash) const {
        return find(hash, [](std::uint32_t) { return true; });
    }

private:
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t number = 0;
    };
    using Slots = std::vector<Slot, HugePageAllocator<Slot>>;
    static constexpr std::size_t initial_slots = 1024;
    static std::uint32_t tag(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }
    [[nodiscard]] std::size_t mask() const { return slots_.size() - 1; }
    void put(Slot slot) {
        std::size_t at = slot.tag & mask();
        while (slots_[at].number != 0) at = (at + 1) & mask();
        slots_[at] = slot;
    }
    void grow() {
        Slots old(slots_.size() * 2);
        old.swap(slots_);
        for (const Slot& slot : old) {
            if (slot.number != 0) put(slot);
        }
    }

    Slots slots_;
    std::size_t size_ = 0;
};

}  // namespace tcpwhy
