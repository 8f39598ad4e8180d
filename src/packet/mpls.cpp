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

// Whether there is an Ethernet header with a type of interest.
bool has_type(const Slice& slice) {
    return slice.has(ethernet_size) &&
           layer_of_ether_type(load_be16(slice.bytes, ethernet_type_at)) != Layer::not_ip;
}

// …or with a length and SNAP behind it.
bool has_snap(const Slice& slice) {
    return slice.has(ethernet_size + 3) && load_be16(slice.bytes, ethernet_size) == 0xaaaa;
}

// A pseudo-wire's control word begins with a nibble of 0 (RFC 4385 3), but may be left out; an
// address may begin so too. What makes a better header decides.
Step read_pseudo_wire(const Slice& payload, std::uint32_t at) {
    if (has_type(payload)) return {Layer::ethernet, at};
    const Slice frame = payload.from(control_word_size);
    if (load_u8(payload.bytes, 0) >> 4 == 0 && (has_type(frame) || has_snap(frame))) {
        return {Layer::ethernet, at + control_word_size};
    }
    if (has_snap(payload)) return {Layer::ethernet, at};
    return {Layer::not_ip, at};
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
    return read_pseudo_wire(payload, at);
}

}  // namespace tcpwhy::wire
