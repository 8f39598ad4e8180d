// What the previous connection on the same four-tuple left behind at the server.
#pragma once

#include "cause/thresholds.h"
#include "connection/evidence.h"

namespace tcpwhy::cause {

/// Whether the server closed the previous connection first and may still keep it in TIME_WAIT, and
/// its stale ACK speaks the numbers of that connection (RFC 9293 3.3.2).
[[nodiscard]] inline bool server_is_in_time_wait(const Evidence& e) {
    const PreviousConnection& p = e.previous;
    if (!p.seen || !p.closed_by_fin || p.reset) return false;
    if (p.first_fin_from != Party::server) return false;
    if (e.start - p.end > longest_time_wait) return false;
    return e.ack_of_syn_stale.ack == p.client_next && e.ack_of_syn_stale.seq == p.server_next;
}

}  // namespace tcpwhy::cause
