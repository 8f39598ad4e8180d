#include "tcpwhy/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

namespace tcpwhy {

namespace {

// RFC 4291 2.5.5.2: the prefix of an IPv4-mapped IPv6 address.
constexpr std::array<std::uint8_t, 12> v4_mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

}  // namespace

IpAddress IpAddress::from_v4(std::span<const std::uint8_t> octets) {
    IpAddress address;
    std::copy(v4_mapped_prefix.begin(), v4_mapped_prefix.end(), address.bytes.begin());
    std::copy_n(octets.begin(), 4, address.bytes.begin() + 12);
    return address;
}

IpAddress IpAddress::from_v4(std::uint32_t host_order) {
    const std::array<std::uint8_t, 4> octets{
        static_cast<std::uint8_t>(host_order >> 24), static_cast<std::uint8_t>(host_order >> 16),
        static_cast<std::uint8_t>(host_order >> 8), static_cast<std::uint8_t>(host_order)};
    return from_v4(octets);
}

IpAddress IpAddress::from_v6(std::span<const std::uint8_t> octets) {
    IpAddress address;
    std::copy_n(octets.begin(), 16, address.bytes.begin());
    return address;
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    char terminated[INET6_ADDRSTRLEN + 1] = {};
    if (text.empty() || text.size() > INET6_ADDRSTRLEN) return std::nullopt;
    std::memcpy(terminated, text.data(), text.size());
    std::array<std::uint8_t, 16> octets{};
    if (inet_pton(AF_INET, terminated, octets.data()) == 1) {
        return from_v4(std::span(octets).first<4>());
    }
    if (inet_pton(AF_INET6, terminated, octets.data()) == 1) return from_v6(octets);
    return std::nullopt;
}

bool IpAddress::is_v4() const {
    return std::equal(v4_mapped_prefix.begin(), v4_mapped_prefix.end(), bytes.begin());
}

bool IpAddress::is_unspecified() const {
    const auto is_zero = [](std::uint8_t b) { return b == 0; };
    if (is_v4()) return std::all_of(bytes.begin() + 12, bytes.end(), is_zero);
    return std::all_of(bytes.begin(), bytes.end(), is_zero);
}

bool IpAddress::is_multicast() const {
    if (is_v4()) return (bytes[12] & 0xf0) == 0xe0 || *this == from_v4(0xffffffffU);
    return bytes[0] == 0xff;
}

bool IpAddress::is_loopback() const {
    if (is_v4()) return bytes[12] == 127;
    return std::all_of(bytes.begin(), bytes.end() - 1, [](std::uint8_t b) { return b == 0; }) &&
           bytes[15] == 1;
}

std::string IpAddress::to_string() const {
    char text[INET6_ADDRSTRLEN] = {};
    if (is_v4()) {
        inet_ntop(AF_INET, bytes.data() + 12, text, sizeof text);
    } else {
        inet_ntop(AF_INET6, bytes.data(), text, sizeof text);
    }
    return text;
}

std::string SocketAddress::to_string() const {
    const std::string host = addr.to_string();
    const std::string port_text = std::to_string(port);
    return addr.is_v4() ? host + ":" + port_text : "[" + host + "]:" + port_text;
}

}  // namespace tcpwhy
