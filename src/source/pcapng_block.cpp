#include "source/pcapng_block.h"

namespace tcpwhy::source {

namespace {

constexpr std::uint32_t byte_order_magic = 0x1a2b3c4d;

/// A block of this type is at least that long (sections 4.1 to 4.7 and appendix A).
std::uint32_t shortest(BlockType type) {
    switch (type) {
        case BlockType::interface_description:
            return 20;
        case BlockType::obsolete_packet:
            return 32;
        case BlockType::simple_packet:
            return 16;
        case BlockType::interface_statistics:
            return 24;
        case BlockType::enhanced_packet:
            return 32;
        case BlockType::section_header:
            return 28;
        default:
            return block_overhead;
    }
}

}  // namespace

bool BlockHead::is_other_frame() const {
    switch (type) {
        case BlockType::systemd_journal:
        case BlockType::sysdig_event:
        case BlockType::sysdig_event_2:
        case BlockType::sysdig_event_2_large:
        case BlockType::custom:
        case BlockType::custom_not_copied:
            return true;
        default:
            return false;
    }
}

bool BlockHead::is_known() const {
    if (is_packet() || is_other_frame()) return true;
    switch (type) {
        case BlockType::interface_description:
        case BlockType::name_resolution:
        case BlockType::interface_statistics:
        case BlockType::decryption_secrets:
        case BlockType::section_header:
            return true;
        default:
            return false;
    }
}

std::optional<ByteOrder> order_of_section(const std::uint8_t* at) {
    for (const ByteOrder order : {ByteOrder::little_endian(), ByteOrder::big_endian()}) {
        if (order.u32(at + 8) == byte_order_magic) return order;
    }
    return std::nullopt;
}

bool begins_block(std::span<const std::uint8_t> bytes, ByteOrder order) {
    if (bytes.size() < block_overhead) return false;
    // The type of a section header reads the same in both orders.
    if (block_head(order, bytes.data()).type == BlockType::section_header) {
        const auto own = order_of_section(bytes.data());
        if (!own) return false;
        order = *own;
    }
    const BlockHead head = block_head(order, bytes.data());
    return head.is_known() && head.length >= shortest(head.type) && head.length % 4 == 0 &&
           head.length <= longest_common_block && head.length <= bytes.size() &&
           order.u32(bytes.data() + head.length - 4) == head.length;
}

std::optional<BlockOption> next_option(std::span<const std::uint8_t>& options, ByteOrder order) {
    constexpr std::uint16_t end_of_options = 0;
    if (options.size() < 4) return std::nullopt;
    const BlockOption option{order.u16(options.data()), {}};
    const std::size_t length = order.u16(options.data() + 2);
    const std::size_t padded = (length + 3) / 4 * 4;
    if (option.code == end_of_options || padded > options.size() - 4) return std::nullopt;
    const BlockOption found{option.code, options.subspan(4, length)};
    options = options.subspan(4 + padded);
    return found;
}

}  // namespace tcpwhy::source
