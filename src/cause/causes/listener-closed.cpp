#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"

namespace tcpwhy::cause {

// inet_csk_listen_stop(): a listener that closes aborts every connection that nobody accepted.
static Opinion judge(const Evidence& e) {
    if (!e.syn_acks) return ruled_out("the handshake was not seen");
    if (!e.handshake_ack) return ruled_out("the handshake was not completed");
    if (!e.reset.moment) return ruled_out("no reset was seen");
    if (e.reset.moment.from != Party::server) return ruled_out("the reset came from the client");
    if (!e.server_silent) return ruled_out("the server had sent data, so somebody had accepted it");
    if (e.server.fin) return ruled_out("the server had closed with FIN");
    if (!e.reset.active_shape) return ruled_out("the reset answers a segment");
    if (from_another_distance(e.reset)) return ruled_out("another machine made the reset");
    if (e.server.keepalive_probes) return ruled_out("keepalive probes went unanswered before it");
    if (e.hosts.silent_accepts_reset_together < 2) {
        return possible("nobody may have accepted it when the listener closed");
    }
    if (e.client.bytes != 0) {
        return possible("several were reset together, but all may have held unread data");
    }
    return fits("several connections on which the server never spoke were reset at one instant",
                e.handshake_ack, e.reset.moment);
}

static By by(const Evidence&) {
    return By::server;
}

static std::string summarize(const Evidence& e) {
    return fmt::format(
        "The program that listened on {} closed or died before it accepted this connection ({} "
        "reset together).",
        address_of(e.server), count_of(e.hosts.silent_accepts_reset_together, "connection"));
}

extern const Cause listener_closed;
const Cause listener_closed{
    .id = "listener-closed",
    .stage = Stage::handshake,
    .outcome = Outcome::reset,
    .errnos = "ECONNRESET",
    .seen_by = {.packets = true, .kernel = true, .host = true},
    .specificity = 62,
    .meaning =
        "The listening program closed or died while the connection still waited in its "
        "accept queue: nobody ever accepted it.",
    .on_the_wire =
        "A complete handshake, never a byte from the server, then RST,ACK with the "
        "server's next number; several connections of one port at the same instant.",
    .advice =
        "See why the service stopped at that second: `journalctl -u SERVICE`, `dmesg` for "
        "the OOM killer, the deployment log. Let it drain before it stops: leave the load "
        "balancer first, go on accepting until the queue is empty, or hand the listening "
        "socket over (systemd socket activation, SO_REUSEPORT with "
        "net.ipv4.tcp_migrate_req=1).",
    .splits =
        "`tcpwhy watch` on the server shows the kernel's reason (TCP_STATE, from the "
        "listener's close). The service's log shows whether it accepted the connection.",
    .reproduce = "A program that listens and never accepts; connect twice, then kill it.",
    .references =
        "RFC 9293 3.10.4; inet_csk_listen_stop() in net/ipv4/inet_connection_sock.c; "
        "tcp_migrate_req in Documentation/networking/ip-sysctl.rst",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
