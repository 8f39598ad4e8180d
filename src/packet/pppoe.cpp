// PPP over Ethernet (RFC 2516), session stage.
#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t code_at = 1;
constexpr std::uint32_t session_at = 2;
constexpr std::uint32_t header_size = 6;
constexpr std::uint8_t session_data = 0;

}  // namespace

// The access concentrator chooses the session's number for both directions (RFC 2516 5.4).
Step read_pppoe(const Slice& slice) {
    if (!slice.has(header_size)) return {};
    if (load_u8(slice.bytes, code_at) != session_data) return {Layer::not_ip, header_size};
    return {Layer::ppp, header_size, TunnelKind::pppoe, load_be16(slice.bytes, session_at)};
}

}  // namespace tcpwhy::wire
