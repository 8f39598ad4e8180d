#include "packet/checksum.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t checksum_at = 16;
constexpr std::uint16_t tcp = 6;

// A ones' complement sum does not depend on the byte order, nor on how many numbers are added up
// at once (RFC 1071 2): all sums here are in the machine's own order, two numbers at a time.
std::uint64_t sum_of(Bytes bytes) {
    std::uint64_t sum = 0;
    std::size_t at = 0;
    for (; at + 4 <= bytes.size(); at += 4) sum += load_native<std::uint32_t>(bytes, at);
    std::uint32_t rest = 0;
    if (at < bytes.size()) std::memcpy(&rest, bytes.data() + at, bytes.size() - at);
    return sum + rest;
}

std::uint16_t fold(std::uint64_t sum) {
    sum = (sum & 0xffffffffU) + (sum >> 32);
    sum = (sum & 0xffffffffU) + (sum >> 32);
    sum = (sum & 0xffffU) + (sum >> 16);
    sum = (sum & 0xffffU) + (sum >> 16);
    return static_cast<std::uint16_t>(sum);
}

std::uint32_t to_network(std::uint32_t number) {
    return std::endian::native == std::endian::big ? number : swap_bytes(number);
}

// The pseudo-header without the length: addresses and protocol.
std::uint64_t sum_of_addresses(const IpInfo& ip) {
    const std::size_t skip = ip.is_v6 ? 0 : 12;
    return sum_of(Bytes(ip.src.bytes).subspan(skip)) + sum_of(Bytes(ip.dst.bytes).subspan(skip)) +
           to_network(tcp);
}

}  // namespace

bool is_checksum_bad(Bytes segment, const IpInfo& ip) {
#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
    // A fuzzer would never get past it.
    return segment.size() > UINT32_MAX && ip.is_v6;
#else
    const std::uint64_t addresses = sum_of_addresses(ip);
    const std::uint64_t pseudo = addresses + to_network(static_cast<std::uint32_t>(segment.size()));
    if (fold(pseudo + sum_of(segment)) == 0xffff) [[likely]] {
        return false;
    }
    const auto field = load_native<std::uint16_t>(segment, checksum_at);
    // The device adds the length where it cuts the segment itself, so that may be left out too.
    return field != 0 && field != fold(pseudo) && field != fold(addresses);
#endif
}

}  // namespace tcpwhy::wire
