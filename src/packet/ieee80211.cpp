// IEEE 802.11 data frames.
#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t flags_at = 1;
constexpr std::uint32_t sequence_at = 22;
constexpr std::uint32_t basic_size = 24;
constexpr std::uint32_t fourth_address_size = 6;
constexpr std::uint32_t quality_size = 2;
constexpr std::uint32_t high_throughput_size = 4;
constexpr std::uint32_t aggregate_header_size = 14;
constexpr std::uint32_t llc_size = 8;
constexpr std::uint32_t ccmp_size = 8;

constexpr std::uint8_t type_mask = 0x0c;
constexpr std::uint8_t type_data = 0x08;
constexpr std::uint8_t subtype_without_data = 0x40;
constexpr std::uint8_t subtype_quality = 0x80;
constexpr std::uint8_t both_systems = 0x03;
constexpr std::uint8_t is_protected = 0x40;
constexpr std::uint8_t has_order = 0x80;
constexpr std::uint8_t fragment_mask = 0x0f;
constexpr std::uint8_t is_aggregate = 0x80;

// The eight bytes that every IP or ARP payload begins with (RFC 1042).
bool is_snap_at(const Slice& slice, std::uint32_t at) {
    return slice.has(at + llc_size) && load_be32(slice.bytes, at) == 0xaaaa0300 &&
           load_be16(slice.bytes, at + 4) == 0;
}

struct FrameHeader {
    std::uint32_t size = 0;
    bool aggregate = false;
};

// REQUIRES: `slice` has a basic header. `size` may lie beyond what was captured.
FrameHeader measure(const Slice& slice) {
    const std::uint8_t control = load_u8(slice.bytes, 0);
    const std::uint8_t flags = load_u8(slice.bytes, flags_at);
    FrameHeader header{basic_size};
    if ((flags & both_systems) == both_systems) header.size += fourth_address_size;
    if ((control & subtype_quality) == 0) return header;
    header.aggregate =
        slice.has(header.size + 1) && (load_u8(slice.bytes, header.size) & is_aggregate) != 0;
    header.size += quality_size;
    if ((flags & has_order) != 0) header.size += high_throughput_size;
    return header;
}

// Drivers that decrypt leave the flag in place, some also the CCMP or TKIP header.
Step read_protected(const Slice& slice, std::uint32_t header) {
    if (is_snap_at(slice, header)) return {Layer::llc, header};
    if (is_snap_at(slice, header + ccmp_size)) return {Layer::llc, header + ccmp_size};
    return {Layer::encrypted, header};
}

Step read_frame(const Slice& slice, bool padded) {
    if (!slice.has(2)) return {};
    const std::uint8_t control = load_u8(slice.bytes, 0);
    if ((control & type_mask) != type_data || (control & subtype_without_data) != 0) {
        return {Layer::not_ip, 0};
    }
    if (!slice.has(basic_size)) return {};
    // Only a frame's first fragment has the IP header.
    if ((load_u8(slice.bytes, sequence_at) & fragment_mask) != 0) return {Layer::not_ip, 0};
    FrameHeader header = measure(slice);
    if (padded) header.size = (header.size + 3) & ~std::uint32_t{3};
    if ((load_u8(slice.bytes, flags_at) & is_protected) != 0) {
        return read_protected(slice, header.size);
    }
    // An A-MSDU begins with its first packet's addresses and length (IEEE 802.11 9.3.2.2).
    if (header.aggregate && !is_snap_at(slice, header.size)) header.size += aggregate_header_size;
    return {Layer::llc, header.size};
}

}  // namespace

Step read_ieee80211(const Slice& slice) {
    return read_frame(slice, false);
}

Step read_ieee80211_padded(const Slice& slice) {
    return read_frame(slice, true);
}

}  // namespace tcpwhy::wire
