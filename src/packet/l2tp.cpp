// L2TP version 2 over UDP (RFC 2661 3.1), data messages.
#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint16_t is_control = 0x8000;
constexpr std::uint16_t has_length = 0x4000;
constexpr std::uint16_t has_sequence = 0x0800;
constexpr std::uint16_t has_offset = 0x0200;
constexpr std::uint16_t version_mask = 0x000f;

}  // namespace

// Tunnel and session numbers stay out of the chain: each receiver assigns its own.
Step read_l2tp(const Slice& slice) {
    if (!slice.has(2)) return {};
    const std::uint16_t flags = load_be16(slice.bytes, 0);
    if ((flags & version_mask) != 2 || (flags & is_control) != 0) return {Layer::not_ip, 0};
    std::uint32_t at = 2;
    if ((flags & has_length) != 0) at += 2;
    at += 4;  // tunnel and session
    if ((flags & has_sequence) != 0) at += 4;
    if ((flags & has_offset) != 0) {
        if (!slice.has(at + 2)) return {};
        at += 2U + load_be16(slice.bytes, at);
    }
    return {Layer::ppp, at, TunnelKind::l2tp};
}

}  // namespace tcpwhy::wire
