// Bytes being put together, in network order.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace tcpwhy::test {

using Octets = std::vector<std::uint8_t>;

inline void put8(Octets& out, std::uint32_t value) {
    out.push_back(static_cast<std::uint8_t>(value));
}
inline void put16(Octets& out, std::uint32_t value) {
    put8(out, value >> 8);
    put8(out, value);
}
inline void put32(Octets& out, std::uint32_t value) {
    put16(out, value >> 16);
    put16(out, value);
}
inline void put(Octets& out, std::span<const std::uint8_t> bytes) {
    out.insert(out.end(), bytes.begin(), bytes.end());
}
/// Overwrites two bytes at `at`.
inline void set16(Octets& out, std::size_t at, std::uint32_t value) {
    out[at] = static_cast<std::uint8_t>(value >> 8);
    out[at + 1] = static_cast<std::uint8_t>(value);
}

/// RFC 1071: the one's complement of the one's complement sum; an odd byte at the end counts as if
/// a zero followed.
[[nodiscard]] inline std::uint16_t internet_checksum(std::span<const std::uint8_t> bytes) {
    std::uint32_t sum = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        sum += at % 2 == 0 ? std::uint32_t{bytes[at]} << 8 : bytes[at];
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return static_cast<std::uint16_t>(~sum);
}

}  // namespace tcpwhy::test
