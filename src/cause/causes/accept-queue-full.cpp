#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/opening_signs.h"
#include "cause/phrases.h"
#include "cause/thresholds.h"

namespace tcpwhy::cause {

// tcp_conn_request() drops SYNs without a word while the queue is full.
static Opinion judge_unanswered_syn(const Evidence& e) {
    if (const auto why = what_answered_syn(e); !why.empty()) return ruled_out(why);
    if (e.hosts.port_accepted_nearby && waited_long_enough(e.syns, e)) {
        return fits("the port accepts others, but these SYNs vanish", e.syns.first, e.syns.last);
    }
    return possible("a listener whose accept queue is full drops SYNs without a word");
}

// With tcp_abort_on_overflow tcp_check_req() resets at once; otherwise the request expires, and
// what the client sends then meets no connection.
static Opinion judge_reset(const Evidence& e) {
    const ResetFacts& r = e.reset;
    if (r.moment.from != Party::server) return ruled_out("the client reset the connection");
    if (r.moment.flags.ack() || !r.reply_shape) {
        return ruled_out("the reset is not one that a listener sends in answer to an ACK");
    }
    if (r.moment.seq != e.server.isn.plus(1)) return ruled_out("the connection had gone on");
    if (e.syn_acks_after_ack != 0) {
        return fits("the server repeated its SYN,ACK in spite of the client's ACK, then reset it",
                    e.handshake_ack, e.syn_acks.last, r.moment);
    }
    if (r.moment.time - e.handshake_ack.time > prompt_answer) {
        return ruled_out("the reset came long after the handshake");
    }
    return fits("the ACK that completes the handshake was answered by a reset", e.syn_acks.first,
                e.handshake_ack, r.moment);
}

// tcp_v4_syn_recv_sock() throws the handshake's ACK away while the queue is full: the request
// goes on repeating its SYN,ACK (unless a SYN cookie made it), and data is not acknowledged.
static Opinion judge(const Evidence& e) {
    if (!e.syn_acks) return judge_unanswered_syn(e);
    if (!e.syns) return ruled_out("no SYN was seen");
    if (!e.handshake_ack) return ruled_out("the client did not complete the handshake");
    if (!server_said_nothing_more(e)) return ruled_out("the server went on with the connection");
    if (e.reset.moment) return judge_reset(e);
    if (e.syn_acks_after_ack != 0 && e.client.bytes != 0) {
        return fits("the server repeats its SYN,ACK although the client's ACK and data passed",
                    e.handshake_ack, e.client.first_data, e.syn_acks.last);
    }
    if (e.syn_acks_after_ack > 1 && e.hosts.listener_spares_silent) {
        return fits("the server repeats its SYN,ACK although the client's ACK passed",
                    e.handshake_ack, e.syn_acks.last);
    }
    if (e.syn_acks_after_ack != 0) {
        return possible("a server that waits for data (TCP_DEFER_ACCEPT) repeats SYN,ACK too");
    }
    if (e.client.unanswered.count >= tries_that_prove_silence) {
        return possible("a full queue behind a SYN cookie leaves the client's data unanswered");
    }
    return ruled_out("the server let the handshake stand");
}

static By by(const Evidence&) {
    return By::server;
}

static std::string summarize(const Evidence& e) {
    const std::string sign =
        !e.syn_acks ? fmt::format("dropped {}", tries_in_words(e.syns, "SYN"))
        : e.reset.moment && e.syn_acks_after_ack == 0
            ? std::string("reset the handshake it had just completed")
            : fmt::format("repeated its SYN,ACK {} although the client had acknowledged it",
                          count_of(e.syn_acks_after_ack, "time"));
    return fmt::format("The program on {} does not accept connections fast enough: its kernel {}.",
                       address_of(e.server), sign);
}

extern const Cause accept_queue_full;
const Cause accept_queue_full{
    .id = "accept-queue-full",
    .stage = Stage::handshake,
    .outcome = Outcome::timeout,
    .errnos = "ETIMEDOUT,ECONNRESET",
    .seen_by = {.packets = true, .kernel = true, .host = true, .probe = true},
    .specificity = 50,
    .meaning =
        "The listener's application does not accept fast enough: the accept queue (the "
        "smaller of backlog and somaxconn) is full, so the kernel drops SYNs or final ACKs "
        "(or resets, with tcp_abort_on_overflow).",
    .on_the_wire =
        "The SYN,ACK is repeated at 1, 3, 7 s… although the client has acknowledged it, "
        "and the client's data is retransmitted without an ACK. Or SYNs vanish while "
        "the port works for others. With tcp_abort_on_overflow: a bare RST right after "
        "the handshake's ACK.",
    .advice =
        "On the server run `ss -ltn`: Recv-Q above Send-Q means that the queue is full. Find "
        "out why the program does not accept (blocked, out of threads or descriptors, "
        "stopped): `top`, its log, `strace -f -e accept4 -p PID`. Only then raise the queue: "
        "the backlog in listen() and `sysctl -w net.core.somaxconn=4096`, then restart it.",
    .splits =
        "`nstat -az TcpExtListenOverflows` on the server grows with every drop. A capture on "
        "the server shows whether the client's ACK arrives: if it does not, the path loses "
        "it.",
    .reproduce = "A program that calls listen(fd, 1) and never accept(), and four clients.",
    .references =
        "listen(2); tcp_conn_request() in net/ipv4/tcp_input.c; tcp_v4_syn_recv_sock() "
        "in net/ipv4/tcp_ipv4.c; tcp_check_req() in net/ipv4/tcp_minisocks.c",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
