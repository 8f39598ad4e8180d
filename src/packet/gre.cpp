// GRE (RFC 2784, RFC 2890), PPTP's version 1 (RFC 2637), NVGRE (RFC 7637) and ERSPAN.
#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t base_size = 4;
constexpr std::uint32_t field_size = 4;
constexpr std::uint16_t has_checksum = 0x8000;
constexpr std::uint16_t has_routing = 0x4000;
constexpr std::uint16_t has_key = 0x2000;
constexpr std::uint16_t has_sequence = 0x1000;
constexpr std::uint16_t has_acknowledgement = 0x0080;
constexpr std::uint16_t version_mask = 0x0007;

constexpr std::uint16_t bridged_ethernet = 0x6558;
constexpr std::uint16_t erspan = 0x88be;
constexpr std::uint16_t erspan3 = 0x22eb;
constexpr std::uint16_t web_cache_redirect = 0x883e;
constexpr std::uint32_t erspan2_size = 8;
constexpr std::uint32_t erspan3_size = 12;
constexpr std::uint32_t erspan3_platform_size = 8;
constexpr std::uint16_t erspan3_has_platform = 0x0001;

// A mirror session's number says where the copy was made, which may differ per direction of
// what was mirrored: it stays out of the chain.
Step read_erspan(const Slice& slice, std::uint16_t type, bool numbered, std::uint32_t at) {
    Step step{Layer::ethernet, at, TunnelKind::erspan};
    if (type == erspan) {  // type I has no header and no sequence numbers
        if (numbered) step.header += erspan2_size;
        return step;
    }
    if (!slice.has(at + erspan3_size)) return {};
    step.header += erspan3_size;
    if ((load_be16(slice.bytes, at + erspan3_size - 2) & erspan3_has_platform) != 0) {
        step.header += erspan3_platform_size;
    }
    return step;
}

// RFC 2637 4.1: the key is payload length and call number, which each receiver chooses.
Step read_version1(const Slice& slice, std::uint16_t flags) {
    std::uint32_t at = base_size + field_size;
    if ((flags & has_sequence) == 0) return {Layer::not_ip, at};  // an acknowledgement only
    at += field_size;
    if ((flags & has_acknowledgement) != 0) at += field_size;
    if (!slice.has(at)) return {};
    return {Layer::ppp, at, TunnelKind::gre};
}

}  // namespace

Step read_gre(const Slice& slice) {
    if (!slice.has(base_size)) return {};
    const std::uint16_t flags = load_be16(slice.bytes, 0);
    const std::uint16_t type = load_be16(slice.bytes, 2);
    if ((flags & version_mask) == 1) return read_version1(slice, flags);
    if ((flags & version_mask) != 0 || (flags & has_routing) != 0) return {Layer::not_ip, 0};

    std::uint32_t at = base_size;
    if ((flags & has_checksum) != 0) at += field_size;
    std::uint32_t key = 0;
    if ((flags & has_key) != 0) {
        if (!slice.has(at + field_size)) return {};
        key = load_be32(slice.bytes, at);
        at += field_size;
    }
    const bool numbered = (flags & has_sequence) != 0;
    if (numbered) at += field_size;
    if (!slice.has(at + 1)) return {};

    if (type == erspan || type == erspan3) return read_erspan(slice, type, numbered, at);
    if (type == web_cache_redirect) {  // version 2 has four bytes before the IP header
        const bool plain = load_u8(slice.bytes, at) >> 4 == 4;
        return {Layer::ip_by_version, plain ? at : at + field_size, TunnelKind::gre};
    }
    // With bridged Ethernet the key's last byte may be NVGRE's flow number (RFC 7637 3.2), which
    // is a hash that differs per direction.
    if (type == bridged_ethernet) key >>= 8;
    return {layer_of_ether_type(type), at, TunnelKind::gre, key};
}

}  // namespace tcpwhy::wire
