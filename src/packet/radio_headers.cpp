// What capturing programs put before an IEEE 802.11 frame.
#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t radiotap_length_at = 2;
constexpr std::uint32_t radiotap_present_at = 4;
constexpr std::uint32_t radiotap_size = 8;
constexpr std::uint32_t present_time = 1U << 0;
constexpr std::uint32_t present_flags = 1U << 1;
constexpr std::uint32_t present_more = 1U << 31;
constexpr std::uint8_t flag_padded = 0x20;

constexpr std::uint32_t prism_length_at = 4;
constexpr std::uint32_t prism_size = 144;
constexpr std::uint32_t avs_magic_mask = 0xfffff000;
constexpr std::uint32_t avs_magic = 0x80211000;
constexpr std::uint32_t avs_size = 8;

constexpr std::uint32_t ppi_size = 8;
constexpr std::uint32_t ppi_link_type_at = 4;

// https://www.radiotap.org: bitmaps as long as their top bit says, then fields, each aligned to
// its own size. Whether the frame's header is padded stands in the second field.
bool is_padded(const Slice& header) {
    const std::uint32_t present = load_le32(header.bytes, radiotap_present_at);
    if ((present & present_flags) == 0) return false;
    std::uint32_t at = radiotap_present_at;
    while (header.has(at + 4) && (load_le32(header.bytes, at) & present_more) != 0) at += 4;
    at += 4;
    if ((present & present_time) != 0) at = ((at + 7) & ~std::uint32_t{7}) + 8;
    return header.has(at + 1) && (load_u8(header.bytes, at) & flag_padded) != 0;
}

}  // namespace

Step read_radiotap(const Slice& slice) {
    if (!slice.has(radiotap_size)) return {};
    const std::uint32_t length = load_le16(slice.bytes, radiotap_length_at);
    if (length < radiotap_size || !slice.has(length)) return {};
    const bool padded = is_padded(slice.with_length(length));
    return {padded ? Layer::ieee80211_padded : Layer::ieee80211, length};
}

// The AVS header took the Prism header's place and number; its first word tells it.
Step read_prism(const Slice& slice) {
    if (!slice.has(avs_size)) return {};
    if ((load_be32(slice.bytes, 0) & avs_magic_mask) == avs_magic) return read_avs(slice);
    std::uint32_t length = load_le32(slice.bytes, prism_length_at);
    if (length > 0xffff) length = swap_bytes(length);  // written by a big-endian machine
    if (length < avs_size || length > 0xffff) length = prism_size;
    return {Layer::ieee80211, length};
}

Step read_avs(const Slice& slice) {
    if (!slice.has(avs_size)) return {};
    const std::uint32_t length = load_be32(slice.bytes, prism_length_at);
    if (length < avs_size || !slice.has(length)) return {};
    return {Layer::ieee80211, length};
}

Step read_per_packet_information(const Slice& slice) {
    if (!slice.has(ppi_size)) return {};
    const std::uint32_t length = load_le16(slice.bytes, radiotap_length_at);
    if (length < ppi_size) return {};
    switch (load_le32(slice.bytes, ppi_link_type_at)) {
        case 1:
            return {Layer::ethernet, length};
        case 105:
            return {Layer::ieee80211, length};
        case 127:
            return {Layer::radiotap, length};
        default:
            return {Layer::not_ip, length};
    }
}

}  // namespace tcpwhy::wire
