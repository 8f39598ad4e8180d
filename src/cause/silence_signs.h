// What several rules ask about a side that waits for something that does not come.
#pragma once

#include <optional>

#include "cause/thresholds.h"
#include "connection/evidence.h"

namespace tcpwhy::cause {

/// When observation of this connection ended: with the capture, or when it was left out of memory.
[[nodiscard]] inline Timestamp observed_until(const Evidence& e) {
    return e.end + e.silence;
}

/// The side that repeated data or FIN so often without progress that it is no accident.
[[nodiscard]] inline std::optional<Party> side_without_answers(const Evidence& e) {
    for (const Party party : {Party::client, Party::server}) {
        if (e.side(party).unanswered.count >= tries_that_prove_silence) return party;
    }
    return std::nullopt;
}

/// Whether that side's peer was still heard clearly later than the first repetition. What the
/// waiting side itself answered with a reset came when it had given up.
[[nodiscard]] inline bool peer_is_still_heard(const Evidence& e, Party waiting) {
    const Moment& last = e.side(other(waiting)).last;
    const bool too_late =
        e.reset.moment.from == waiting && e.reset.trigger && e.reset.trigger.frame == last.frame;
    return !too_late && last.time - e.side(waiting).unanswered.first.time > initial_rto;
}

/// The side whose FIN was acknowledged while the other has sent none.
[[nodiscard]] inline std::optional<Party> half_closer(const Evidence& e) {
    for (const Party party : {Party::client, Party::server}) {
        if (e.side(party).fin_acked && !e.side(other(party)).fin) return party;
    }
    return std::nullopt;
}

/// How long the side that should close had sent nothing new when observation ended.
[[nodiscard]] inline Duration wait_for_fin(const Evidence& e, Party closer) {
    const Moment& fin = e.side(closer).fin;
    const Moment& data = e.side(other(closer)).last_data;
    const Timestamp since = data && data.time > fin.time ? data.time : fin.time;
    return observed_until(e) - since;
}

/// Whether a capture that starts in mid-stream may have missed that side's FIN.
[[nodiscard]] inline bool fin_may_precede_capture(const Evidence& e, Party party) {
    const EvidenceSide& side = e.side(party);
    return e.quality.starts_midstream && !side.fin && side.data_segments == 0;
}

/// Whether something of this side has waited for its acknowledgement longer than a
/// retransmission takes.
[[nodiscard]] inline bool waits_too_long(const Evidence& e, const EvidenceSide& side) {
    if (side.everything_acked || side.unacked_bytes == 0) return false;
    const Moment& newest = side.fin.frame > side.last_data.frame ? side.fin : side.last_data;
    const Moment& repeated = side.unanswered ? side.unanswered.first : newest;
    const Moment& oldest = side.unanswered_original ? side.unanswered_original : repeated;
    const Duration patience = e.rtt > initial_rto / 2 ? e.rtt * 2 : initial_rto;
    return oldest && observed_until(e) - oldest.time > patience;
}

}  // namespace tcpwhy::cause
