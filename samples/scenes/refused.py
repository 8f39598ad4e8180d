"""Refused, or no way there."""

from network import ELSEWHERE, ELSEWHERE6, SERVER, SERVER6, SYN, UNUSED_BEHIND_ROUTER, UNUSED_ON_LAN
from scenes.scene import exchange, sample


@sample("closed-port-v4.pcap", p81="no-listener rejected-by-firewall")
def closed_port_v4(net):
    """A connection to a port on which nothing listens."""
    net.dial(81)


@sample("closed-port-v6.pcap", s81="no-listener rejected-by-firewall")
def closed_port_v6(net):
    """The same over IPv6."""
    net.dial(81, SERVER6)


@sample("reject-reset-host.pcap", p8443="rejected-by-firewall no-listener")
def reject_reset_host(net):
    """nftables on the server: reject with tcp reset. The same bytes as from a closed port."""
    net.firewall("server", "input", "tcp dport 8443 reject with tcp reset")
    net.dial(8443)


@sample("reject-reset-router.pcap", p80="closed-normally", p8443="rejected-by-firewall")
def reject_reset_router(net):
    """nftables on the router: reject with tcp reset; another port of the server is open, so that
    the distance of its packets is known."""
    net.firewall("router", "forward", "tcp dport 8443 reject with tcp reset")
    exchange(net, 80)
    net.dial(8443)


@sample("reject-admin-prohibited-v4.pcap", p8443="rejected-by-firewall")
def reject_admin_prohibited_v4(net):
    """nftables on the router: reject with icmpx admin-prohibited (ICMP 3/13)."""
    net.firewall("router", "forward", "tcp dport 8443 reject with icmpx admin-prohibited")
    net.dial(8443)


@sample("reject-admin-prohibited-v6.pcap", s8443="rejected-by-firewall")
def reject_admin_prohibited_v6(net):
    """The same over IPv6 (ICMPv6 1/1)."""
    net.firewall("router", "forward", "tcp dport 8443 reject with icmpx admin-prohibited")
    net.dial(8443, SERVER6)


@sample("reject-port-unreachable.pcap", p8443="rejected-by-firewall")
def reject_port_unreachable(net):
    """nftables on the server: reject with its default, ICMP port unreachable (3/3)."""
    net.firewall("server", "input", "tcp dport 8443 reject")
    net.dial(8443)




@sample("unused-address-on-lan.pcap", others={UNUSED_ON_LAN + ":0": "neighbor-unresolved"})
def unused_address_on_lan(net):
    """A connection to an address of the own LAN that nobody has: ARP questions, no SYN."""
    net.dial(80, UNUSED_ON_LAN)


@sample("unused-address-behind-router.pcap",
        others={UNUSED_BEHIND_ROUTER + ":80": "host-unreachable"})
def unused_address_behind_router(net):
    """A connection to an unused address behind the router, which says ICMP 3/1 after its own ARP
    questions stayed unanswered."""
    net.dial(80, UNUSED_BEHIND_ROUTER)


@sample("no-route-at-router-v4.pcap", others={ELSEWHERE + ":80": "network-unreachable"})
def no_route_at_router_v4(net):
    """The router has no route to the network (ICMP 3/0)."""
    net.dial(80, ELSEWHERE)


@sample("no-route-at-router-v6.pcap", others={"[%s]:80" % ELSEWHERE6: "network-unreachable"})
def no_route_at_router_v6(net):
    """The same over IPv6 (ICMPv6 1/0)."""
    net.dial(80, ELSEWHERE6)


@sample("routing-loop.pcap", others={ELSEWHERE + ":80": "routing-loop"})
def routing_loop(net):
    """Router and server each send the packets for a network to the other one (ICMP 11/0)."""
    net.sysctl("server", "net.ipv4.ip_forward=1")
    net.run("router", "ip", "route", "add", "203.0.113.0/24", "via", SERVER)
    net.dial(80, ELSEWHERE, timeout=1.5)


@sample("routing-loop-inside.pcap@server", others={ELSEWHERE + ":80": "routing-loop"})
def routing_loop_inside(net):
    """The same, captured inside the loop: each SYN passes again and again with a smaller TTL."""
    routing_loop(net)
