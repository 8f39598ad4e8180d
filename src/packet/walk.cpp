#include "packet/walk.h"

#include <algorithm>
#include <array>

#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint8_t tcp_protocol = 6;

using Reader = Step (*)(const Slice&);

struct LayerReader {
    Layer layer;
    Reader read;
};

Step read_four_bytes_before_ethernet(const Slice&) {
    return {Layer::ethernet, 4};
}

constexpr auto listed_readers = std::to_array<LayerReader>({
    {Layer::ethernet, read_ethernet},
    {Layer::ether_type, read_ether_type},
    {Layer::linux_sll, read_linux_sll},
    {Layer::linux_sll2, read_linux_sll2},
    {Layer::loopback, read_loopback},
    {Layer::ppp, read_ppp},
    {Layer::ppp_hdlc, read_ppp_hdlc},
    {Layer::ppp_with_direction, read_ppp_with_direction},
    {Layer::cisco_hdlc, read_cisco_hdlc},
    {Layer::hdlc_with_direction, read_hdlc_with_direction},
    {Layer::pppoe, read_pppoe},
    {Layer::llc, read_llc},
    {Layer::fddi, read_fddi},
    {Layer::token_ring, read_token_ring},
    {Layer::ieee1394, read_ieee1394},
    {Layer::ip_over_fibre_channel, read_ip_over_fibre_channel},
    {Layer::infiniband_ip, read_infiniband_ip},
    {Layer::frame_relay, read_frame_relay},
    {Layer::docsis, read_docsis},
    {Layer::slip, read_slip},
    {Layer::ieee80211, read_ieee80211},
    {Layer::ieee80211_padded, read_ieee80211_padded},
    {Layer::radiotap, read_radiotap},
    {Layer::prism, read_prism},
    {Layer::avs, read_avs},
    {Layer::per_packet_information, read_per_packet_information},
    {Layer::enc, read_enc},
    {Layer::pflog, read_pflog},
    {Layer::nflog, read_nflog},
    {Layer::ipnet, read_ipnet},
    {Layer::ethernet_with_preamble, read_ethernet_with_preamble},
    {Layer::ethernet_after_4, read_four_bytes_before_ethernet},
    {Layer::ethernet_with_4_byte_tag, read_ethernet_with_tag},
    {Layer::vlan, read_vlan},
    {Layer::service_tag, read_service_tag},
    {Layer::bridge_port_tag, read_bridge_port_tag},
    {Layer::macsec, read_macsec},
    {Layer::mpls, read_mpls},
    {Layer::ip_by_version, read_ip_by_version},
    {Layer::udp, read_udp},
    {Layer::gre, read_gre},
    {Layer::etherip, read_etherip},
    {Layer::vxlan, read_vxlan},
    {Layer::vxlan_gpe, read_vxlan_gpe},
    {Layer::geneve, read_geneve},
    {Layer::gtp, read_gtp},
    {Layer::l2tp, read_l2tp},
});

constexpr std::size_t layer_count = static_cast<std::size_t>(Layer::tcp);

constexpr auto readers = [] {
    std::array<Reader, layer_count> by_layer{};
    for (const LayerReader& one : listed_readers) {
        by_layer[static_cast<std::size_t>(one.layer)] = one.read;
    }
    return by_layer;
}();

constexpr bool is_listed(std::size_t layer) {
    return std::ranges::any_of(listed_readers, [layer](const LayerReader& one) {
        return static_cast<std::size_t>(one.layer) == layer;
    });
}

// The walk reads the two IP headers itself; every other layer must have its reader.
static_assert([] {
    for (std::size_t layer = 0; layer < layer_count; ++layer) {
        const bool is_ip = layer == static_cast<std::size_t>(Layer::ipv4) ||
                           layer == static_cast<std::size_t>(Layer::ipv6);
        if (is_listed(layer) == is_ip) return false;
    }
    return true;
}());

Step read_step(Layer layer, const Slice& slice) {
    if (layer == Layer::ethernet) [[likely]] {
        return read_ethernet(slice);  // inlined, unlike the table's
    }
    return readers[static_cast<std::size_t>(layer)](slice);
}

bool is_failure(Layer end) {
    return end == Layer::not_ip || end == Layer::malformed || end == Layer::encrypted;
}

}  // namespace

const Arrival& Walk::run(Layer first, Bytes bytes, std::uint32_t missing) {
    at_.slice.bytes = bytes;
    at_.slice.missing = missing;
    Layer layer = first;
    for (int layers = 0; !is_end(layer) && layers < most_layers; ++layers) {
        if (layer == Layer::ipv4 || layer == Layer::ipv6) {
            layer = enter_ip(layer == Layer::ipv6);
        } else {
            layer = take(read_step(layer, at_.slice));
        }
    }
    at_.end = layer;
    if (!is_end(layer)) [[unlikely]] {
        at_.end = Layer::malformed;
        at_.oddities.add(Oddity::tunnel_too_deep);
    }
    if (is_failure(at_.end)) [[unlikely]] {
        retreat();
    }
    return at_;
}

// What follows an IP header but cannot be read, or is no IP after all, makes the packet an
// ordinary one of its last IP header: a port number alone proves no tunnel.
void Walk::retreat() {
    if (!has_outer_) return;
    info_ = outer_;
    at_.end = Layer::other_ip;
}

Layer Walk::take(const Step& step) {
    at_.slice.skip(step.header);
    if (step.tunnel != TunnelKind::none) [[unlikely]] {
        at_.chain = add_to_chain(at_.chain, step.tunnel, step.identifier);
    }
    return step.next;
}

Layer Walk::enter_ip(bool v6) {
    const Trust trust = fragments_ == nullptr ? Trust::bytes : Trust::lengths;
    IpPayload payload;
    if (v6) {
        read_ipv6(at_.slice, trust, info_, payload);
    } else {
        read_ipv4(at_.slice, trust, info_, payload);
    }
    at_.oddities = payload.oddities;
    if (!payload.readable) [[unlikely]] {
        return Layer::malformed;
    }
    info_.chain = at_.chain;
    if (payload.is_fragment) [[unlikely]] {
        if (const auto end = wait_for_rest(payload)) return *end;
    }
    at_.protocol = payload.protocol;
    at_.checksum_unknowable = payload.checksum_unknowable;
    if (payload.header_cut) [[unlikely]] {
        at_.oddities.add(Oddity::ip_header_short);
        return Layer::other_ip;
    }
    if (payload.protocol == tcp_protocol) [[likely]] {
        return Layer::tcp;
    }
    return leave_ip(v6);
}

// What is neither TCP nor a fragment.
Layer Walk::leave_ip(bool v6) {
    const Layer next = layer_of_ip_protocol(at_.protocol);
    // Each family has its own ICMP.
    if ((next == Layer::icmp && v6) || (next == Layer::icmpv6 && !v6)) return Layer::other_ip;
    if (!is_end(next)) {
        outer_ = info_;
        has_outer_ = true;
        at_.chain = add_end_points(at_.chain, info_);
    }
    return next;
}

// The end, where there is one: the rest is not there yet, or never will be.
std::optional<Layer> Walk::wait_for_rest(IpPayload& payload) {
    at_.protocol = payload.protocol;
    payload.is_fragment = false;
    if (fragments_ == nullptr) {
        if (payload.fragment_offset != 0) return Layer::other_ip;
        if (info_.is_v6) skip_ipv6_extensions(at_.slice, info_, payload);
        return std::nullopt;
    }
    const auto whole = fragments_->add({.src = info_.src,
                                        .dst = info_.dst,
                                        .chain = at_.chain,
                                        .id = payload.fragment_id,
                                        .protocol = payload.protocol,
                                        .more = payload.more_fragments,
                                        .offset = payload.fragment_offset,
                                        .payload = at_.slice,
                                        .time = time_});
    if (!whole) return Layer::fragment;
    at_.slice = whole->payload;
    at_.oddities.add(Oddity::fragment);
    payload.protocol = whole->protocol;
    payload.header_cut = false;
    info_.ip_length = payload.header_size + whole->payload.wire_length();
    if (info_.is_v6) skip_ipv6_extensions(at_.slice, info_, payload);
    // A fragment within a datagram made of fragments: no sender does that.
    if (payload.is_fragment) return Layer::other_ip;
    return std::nullopt;
}

}  // namespace tcpwhy::wire
