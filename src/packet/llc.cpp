// IEEE 802.2 logical link control, with SNAP.
#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t llc_size = 3;
constexpr std::uint32_t snap_size = 8;
constexpr std::uint32_t type_at = 6;
constexpr std::uint32_t snap = 0xaaaa03;
constexpr std::uint32_t ip = 0x060603;  // RFC 1010's SAP for IP
constexpr std::uint32_t ethernet_oui = 0;
constexpr std::uint32_t bridge_oui = 0x0000f8;  // IEEE 802.1H, for types that RFC 1042 leaves out
constexpr std::uint32_t ieee8021_oui = 0x0080c2;
// RFC 2684 5.2 and RFC 2427 4.2: bridged Ethernet, with and without its checksum.
constexpr std::uint16_t bridged_with_fcs = 1;
constexpr std::uint16_t bridged = 7;

}  // namespace

Step read_llc(const Slice& slice) {
    if (!slice.has(llc_size)) return {};
    const std::uint32_t service = load_be24(slice.bytes, 0);
    if (service == ip) return {Layer::ipv4, llc_size};
    if (service != snap) return {Layer::not_ip, llc_size};
    if (!slice.has(snap_size)) return {};
    const std::uint32_t oui = load_be24(slice.bytes, llc_size);
    const std::uint16_t type = load_be16(slice.bytes, type_at);
    if (oui == ethernet_oui || oui == bridge_oui) return {layer_of_ether_type(type), snap_size};
    if (oui == ieee8021_oui && (type == bridged || type == bridged_with_fcs)) {
        return {Layer::ethernet, snap_size};
    }
    return {Layer::not_ip, snap_size};
}

}  // namespace tcpwhy::wire
