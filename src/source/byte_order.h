// Numbers of a capture file, which is written in the byte order of whoever wrote it.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace tcpwhy::source {

/// Reads unaligned numbers in a file's byte order. REQUIRES of each call: the bytes are there.
class ByteOrder {
public:
    constexpr ByteOrder() = default;
    /// `swapped`: the other order than this machine's.
    constexpr explicit ByteOrder(bool swapped) : swapped_(swapped) {}
    [[nodiscard]] static constexpr ByteOrder big_endian() {
        return ByteOrder(std::endian::native != std::endian::big);
    }
    [[nodiscard]] static constexpr ByteOrder little_endian() {
        return ByteOrder(std::endian::native != std::endian::little);
    }

    [[nodiscard]] std::uint16_t u16(const std::uint8_t* at) const {
        std::uint16_t value;
        std::memcpy(&value, at, sizeof value);
        return swapped_ ? __builtin_bswap16(value) : value;
    }
    [[nodiscard]] std::uint32_t u32(const std::uint8_t* at) const {
        std::uint32_t value;
        std::memcpy(&value, at, sizeof value);
        return swapped_ ? __builtin_bswap32(value) : value;
    }
    [[nodiscard]] std::uint64_t u64(const std::uint8_t* at) const {
        std::uint64_t value;
        std::memcpy(&value, at, sizeof value);
        return swapped_ ? __builtin_bswap64(value) : value;
    }

private:
    bool swapped_ = false;
};

}  // namespace tcpwhy::source
