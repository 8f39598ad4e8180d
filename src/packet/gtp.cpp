// GTP-U version 1 (3GPP TS 29.281): a mobile phone's packets on their way through the core.
#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t message_at = 1;
constexpr std::uint32_t header_size = 8;
constexpr std::uint32_t optional_size = 4;  // sequence number, N-PDU number, next extension
constexpr std::uint8_t version_mask = 0xf0;
constexpr std::uint8_t version1 = 0x30;  // and "protocol type" 1: GTP, not its billing variant
constexpr std::uint8_t has_optional = 0x07;
constexpr std::uint8_t has_extension = 0x04;
constexpr std::uint8_t user_data = 255;
constexpr int most_extensions = 8;

}  // namespace

// The tunnel end point identifier stays out of the chain: each receiver assigns its own.
Step read_gtp(const Slice& slice) {
    if (!slice.has(header_size)) return {};
    const std::uint8_t flags = load_u8(slice.bytes, 0);
    if ((flags & version_mask) != version1) return {Layer::not_ip, 0};
    if (load_u8(slice.bytes, message_at) != user_data) return {Layer::not_ip, 0};
    std::uint32_t at = header_size;
    if ((flags & has_optional) != 0) {
        at += optional_size;
        if (!slice.has(at)) return {};
        std::uint8_t next = (flags & has_extension) != 0 ? load_u8(slice.bytes, at - 1) : 0;
        // 3GPP TS 29.281 5.2.1: length in words first, the next one's type last.
        for (int count = 0; next != 0; ++count) {
            if (count == most_extensions || !slice.has(at + 1)) return {};
            const std::uint32_t length = load_u8(slice.bytes, at) * 4U;
            if (length == 0 || !slice.has(at + length)) return {};
            at += length;
            next = load_u8(slice.bytes, at - 1);
        }
    }
    return {Layer::ip_by_version, at, TunnelKind::gtp};
}

}  // namespace tcpwhy::wire
