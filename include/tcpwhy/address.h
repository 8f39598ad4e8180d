// An IPv4 or IPv6 address as one plain value.
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tcpwhy {

/// An IP address in network byte order. IPv4 is stored as the IPv4-mapped IPv6
/// address ::ffff:a.b.c.d (RFC 4291 2.5.5.2), so both families share one type
/// and one comparison. A default-constructed address is "::", the unspecified one.
struct IpAddress {
    std::array<std::uint8_t, 16> bytes{};

    /// Four bytes in network order. REQUIRES: octets.size() == 4.
    static IpAddress from_v4(std::span<const std::uint8_t> octets);
    /// An IPv4 address as a number in host order: 0x7f000001 is 127.0.0.1.
    static IpAddress from_v4(std::uint32_t host_order);
    /// Sixteen bytes in network order. REQUIRES: octets.size() == 16.
    static IpAddress from_v6(std::span<const std::uint8_t> octets);
    /// "192.0.2.1" or "2001:db8::1" (no port, no zone, no brackets); nothing for anything else.
    static std::optional<IpAddress> parse(std::string_view text);

    [[nodiscard]] bool is_v4() const;
    [[nodiscard]] bool is_unspecified() const;
    [[nodiscard]] bool is_multicast() const;
    [[nodiscard]] bool is_loopback() const;

    /// "192.0.2.1", or RFC 5952's form of an IPv6 address.
    [[nodiscard]] std::string to_string() const;

    /// Equal bytes. Written out because it is asked for each packet: two words instead of a call.
    friend bool operator==(const IpAddress& a, const IpAddress& b) {
        return a.word(0) == b.word(0) && a.word(8) == b.word(8);
    }
    /// The order of the bytes: IPv4 addresses stand together, each family in numeric order.
    friend std::strong_ordering operator<=>(const IpAddress& a, const IpAddress& b) {
        if (a.word(0) != b.word(0)) return a.number(0) <=> b.number(0);
        return a.number(8) <=> b.number(8);
    }

private:
    [[nodiscard]] std::uint64_t word(std::size_t at) const {
        std::uint64_t value = 0;
        __builtin_memcpy(&value, bytes.data() + at, sizeof value);
        return value;
    }
    [[nodiscard]] std::uint64_t number(std::size_t at) const {
        return std::endian::native == std::endian::little ? __builtin_bswap64(word(at)) : word(at);
    }
};

/// An address and a TCP port (host order).
struct SocketAddress {
    IpAddress addr;
    std::uint16_t port = 0;

    /// "192.0.2.1:80" or "[2001:db8::1]:80".
    [[nodiscard]] std::string to_string() const;

    friend auto operator<=>(const SocketAddress&, const SocketAddress&) = default;
    friend bool operator==(const SocketAddress&, const SocketAddress&) = default;
};

}  // namespace tcpwhy
