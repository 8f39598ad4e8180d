#include "knowledge/tcp_states.h"

#include <array>

// RFC 9293 3.3.2 and 3.6; Documentation/networking/ip-sysctl.rst; in Linux 6.12 net/ipv4/tcp.c
// (__tcp_close), tcp_timer.c, tcp_minisocks.c, inet_connection_sock.c.
namespace tcpwhy {

namespace {

constexpr std::array states = std::to_array<StateMeaning>({
    {.name = "CLOSED",
     .aliases = "UNCONN,CLOSE,TCP_CLOSE",
     .meaning = "No connection: the socket was never connected, or its connection is over.",
     .side = "Either side.",
     .lasts = "Until connect(), listen() or close().",
     .pile_up = "Sockets that were made and never used, or that a reset or timeout ended and the "
                "program has not closed: a leak of descriptors.",
     .ends = "connect(), listen(), or close(). No timer.",
     .linux_says =
         "A socket that a RST, a timeout or `ss -K` has ended stays open in this state, "
         "with its error waiting for the program, until the program closes it. `ss -a` shows "
         "it as UNCONN.",
     .bug = "An error path that forgets close()."},
    {.name = "LISTEN",
     .aliases = "LISTENING,TCP_LISTEN",
     .meaning = "Waits for connections on a local address and port.",
     .side = "The server.",
     .lasts = "As long as the service runs.",
     .pile_up = "One per address and port, or one per worker with SO_REUSEPORT, is normal.",
     .ends = "close(), which also resets every connection that still waits in its accept queue. "
             "No timer.",
     .linux_says = "In `ss -ltn` Recv-Q is how many connections wait to be accepted, Send-Q how "
                   "many may (the smaller of backlog and net.core.somaxconn). Recv-Q greater than "
                   "Send-Q: the queue is full, SYNs and final ACKs are being dropped.",
     .bug = "Bound to 127.0.0.1 where the world should reach it; a backlog of a few; an accept "
            "loop that blocks on something else."},
    {.name = "SYN-SENT",
     .aliases = "TCP_SYN_SENT",
     .meaning = "Has sent a SYN and waits for the answer.",
     .side = "The client.",
     .lasts = "One round trip.",
     .pile_up = "Nobody answers: the address is down or filtered, the server's accept queue is "
                "full, or ARP gets no answer (then no SYN has left at all).",
     .ends = "A SYN-ACK, a RST, an ICMP error, or tcp_syn_retries: 131 s with today's defaults "
             "(SYNs at 0, 1, 2, 3, 4, 5, 7, 11, 19, 35, 67 s), 127 s before Linux 6.5.",
     .linux_says = "Any ICMP unreachable that quotes the SYN ends it at once. A RST without ACK is "
                   "ignored in this state. close() here is silent: no packet tells the server.",
     .bug = "A connect timeout shorter than the second that the first retransmission takes."},
    {.name = "SYN-RECEIVED",
     .aliases = "SYN-RECV,SYN-RCVD,TCP_SYN_RECV,NEW-SYN-RECV,TCP_NEW_SYN_RECV",
     .meaning = "Has answered a SYN with SYN-ACK and waits for the final ACK.",
     .side = "The server; both sides in a simultaneous open.",
     .lasts = "One round trip.",
     .pile_up = "Clients that do not finish: a SYN flood or scan with forged sources, answers lost "
                "on the way back, or a full accept queue (then the ACK came and was dropped).",
     .ends = "The final ACK, a RST, or tcp_synack_retries: SYN-ACKs at 1, 3, 7, 15, 31 s, gone "
             "after 63 s.",
     .linux_says = "It is a small request in the listener's SYN queue, not a socket of its own; "
                   "with SYN cookies there is nothing at all to show.",
     .bug = "A firewall that lets SYN and SYN-ACK pass on different ways and loses the ACK; a "
            "backlog that is too small."},
    {.name = "ESTABLISHED",
     .aliases = "ESTAB,TCP_ESTABLISHED",
     .meaning = "The handshake is complete: data can flow both ways.",
     .side = "Both sides; a client a little earlier than the server.",
     .lasts = "As long as the programs want.",
     .pile_up = "Load; or connections whose peer is long gone, when neither side sends anything "
                "and keepalive is off.",
     .ends = "A FIN, a RST, unanswered data (tcp_retries2: at least 924 s), keepalive (only where "
             "SO_KEEPALIVE is set: 2 h, then 9 probes of 75 s), or TCP_USER_TIMEOUT.",
     .linux_says = "It counts from the server kernel's view too before accept(): a client may be "
                   "ESTABLISHED while the program has not noticed. Recv-Q: bytes the program has "
                   "not read. Send-Q: bytes the peer has not acknowledged.",
     .bug = "No keepalive and no timeout of one's own, so that a peer that vanished is never "
            "noticed."},
    {.name = "FIN-WAIT-1",
     .aliases = "FIN-WAIT1,TCP_FIN_WAIT1",
     .meaning = "Has closed: the FIN is sent (or waits behind data) and is not acknowledged yet.",
     .side = "The side that closes first.",
     .lasts = "One round trip.",
     .pile_up = "The peer vanished, or its window is shut and the data before the FIN cannot "
                "leave.",
     .ends = "The FIN's acknowledgement, a RST, or, after close(), tcp_orphan_retries (8 "
             "retransmissions by default).",
     .linux_says = "It is entered at close(), even while data still waits in front of the FIN. New "
                   "data from the peer is answered with a RST when the program has closed "
                   "completely.",
     .bug = "Peers that stop reading; orphans count against tcp_max_orphans."},
    {.name = "FIN-WAIT-2",
     .aliases = "FIN-WAIT2,TCP_FIN_WAIT2",
     .meaning = "This side's FIN is acknowledged; waits for the other side's FIN.",
     .side = "The side that closed first.",
     .lasts = "Until the peer closes too: normally milliseconds.",
     .pile_up = "The peer's program does not close: it sits in CLOSE-WAIT there.",
     .ends = "The peer's FIN, a RST, or tcp_fin_timeout (60 s) once the program has closed. After "
             "shutdown(SHUT_WR) alone there is no limit.",
     .linux_says = "After close() a small stand-in keeps the state, shown as FIN-WAIT-2; data that "
                   "arrives then is answered with a RST.",
     .bug = "Look for it at the peer: a forgotten close()."},
    {.name = "CLOSE-WAIT",
     .aliases = "TCP_CLOSE_WAIT",
     .meaning = "The peer has closed; this side's program has not.",
     .side = "The side that did not close first.",
     .lasts = "Until the program has read the end of file and closes: milliseconds.",
     .pile_up = "A bug of the program on this very host: it forgets close(), or is too busy to "
                "read the end of file. In the end it runs out of descriptors (EMFILE).",
     .ends = "Only the program, with close(), or its end. No timer; keepalive, where set, can "
             "notice that the peer is gone.",
     .linux_says = "Recv-Q of 1 or more with nothing reading: the FIN and data wait unread. A RST "
                   "that arrives here makes the next write fail with EPIPE.",
     .bug =
         "An error path, a connection pool or a thread that never closes. Half-close is legal: a "
         "program may go on sending in this state on purpose."},
    {.name = "CLOSING",
     .aliases = "TCP_CLOSING",
     .meaning = "Both sides closed at the same time; the FINs crossed, and the last "
                "acknowledgement is on its way.",
     .side = "Both sides.",
     .lasts = "Less than a round trip.",
     .pile_up = "Rare; acknowledgements are lost.",
     .ends = "The acknowledgement of the FIN (then TIME-WAIT), a RST, or tcp_orphan_retries.",
     .linux_says = "As in the RFC.",
     .bug = "None typical."},
    {.name = "LAST-ACK",
     .aliases = "TCP_LAST_ACK",
     .meaning = "Both sides have closed; waits for the acknowledgement of its own FIN.",
     .side = "The side that closed second.",
     .lasts = "One round trip.",
     .pile_up = "The first closer is gone: its host vanished, or a firewall forgot the connection "
                "and drops the last packets.",
     .ends = "The acknowledgement, a RST (harmless then), or tcp_orphan_retries.",
     .linux_says = "As in the RFC.",
     .bug = "Firewalls that cut a connection off at the first FIN."},
    {.name = "TIME-WAIT",
     .aliases = "TIMEWAIT,TCP_TIME_WAIT",
     .meaning =
         "Both sides have closed; the four-tuple rests so that late segments cannot be taken "
         "for those of a new connection.",
     .side = "The side that closed first.",
     .lasts = "60 s on Linux: a constant (TCP_TIMEWAIT_LEN), not tcp_fin_timeout.",
     .pile_up = "Normal at whoever closes first, and cheap. A trouble only for a client that opens "
                "so many connections to one address and port that its local ports run out "
                "(EADDRNOTAVAIL).",
     .ends = "Its timer; a new SYN with a higher sequence number or timestamp, which is accepted; "
             "beyond tcp_max_tw_buckets it is skipped.",
     .linux_says = "It is a small stand-in without a process. A reset with exactly the expected "
                   "number removes it early, unless tcp_rfc1337 is set. "
                   "tcp_tw_reuse lets outgoing connections take the port after a second; "
                   "tcp_tw_recycle is gone since Linux 4.12.",
     .bug = "Opening a new connection for every request; shortening it by force instead of reusing "
            "connections."},
});

}  // namespace

std::span<const StateMeaning> tcp_states() {
    return states;
}

}  // namespace tcpwhy
