// IPv6 (RFC 8200) and its extension headers.
#include "packet/ip_packet.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t length_at = 4;
constexpr std::uint32_t next_header_at = 6;
constexpr std::uint32_t hop_limit_at = 7;
constexpr std::uint32_t src_at = 8;
constexpr std::uint32_t dst_at = 24;
constexpr std::uint32_t header_size = 40;
constexpr std::uint32_t address_size = 16;

constexpr std::uint8_t hop_by_hop = 0;
constexpr std::uint8_t tcp = 6;
constexpr std::uint8_t routing = 43;
constexpr std::uint8_t fragment = 44;
constexpr std::uint8_t authentication = 51;
constexpr std::uint8_t no_next_header = 59;
constexpr std::uint8_t destination_options = 60;
constexpr std::uint8_t mobility = 135;
constexpr std::uint8_t host_identity = 139;
constexpr std::uint8_t shim6 = 140;

constexpr std::uint32_t extension_unit = 8;
constexpr std::uint8_t jumbo_option = 0xc2;
constexpr std::uint8_t pad1_option = 0;
constexpr std::uint8_t home_address_option = 0xc9;

constexpr std::uint8_t routing_type0 = 0;
constexpr std::uint8_t routing_type2 = 2;
constexpr std::uint8_t routing_segments = 4;
constexpr int most_extensions = 32;

bool is_extension(std::uint8_t protocol) {
    switch (protocol) {
        case hop_by_hop:
        case routing:
        case fragment:
        case authentication:
        case destination_options:
        case mobility:
        case host_identity:
        case shim6:
            return true;
        default:
            return false;
    }
}

// RFC 2675 2: the length of a packet beyond 65535 bytes stands in a hop-by-hop option.
// 0 = there is none.
std::uint32_t jumbo_length(Bytes extension) {
    for (std::size_t at = 2; at + 1 < extension.size();) {
        const std::uint8_t kind = load_u8(extension, at);
        const std::uint8_t size = load_u8(extension, at + 1);
        if (kind == pad1_option) {
            ++at;
            continue;
        }
        if (kind == jumbo_option && size == 4 && at + 6 <= extension.size()) {
            return load_be32(extension, at + 2);
        }
        at += 2U + size;
    }
    return 0;
}

// The destination of a packet that is still under way to it stands in the routing header: it is
// the address that TCP's checksum covers and that answers come from.
void read_routing(Bytes extension, IpPayload& payload, IpInfo& info) {
    if (extension.size() < 8 + address_size) return;
    const std::uint8_t type = load_u8(extension, 2);
    const std::uint8_t segments_left = load_u8(extension, 3);
    if (segments_left == 0) return;
    std::size_t at = 8;
    if (type == routing_type0 || type == routing_type2) {
        at = extension.size() - address_size;  // the last address is the final one
    } else if (type != routing_segments) {     // RFC 8754 2: the first one is
        payload.checksum_unknowable = true;
        return;
    }
    std::memcpy(info.dst.bytes.data(), extension.data() + at, address_size);
}

void read_fragment(Bytes extension, IpPayload& payload) {
    const std::uint16_t field = load_be16(extension, 2);
    payload.fragment_offset = field & 0xfff8U;
    payload.more_fragments = (field & 1) != 0;
    payload.fragment_id = load_be32(extension, 4);
    // RFC 6946: a fragment that is the whole packet is none.
    payload.is_fragment = payload.fragment_offset != 0 || payload.more_fragments;
}

void read_length(const Slice& slice, IpPayload& payload, IpInfo& info, std::uint32_t length) {
    if (length != 0 || payload.protocol == no_next_header) {
        info.ip_length = header_size + length;
        return;
    }
    const Slice behind = slice.from(header_size);
    if (payload.protocol == hop_by_hop && behind.has(extension_unit)) {
        const std::size_t size = (load_u8(behind.bytes, 1) + std::size_t{1}) * extension_unit;
        length = jumbo_length(behind.bytes.first(std::min(size, behind.bytes.size())));
    }
    if (length == 0) {  // BIG TCP on the sending host: the option is never written
        payload.oddities.add(Oddity::length_from_capture);
        info.ip_length = slice.wire_length();
    } else {
        info.ip_length = length < UINT32_MAX - header_size ? header_size + length : length;
    }
}

}  // namespace

bool skip_authentication(Slice& slice, IpPayload& payload) {
    constexpr std::uint32_t least = 12;
    if (!slice.has(least)) return false;
    const std::uint32_t size = (load_u8(slice.bytes, 1) + 2U) * 4;
    payload.protocol = load_u8(slice.bytes, 0);
    payload.header_size += size;
    const bool whole = slice.has(size);
    slice.skip(size);
    return whole;
}

void skip_ipv6_extensions(Slice& slice, IpInfo& info, IpPayload& payload) {
    for (int count = 0; is_extension(payload.protocol); ++count) {
        if (count == most_extensions || !slice.has(extension_unit)) {
            payload.header_cut = true;
            return;
        }
        const Bytes bytes = slice.bytes;
        const std::uint8_t kind = payload.protocol;
        if (kind == authentication) {
            if (!skip_authentication(slice, payload)) payload.header_cut = true;
            if (payload.header_cut) return;
            continue;
        }
        const std::uint32_t size =
            kind == fragment ? extension_unit : (load_u8(bytes, 1) + 1U) * extension_unit;
        if (!slice.has(size)) {
            payload.header_cut = true;
            return;
        }
        const Bytes extension = bytes.first(size);
        payload.protocol = load_u8(bytes, 0);
        payload.header_size += size;
        slice.skip(size);
        if (kind == routing) read_routing(extension, payload, info);
        // RFC 6275 6.3: the checksum covers the sender's home address.
        if (kind == destination_options && size > 2 &&
            load_u8(extension, 2) == home_address_option) {
            payload.checksum_unknowable = true;
        }
        if (kind == fragment) read_fragment(extension, payload);
        if (payload.is_fragment) return;
    }
}

void read_ipv6(Slice& slice, Trust trust, IpInfo& info, IpPayload& payload) {
    if (!slice.has(header_size)) return;
    const Bytes bytes = slice.bytes;
    const std::uint32_t first = load_be32(bytes, 0);
    if (first >> 28 != 6) return;
    std::memcpy(info.src.bytes.data(), bytes.data() + src_at, address_size);
    std::memcpy(info.dst.bytes.data(), bytes.data() + dst_at, address_size);
    info.is_v6 = true;
    info.tos = static_cast<std::uint8_t>(first >> 20);
    info.flow_label = first & 0xfffff;
    info.ttl = load_u8(bytes, hop_limit_at);
    info.dont_fragment = false;
    info.ip_id = 0;
    payload.protocol = load_u8(bytes, next_header_at);
    payload.header_size = header_size;
    payload.readable = true;
    if (trust == Trust::bytes) {
        info.ip_length = header_size + load_be16(bytes, length_at);
    } else {
        read_length(slice, payload, info, load_be16(bytes, length_at));
        slice.limit(info.ip_length);
    }
    slice.skip(header_size);
    if (payload.protocol != tcp) [[unlikely]]
        skip_ipv6_extensions(slice, info, payload);
}

}  // namespace tcpwhy::wire
