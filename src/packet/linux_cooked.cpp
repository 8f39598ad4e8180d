// Linux "cooked" captures, as the device "any" gives them (LINKTYPE_LINUX_SLL and _SLL2).
#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t v1_device_at = 2;
constexpr std::uint32_t v1_protocol_at = 14;
constexpr std::uint32_t v1_size = 16;
constexpr std::uint32_t v2_protocol_at = 0;
constexpr std::uint32_t v2_device_at = 8;
constexpr std::uint32_t v2_size = 20;

// include/uapi/linux/if_arp.h: devices whose "protocol" is no EtherType.
constexpr std::uint16_t device_netlink = 824;
constexpr std::uint16_t device_80211 = 801;
constexpr std::uint16_t device_80211_prism = 802;
constexpr std::uint16_t device_80211_radiotap = 803;

// include/uapi/linux/if_ether.h: numbers below the EtherTypes, made up by Linux.
constexpr std::uint16_t linux_802_2 = 0x0004;

Step step_by_protocol(std::uint16_t device, std::uint16_t protocol, std::uint32_t header) {
    switch (device) {
        case device_netlink:
            return {Layer::not_ip, header};
        case device_80211:
            return {Layer::ieee80211, header};
        case device_80211_prism:
            return {Layer::prism, header};
        case device_80211_radiotap:
            return {Layer::radiotap, header};
        default:
            break;
    }
    if (protocol == linux_802_2) return {Layer::llc, header};
    return {layer_of_ether_type(protocol), header};
}

}  // namespace

Step read_linux_sll(const Slice& slice) {
    if (!slice.has(v1_size)) return {};
    return step_by_protocol(load_be16(slice.bytes, v1_device_at),
                            load_be16(slice.bytes, v1_protocol_at), v1_size);
}

Step read_linux_sll2(const Slice& slice) {
    if (!slice.has(v2_size)) return {};
    return step_by_protocol(load_be16(slice.bytes, v2_device_at),
                            load_be16(slice.bytes, v2_protocol_at), v2_size);
}

}  // namespace tcpwhy::wire
