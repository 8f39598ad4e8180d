// What a pcapng section has said so far: its byte order and its interfaces.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "packet/raw_packet.h"
#include "source/byte_order.h"
#include "source/pcapng_block.h"
#include "source/time_scale.h"

namespace tcpwhy::source {

/// Interfaces of one section that are kept; a file may declare millions at 20 bytes each. Also
/// how many RawPacket::interface can tell apart.
inline constexpr std::size_t most_interfaces = 65'536;

/// One interface (section 4.2).
struct PcapngInterface {
    LinkType link_type = 1;
    std::uint32_t snaplen = 0;  ///< 0 = no limit
    TimeScale scale;
    std::uint64_t dropped = 0;  ///< by its latest statistics
};

/// What became of a packet block.
enum class PacketBlock : std::uint8_t {
    good,
    too_long,            ///< it claims more bytes than the block has
    interface_unknown,   ///< its interface was not declared
    interface_not_kept,  ///< its interface is one beyond most_interfaces
};

/// A section (section 4.1). Interface numbers in it count from 0 again.
class PcapngSection {
public:
    PcapngSection() = default;
    /// `interfaces_before`: how many the sections before it declared.
    PcapngSection(ByteOrder order, std::uint64_t interfaces_before)
        : order_(order), interfaces_before_(interfaces_before) {}

    [[nodiscard]] ByteOrder order() const { return order_; }
    /// All that were declared, kept or not, with those of the sections before.
    [[nodiscard]] std::uint64_t interfaces_declared() const {
        return interfaces_before_ + declared_;
    }
    [[nodiscard]] const std::vector<PcapngInterface>& interfaces() const { return interfaces_; }

    /// Takes an Interface Description Block in; false if it is too short to be one.
    bool add_interface(std::span<const std::uint8_t> block);
    /// Takes an Interface Statistics Block in; returns by how much the packets that the capture
    /// lost have grown.
    std::uint64_t add_statistics(std::span<const std::uint8_t> block);

    /// Fills in time, bytes, original_length, link_type and interface from a packet block.
    /// REQUIRES: `block` is whole and at least 12 bytes long.
    PacketBlock read_packet(BlockType type, std::span<const std::uint8_t> block, RawPacket& packet);

    /// The captured length that a packet block claims, as far as its beginning is there; nothing
    /// if that is too short to say.
    [[nodiscard]] std::optional<std::uint32_t> claimed_length(
        BlockType type, std::span<const std::uint8_t> beginning) const;
    /// Bytes of such a block before the packet's own.
    [[nodiscard]] static std::uint32_t bytes_before_packet(BlockType type) {
        return type == BlockType::simple_packet ? 12 : 28;
    }

private:
    PacketBlock read_timed(std::uint32_t interface, std::span<const std::uint8_t> block,
                           RawPacket& packet);
    PacketBlock read_simple(std::span<const std::uint8_t> block, RawPacket& packet);
    [[nodiscard]] PacketBlock why_missing(std::uint32_t interface) const {
        return interface < declared_ ? PacketBlock::interface_not_kept
                                     : PacketBlock::interface_unknown;
    }
    void set_interface(std::uint32_t interface, RawPacket& packet) const {
        packet.link_type = interfaces_[interface].link_type;
        packet.interface = static_cast<std::uint16_t>(
            std::min<std::uint64_t>(interfaces_before_ + interface, most_interfaces - 1));
    }

    ByteOrder order_;
    std::vector<PcapngInterface> interfaces_;
    std::uint64_t interfaces_before_ = 0;
    std::uint64_t declared_ = 0;
    Timestamp last_time_{};
};

// Both are here because they run once per packet.

inline PacketBlock PcapngSection::read_timed(std::uint32_t interface,
                                             std::span<const std::uint8_t> block,
                                             RawPacket& packet) {
    if (block.size() < 32) return PacketBlock::too_long;
    if (interface >= interfaces_.size()) return why_missing(interface);
    const std::uint8_t* at = block.data();
    const std::uint32_t captured = order_.u32(at + 20);
    if (captured > block.size() - 32) return PacketBlock::too_long;
    const std::uint64_t units = std::uint64_t{order_.u32(at + 12)} << 32 | order_.u32(at + 16);
    packet.time = last_time_ = interfaces_[interface].scale.at(units);
    packet.bytes = {at + 28, captured};
    packet.original_length = std::max(order_.u32(at + 24), captured);
    set_interface(interface, packet);
    return PacketBlock::good;
}

inline PacketBlock PcapngSection::read_packet(BlockType type, std::span<const std::uint8_t> block,
                                              RawPacket& packet) {
    if (type == BlockType::simple_packet) return read_simple(block, packet);
    if (block.size() < 32) return PacketBlock::too_long;
    const std::uint8_t* at = block.data() + 8;
    return read_timed(type == BlockType::enhanced_packet ? order_.u32(at) : order_.u16(at), block,
                      packet);
}

}  // namespace tcpwhy::source
