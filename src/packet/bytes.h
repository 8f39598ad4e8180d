// Unaligned numbers in a stretch of captured bytes.
#pragma once

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace tcpwhy {

/// Captured bytes, borrowed.
using Bytes = std::span<const std::uint8_t>;

/// A number of `at` in the byte order of this machine. REQUIRES: at + sizeof(Number) <= size.
template <typename Number>
[[nodiscard]] inline Number load_native(Bytes bytes, std::size_t at) {
    assert(at + sizeof(Number) <= bytes.size());
    Number number;
    std::memcpy(&number, bytes.data() + at, sizeof number);
    return number;
}

[[nodiscard]] constexpr std::uint16_t swap_bytes(std::uint16_t n) {
    return __builtin_bswap16(n);
}
[[nodiscard]] constexpr std::uint32_t swap_bytes(std::uint32_t n) {
    return __builtin_bswap32(n);
}

/// Numbers in network order, in host order. REQUIRES: they lie within `bytes`.
[[nodiscard]] inline std::uint8_t load_u8(Bytes bytes, std::size_t at) {
    return load_native<std::uint8_t>(bytes, at);
}
[[nodiscard]] inline std::uint16_t load_be16(Bytes bytes, std::size_t at) {
    const auto raw = load_native<std::uint16_t>(bytes, at);
    return std::endian::native == std::endian::big ? raw : swap_bytes(raw);
}
[[nodiscard]] inline std::uint32_t load_be32(Bytes bytes, std::size_t at) {
    const auto raw = load_native<std::uint32_t>(bytes, at);
    return std::endian::native == std::endian::big ? raw : swap_bytes(raw);
}
[[nodiscard]] inline std::uint32_t load_be24(Bytes bytes, std::size_t at) {
    return static_cast<std::uint32_t>(load_u8(bytes, at)) << 16 | load_be16(bytes, at + 1);
}
/// Numbers in little-endian order, as radiotap and some capture headers have them.
[[nodiscard]] inline std::uint16_t load_le16(Bytes bytes, std::size_t at) {
    return swap_bytes(load_be16(bytes, at));
}
[[nodiscard]] inline std::uint32_t load_le32(Bytes bytes, std::size_t at) {
    return swap_bytes(load_be32(bytes, at));
}

/// What is left of a packet at some layer: the bytes that were captured, and how many more
/// followed them on the wire.
struct Slice {
    Bytes bytes;
    std::uint32_t missing = 0;  ///< bytes after `bytes` that the snaplen cut

    /// Whether the first `count` bytes were captured.
    [[nodiscard]] bool has(std::size_t count) const { return bytes.size() >= count; }

    /// Its length on the wire.
    [[nodiscard]] std::uint32_t wire_length() const {
        return static_cast<std::uint32_t>(bytes.size()) + missing;
    }

    /// Without its first `count` bytes; empty where there are fewer.
    [[nodiscard]] Slice from(std::size_t count) const {
        if (count <= bytes.size()) [[likely]] {
            return {bytes.subspan(count), missing};
        }
        const std::size_t beyond = std::min<std::size_t>(count - bytes.size(), missing);
        return {bytes.last(0), static_cast<std::uint32_t>(missing - beyond)};
    }

    /// Leaves its first `count` bytes behind.
    void skip(std::size_t count) {
        if (count > bytes.size()) [[unlikely]] {
            *this = from(count);
        } else {
            bytes = bytes.subspan(count);
        }
    }

    /// Becomes with_length(length).
    void limit(std::uint32_t length) {
        const auto captured = static_cast<std::uint32_t>(bytes.size());
        if (length > captured) {
            missing = length - captured;
        } else {
            bytes = bytes.first(length);
            missing = 0;
        }
    }

    /// Its first `length` bytes by an inner header's word: padding behind is left away, and what
    /// the header promises beyond the captured bytes counts as missing.
    [[nodiscard]] Slice with_length(std::uint32_t length) const {
        const std::size_t captured = std::min<std::size_t>(length, bytes.size());
        return {bytes.first(captured), static_cast<std::uint32_t>(length - captured)};
    }
};

}  // namespace tcpwhy
