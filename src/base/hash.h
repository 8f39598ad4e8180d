// A keyed hash for tables that strangers fill: who does not know the key cannot choose buckets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace tcpwhy {

/// Mixes 64-bit words by folded 128-bit multiplication. Fast and well spread; no cryptographic
/// promise beyond the secret key.
class KeyedHash {
public:
    constexpr explicit KeyedHash(std::uint64_t key) : key_(key) {}
    /// A key from the kernel's random numbers (getrandom).
    static KeyedHash with_random_key();

    [[nodiscard]] std::uint64_t of(std::uint64_t a, std::uint64_t b) const {
        return fold(a ^ key_ ^ 0x9e3779b97f4a7c15ULL, b ^ rotate(key_) ^ 0xd1b54a32d192ed03ULL);
    }
    [[nodiscard]] std::uint64_t of(std::uint64_t a, std::uint64_t b, std::uint64_t c) const {
        return of(of(a, b), c);
    }
    /// An address (sixteen bytes) and whatever else fits into one word.
    template <typename Bytes16>
    [[nodiscard]] std::uint64_t of_address(const Bytes16& bytes, std::uint64_t rest) const {
        std::uint64_t high = 0;
        std::uint64_t low = 0;
        std::memcpy(&high, bytes.data(), 8);
        std::memcpy(&low, bytes.data() + 8, 8);
        return of(of(high, low), rest);
    }

private:
    static constexpr std::uint64_t rotate(std::uint64_t x) { return (x << 29) | (x >> 35); }
    static std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
        __extension__ using uint128 = unsigned __int128;
        const uint128 product = static_cast<uint128>(a) * b;
        return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
    }
    std::uint64_t key_;
};

}  // namespace tcpwhy
