// VXLAN (RFC 7348) and its Generic Protocol Extension (draft-ietf-nvo3-vxlan-gpe).
#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t next_protocol_at = 3;
constexpr std::uint32_t network_at = 4;
constexpr std::uint32_t header_size = 8;
constexpr std::uint8_t network_is_valid = 0x08;
constexpr std::uint8_t has_next_protocol = 0x04;
constexpr std::uint8_t is_management = 0x01;

Layer layer_of_next_protocol(std::uint8_t protocol) {
    switch (protocol) {
        case 1:
            return Layer::ipv4;
        case 2:
            return Layer::ipv6;
        case 3:
            return Layer::ethernet;
        case 5:
            return Layer::mpls;
        default:
            return Layer::not_ip;
    }
}

}  // namespace

Step read_vxlan(const Slice& slice) {
    if (!slice.has(header_size)) return {};
    if ((load_u8(slice.bytes, 0) & network_is_valid) == 0) return {Layer::not_ip, 0};
    return {Layer::ethernet, header_size, TunnelKind::vxlan, load_be24(slice.bytes, network_at)};
}

Step read_vxlan_gpe(const Slice& slice) {
    if (!slice.has(header_size)) return {};
    const std::uint8_t flags = load_u8(slice.bytes, 0);
    if ((flags & is_management) != 0) return {Layer::not_ip, 0};
    Step step = read_vxlan(slice);
    if ((flags & has_next_protocol) != 0 && step.next == Layer::ethernet) {
        step.next = layer_of_next_protocol(load_u8(slice.bytes, next_protocol_at));
    }
    return step;
}

}  // namespace tcpwhy::wire
