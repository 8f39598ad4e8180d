// IPv4 (RFC 791).
#include "packet/ip_packet.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t tos_at = 1;
constexpr std::uint32_t total_length_at = 2;
constexpr std::uint32_t id_at = 4;
constexpr std::uint32_t fragment_at = 6;
constexpr std::uint32_t ttl_at = 8;
constexpr std::uint32_t protocol_at = 9;
constexpr std::uint32_t src_at = 12;
constexpr std::uint32_t dst_at = 16;
constexpr std::uint32_t least_size = 20;

constexpr std::uint16_t dont_fragment = 0x4000;
constexpr std::uint16_t more_fragments = 0x2000;
constexpr std::uint16_t offset_mask = 0x1fff;
constexpr std::uint8_t authentication = 51;

// Larger than any link's packet: a quote that claims it has its bytes swapped.
constexpr std::uint16_t largest_quoted = 9216;

void load_address(Bytes bytes, std::size_t at, IpAddress& address) {
    constexpr std::array<std::uint8_t, 12> prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    std::memcpy(address.bytes.data(), prefix.data(), prefix.size());
    std::memcpy(address.bytes.data() + prefix.size(), bytes.data() + at, 4);
}

void set_fragment(IpPayload& payload, IpInfo& info, std::uint16_t field) {
    info.dont_fragment = (field & dont_fragment) != 0;
    payload.more_fragments = (field & more_fragments) != 0;
    payload.fragment_offset = (field & offset_mask) * 8U;
    payload.is_fragment = payload.more_fragments || payload.fragment_offset != 0;
    payload.fragment_id = info.ip_id;
}

// Hosts of the BSD family quoted length and fragment field in their own byte order for years
// (RFC 1122 3.2.2 asks for the packet as it was).
void read_quoted_lengths(IpPayload& payload, IpInfo& info, std::uint16_t total,
                         std::uint16_t fragment) {
    const std::uint16_t swapped = swap_bytes(total);
    if (total > largest_quoted && swapped >= least_size && swapped <= largest_quoted) {
        total = swapped;
        fragment = swap_bytes(fragment);
    }
    info.ip_length = total;
    set_fragment(payload, info, fragment);
}

// Segmentation offload leaves the length 0 where the packet is too long for the field or the
// device has to write it; the length on the wire then stands for it.
bool read_length(IpPayload& payload, IpInfo& info, const Slice& slice, std::uint16_t total) {
    if (total == 0) [[unlikely]] {
        payload.oddities.add(Oddity::length_from_capture);
        info.ip_length = slice.wire_length();
    } else {
        info.ip_length = total;
    }
    return info.ip_length >= payload.header_size;
}

}  // namespace

void read_ipv4(Slice& slice, Trust trust, IpInfo& info, IpPayload& payload) {
    if (!slice.has(least_size)) return;
    const Bytes bytes = slice.bytes;
    const std::uint8_t version_and_size = load_u8(bytes, 0);
    if (version_and_size >> 4 != 4) return;
    payload.header_size = (version_and_size & 0x0f) * 4U;
    if (payload.header_size < least_size) {
        payload.oddities.add(Oddity::ip_header_short);
        payload.header_size = least_size;
    }
    // A source route would put another destination into TCP's checksum (RFC 1122 3.2.1.8c).
    payload.checksum_unknowable = payload.header_size > least_size;

    load_address(bytes, src_at, info.src);
    load_address(bytes, dst_at, info.dst);
    info.is_v6 = false;
    info.tos = load_u8(bytes, tos_at);
    info.ttl = load_u8(bytes, ttl_at);
    info.ip_id = load_be16(bytes, id_at);
    info.flow_label = 0;
    payload.protocol = load_u8(bytes, protocol_at);

    const std::uint16_t total = load_be16(bytes, total_length_at);
    const std::uint16_t fragment = load_be16(bytes, fragment_at);
    if (trust == Trust::bytes) {
        read_quoted_lengths(payload, info, total, fragment);
    } else {
        set_fragment(payload, info, fragment);
        if (!read_length(payload, info, slice, total)) return;
        slice.limit(info.ip_length);
    }
    payload.readable = true;
    payload.header_cut = !slice.has(payload.header_size);
    slice.skip(payload.header_size);
    if (payload.protocol == authentication && !payload.is_fragment && !payload.header_cut) {
        payload.header_cut = !skip_authentication(slice, payload);
    }
}

}  // namespace tcpwhy::wire
