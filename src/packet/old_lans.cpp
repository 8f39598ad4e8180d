// LANs other than Ethernet that carry IP behind addresses of a fixed size.
#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t fddi_size = 13;  // frame control, two addresses
constexpr std::uint8_t fddi_format_mask = 0xf0;
constexpr std::uint8_t fddi_llc_asynchronous = 0x50;
constexpr std::uint8_t fddi_llc_synchronous = 0xd0;
constexpr std::uint32_t token_ring_size = 14;  // access control, frame control, two addresses
constexpr std::uint32_t token_ring_source_at = 8;
constexpr std::uint8_t token_ring_format_mask = 0xc0;
constexpr std::uint8_t token_ring_llc = 0x40;
constexpr std::uint8_t routed = 0x80;  // first bit of the source address
constexpr std::uint8_t route_length_mask = 0x1f;
constexpr std::uint32_t ieee1394_type_at = 16;  // after two EUI-64
constexpr std::uint32_t ieee1394_size = 18;
constexpr std::uint32_t fibre_channel_size = 16;  // RFC 2625 3.1: two addresses of eight bytes
constexpr std::uint32_t infiniband_type_at = 40;  // after a global routing header
constexpr std::uint32_t infiniband_size = 44;

}  // namespace

Step read_fddi(const Slice& slice) {
    if (!slice.has(fddi_size)) return {};
    const int format = load_u8(slice.bytes, 0) & fddi_format_mask;
    const bool is_llc = format == fddi_llc_asynchronous || format == fddi_llc_synchronous;
    return {is_llc ? Layer::llc : Layer::not_ip, fddi_size};
}

Step read_token_ring(const Slice& slice) {
    if (!slice.has(token_ring_size)) return {};
    if ((load_u8(slice.bytes, 1) & token_ring_format_mask) != token_ring_llc) {
        return {Layer::not_ip, token_ring_size};
    }
    if ((load_u8(slice.bytes, token_ring_source_at) & routed) == 0) {
        return {Layer::llc, token_ring_size};
    }
    if (!slice.has(token_ring_size + 2)) return {};
    const std::uint32_t route = load_u8(slice.bytes, token_ring_size) & route_length_mask;
    return {Layer::llc, token_ring_size + route};
}

Step read_ieee1394(const Slice& slice) {
    if (!slice.has(ieee1394_size)) return {};
    return {layer_of_ether_type(load_be16(slice.bytes, ieee1394_type_at)), ieee1394_size};
}

Step read_ip_over_fibre_channel(const Slice& slice) {
    if (!slice.has(fibre_channel_size)) return {};
    return {Layer::llc, fibre_channel_size};
}

// RFC 4391 6.
Step read_infiniband_ip(const Slice& slice) {
    if (!slice.has(infiniband_size)) return {};
    return {layer_of_ether_type(load_be16(slice.bytes, infiniband_type_at)), infiniband_size};
}

}  // namespace tcpwhy::wire
