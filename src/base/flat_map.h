// A hash table with open addressing and a bound on its size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/huge_pages.h"

namespace tcpwhy {

/// Keys and values in one flat array, doubled while it grows, never beyond `max_size` entries:
/// then nothing is added any more. Entries are never removed one by one. Pointers to values hold
/// until the next add().
template <typename Key, typename Value>
class FlatMap {
public:
    explicit FlatMap(std::size_t max_size) : max_size_(max_size) {}

    [[nodiscard]] Value* find(const Key& key, std::uint64_t hash) {
        if (slots_.empty()) return nullptr;
        for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
            Slot& slot = slots_[at];
            if (!slot.used) return nullptr;
            if (slot.key == key) return &slot.value;
        }
    }
    [[nodiscard]] const Value* find(const Key& key, std::uint64_t hash) const {
        return const_cast<FlatMap*>(this)->find(key, hash);
    }
    /// The value of that key, made if need be; nullptr when the table is full.
    [[nodiscard]] Value* find_or_add(const Key& key, std::uint64_t hash) {
        if (Value* value = find(key, hash)) return value;
        if (size_ >= max_size_) return nullptr;
        if (size_ * 2 >= slots_.size()) grow();
        ++size_;
        Slot& slot = slots_[free_slot(slots_, hash)];
        slot.used = true;
        slot.hash = hash;
        slot.key = key;
        return &slot.value;
    }
    /// Brings the slot of a hash into the cache.
    void prefetch(std::uint64_t hash) const {
        if (!slots_.empty()) __builtin_prefetch(&slots_[hash & mask()], 1);
    }
    [[nodiscard]] std::size_t size() const { return size_; }
    template <typename Visit>
    void for_each(Visit visit) const {
        for (const Slot& slot : slots_) {
            if (slot.used) visit(slot.key, slot.value);
        }
    }

private:
    struct Slot {
        Key key{};
        Value value{};
        std::uint64_t hash = 0;
        bool used = false;
    };
    using Slots = std::vector<Slot, HugePageAllocator<Slot>>;

    [[nodiscard]] std::size_t mask() const { return slots_.size() - 1; }
    static std::size_t free_slot(const Slots& slots, std::uint64_t hash) {
        const std::size_t mask = slots.size() - 1;
        std::size_t at = hash & mask;
        while (slots[at].used) at = (at + 1) & mask;
        return at;
    }
    void grow() {
        Slots larger(slots_.empty() ? 64 : slots_.size() * 2);
        for (Slot& slot : slots_) {
            if (slot.used) larger[free_slot(larger, slot.hash)] = std::move(slot);
        }
        slots_ = std::move(larger);
    }

    std::size_t max_size_;
    std::size_t size_ = 0;
    Slots slots_;
};

}  // namespace tcpwhy
