// What may stand between an Ethernet header's addresses and its payload.
#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t vlan_size = 4;
constexpr std::uint16_t vlan_id_mask = 0x0fff;
constexpr std::uint32_t service_tag_size = 4;
constexpr std::uint32_t bridge_port_tag_size = 8;
constexpr std::uint32_t macsec_size = 6;
constexpr std::uint32_t macsec_channel_size = 8;
constexpr std::uint8_t macsec_has_channel = 0x20;
constexpr std::uint8_t macsec_changed = 0x0c;  // E and C: the text is encrypted, or changed

}  // namespace

// IEEE 802.1Q 9.6.
Step read_vlan(const Slice& slice) {
    if (!slice.has(vlan_size)) return {};
    const std::uint32_t id = load_be16(slice.bytes, 0) & vlan_id_mask;
    const std::uint16_t type = load_be16(slice.bytes, 2);
    Step step{type <= 1500 ? Layer::llc : layer_of_ether_type(type), vlan_size};
    // Id 0 only carries a priority, often in one direction alone: it names no VLAN.
    if (id != 0) {
        step.tunnel = TunnelKind::vlan;
        step.identifier = id;
    }
    return step;
}

// IEEE 802.1Q 9.7: flags, then 24 bits of service instance, then the customer's whole frame.
Step read_service_tag(const Slice& slice) {
    if (!slice.has(service_tag_size)) return {};
    return {Layer::ethernet, service_tag_size, TunnelKind::service_instance,
            load_be24(slice.bytes, 1)};
}

// IEEE 802.1BR: six bytes and the next type. The port numbers differ per direction.
Step read_bridge_port_tag(const Slice& slice) {
    if (!slice.has(bridge_port_tag_size)) return {};
    return {layer_of_ether_type(load_be16(slice.bytes, bridge_port_tag_size - 2)),
            bridge_port_tag_size};
}

// IEEE 802.1AE 9.3: a network may sign its frames and leave them readable.
Step read_macsec(const Slice& slice) {
    if (!slice.has(macsec_size)) return {};
    const std::uint8_t control = load_u8(slice.bytes, 0);
    if ((control & macsec_changed) != 0) return {Layer::encrypted, macsec_size};
    const bool has_channel = (control & macsec_has_channel) != 0;
    return {Layer::ether_type, macsec_size + (has_channel ? macsec_channel_size : 0)};
}

}  // namespace tcpwhy::wire
