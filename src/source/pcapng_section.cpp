#include "source/pcapng_section.h"

#include <limits>

namespace tcpwhy::source {

namespace {

std::uint64_t saturating_sum(std::uint64_t left, std::uint64_t right) {
    constexpr auto most = std::numeric_limits<std::uint64_t>::max();
    return left > most - right ? most : left + right;
}

/// The options of a block whose fixed part ends at `from`. REQUIRES: the block is whole.
std::span<const std::uint8_t> options_of(std::span<const std::uint8_t> block, std::size_t from) {
    return block.subspan(from, block.size() - 4 - from);
}

}  // namespace

bool PcapngSection::add_interface(std::span<const std::uint8_t> block) {
    constexpr std::uint16_t resolution_code = 9;  // if_tsresol
    constexpr std::uint16_t offset_code = 14;     // if_tsoffset
    if (block.size() < 20) return false;
    ++declared_;
    if (interfaces_.size() >= most_interfaces) return true;
    std::uint8_t resolution = 6;  // 10^-6 s is the default
    std::int64_t offset = 0;
    auto options = options_of(block, 16);
    while (const auto option = next_option(options, order_)) {
        if (option->code == resolution_code && !option->value.empty()) {
            resolution = option->value[0];
        } else if (option->code == offset_code && option->value.size() >= 8) {
            offset = static_cast<std::int64_t>(order_.u64(option->value.data()));
        }
    }
    interfaces_.push_back({.link_type = order_.u16(block.data() + 8),
                           .snaplen = order_.u32(block.data() + 12),
                           .scale = TimeScale(resolution, offset)});
    return true;
}

std::uint64_t PcapngSection::add_statistics(std::span<const std::uint8_t> block) {
    constexpr std::uint16_t dropped_by_interface = 5;  // isb_ifdrop
    constexpr std::uint16_t dropped_by_system = 7;     // isb_osdrop
    if (block.size() < 24) return 0;
    const std::uint32_t interface = order_.u32(block.data() + 8);
    if (interface >= interfaces_.size()) return 0;
    std::uint64_t dropped = 0;
    auto options = options_of(block, 20);
    while (const auto option = next_option(options, order_)) {
        const bool counts =
            option->code == dropped_by_interface || option->code == dropped_by_system;
        if (!counts || option->value.size() < 8) continue;
        dropped = saturating_sum(dropped, order_.u64(option->value.data()));
    }
    // Counters run from the start of the capture: a later block replaces an earlier one.
    auto& known = interfaces_[interface].dropped;
    if (dropped <= known) return 0;
    const std::uint64_t growth = dropped - known;
    known = dropped;
    return growth;
}

PacketBlock PcapngSection::read_simple(std::span<const std::uint8_t> block, RawPacket& packet) {
    if (block.size() < 16) return PacketBlock::too_long;
    // Section 4.4: always of interface 0, whose snaplen says how much of it is there.
    if (interfaces_.empty()) return PacketBlock::interface_unknown;
    const std::uint32_t original = order_.u32(block.data() + 8);
    const std::uint32_t captured = *claimed_length(BlockType::simple_packet, block);
    if (captured > block.size() - 16) return PacketBlock::too_long;
    packet.time = last_time_;
    packet.bytes = block.subspan(12, captured);
    packet.original_length = original;
    set_interface(0, packet);
    return PacketBlock::good;
}

std::optional<std::uint32_t> PcapngSection::claimed_length(
    BlockType type, std::span<const std::uint8_t> beginning) const {
    if (type != BlockType::simple_packet) {
        if (beginning.size() < 28) return std::nullopt;
        return order_.u32(beginning.data() + 20);
    }
    if (beginning.size() < 12) return std::nullopt;
    const std::uint32_t original = order_.u32(beginning.data() + 8);
    const std::uint32_t snaplen = interfaces_.empty() ? 0 : interfaces_[0].snaplen;
    return snaplen == 0 ? original : std::min(original, snaplen);
}

}  // namespace tcpwhy::source
