// MPLS label stacks (RFC 3032) and what lies under them.
#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t entry_size = 4;
constexpr std::uint32_t bottom_of_stack = 0x100;
constexpr std::uint32_t most_labels = 16;
constexpr std::uint32_t control_word_size = 4;
constexpr std::uint32_t ethernet_type_at = 12;
constexpr std::uint32_t ethernet_size = 14;

// A pseudo-wire's Ethernet frame may begin with any nibble, so a first nibble of 4 or 6 is IP
// only where the length that it then announces can be true.
bool is_ipv4(const Slice& slice) {
    if (!slice.has(20) || load_u8(slice.bytes, 0) >> 4 != 4) return false;
    if ((load_u8(slice.bytes, 0) & 0x0f) < 5) return false;
    const std::uint16_t length = load_be16(slice.bytes, 2);
    return length == 0 || (length >= 20 && length <= slice.wire_length());
}

bool is_ipv6(const Slice& slice) {
    if (!slice.has(40) || load_u8(slice.bytes, 0) >> 4 != 6) return false;
    return load_be16(slice.bytes, 4) + 40U <= slice.wire_length();
}

bool is_ethernet(const Slice& slice) {
    if (!slice.has(ethernet_size)) return false;
    const std::uint16_t type = load_be16(slice.bytes, ethernet_type_at);
    return type <= 1500 || layer_of_ether_type(type) != Layer::not_ip;
}

}  // namespace

// Labels stay out of the chain: each direction has its own. So does the fact that there are any,
// for the last router but one takes them off (RFC 3031 3.16), so that on many links only one
// direction is labelled.
Step read_mpls(const Slice& slice) {
    std::uint32_t at = 0;
    for (std::uint32_t labels = 0; labels < most_labels; ++labels, at += entry_size) {
        if (!slice.has(at + entry_size)) return {};
        if ((load_be32(slice.bytes, at) & bottom_of_stack) != 0) break;
    }
    at += entry_size;
    const Slice payload = slice.from(at);
    if (!payload.has(1)) return {};
    if (is_ipv4(payload)) return {Layer::ipv4, at};
    if (is_ipv6(payload)) return {Layer::ipv6, at};
    if (load_u8(payload.bytes, 0) >> 4 == 0) {  // RFC 4385 3: a pseudo-wire's control word
        const Slice frame = payload.from(control_word_size);
        if (is_ethernet(frame)) return {Layer::ethernet, at + control_word_size};
    }
    if (is_ethernet(payload)) return {Layer::ethernet, at};
    return {Layer::not_ip, at};
}

}  // namespace tcpwhy::wire
