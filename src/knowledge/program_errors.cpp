#include <array>

#include "knowledge/error_numbers.h"

// Read in Linux 6.12: the functions named in connection_errors.cpp, and fib_props[] in
// net/ipv4/fib_semantics.c, fib6_prop[] in net/ipv6/route.c, tcp_connect() in tcp_output.c,
// tcp_v6_connect() in net/ipv6/tcp_ipv6.c.
namespace tcpwhy {

namespace {

constexpr std::array details = std::to_array<ErrorDetail>({
    {.name = "EPERM",
     .when = "connect() or bind(): an eBPF program of the cgroup said no (container policy, "
             "systemd's SocketBindDeny=). UDP, raw and ping sockets: this host's output filter "
             "dropped the packet. Socket options and raw sockets: a capability is missing.",
     .icmp = "",
     .confused = "A local filter that drops TCP's packets gives no EPERM: the kernel takes the SYN "
                 "for lost, sends it again, and the program sees ETIMEDOUT. The remote side can "
                 "never cause it.",
     .advice = "Look at this host's own rules (`nft list ruleset`, the OUTPUT chains) and at the "
               "service's unit file or container policy."},
    {.name = "EINTR",
     .when = "A call that waits (accept(), connect(), recv() and send() with a timeout) was "
             "interrupted by a signal handler.",
     .icmp = "",
     .confused = "It says nothing about the network. After an interrupted connect() the handshake "
                 "goes on: calling connect() again says EALREADY or EISCONN.",
     .advice = "Repeat the call (install handlers with SA_RESTART); after connect() wait for "
               "POLLOUT and ask getsockopt(SO_ERROR)."},
    {.name = "EBADF",
     .when = "Any call on a descriptor that is not open.",
     .icmp = "",
     .confused = "When it comes now and then, a second thread closed the descriptor too early; "
                 "the dangerous twin of that bug is silent, when the number was given to another "
                 "connection in between.",
     .advice = "Look for a double close()."},
    {.name = "EAGAIN",
     .when = "Non-blocking recv(), send() or accept(): nothing there, no room, nobody waiting. "
             "Blocking ones: SO_RCVTIMEO or SO_SNDTIMEO ran out. UDP: no local port is free.",
     .icmp = "",
     .confused = "On a blocking socket it is the program's own timeout, although its text says "
                 "'Resource temporarily unavailable'; connect() that runs into SO_SNDTIMEO says "
                 "EINPROGRESS. For TCP, ports that are used up are EADDRNOTAVAIL. EWOULDBLOCK is "
                 "the same number.",
     .advice = "Wait with poll() and repeat. If send() says it for long, the peer does not read or "
               "does not answer: capture and look for a zero window or retransmissions."},
    {.name = "ENOMEM",
     .when = "The kernel found no memory for a socket, a port or a buffer.",
     .icmp = "",
     .confused = "TCP at its own limit (tcp_mem) rather ends connections with a reset "
                 "(ECONNRESET at the peer) and logs 'TCP: out of memory'.",
     .advice = "`cat /proc/net/sockstat` against net.ipv4.tcp_mem; look for leaked sockets with "
               "`ss -s`."},
    {.name = "EACCES",
     .when = "bind(): a port below ip_unprivileged_port_start (1024) without CAP_NET_BIND_SERVICE. "
             "connect() at once: a 'prohibit' route, SELinux, AppArmor or Landlock. connect() over "
             "IPv6 after a round trip: a router or filter refused.",
     .icmp = "ICMPv6 1/1 (prohibited), 1/5 (policy), 1/6 (reject route).",
     .confused = "The same refusal over IPv4 (ICMP 3/13) is EHOSTUNREACH. For UDP it is a "
                 "broadcast address without SO_BROADCAST.",
     .advice =
         "At once and locally: `ip route get ADDRESS`, `ausearch -m avc`. After a round trip: "
         "the capture names the device that sent the ICMPv6 error."},
    {.name = "EINVAL",
     .when =
         "connect(): an address structure that is too short, an IPv6 link-local address without "
         "an interface (scope id), a 'blackhole' route, or a socket in disconnection. bind(): "
         "the socket is bound already. accept(): it is not listening.",
     .icmp = "",
     .confused = "A blackhole route gives EINVAL at once, where one would expect ENETUNREACH or "
                 "silence. No packet is sent in any of these cases.",
     .advice = "Check the call's arguments (fe80::… needs %eth0), then `ip route get ADDRESS`."},
    {.name = "ENFILE",
     .when = "socket(), accept(): the system-wide limit fs.file-max.",
     .icmp = "",
     .confused = "The limit of one process is EMFILE, and far more common.",
     .advice = "`cat /proc/sys/fs/file-nr`: in use, unused, limit."},
    {.name = "EMFILE",
     .when = "socket(), accept(): the process has RLIMIT_NOFILE descriptors open.",
     .icmp = "",
     .confused = "The connection stays in the accept queue: clients see a connection that stands "
                 "and hangs, and, once the queue is full, timeouts. An accept loop that does not "
                 "wait spins at full load.",
     .advice = "Count by kind (`ls -l /proc/PID/fd`): many sockets in CLOSE_WAIT are a leak, which "
               "a higher limit only delays. Raise LimitNOFILE where the load is real."},
    {.name = "EPIPE",
     .when = "send(): after shutdown(SHUT_WR), after an earlier call has already reported the "
             "error that ended the connection, after a RST that arrived in CLOSE_WAIT, or on a "
             "socket that was never connected. SIGPIPE comes with it unless MSG_NOSIGNAL is set.",
     .icmp = "",
     .confused =
         "The first write after the peer's close succeeds: the peer answers it with a RST, "
         "and only the next one fails. Because the peer's FIN came first (CLOSE_WAIT), that "
         "is EPIPE; without a FIN it is ECONNRESET. So EPIPE mostly means: the peer closed, "
         "and this side wrote on.",
     .advice =
         "Find out why the peer closed first: its log, or a timeout or limit for idle or long "
         "requests. `tcpwhy read` shows who sent the first FIN."},
    {.name = "ENOTSOCK",
     .when = "A socket call on a descriptor of another kind.",
     .icmp = "",
     .confused = "Now and then: the descriptor was closed, and its number given to a file.",
     .advice = "Look for a double close() and for standard input that is no socket (inetd mode)."},
    {.name = "EDESTADDRREQ",
     .when = "write() on a UDP socket that is not connected. TCP does not return it.",
     .icmp = "",
     .confused = "A TCP socket without a connection says EPIPE.",
     .advice = "Use sendto(), or connect() first."},
    {.name = "EMSGSIZE",
     .when = "UDP and raw sockets: the datagram is too large. TCP: only in place of ETIMEDOUT, "
             "when a smaller path MTU was announced while the data could not be sent smaller.",
     .icmp = "ICMP 3/4 (fragmentation needed); ICMPv6 2 (packet too big).",
     .confused = "TCP cuts its data to the path's size by itself and never says it because a "
                 "program wrote much.",
     .advice = "In TCP look for a path MTU black hole: large segments vanish, small ones pass."},
    {.name = "EPROTO",
     .when = "connect(): an ICMP parameter problem came back.",
     .icmp = "ICMP 12 (parameter problem); ICMPv6 4, and unreachable codes above 6.",
     .confused = "It is very rare. In an accept loop, treat it as ECONNABORTED.",
     .advice = "Capture: the ICMP error quotes the packet and points at the byte that was "
               "disliked."},
    {.name = "ENOPROTOOPT",
     .when = "setsockopt()/getsockopt(): unknown option. connect(): the peer's host says that it "
             "does not do TCP.",
     .icmp = "ICMP 3/2 (protocol unreachable).",
     .confused = "From connect() it is not about an option, whatever its text says.",
     .advice = "From connect(): look at who sent the ICMP error; a host without TCP is most often "
               "a filter."},
    {.name = "EOPNOTSUPP",
     .when = "sendto(MSG_FASTOPEN) while net.ipv4.tcp_fastopen forbids it; accept() or listen() on "
             "a socket that is not a stream; connect(): source route failed.",
     .icmp = "ICMP 3/5 (source route failed).",
     .confused = "It is not the network, save for 3/5, which hardly occurs.",
     .advice = "Check the socket's type and the options used."},
    {.name = "EAFNOSUPPORT",
     .when = "socket(): this kernel has no IPv6 (or it is switched off at boot). connect()/bind(): "
             "the address is of another family than the socket.",
     .icmp = "",
     .confused = "Where IPv6 is only disabled on the interface (disable_ipv6), connect() says "
                 "ENETUNREACH or EADDRNOTAVAIL.",
     .advice = "Make the socket from the family that getaddrinfo() returned."},
    {.name = "ENONET",
     .when = "connect(): a router sent 'source host isolated'.",
     .icmp = "ICMP 3/8.",
     .confused = "Nothing sends 3/8 today; expect another subsystem behind it.",
     .advice = "Capture and look for the ICMP error."},
});

}  // namespace

std::span<const ErrorDetail> program_error_details() {
    return details;
}

}  // namespace tcpwhy
