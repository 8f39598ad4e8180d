#include "connection/endpoint.h"

#include <algorithm>

namespace tcpwhy {

namespace {

// RFC 7323 2.3: no window, and so no honest jump ahead, is larger than 2^30.
constexpr std::int32_t largest_window = 1 << 30;

// IP IDs of a host that counts them rise by less than this between two segments of one connection,
// even if it talks to others meanwhile.
constexpr std::uint16_t ip_id_step = 4096;

}  // namespace

std::uint64_t Endpoint::bytes() const {
    if (!is(seen)) return 0;
    std::uint64_t space = (static_cast<std::uint64_t>(wraps) << 32) + snd_nxt.offset_from(isn);
    if (space != 0) --space;  // the SYN, seen or presumed
    if (has_sent_fin() && space != 0 && snd_nxt.is_at_or_after(fin.end())) --space;
    return space;
}

SegmentRole Endpoint::role_of(const Segment& s, const Endpoint& peer) const {
    const bool peer_window_shut =
        peer.is(seen) && peer.last.window == 0 && !peer.last.control().syn();
    // Linux sends both kinds of probe as seq = SND.UNA - 1 without payload
    // (tcp_xmit_probe_skb()); other stacks add one old byte, or one new one beyond the window.
    if (!s.flags.fin() && s.length <= 1 && s.seq == snd_una.minus(1) && is(seen) &&
        snd_una != isn) {
        if (peer_window_shut) return SegmentRole::window_probe;
        if (outstanding() == 0) return SegmentRole::keepalive;
    }
    if (s.sequence_length() == 0) return SegmentRole::no_payload;
    if (peer_window_shut && s.length == 1 && s.seq == snd_una) return SegmentRole::window_probe;
    if (s.end().is_after(snd_nxt)) return SegmentRole::new_data;
    if (is(has_hole) && s.seq.is_before(hole_end) && s.end().is_after(hole_begin)) {
        return SegmentRole::fills_gap;
    }
    return SegmentRole::retransmission;
}

void Endpoint::advance(const Segment& s) {
    const Seq end = s.end();
    const std::int32_t ahead = snd_nxt.distance_to(s.seq);
    if (ahead > 0 && ahead < largest_window && !is(has_hole)) {
        set(has_hole);
        hole_begin = snd_nxt;
        hole_end = s.seq;
    } else if (is(has_hole) && s.seq.is_at_or_before(hole_begin) && end.is_after(hole_begin)) {
        hole_begin = end;
        if (hole_begin.is_at_or_after(hole_end)) unset(has_hole);
    } else if (is(has_hole) && s.seq.is_before(hole_end) && end.is_at_or_after(hole_end)) {
        hole_end = s.seq;
    }
    if (end.is_after(snd_nxt)) {
        if (end.offset_from(isn) < snd_nxt.offset_from(isn)) ++wraps;
        snd_nxt = end;
    }
}

void Endpoint::learn_habits(const Segment& s) {
    if (s.options.has_timestamps) set(timestamps);
    if (s.options.mptcp_subtype >= 0) set(mptcp);
    if (s.oddities.has(Oddity::options_cut)) set(cut_headers);
    if (packets == 0) {
        first_ip_id = s.ip.ip_id;
        if (s.ip.ip_id == 0) set(ip_id_zero);
        if (s.ip.dont_fragment) set(always_df);
    } else {
        if (s.ip.ip_id != 0) unset(ip_id_zero);
        if (!s.ip.dont_fragment) unset(always_df);
        const auto step = static_cast<std::uint16_t>(s.ip.ip_id - last.ip_id);
        if (last.ip_id != 0 && s.ip.ip_id != 0) {
            if (step != 0 && step < ip_id_step) {
                set(ip_id_counts);
            } else {
                unset(ip_id_counts);
            }
        }
    }
    usual_ttl = s.ip.ttl;
}

void Endpoint::start_midstream(const Segment& s) {
    isn = s.seq.minus(1);
    snd_nxt = s.seq;
    snd_una = s.seq;
}

bool Endpoint::acknowledge(Seq ack, Timestamp now) {
    const std::int32_t advance_by = snd_una.distance_to(ack);
    if (advance_by <= 0 || advance_by >= largest_window) return false;
    if (ack.is_after(snd_nxt)) {
        set(acked_unseen);
        if (ack.offset_from(isn) < snd_nxt.offset_from(isn)) ++wraps;
        snd_nxt = ack;
    }
    if (is(has_hole) && ack.is_after(hole_begin)) {
        set(acked_unseen);
        set(gap_acked);
        unset(has_hole);
    }
    snd_una = ack;
    progress = now;
    if (snd_una == snd_nxt) {
        largest_acked = std::max(largest_acked, largest_sent);
        largest_sent = 0;
    }
    return true;
}

}  // namespace tcpwhy
