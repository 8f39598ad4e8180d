// Ethernet in IP (RFC 3378).
#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t header_size = 2;
constexpr std::uint8_t version = 3;

}  // namespace

Step read_etherip(const Slice& slice) {
    if (!slice.has(header_size)) return {};
    if (load_u8(slice.bytes, 0) >> 4 != version) return {Layer::not_ip, header_size};
    return {Layer::ethernet, header_size, TunnelKind::etherip};
}

}  // namespace tcpwhy::wire
