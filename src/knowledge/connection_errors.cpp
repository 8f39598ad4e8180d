#include <array>

#include "knowledge/error_numbers.h"

// Read in Linux 6.12: __inet_stream_connect() and __inet_bind() in net/ipv4/af_inet.c, tcp_v4_err()
// in tcp_ipv4.c, tcp_reset() in tcp_input.c, tcp_sendmsg_locked() and tcp_recvmsg_locked() in
// tcp.c, tcp_write_err() in tcp_timer.c, sk_stream_error() in net/core/stream.c, inet_csk_accept()
// in inet_connection_sock.c, icmp_err_convert[] in icmp.c, icmpv6_err_convert() in net/ipv6/icmp.c.
namespace tcpwhy {

namespace {

constexpr std::array details = std::to_array<ErrorDetail>({
    {.name = "EADDRINUSE",
     .when = "bind(): a listener holds the port, a connection of an earlier run is still in "
             "TIME_WAIT and SO_REUSEADDR is not set, or (port 0) every local port is taken. "
             "listen(): two sockets were bound with SO_REUSEADDR, and the other one listens "
             "already.",
     .icmp = "",
     .confused = "connect() that finds no free port, or the four-tuple in use, says EADDRNOTAVAIL "
                 "on Linux, not this. A listener on 0.0.0.0 conflicts with one on any single "
                 "address, and one on [::] also with IPv4 unless IPV6_V6ONLY is set.",
     .advice = "See who holds the port: `ss -ltnp 'sport = :PORT'`. Set SO_REUSEADDR before bind() "
               "in every server; it lets a restart pass TIME_WAIT and lets nobody steal a live "
               "listener."},
    {.name = "EADDRNOTAVAIL",
     .when = "connect(): every port of ip_local_port_range is in use towards that destination "
             "address and port, or the bound port already has a connection to it. bind(): the "
             "address belongs to no interface of this host.",
     .icmp = "",
     .confused = "It says nothing about the destination: no packet left. It is counted per "
                 "destination: ports may be used up towards one server and free towards all "
                 "others. A UDP socket without a free port says EAGAIN. At bind() it is a wrong or "
                 "not yet configured address (ip_nonlocal_bind, IPv6 still tentative).",
     .advice = "Count them: `ss -tan 'dst ADDRESS' | awk '{print $1}' | sort | uniq -c`. Reuse "
               "connections; then widen net.ipv4.ip_local_port_range; net.ipv4.tcp_tw_reuse=1 lets "
               "outgoing connections reuse TIME_WAIT ports after a second."},
    {.name = "ENETDOWN",
     .when = "Packet sockets and changes of routes on an interface that is down.",
     .icmp = "",
     .confused = "A TCP connect() through an interface that is down says ENETUNREACH: its routes "
                 "vanish with it.",
     .advice = "`ip link` shows the state; `ip link set DEV up` brings it up."},
    {.name = "ENETUNREACH",
     .when = "connect(), at once: no route here leads to the address (no default route, a missing "
             "address family, a multicast or broadcast destination). connect(), after a round "
             "trip: a router said so.",
     .icmp = "ICMP 3/0 (net unreachable), 3/6, 3/9 (net prohibited), 3/11; ICMPv6 1/0 (no route).",
     .confused = "At once and without a packet it is a matter of this host; after some "
                 "milliseconds it comes from a router, which the capture names. For an IPv6 "
                 "address it usually means that this host has no IPv6 at all.",
     .advice = "`ip route get ADDRESS` shows whether this host has a route. If it has one, capture "
               "and let `tcpwhy read` name the router that sent the ICMP error."},
    {.name = "ENETRESET",
     .when = "No path in Linux's TCP returns it.",
     .icmp = "",
     .confused = "Other systems use it where a connection died of keepalive; on Linux that is "
                 "ETIMEDOUT. A reset of the connection is ECONNRESET.",
     .advice = "Look at which program or file system produced it: it does not come from a TCP "
               "socket."},
    {.name = "ECONNABORTED",
     .when = "recv()/send(): somebody on this host destroyed the socket (`ss -K`, or a program "
             "using sock_diag). connect(): the socket ended, without an error of its own, while it "
             "waited: rare. accept(): the new connection has no peer any more when its address "
             "is asked for: rare.",
     .icmp = "",
     .confused = "It is local, never the peer. A connection that the peer reset while it waited in "
                 "the accept queue is still accepted on Linux; its first read then says "
                 "ECONNRESET. POSIX and other systems report ECONNABORTED at accept() there. "
                 "Windows uses WSAECONNABORTED also where data timed out.",
     .advice = "Look for whoever kills sockets on this host: `ss -K` in scripts, a VPN client, a "
               "connection manager. An accept loop must go on after it."},
    {.name = "ECONNRESET",
     .when = "recv() or send() on a connection that a RST has ended, once; after that, recv() "
             "returns 0 and send() says EPIPE. What had arrived before the RST can still be read "
             "first. connect(): only where the RST follows at once on a complete handshake; one "
             "that answers the SYN is ECONNREFUSED.",
     .icmp = "",
     .confused =
         "'By peer' is what the error text says; the wire may say otherwise: a firewall, "
         "a load balancer or a censor can send the reset, and often the real culprit is the "
         "side that lost or changed its state. A reset that arrives in CLOSE_WAIT is "
         "EPIPE instead. An acknowledged byte is one that the peer's kernel had, not one "
         "that its program has read.",
     .advice = "Capture at this side and run `tcpwhy read`: it tells an abort by the application "
               "from an answer to a stray segment and from a foreign device, by shape, timing and "
               "distance."},
    {.name = "ENOBUFS",
     .when = "connect(): no memory for the SYN. send() with MSG_ZEROCOPY: the limit of pages in "
             "flight is reached. Raw and UDP sockets with IP_RECVERR: the interface's queue is "
             "full.",
     .icmp = "",
     .confused = "A full TCP send buffer is not this: send() waits, or says EAGAIN.",
     .advice = "For zero-copy raise RLIMIT_MEMLOCK or net.core.optmem_max; else look at memory and "
               "at `tc -s qdisc` for drops."},
    {.name = "EISCONN",
     .when = "connect() on a socket that is connected or listening. With TCP_FASTOPEN_CONNECT: a "
             "second connect() before the first write.",
     .icmp = "",
     .confused = "After a non-blocking connect() it is the good news that the connection stands, "
                 "if connect() is called again to ask.",
     .advice = "Ask with getsockopt(SO_ERROR) after the socket became writable, not with a second "
               "connect()."},
    {.name = "ENOTCONN",
     .when = "recv(), shutdown() or getpeername() on a socket that was never connected, is "
             "listening, or whose connect() failed.",
     .icmp = "",
     .confused = "send() on a TCP socket that was never connected says EPIPE, not this. A "
                 "connection that was reset says ECONNRESET once, then recv() returns 0; "
                 "getpeername() and shutdown() then say ENOTCONN, although it was connected.",
     .advice = "Check the result of connect() (for non-blocking ones SO_ERROR) before using the "
               "socket; ignore it from shutdown() after an error."},
    {.name = "ESHUTDOWN",
     .when = "No path in Linux's TCP returns it; devices that go away (USB, radio) do.",
     .icmp = "",
     .confused = "Writing after shutdown(SHUT_WR) is EPIPE.",
     .advice = "Treat it as EPIPE where portable code has to name it."},
    {.name = "ETOOMANYREFS",
     .when = "sendmsg() on a Unix socket: more descriptors are in flight than the sender may have "
             "open.",
     .icmp = "",
     .confused = "It has nothing to do with TCP.",
     .advice = "Receive the descriptors faster, or raise RLIMIT_NOFILE."},
    {.name = "ETIMEDOUT",
     .when = "connect(): no answer to any SYN (tcp_syn_retries: 131 s with today's defaults, 127 s "
             "before Linux 6.5). recv()/send(): data, a window probe or keepalive stayed "
             "unanswered (tcp_retries2: at least 924 s; keepalive 2 h + 9 x 75 s), or "
             "TCP_USER_TIMEOUT ran out.",
     .icmp = "When ICMP errors arrived in the meantime, the last of them is reported in its place: "
             "EHOSTUNREACH, ENETUNREACH, ECONNREFUSED, EMSGSIZE.",
     .confused = "A program's own limits have other names: SO_RCVTIMEO gives EAGAIN, SO_SNDTIMEO "
                 "at connect() gives EINPROGRESS, and libraries make their own 'timeout' after "
                 "poll(); many of them print ETIMEDOUT's text for it. The kernel gives up on data "
                 "in silence: no RST is sent, so the peer knows nothing of it. A local filter that "
                 "drops the SYN looks the same.",
     .advice = "Capture: `tcpwhy read` tells silence of one port from that of the host, a full "
               "accept queue, a black hole of large packets, a stalled receiver and a dead peer."},
    {.name = "ECONNREFUSED",
     .when = "connect(): a RST answered the SYN, or an ICMP port unreachable did. Nothing else in "
             "TCP: once the connection stands, a RST is ECONNRESET or EPIPE.",
     .icmp = "ICMP 3/3 (port unreachable); ICMPv6 1/4.",
     .confused = "It does not prove that nothing listens: a firewall's 'reject' gives the same "
                 "error, by ICMP or by a RST of the same bytes, on the host or on the way; even "
                 "this host's own output filter can. A listener bound to 127.0.0.1 refuses on all "
                 "other addresses. A full accept queue does not refuse, it stays silent.",
     .advice = "On the server: `ss -ltn 'sport = :PORT'` shows whether and on which address it "
               "listens. If it does, look for a reject rule, there and on the way."},
    {.name = "EHOSTDOWN",
     .when = "connect(): a router sent 'host unknown'.",
     .icmp = "ICMP 3/7.",
     .confused = "A host that is down normally shows as EHOSTUNREACH (on the LAN, or from its "
                 "router) or as ETIMEDOUT; hardly any router sends 3/7.",
     .advice = "Read it as EHOSTUNREACH and look at who sent the ICMP error."},
    {.name = "EHOSTUNREACH",
     .when = "connect() after about 3 s: nobody on the LAN answered ARP or neighbour solicitation "
             "for the host (or for the gateway), so no SYN left. connect() after a round trip: a "
             "router said so. connect() at once: an 'unreachable' route here. Later: in place of "
             "ETIMEDOUT, when such ICMP errors came while data was retransmitted.",
     .icmp = "ICMP 3/1 (host unreachable), 3/10, 3/12, 3/13 (prohibited), 3/14, 3/15, 11/0 and "
             "11/1 (time exceeded); ICMPv6 1/2, 1/3 (address unreachable), 3/0.",
     .confused = "Its text, 'No route to host', misleads: a missing route is ENETUNREACH. A "
                 "firewall that rejects with 'prohibited' over IPv4 comes out here too, while over "
                 "IPv6 it is EACCES. On a connection that stands, the ICMP error alone does not "
                 "end it.",
     .advice = "`ip neigh show ADDRESS` right after the attempt: FAILED or INCOMPLETE means "
               "nobody answered on the LAN. Otherwise the capture holds the ICMP error and the "
               "router's address."},
    {.name = "EALREADY",
     .when = "connect() on a non-blocking socket whose first connect() is still under way; "
             "sendto(MSG_FASTOPEN) while another one is.",
     .icmp = "",
     .confused = "It is no failure: the SYN is on its way.",
     .advice = "Wait until the socket is writable, then ask getsockopt(SO_ERROR)."},
    {.name = "EINPROGRESS",
     .when = "connect() on a non-blocking socket: always, unless the answer comes at once. "
             "connect() on a blocking socket with SO_SNDTIMEO: the time ran out.",
     .icmp = "",
     .confused = "On a non-blocking socket it is no failure. With SO_SNDTIMEO it is the "
                 "program's own timeout; the kernel goes on with the handshake until the socket is "
                 "closed, and a late SYN-ACK is then answered with a reset.",
     .advice = "Wait with poll() for POLLOUT and ask getsockopt(SO_ERROR) for the result."},
});

}  // namespace

std::span<const ErrorDetail> connection_error_details() {
    return details;
}

}  // namespace tcpwhy
