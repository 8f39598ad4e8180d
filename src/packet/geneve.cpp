// Geneve (RFC 8926).
#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t flags_at = 1;
constexpr std::uint32_t type_at = 2;
constexpr std::uint32_t network_at = 4;
constexpr std::uint32_t header_size = 8;
constexpr std::uint8_t options_mask = 0x3f;  // in words of four bytes
constexpr std::uint8_t is_control = 0x80;

}  // namespace

Step read_geneve(const Slice& slice) {
    if (!slice.has(header_size)) return {};
    const std::uint8_t first = load_u8(slice.bytes, 0);
    if (first >> 6 != 0 || (load_u8(slice.bytes, flags_at) & is_control) != 0) {
        return {Layer::not_ip, 0};
    }
    return {layer_of_ether_type(load_be16(slice.bytes, type_at)),
            header_size + (first & options_mask) * 4U, TunnelKind::geneve,
            load_be24(slice.bytes, network_at)};
}

}  // namespace tcpwhy::wire
