#include "packet/walk.h"

#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

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

Arrival Walk::run(Layer first, const Slice& slice) {
    slice_ = slice;
    Layer layer = first;
    int layers = 0;
    for (; !is_end(layer) && layers < most_layers; ++layers) {
        if (layer == Layer::ipv4 || layer == Layer::ipv6) {
            layer = enter_ip(layer == Layer::ipv6);
        } else {
            layer = take(read_step(layer, slice_));
        }
    }
    Arrival arrival{layer, slice_, protocol_, checksum_unknowable_, chain_, oddities_};
    if (!is_end(layer)) {
        arrival.end = Layer::malformed;
        arrival.oddities.add(Oddity::tunnel_too_deep);
    }
    if (is_failure(arrival.end)) [[unlikely]] {
        retreat(arrival);
    }
    return arrival;
}

// What follows an IP header but cannot be read, or is no IP after all, makes the packet an
// ordinary one of its last IP header: a port number alone proves no tunnel.
void Walk::retreat(Arrival& arrival) const {
    if (!has_outer_) return;
    info_ = outer_;
    arrival.end = Layer::other_ip;
}

Layer Walk::take(const Step& step) {
    slice_ = slice_.from(step.header);
    if (step.tunnel != TunnelKind::none) [[unlikely]] {
        chain_ = add_to_chain(chain_, step.tunnel, step.identifier);
    }
    return step.next;
}

Layer Walk::enter_ip(bool v6) {
    const Trust trust = fragments_ == nullptr ? Trust::bytes : Trust::lengths;
    IpPayload payload = v6 ? read_ipv6(slice_, trust, info_) : read_ipv4(slice_, trust, info_);
    oddities_ = payload.oddities;
    if (!payload.readable) [[unlikely]] {
        return Layer::malformed;
    }
    info_.chain = chain_;
    protocol_ = payload.protocol;
    if (payload.is_fragment) [[unlikely]] {
        if (const auto end = wait_for_rest(payload)) return *end;
    }
    slice_ = payload.slice;
    protocol_ = payload.protocol;
    checksum_unknowable_ = payload.checksum_unknowable;
    if (payload.header_cut) [[unlikely]] {
        oddities_.add(Oddity::ip_header_short);
        return Layer::other_ip;
    }
    const Layer next = layer_of_ip_protocol(payload.protocol);
    if (next == Layer::tcp) [[likely]] {
        return next;
    }
    if (!is_end(next)) {
        outer_ = info_;
        has_outer_ = true;
        chain_ = add_end_points(chain_, info_);
    }
    // Each family has its own ICMP.
    if ((next == Layer::icmp && v6) || (next == Layer::icmpv6 && !v6)) return Layer::other_ip;
    return next;
}

// The end, where there is one: the rest is not there yet, or never will be.
std::optional<Layer> Walk::wait_for_rest(IpPayload& payload) {
    payload.is_fragment = false;
    if (fragments_ == nullptr) {
        if (payload.fragment_offset != 0) return Layer::other_ip;
        if (info_.is_v6) skip_ipv6_extensions(payload, info_);
        return std::nullopt;
    }
    const auto whole = fragments_->add({.src = info_.src,
                                        .dst = info_.dst,
                                        .chain = chain_,
                                        .id = payload.fragment_id,
                                        .protocol = payload.protocol,
                                        .more = payload.more_fragments,
                                        .offset = payload.fragment_offset,
                                        .payload = payload.slice,
                                        .time = time_});
    if (!whole) return Layer::fragment;
    payload.slice = whole->payload;
    payload.protocol = whole->protocol;
    payload.header_cut = false;
    info_.ip_length = payload.header_size + whole->payload.wire_length();
    oddities_.add(Oddity::fragment);
    if (info_.is_v6) skip_ipv6_extensions(payload, info_);
    // A fragment within a datagram made of fragments: no sender does that.
    if (payload.is_fragment) return Layer::other_ip;
    return std::nullopt;
}

}  // namespace tcpwhy::wire
