// The blocks of a pcapng file, as numbers.
// https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html; section numbers are its.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "source/byte_order.h"
#include "source/capture_reader.h"

namespace tcpwhy::source {

/// Block types (section 10.1) that matter here.
enum class BlockType : std::uint32_t {
    interface_description = 1,
    obsolete_packet = 2,
    simple_packet = 3,
    name_resolution = 4,
    interface_statistics = 5,
    enhanced_packet = 6,
    systemd_journal = 9,
    decryption_secrets = 10,
    sysdig_event = 0x204,
    sysdig_event_2 = 0x216,
    sysdig_event_2_large = 0x221,
    custom = 0xbad,
    custom_not_copied = 0x40000bad,
    section_header = 0x0a0d0d0a,
};

/// Type, length, and the length again after the body.
inline constexpr std::uint32_t block_overhead = 12;
/// No block is longer: the longest packet and room for its options.
inline constexpr std::uint32_t longest_block = longest_packet + (1U << 20);
/// Beyond it a damaged length is as likely as such a block.
inline constexpr std::uint32_t longest_common_block = 1U << 20;

/// The first eight bytes of a block.
struct BlockHead {
    BlockType type{};
    std::uint32_t length = 0;  ///< of the whole block

    [[nodiscard]] bool length_is_possible() const {
        return length >= block_overhead && length % 4 == 0 && length <= longest_block;
    }
    [[nodiscard]] bool is_packet() const {
        return type == BlockType::enhanced_packet || type == BlockType::simple_packet ||
               type == BlockType::obsolete_packet;
    }
    /// What Wireshark shows as a frame although it is no packet (wiretap/pcapng.c).
    [[nodiscard]] bool is_other_frame() const;
    [[nodiscard]] bool is_known() const;
};

/// The byte order that a section header's magic (section 4.1) tells, if it is one.
/// REQUIRES: 12 bytes at `at`, the beginning of the block.
[[nodiscard]] std::optional<ByteOrder> order_of_section(const std::uint8_t* at);

/// REQUIRES: 8 bytes at `at`.
[[nodiscard]] inline BlockHead block_head(ByteOrder order, const std::uint8_t* at) {
    return {static_cast<BlockType>(order.u32(at)), order.u32(at + 4)};
}

/// Whether `bytes` begin with a whole block that hardly any other bytes look like: a known type
/// in this byte order, or a section header in any.
[[nodiscard]] bool begins_block(std::span<const std::uint8_t> bytes, ByteOrder order);

/// A block's option (section 3.5).
struct BlockOption {
    std::uint16_t code = 0;
    std::span<const std::uint8_t> value;
};

/// Takes the option at the front of `options` off it. Nothing at the end, or where an option
/// claims more than is there.
[[nodiscard]] std::optional<BlockOption> next_option(std::span<const std::uint8_t>& options,
                                                     ByteOrder order);

}  // namespace tcpwhy::source
