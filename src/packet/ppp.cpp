// PPP (RFC 1661) with and without HDLC-like framing (RFC 1662), and Cisco's HDLC.
#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint16_t address_and_control = 0xff03;
constexpr std::uint32_t address_and_control_size = 2;
constexpr std::uint32_t direction_size = 1;
constexpr std::uint32_t cisco_size = 4;
constexpr std::uint32_t cisco_type_at = 2;
constexpr std::uint8_t cisco_unicast = 0x0f;
constexpr std::uint8_t cisco_multicast = 0x8f;

// RFC 1661 6.5: a protocol number below 256 may be one byte; only the last byte is odd.
Step read_protocol(const Slice& slice, std::uint32_t at) {
    if (!slice.has(at + 1)) return {};
    const std::uint8_t first = load_u8(slice.bytes, at);
    if ((first & 1) != 0) return {layer_of_ppp_protocol(first), at + 1};
    if (!slice.has(at + 2)) return {};
    return {layer_of_ppp_protocol(load_be16(slice.bytes, at)), at + 2};
}

}  // namespace

Step read_ppp(const Slice& slice) {
    const bool framed =
        slice.has(address_and_control_size) && load_be16(slice.bytes, 0) == address_and_control;
    return read_protocol(slice, framed ? address_and_control_size : 0);
}

// LINKTYPE_PPP_HDLC is also what Cisco HDLC lines are captured as.
Step read_ppp_hdlc(const Slice& slice) {
    if (!slice.has(1)) return {};
    const std::uint8_t address = load_u8(slice.bytes, 0);
    if (address == cisco_unicast || address == cisco_multicast) return read_cisco_hdlc(slice);
    return read_ppp(slice);
}

// LINKTYPE_PPP_PPPD overwrites the address byte with the direction (0 or 1) and keeps the control
// byte; LINKTYPE_PPP_WITH_DIR puts the direction before everything.
Step read_ppp_with_direction(const Slice& slice) {
    constexpr std::uint8_t control = 0x03;
    if (slice.has(2) && load_u8(slice.bytes, 1) == control) {
        return read_protocol(slice, address_and_control_size);
    }
    Step step = read_ppp(slice.from(direction_size));
    step.header += direction_size;
    return step;
}

Step read_cisco_hdlc(const Slice& slice) {
    if (!slice.has(cisco_size)) return {};
    return {layer_of_ether_type(load_be16(slice.bytes, cisco_type_at)), cisco_size};
}

Step read_hdlc_with_direction(const Slice& slice) {
    Step step = read_cisco_hdlc(slice.from(direction_size));
    step.header += direction_size;
    return step;
}

}  // namespace tcpwhy::wire
