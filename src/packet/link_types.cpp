#include "packet/link_types.h"

#include <algorithm>
#include <array>

#include "packet/decode.h"

namespace tcpwhy {

namespace {

struct LinkLayer {
    LinkType type;
    wire::Layer first;
};

using enum wire::Layer;

// Sorted by number.
constexpr auto link_layers = std::to_array<LinkLayer>({
    {0, loopback},
    {1, ethernet},
    {6, token_ring},
    {8, slip},
    {9, ppp},
    {10, fddi},
    {12, ip_by_version},  // DLT_RAW of most systems, found in files though it should not be
    {14, ip_by_version},  // …and of OpenBSD
    {50, ppp_hdlc},
    {51, pppoe},
    {100, llc},  // RFC 2684
    {101, ip_by_version},
    {104, cisco_hdlc},
    {105, ieee80211},
    {106, llc},  // Classical IP over ATM
    {107, frame_relay},
    {108, loopback},
    {109, enc},
    {113, linux_sll},
    {117, pflog},
    {119, prism},
    {122, ip_over_fibre_channel},
    {127, radiotap},
    {138, ieee1394},
    {143, docsis},
    {163, avs},
    {166, ppp_with_direction},
    {192, per_packet_information},
    {204, ppp_with_direction},
    {205, hdlc_with_direction},
    {219, mpls},
    {226, ipnet},
    {228, ipv4},
    {229, ipv6},
    {239, nflog},
    {240, ethernet_after_4},  // netANALYZER
    {242, infiniband_ip},
    {259, ethernet_with_preamble},
    {276, linux_sll2},
    {281, ethernet_with_4_byte_tag},  // Broadcom switch
    {282, ethernet_after_4},          // Broadcom switch
    {284, ethernet_with_4_byte_tag},  // Marvell switch
});
static_assert(std::ranges::is_sorted(link_layers, {}, &LinkLayer::type));

}  // namespace

wire::Layer wire::first_layer(LinkType type) {
    constexpr LinkType most_common = 1;
    if (type == most_common) [[likely]] {
        return Layer::ethernet;
    }
    const auto found = std::ranges::lower_bound(link_layers, type, {}, &LinkLayer::type);
    const bool known = found != link_layers.end() && found->type == type;
    return known ? found->first : Layer::unknown_link_type;
}

bool link_type_is_known(LinkType type) {
    return wire::first_layer(type) != wire::Layer::unknown_link_type;
}

}  // namespace tcpwhy
