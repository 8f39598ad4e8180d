#include "packet/fragments.h"

#include "packet/tunnel_chain.h"

namespace tcpwhy {

namespace {

constexpr std::uint32_t unit = 8;  // RFC 791 3.1: offsets count eight bytes
constexpr std::uint32_t largest_payload = 65535;

// Never 0, which marks a free slot.
std::uint32_t hash_of(const IpFragment& fragment) {
    std::uint32_t hash = wire::address_hash(fragment.src) * 3 + wire::address_hash(fragment.dst);
    hash = (hash ^ fragment.chain ^ fragment.id) * 0x9e3779b1U;
    return (hash ^ hash >> 15) | 1;
}

// What no stack accepts: nothing in it, a middle that is not whole units, an end beyond what IP
// can number (the "ping of death").
bool is_absurd(const IpFragment& fragment) {
    const std::uint32_t length = fragment.payload.wire_length();
    return length == 0 || length > largest_payload || fragment.offset + length > largest_payload ||
           (fragment.more && length % unit != 0);
}

}  // namespace

std::optional<WholeDatagram> FragmentTable::add(const IpFragment& fragment) {
    if (is_absurd(fragment)) return std::nullopt;
    const std::uint32_t hash = hash_of(fragment);
    Slot* slot = find(fragment, hash);
    if (slot == nullptr) slot = &start(fragment, hash);
    if (slot->state == State::complete) return std::nullopt;

    const std::uint32_t end = fragment.offset + fragment.payload.wire_length();
    if (fragment.offset == 0) slot->protocol = fragment.protocol;
    if (!fragment.more && slot->total == 0) slot->total = end;
    keep_front(*slot, fragment);
    if (!add_range(*slot, {fragment.offset, end})) return std::nullopt;
    if (slot->total == 0 || slot->ranges[0].first != 0 || slot->ranges[0].last < slot->total) {
        return std::nullopt;
    }
    return finish(*slot);
}

std::uint64_t FragmentTable::incomplete() const {
    const auto waiting = std::ranges::count(slots_, State::waiting, &Slot::state);
    return given_up_ + static_cast<std::uint64_t>(waiting);
}

FragmentTable::Slot* FragmentTable::find(const IpFragment& fragment, std::uint32_t hash) {
    for (std::size_t index = 0; index < capacity; ++index) {
        if (hashes_[index] != hash) continue;
        Slot& slot = slots_[index];
        if (slot.id != fragment.id || slot.chain != fragment.chain || slot.src != fragment.src ||
            slot.dst != fragment.dst) {
            continue;
        }
        // RFC 791 3.2 makes the protocol part of the key, RFC 8200 4.5 does not.
        if (fragment.src.is_v4() && slot.protocol != fragment.protocol) continue;
        const Duration age = fragment.time - slot.since;
        if (age <= (slot.state == State::complete ? copy_time : timeout)) return &slot;
        give_up(index);
    }
    return nullptr;
}

FragmentTable::Slot& FragmentTable::start(const IpFragment& fragment, std::uint32_t hash) {
    const std::size_t index = next_;
    next_ = (next_ + 1) % capacity;
    give_up(index);
    hashes_[index] = hash;
    Slot& slot = slots_[index];
    slot.src = fragment.src;
    slot.dst = fragment.dst;
    slot.chain = fragment.chain;
    slot.id = fragment.id;
    slot.since = fragment.time;
    slot.state = State::waiting;
    slot.protocol = fragment.protocol;
    slot.range_count = 0;
    slot.total = 0;
    slot.kept_units = 0;
    return slot;
}

// Ranges stay sorted and apart from one another; what touches the new one becomes part of it.
// False where there is no room: the datagram then never becomes complete.
bool FragmentTable::add_range(Slot& slot, Range range) {
    std::size_t before = 0;
    while (before < slot.range_count && slot.ranges[before].last < range.first) ++before;
    std::size_t after = before;
    while (after < slot.range_count && slot.ranges[after].first <= range.last) {
        range.first = std::min(range.first, slot.ranges[after].first);
        range.last = std::max(range.last, slot.ranges[after].last);
        ++after;
    }
    if (before == after && slot.range_count == most_gaps) return false;
    const auto begin = slot.ranges.begin();
    const auto tail = begin + static_cast<std::ptrdiff_t>(after);
    const auto end = begin + static_cast<std::ptrdiff_t>(slot.range_count);
    if (before == after) {
        std::copy_backward(tail, end, end + 1);
    } else {
        std::copy(tail, end, begin + static_cast<std::ptrdiff_t>(before) + 1);
    }
    slot.range_count = static_cast<std::uint8_t>(slot.range_count + 1 - (after - before));
    slot.ranges[before] = range;
    return true;
}

// What came first stays: a later, overlapping fragment with other content changes nothing.
void FragmentTable::keep_front(Slot& slot, const IpFragment& fragment) {
    const Bytes bytes = fragment.payload.bytes;
    for (std::size_t done = 0; done < bytes.size() && fragment.offset + done < kept_bytes;
         done += unit) {
        const std::size_t count = std::min<std::size_t>(unit, bytes.size() - done);
        // A unit that the snaplen cut is unknown as a whole; the datagram's last may be short.
        if (count < unit && fragment.payload.missing != 0) break;
        const std::uint32_t bit = 1U << (fragment.offset + done) / unit;
        if ((slot.kept_units & bit) != 0) continue;
        slot.kept_units |= bit;
        std::memcpy(slot.front.data() + fragment.offset + done, bytes.data() + done, count);
    }
}

WholeDatagram FragmentTable::finish(Slot& slot) {
    slot.state = State::complete;
    const auto units = static_cast<std::uint32_t>(std::countr_one(slot.kept_units));
    const std::uint32_t known = std::min(slot.total, units * unit);
    return {{Bytes(slot.front).first(known), slot.total - known}, slot.protocol};
}

void FragmentTable::give_up(std::size_t index) {
    if (slots_[index].state == State::waiting) ++given_up_;
    slots_[index].state = State::free;
    hashes_[index] = 0;
}

}  // namespace tcpwhy
