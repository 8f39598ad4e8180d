#include <array>

#include "knowledge/kernel_reasons.h"

// include/net/dropreason-core.h, and in Linux 6.12 net/ipv4/tcp_input.c, tcp_ipv4.c, tcp.c.
namespace tcpwhy {

namespace {

constexpr std::array reasons = std::to_array<DropReason>({
    {"NO_SOCKET",
     "No socket for the segment: nothing listens, no such connection, or (at cookie_v4_check) the "
     "accept queue was full when a valid SYN cookie came back.",
     "no-listener,connection-unknown-to-peer,data-after-close,accept-queue-full",
     "Look at the place: tcp_v4_rcv means what it says; cookie_v4_check means a full accept "
     "queue."},
    {"SOCKET_CLOSE", "The socket was being closed.", "", ""},
    {"SOCKET_FILTER", "A filter that the program attached to the socket refused the packet.", "",
     ""},
    {"SOCKET_RCVBUFF", "The socket's receive buffer is full.", "zero-window-stall",
     "TCP rarely gives this one: its window stops the sender first."},
    {"SOCKET_BACKLOG",
     "Too much arrived while the program held the socket's lock (counter TCPBacklogDrop).", "",
     "The sender sends it again; only a slower connection is seen."},
    {"PROTO_MEM", "TCP's memory (tcp_mem) is used up.", "out-of-memory", ""},
    {"PKT_TOO_SMALL", "The packet is shorter than its headers say.", "", ""},
    {"TCP_CSUM", "The TCP checksum is wrong: the bytes were damaged on the way.", "",
     "Wrong checksums in a capture at the sender are harmless: the network card fills them in."},
    {"TCP_AUTH_HDR", "TCP-MD5 or TCP-AO appears twice, or is malformed.", "authentication-mismatch",
     ""},
    {"TCP_MD5NOTFOUND", "A TCP-MD5 signature is required here, and the segment has none.",
     "authentication-mismatch", "No reset is sent: the client sees a timeout."},
    {"TCP_MD5UNEXPECTED", "The segment has a TCP-MD5 signature, and no key is set for that peer.",
     "authentication-mismatch", "No reset is sent: the client sees a timeout."},
    {"TCP_MD5FAILURE", "The TCP-MD5 signature is wrong: the keys differ.",
     "authentication-mismatch", "A NAT between the two breaks every signature."},
    {"TCP_AONOTFOUND", "TCP-AO is required here, and the segment has none.",
     "authentication-mismatch", ""},
    {"TCP_AOUNEXPECTED", "The segment has TCP-AO, and none is expected.", "authentication-mismatch",
     ""},
    {"TCP_AOKEYNOTFOUND", "The TCP-AO key of that id is not known here.", "authentication-mismatch",
     ""},
    {"TCP_AOFAILURE", "The TCP-AO signature is wrong.", "authentication-mismatch", ""},
    {"TCP_FLAGS", "The flags make no sense in this state, such as an ACK for a listening socket.",
     "connection-unknown-to-peer", ""},
    {"TCP_ABORT_ON_DATA", "Data for a socket whose receiving direction is shut: it is reset.",
     "data-after-close", ""},
    {"TCP_ZEROWINDOW", "Data came although the window is shut.", "zero-window-stall",
     "Window probes with a byte of data end here: normal while the receiver does not read."},
    {"TCP_OLD_DATA", "The data was received before: a needless retransmission.", "", "Harmless."},
    {"TCP_OVERWINDOW", "The data lies beyond the window.", "", ""},
    {"TCP_OFOMERGE", "The data is in the out-of-order queue already.", "", "Harmless."},
    {"TCP_RFC7323_PAWS", "The timestamp is older than the last one: an old duplicate (PAWS).",
     "timestamp-rejected", "Every host has such segments now and then."},
    {"TCP_RFC7323_PAWS_ACK", "As TCP_RFC7323_PAWS, for a pure ACK that came out of order.", "",
     "Harmless."},
    {"TCP_RFC7323_TW_PAWS", "A segment for a TIME-WAIT socket with an older timestamp.",
     "time-wait-collision,timestamp-rejected", ""},
    {"TCP_RFC7323_TSECR", "The segment echoes a timestamp that was never sent.", "",
     "Behind a SYN proxy it is usual and harmless."},
    {"TCP_LISTEN_OVERFLOW",
     "The accept queue is full: the handshake's ACK, or the data after it, is thrown away.",
     "accept-queue-full",
     "It shows the ACK only. A SYN that a full queue drops leaves no such event at all: look at "
     "ListenOverflows and at the listener's Recv-Q."},
    {"TCP_OLD_SEQUENCE", "The sequence number lies before the window: a duplicate.", "",
     "Keepalive and window probes end here by design: normal."},
    {"TCP_INVALID_SEQUENCE",
     "The sequence number lies outside the window; also of a reset that is "
     "thereby ignored.",
     "forged-reset", ""},
    {"TCP_INVALID_END_SEQUENCE", "The end of the segment lies outside the window.", "", ""},
    {"TCP_INVALID_ACK_SEQUENCE", "The acknowledged number was never sent.",
     "stale-connection-at-peer,bad-syn-ack", ""},
    {"TCP_RESET",
     "A reset that was not believed: in the window but not exact (a challenge ACK is sent), or "
     "without ACK in SYN-SENT.",
     "forged-reset", "The connection lives on."},
    {"TCP_INVALID_SYN",
     "A SYN (or a repeated SYN-ACK) for a connection that stands: a challenge "
     "ACK is sent.",
     "forged-syn,stale-connection-at-peer", "A server that repeats its SYN-ACK causes it too."},
    {"TCP_CLOSE", "The socket is in CLOSED.", "", ""},
    {"TCP_FASTOPEN", "Refused by a Fast Open request that is not complete.", "", ""},
    {"TCP_OLD_ACK", "An ACK that is old, though inside the window.", "", "Harmless."},
    {"TCP_TOO_OLD_ACK", "An ACK from far back: a challenge ACK is sent.", "", ""},
    {"TCP_ACK_UNSENT_DATA", "An ACK for data that was never sent.", "", ""},
    {"TCP_OFO_QUEUE_PRUNE", "Thrown out of the out-of-order queue for lack of memory.",
     "out-of-memory", ""},
    {"TCP_OFO_DROP", "The data is already in the receive queue, or there is no room for it.", "",
     ""},
    {"TCP_MINTTL", "The TTL is below the socket's IP_MINTTL (BGP's TTL security).", "",
     "The sender is more hops away than the receiver is told to accept; to the client it "
     "looks like a filter."},
});

}  // namespace

std::span<const DropReason> tcp_drop_reasons() {
    return reasons;
}

}  // namespace tcpwhy
