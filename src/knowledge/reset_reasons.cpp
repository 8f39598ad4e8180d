#include <array>

#include "knowledge/kernel_reasons.h"

// include/net/rstreason.h, and in Linux 6.12 net/ipv4/tcp.c, tcp_input.c, tcp_ipv4.c,
// tcp_minisocks.c, tcp_timer.c. RFC 8684 3.6 for those of MPTCP.
namespace tcpwhy {

namespace {

constexpr std::string_view active =
    "An active reset: RST,ACK with seq = snd_nxt, ack = rcv_nxt, a live window, and timestamps "
    "where negotiated.";
constexpr std::string_view reply =
    "An answer to a segment: RST with seq = that segment's ack and window 0, or, when the segment "
    "had no ACK, RST,ACK with seq 0. No options, IPv4 ID 0.";
constexpr std::string_view subflow =
    "A reset of one MPTCP subflow, with the MP_TCPRST option that carries this very reason.";

constexpr std::array reasons = std::to_array<ResetReason>({
    {"NOT_SPECIFIED", "The kernel gives no reason: a drop reason without a counterpart.", reply, "",
     "Kernels before 6.10 have no reasons at all."},
    {"NO_SOCKET",
     "The segment belongs to no socket: a closed port, or a connection that this host does not "
     "know "
     "(any more).",
     reply,
     "no-listener,connection-unknown-to-peer,connect-timeout-too-short,data-after-close,"
     "nat-state-mismatch,listener-elsewhere,wrong-transport",
     "The trigger tells which: a SYN means a closed port; a SYN-ACK, that connect() had given up; "
     "data or a keepalive, a half-open connection whose listener is gone too. A firewall's 'reject "
     "with tcp reset' sends the same bytes without this event."},
    {"TCP_INVALID_ACK_SEQUENCE",
     "In SYN-SENT: the answer acknowledged something that was never sent.", reply,
     "stale-connection-at-peer,time-wait-collision,bad-syn-ack",
     "Usually it heals: the reset clears the peer's old connection and the SYN is sent again about "
     "10 ms later."},
    {"TCP_RFC7323_PAWS", "In SYN-SENT: the SYN-ACK echoes a timestamp that this host never sent.",
     reply, "bad-syn-ack", "The socket stays in SYN-SENT and goes on trying."},
    {"TCP_TOO_OLD_ACK", "In SYN-RECEIVED: the handshake's ACK acknowledges far too little.", reply,
     "", "Only with Fast Open or crossed SYNs."},
    {"TCP_ACK_UNSENT_DATA",
     "In SYN-RECEIVED: the handshake's ACK acknowledges data that was never sent.", reply,
     "nat-state-mismatch", "Only with Fast Open or crossed SYNs."},
    {"TCP_FLAGS",
     "A segment with ACK reached a listening socket: no handshake of its own is known.", reply,
     "connection-unknown-to-peer,nat-state-mismatch",
     "Nothing is wrong with the flags. It is the mark of a service that was restarted and listens "
     "again; NO_SOCKET is that of one that is gone. The socket of the event is the listener: its "
     "peer address is empty, take it from the packet."},
    {"TCP_OLD_ACK", "In SYN-RECEIVED: the handshake's ACK is old, though inside the window.", reply,
     "", "Only with Fast Open or crossed SYNs."},
    {"TCP_ABORT_ON_DATA",
     "Data came after this side had shut its receiving direction: close() in FIN-WAIT, or "
     "shutdown(SHUT_RDWR).",
     reply, "data-after-close",
     "The kernel's counter TCPAbortOnData moves for SO_LINGER 0 too, whose reason is TCP_STATE. "
     "The "
     "event tcp_receive_reset fires with it although no reset was received."},
    {"TCP_TIMEWAIT_SOCKET",
     "Data (or a SYN) came for a connection that this side had closed completely: FIN-WAIT-2 or "
     "TIME-WAIT without a process.",
     reply, "data-after-close,time-wait-collision",
     "This is the ordinary 'the peer wrote after we had closed'; no TCPAbort counter moves."},
    {"INVALID_SYN",
     "A handshake in SYN-RECEIVED was refused: a second SYN came inside its window, or the accept "
     "queue was full and net.ipv4.tcp_abort_on_overflow is 1.",
     reply, "accept-queue-full,forged-syn",
     "With tcp_abort_on_overflow there is no invalid SYN at all: it answers the client's final "
     "ACK. "
     "The drop reason TCP_LISTEN_OVERFLOW beside it tells."},
    {"TCP_ABORT_ON_CLOSE",
     "close(), or the process's end, while received bytes were still unread: their loss must be "
     "told (RFC 2525 2.17).",
     active, "closed-with-unread-data",
     "It is checked before SO_LINGER: a close with linger 0 and unread bytes is this reason. A "
     "killed process with nothing unread sends FIN, not RST."},
    {"TCP_ABORT_ON_LINGER", "close() in FIN-WAIT-2 with the socket option TCP_LINGER2 negative.",
     active, "aborted-by-application", "This is not SO_LINGER, whose reason is TCP_STATE."},
    {"TCP_ABORT_ON_MEMORY",
     "Too many orphaned sockets (tcp_max_orphans), or TCP's memory (tcp_mem) is used up.", active,
     "out-of-memory", "The kernel log says 'too many orphaned sockets' or 'out of memory'."},
    {"TCP_STATE",
     "The connection was aborted in a state in which the RFC asks for a reset: SO_LINGER with time "
     "0, connect(AF_UNSPEC), a listener that closes with connections in its queue, or `ss -K`.",
     active, "aborted-by-application,listener-closed",
     "The name says nothing about the state of TCP; the caller decides. With `ss -K` the local "
     "program gets ECONNABORTED."},
    {"TCP_KEEPALIVE_TIMEOUT",
     "All keepalive probes stayed unanswered, or TCP_USER_TIMEOUT passed meanwhile.", active,
     "keepalive-timeout",
     "Only keepalive says good-bye: after unanswered data (ETIMEDOUT too) no reset is sent."},
    {"TCP_DISCONNECT_WITH_DATA",
     "connect(AF_UNSPEC) in CLOSING or LAST-ACK with data that was not sent yet.", active,
     "aborted-by-application", ""},
    {"MPTCP_RST_EUNSPEC", "MPTCP: the subflow ends, no reason given.", subflow, "", ""},
    {"MPTCP_RST_EMPTCP", "MPTCP: an error in the MPTCP options.", subflow, "", ""},
    {"MPTCP_RST_ERESOURCE", "MPTCP: not enough resources for the subflow.", subflow, "", ""},
    {"MPTCP_RST_EPROHIBIT", "MPTCP: the subflow is forbidden by policy.", subflow, "", ""},
    {"MPTCP_RST_EWQ2BIG", "MPTCP: too much data waits on the subflow that others have delivered.",
     subflow, "", ""},
    {"MPTCP_RST_EBADPERF", "MPTCP: the subflow is too slow beside the others.", subflow, "", ""},
    {"MPTCP_RST_EMIDDLEBOX", "MPTCP: a middlebox interfered with the subflow.", subflow, "", ""},
    {"ERROR", "Something the kernel did not expect.", reply, "", ""},
});

}  // namespace

std::span<const ResetReason> reset_reasons() {
    return reasons;
}

}  // namespace tcpwhy
