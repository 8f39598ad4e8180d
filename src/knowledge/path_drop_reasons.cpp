#include <array>

#include "knowledge/kernel_reasons.h"

// include/net/dropreason-core.h of Linux 6.12: what can happen to a packet of TCP outside TCP.
namespace tcpwhy {

namespace {

constexpr std::array reasons = std::to_array<DropReason>({
    {"NOT_SPECIFIED", "The place that dropped the packet gives no reason.", "",
     "From tcp_v4_rcv and tcp_rcv_state_process it is routine for segments that were handled: no "
     "loss."},
    {"SKB_CONSUMED", "Not dropped: the packet was used up normally.", "", ""},
    {"NETFILTER_DROP", "nftables or iptables dropped it; a 'reject' is this too.",
     "dropped-by-firewall,rejected-by-firewall,blocked-by-local-firewall",
     "The hook tells which: output means this host's own filter."},
    {"OTHERHOST", "The packet is for another host; the interface is in promiscuous mode.", "",
     "Harmless while a capture runs."},
    {"IP_CSUM", "The IP header's checksum is wrong.", "", ""},
    {"IP_INHDR", "Something is wrong with the IP header; at a router also: the TTL ran out.",
     "routing-loop", ""},
    {"IP_RPFILTER", "The way back to the sender leads through another interface (rp_filter).",
     "dropped-by-firewall,no-answer",
     "Asymmetric routes meet it: the SYN arrives and nobody answers. net.ipv4.conf.*.rp_filter=2 "
     "is the loose check."},
    {"XFRM_POLICY", "An IPsec policy asks for encryption and the packet had none.",
     "dropped-by-firewall", ""},
    {"IP_NOPROTO", "This host does not speak that IP protocol.", "", ""},
    {"UNICAST_IN_L2_MULTICAST", "A unicast packet in a multicast frame.", "", ""},
    {"IP_OUTNOROUTES", "No route for a packet that this host sends.",
     "no-route,network-unreachable", ""},
    {"IP_INNOROUTES", "No route for a packet that this host should forward.", "network-unreachable",
     ""},
    {"IP_INADDRERRORS", "The destination cannot be reached from here.", "host-unreachable", ""},
    {"IP_LOCAL_SOURCE", "The source address is one of this host's own.", "", ""},
    {"IP_INVALID_SOURCE", "The source address is not a possible one.", "", ""},
    {"IP_LOCALNET", "127.0.0.0/8 on an interface that is not the loopback.", "", ""},
    {"IP_INVALID_DEST", "The destination address is not a possible one.", "", ""},
    {"IPV6DISABLED", "IPv6 is switched off on the interface.", "no-route", ""},
    {"PKT_TOO_BIG", "The packet is larger than the next link carries.", "path-mtu-blackhole", ""},
    {"NEIGH_CREATEFAIL", "No entry for the neighbour could be made: the table is full.",
     "neighbor-unresolved", "See net.ipv4.neigh.default.gc_thresh3."},
    {"NEIGH_FAILED", "The neighbour answered no ARP request or neighbour solicitation.",
     "neighbor-unresolved,host-unreachable", ""},
    {"NEIGH_QUEUEFULL", "Too many packets wait for the neighbour's address.", "neighbor-unresolved",
     ""},
    {"NEIGH_DEAD", "The neighbour's entry was being removed.", "neighbor-unresolved", ""},
    {"NEIGH_HH_FILLFAIL", "The frame's hardware header could not be written.", "", ""},
    {"BPF_CGROUP_EGRESS", "An eBPF program of the cgroup dropped it on its way out.",
     "blocked-by-local-firewall", "systemd's IPAddressDeny= and container policies work so."},
    {"SECURITY_HOOK", "A security module (SELinux, for instance) dropped it.",
     "blocked-by-local-firewall", ""},
    {"TC_INGRESS", "A tc filter dropped it on arrival.", "dropped-by-firewall",
     "Container networks filter there."},
    {"TC_EGRESS", "A tc filter dropped it on its way out.", "blocked-by-local-firewall", ""},
    {"XDP", "An XDP program dropped it on arrival.", "dropped-by-firewall", ""},
    {"QDISC_DROP", "The interface's queue dropped it: a rate limit, or it was full.", "",
     "A slower connection, rarely a failed one."},
    {"QDISC_OVERLIMIT", "The interface's queue is longer than its limit.", "",
     "A slower connection, rarely a failed one."},
    {"QDISC_CONGESTED", "The interface's queue dropped it early, to signal congestion.", "", ""},
    {"FQ_FLOW_LIMIT", "The fq queue: too many packets of one flow.", "", ""},
    {"FQ_BAND_LIMIT", "The fq queue: too many packets of one band.", "", ""},
    {"FQ_HORIZON_LIMIT", "The fq queue: the packet was to leave too far in the future.", "", ""},
    {"CPU_BACKLOG", "The CPU's input queue is full (net.core.netdev_max_backlog).", "", ""},
    {"UNHANDLED_PROTO", "No receiver for that protocol.", "", ""},
    {"RECURSION_LIMIT", "Tunnels or redirections nest too deeply: a loop inside the host.",
     "routing-loop", ""},
    {"VXLAN_VNI_NOT_FOUND", "No VXLAN device has that network number.", "dropped-by-firewall", ""},
    {"VXLAN_INVALID_HDR", "The VXLAN header is malformed.", "", ""},
    {"LOCAL_MAC", "The frame's source is this host's own MAC address: a loop or a duplicate.", "",
     ""},
    {"MAC_INVALID_SOURCE", "The frame's source MAC address is not a possible one.", "", ""},
    {"IPV6_BAD_EXTHDR", "A malformed IPv6 extension header.", "", ""},
    {"SKB_GSO_SEG", "A large segment could not be cut for the device.", "", ""},
    {"FULL_RING", "A device's ring is full.", "", ""},
    {"NOMEM", "No memory.", "out-of-memory", ""},
    {"DEV_READY", "The device is not up.", "no-route", ""},
    {"HDR_TRUNC", "A header is cut off.", "", ""},
    {"DUP_FRAG", "A fragment came twice.", "", ""},
    {"FRAG_REASM_TIMEOUT", "A fragmented packet never became complete.", "path-mtu-blackhole", ""},
    {"QUEUE_PURGE", "The packet's queue was thrown away with its socket.", "",
     "At tcp_disconnect it accompanies an abort."},
});

}  // namespace

std::span<const DropReason> path_drop_reasons() {
    return reasons;
}

}  // namespace tcpwhy
