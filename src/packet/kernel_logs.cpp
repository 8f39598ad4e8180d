// Pseudo devices on which kernels show what their packet filter or IPsec saw.
#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t enc_size = 12;  // family, SPI, flags
constexpr std::uint32_t pflog_least = 4;
constexpr std::uint32_t nflog_size = 4;
constexpr std::uint32_t nflog_tag_size = 4;
constexpr std::uint16_t nflog_payload = 9;  // NFULA_PAYLOAD
constexpr std::uint16_t nflog_type_mask = 0x7fff;
constexpr std::uint32_t ipnet_size = 24;

constexpr std::uint32_t family_ipv4 = 2;

// Families are numbered alike for IPv4 everywhere and differently for IPv6; what follows says
// its version itself.
Layer layer_of_family(std::uint32_t family) {
    return family == family_ipv4 ? Layer::ipv4 : Layer::ip_by_version;
}

}  // namespace

Step read_enc(const Slice& slice) {
    if (!slice.has(enc_size)) return {};
    std::uint32_t family = load_be32(slice.bytes, 0);
    if (family > 0xffff) family = swap_bytes(family);
    return {layer_of_family(family), enc_size};
}

// The length leaves out the padding to four bytes (OpenBSD sys/net/if_pflog.h).
Step read_pflog(const Slice& slice) {
    if (!slice.has(pflog_least)) return {};
    const std::uint32_t length = load_u8(slice.bytes, 0);
    if (length < pflog_least) return {};
    return {layer_of_family(load_u8(slice.bytes, 1)), (length + 3) & ~std::uint32_t{3}};
}

// Linux nfnetlink_log: tagged values in the byte order of the capturing machine, the packet
// being one of them.
Step read_nflog(const Slice& slice) {
    if (!slice.has(nflog_size)) return {};
    std::uint32_t at = nflog_size;
    while (slice.has(at + nflog_tag_size)) {
        std::uint16_t length = load_le16(slice.bytes, at);
        std::uint16_t type = load_le16(slice.bytes, at + 2);
        // Types are small: a large one stands in the other order.
        if ((type & 0xff) == 0 && type != 0) {
            length = swap_bytes(length);
            type = swap_bytes(type);
        }
        if (length < nflog_tag_size) return {};
        if ((type & nflog_type_mask) == nflog_payload) {
            return {Layer::ip_by_version, at + nflog_tag_size};
        }
        at += (length + 3U) & ~3U;
    }
    return {Layer::not_ip, nflog_size};
}

Step read_ipnet(const Slice& slice) {
    if (!slice.has(ipnet_size)) return {};
    return {Layer::ip_by_version, ipnet_size};
}

}  // namespace tcpwhy::wire
