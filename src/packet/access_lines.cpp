// Lines from a provider to a customer: frame relay, cable, serial line IP.
#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint8_t last_address_byte = 0x01;  // Q.922 3.2
constexpr std::uint8_t unnumbered_information = 0x03;
constexpr std::uint8_t padding = 0x00;
// ISO/IEC TR 9577 network layer protocol identifiers.
constexpr std::uint8_t nlpid_ipv4 = 0xcc;
constexpr std::uint8_t nlpid_ipv6 = 0x8e;
constexpr std::uint8_t nlpid_snap = 0x80;

constexpr std::uint32_t docsis_size = 6;  // control, parameter, length, header checksum
constexpr std::uint8_t docsis_type_mask = 0xc0;
constexpr std::uint8_t docsis_extended = 0x01;

constexpr std::uint32_t slip_size = 16;  // direction, then the compressed header

}  // namespace

// RFC 2427 3: address, control, padding, protocol identifier.
Step read_frame_relay(const Slice& slice) {
    std::uint32_t at = 0;
    while (at < 4 && slice.has(at + 1) && (load_u8(slice.bytes, at) & last_address_byte) == 0) ++at;
    ++at;
    if (!slice.has(at + 3)) return {};
    // Routers of one maker send an EtherType in place of control and identifier.
    if (load_u8(slice.bytes, at) != unnumbered_information) {
        return {layer_of_ether_type(load_be16(slice.bytes, at)), at + 2};
    }
    ++at;
    if (load_u8(slice.bytes, at) == padding) ++at;
    switch (load_u8(slice.bytes, at)) {
        case nlpid_ipv4:
            return {Layer::ipv4, at + 1};
        case nlpid_ipv6:
            return {Layer::ipv6, at + 1};
        case nlpid_snap:
            break;
        default:
            return {Layer::not_ip, at + 1};
    }
    constexpr std::uint32_t snap_size = 5;
    if (!slice.has(at + 1 + snap_size)) return {};
    if (load_be24(slice.bytes, at + 1) != 0) return {Layer::not_ip, at + 1 + snap_size};
    return {layer_of_ether_type(load_be16(slice.bytes, at + 4)), at + 1 + snap_size};
}

// DOCSIS MAC and upper layer protocols interface 6.2: type 0 is an Ethernet packet.
Step read_docsis(const Slice& slice) {
    if (!slice.has(docsis_size)) return {};
    const std::uint8_t control = load_u8(slice.bytes, 0);
    if ((control & docsis_type_mask) != 0) return {Layer::not_ip, docsis_size};
    const bool extended = (control & docsis_extended) != 0;
    return {Layer::ethernet, docsis_size + (extended ? load_u8(slice.bytes, 1) : 0U)};
}

Step read_slip(const Slice& slice) {
    if (!slice.has(slip_size)) return {};
    return {Layer::ip_by_version, slip_size};
}

}  // namespace tcpwhy::wire
