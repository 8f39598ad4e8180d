#include "packet/walk.h"

#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint8_t tcp_protocol = 6;

// A switch and no table of functions: the compiler sees through it on the usual way.
Step read_step(Layer layer, const Slice& slice) {
    switch (layer) {
        case Layer::ethernet:
            return read_ethernet(slice);
        case Layer::ether_type:
            return read_ether_type(slice);
        case Layer::linux_sll:
            return read_linux_sll(slice);
        case Layer::linux_sll2:
            return read_linux_sll2(slice);
        case Layer::loopback:
            return read_loopback(slice);
        case Layer::ppp:
            return read_ppp(slice);
        case Layer::ppp_hdlc:
            return read_ppp_hdlc(slice);
        case Layer::ppp_with_direction:
            return read_ppp_with_direction(slice);
        case Layer::cisco_hdlc:
            return read_cisco_hdlc(slice);
        case Layer::hdlc_with_direction:
            return read_hdlc_with_direction(slice);
        case Layer::pppoe:
            return read_pppoe(slice);
        case Layer::llc:
            return read_llc(slice);
        case Layer::fddi:
            return read_fddi(slice);
        case Layer::token_ring:
            return read_token_ring(slice);
        case Layer::ieee1394:
            return read_ieee1394(slice);
        case Layer::ip_over_fibre_channel:
            return read_ip_over_fibre_channel(slice);
        case Layer::infiniband_ip:
            return read_infiniband_ip(slice);
        case Layer::frame_relay:
            return read_frame_relay(slice);
        case Layer::docsis:
            return read_docsis(slice);
        case Layer::slip:
            return read_slip(slice);
        case Layer::ieee80211:
            return read_ieee80211(slice);
        case Layer::ieee80211_padded:
            return read_ieee80211_padded(slice);
        case Layer::radiotap:
            return read_radiotap(slice);
        case Layer::prism:
            return read_prism(slice);
        case Layer::avs:
            return read_avs(slice);
        case Layer::per_packet_information:
            return read_per_packet_information(slice);
        case Layer::enc:
            return read_enc(slice);
        case Layer::pflog:
            return read_pflog(slice);
        case Layer::nflog:
            return read_nflog(slice);
        case Layer::ipnet:
            return read_ipnet(slice);
        case Layer::ethernet_with_preamble:
            return read_ethernet_with_preamble(slice);
        case Layer::ethernet_after_4:
            return {Layer::ethernet, 4};
        case Layer::ethernet_with_4_byte_tag:
            return read_ethernet_with_tag(slice);
        case Layer::vlan:
            return read_vlan(slice);
        case Layer::service_tag:
            return read_service_tag(slice);
        case Layer::bridge_port_tag:
            return read_bridge_port_tag(slice);
        case Layer::macsec:
            return read_macsec(slice);
        case Layer::mpls:
            return read_mpls(slice);
        case Layer::ip_by_version:
            return read_ip_by_version(slice);
        case Layer::udp:
            return read_udp(slice);
        case Layer::gre:
            return read_gre(slice);
        case Layer::etherip:
            return read_etherip(slice);
        case Layer::vxlan:
            return read_vxlan(slice);
        case Layer::vxlan_gpe:
            return read_vxlan_gpe(slice);
        case Layer::geneve:
            return read_geneve(slice);
        case Layer::gtp:
            return read_gtp(slice);
        case Layer::l2tp:
            return read_l2tp(slice);
        default:
            return {};
    }
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
