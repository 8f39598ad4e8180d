// The readers of link layers and tunnels, one file each, all of one shape: bytes in, one step out.
// None reads outside `slice`; where its header is cut off, the answer is Layer::malformed.
#pragma once

#include "packet/step.h"

namespace tcpwhy::wire {

// ethernet.cpp
[[nodiscard]] Step read_ethernet(const Slice& slice);
[[nodiscard]] Step read_ethernet_with_preamble(const Slice& slice);
[[nodiscard]] Step read_ethernet_with_tag(const Slice& slice);
[[nodiscard]] Step read_ether_type(const Slice& slice);
// ethernet_tags.cpp
[[nodiscard]] Step read_vlan(const Slice& slice);
[[nodiscard]] Step read_service_tag(const Slice& slice);
[[nodiscard]] Step read_bridge_port_tag(const Slice& slice);
[[nodiscard]] Step read_macsec(const Slice& slice);
// llc.cpp
[[nodiscard]] Step read_llc(const Slice& slice);
// linux_cooked.cpp
[[nodiscard]] Step read_linux_sll(const Slice& slice);
[[nodiscard]] Step read_linux_sll2(const Slice& slice);
// loopback.cpp
[[nodiscard]] Step read_loopback(const Slice& slice);
// ppp.cpp
[[nodiscard]] Step read_ppp(const Slice& slice);
[[nodiscard]] Step read_ppp_hdlc(const Slice& slice);
[[nodiscard]] Step read_ppp_with_direction(const Slice& slice);
[[nodiscard]] Step read_cisco_hdlc(const Slice& slice);
[[nodiscard]] Step read_hdlc_with_direction(const Slice& slice);
// pppoe.cpp
[[nodiscard]] Step read_pppoe(const Slice& slice);
// old_lans.cpp
[[nodiscard]] Step read_fddi(const Slice& slice);
[[nodiscard]] Step read_token_ring(const Slice& slice);
[[nodiscard]] Step read_ieee1394(const Slice& slice);
[[nodiscard]] Step read_ip_over_fibre_channel(const Slice& slice);
[[nodiscard]] Step read_infiniband_ip(const Slice& slice);
// access_lines.cpp
[[nodiscard]] Step read_frame_relay(const Slice& slice);
[[nodiscard]] Step read_docsis(const Slice& slice);
[[nodiscard]] Step read_slip(const Slice& slice);
// ieee80211.cpp
[[nodiscard]] Step read_ieee80211(const Slice& slice);
[[nodiscard]] Step read_ieee80211_padded(const Slice& slice);
// radio_headers.cpp
[[nodiscard]] Step read_radiotap(const Slice& slice);
[[nodiscard]] Step read_prism(const Slice& slice);
[[nodiscard]] Step read_avs(const Slice& slice);
[[nodiscard]] Step read_per_packet_information(const Slice& slice);
// kernel_logs.cpp
[[nodiscard]] Step read_enc(const Slice& slice);
[[nodiscard]] Step read_pflog(const Slice& slice);
[[nodiscard]] Step read_nflog(const Slice& slice);
[[nodiscard]] Step read_ipnet(const Slice& slice);
// mpls.cpp
[[nodiscard]] Step read_mpls(const Slice& slice);
// ip_version.cpp
[[nodiscard]] Step read_ip_by_version(const Slice& slice);
// udp.cpp
[[nodiscard]] Step read_udp(const Slice& slice);
// gre.cpp
[[nodiscard]] Step read_gre(const Slice& slice);
// etherip.cpp
[[nodiscard]] Step read_etherip(const Slice& slice);
// vxlan.cpp
[[nodiscard]] Step read_vxlan(const Slice& slice);
[[nodiscard]] Step read_vxlan_gpe(const Slice& slice);
// geneve.cpp
[[nodiscard]] Step read_geneve(const Slice& slice);
// gtp.cpp
[[nodiscard]] Step read_gtp(const Slice& slice);
// l2tp.cpp
[[nodiscard]] Step read_l2tp(const Slice& slice);

}  // namespace tcpwhy::wire
