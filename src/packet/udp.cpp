// UDP, of which only the ports that tunnels use matter here.
#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t destination_at = 2;
constexpr std::uint32_t header_size = 8;

// Only the destination: a tunnel's sender may use any source port, to spread its flows.
Layer layer_of_port(std::uint16_t port) {
    switch (port) {
        case 4789:  // RFC 7348
        case 8472:
            return Layer::vxlan;  // Linux before there was a standard
        case 4790:
            return Layer::vxlan_gpe;
        case 6081:
            return Layer::geneve;  // RFC 8926
        case 2152:
            return Layer::gtp;  // 3GPP TS 29.281
        case 1701:
            return Layer::l2tp;  // RFC 2661
        default:
            return Layer::other_ip;
    }
}

}  // namespace

Step read_udp(const Slice& slice) {
    if (!slice.has(header_size)) return {Layer::other_ip, 0};
    return {layer_of_port(load_be16(slice.bytes, destination_at)), header_size};
}

}  // namespace tcpwhy::wire
