// Ethernet II and IEEE 802.3.
#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t type_at = 12;
constexpr std::uint32_t header_size = 14;
constexpr std::uint32_t switch_tag_size = 4;
constexpr std::uint32_t preamble_size = 8;
// IEEE 802.3 3.2.6: up to here the field is a length, from 0x600 on a type.
constexpr std::uint16_t largest_length = 1500;

Step step_by_type(std::uint16_t type_or_length, std::uint32_t header) {
    if (type_or_length <= largest_length) return {Layer::llc, header};
    return {layer_of_ether_type(type_or_length), header};
}

}  // namespace

Step read_ethernet(const Slice& slice) {
    if (!slice.has(header_size)) return {};
    return step_by_type(load_be16(slice.bytes, type_at), header_size);
}

// IEEE 802.3 clause 65 (EPON): start of frame and logical link id stand before the frame.
Step read_ethernet_with_preamble(const Slice& slice) {
    if (!slice.has(preamble_size)) return {};
    return {Layer::ethernet, preamble_size};
}

// A switch chip's four-byte tag between the addresses and the type.
Step read_ethernet_with_tag(const Slice& slice) {
    if (!slice.has(header_size + switch_tag_size)) return {};
    return step_by_type(load_be16(slice.bytes, type_at + switch_tag_size),
                        header_size + switch_tag_size);
}

Step read_ether_type(const Slice& slice) {
    if (!slice.has(2)) return {};
    return step_by_type(load_be16(slice.bytes, 0), 2);
}

}  // namespace tcpwhy::wire
