#include <algorithm>
#include <cstdlib>

#include "connection/states.h"
#include "connection/track.h"

namespace tcpwhy {

namespace {

// Whether `s`, a reset, is what RFC 9293 3.10.7.1 makes of `m` alone: with an ACK, sequence
// number = that ACK's number; without, sequence 0 and everything of `m` acknowledged.
bool is_reply_to(const Segment& s, const Mark& m) {
    if (!m.present()) return false;
    if (m.control().ack()) return s.seq == m.ack && !s.flags.ack();
    return s.flags.ack() && s.seq == Seq(0) && s.ack == m.end();
}

Trigger kind_of(const Mark& m, const Endpoint& sender) {
    const TcpFlags flags = m.control();
    if (flags.syn()) return flags.ack() ? Trigger::syn_ack : Trigger::syn;
    if (flags.fin()) return Trigger::fin;
    const bool is_last = m.frame_offset == sender.last.frame_offset;
    if (is_last && sender.is(Endpoint::last_was_probe)) return Trigger::keepalive;
    return m.length != 0 ? Trigger::data : Trigger::pure_ack;
}

void find_trigger(StoredReset& r, const Segment& s, const Endpoint& peer) {
    for (const Mark* candidate : {&peer.last, &peer.last_data, &peer.fin, &peer.first}) {
        if (candidate->control().rst() || !is_reply_to(s, *candidate)) continue;
        r.trigger = *candidate;
        r.answers = kind_of(*candidate, peer);
        return;
    }
}

void judge_shape(StoredReset& r, const Segment& s, const Endpoint& me, const Endpoint& peer) {
    const bool answers = r.answers != Trigger::none;
    if (answers && s.window == 0) r.set(StoredReset::reply_shape);
    // A SYN is answered by the reply shape alone: its RST,ACK is no active reset.
    const bool in_order = s.seq == me.snd_nxt || s.seq == me.snd_una;
    const bool known = me.is(Endpoint::seen) || me.is(Endpoint::presumed);
    if (s.flags.ack() && known && in_order && r.answers != Trigger::syn &&
        s.ack.is_at_or_before(peer.snd_nxt)) {
        r.set(StoredReset::active_shape);
    }
}

ResetPosition position_of(const Segment& s, const Endpoint& me, const Endpoint& peer) {
    // RFC 9293 3.10.7.3, SYN-SENT: a reset counts only if its ACK is acceptable.
    const bool peer_in_syn_sent = peer.is(Endpoint::isn_known) && peer.last.control().syn() &&
                                  !peer.last.control().ack() && peer.snd_una == peer.isn;
    if (peer_in_syn_sent && !me.is(Endpoint::isn_known)) {
        const bool acceptable =
            s.flags.ack() && s.ack.is_after(peer.isn) && s.ack.is_at_or_before(peer.snd_nxt);
        return acceptable ? ResetPosition::exact : ResetPosition::outside;
    }
    const bool known = me.is(Endpoint::seen) || me.is(Endpoint::presumed);
    if (!known || !peer.is(Endpoint::seen)) return ResetPosition::unknown;
    if (s.seq.is_at_or_after(me.snd_una) && s.seq.is_at_or_before(me.snd_nxt)) {
        return ResetPosition::exact;
    }
    const bool scale_known = peer.is(Endpoint::isn_known) && me.is(Endpoint::isn_known);
    const std::uint32_t window = std::max(peer.window_bytes(peer.last.window, me), 1U);
    if (s.seq.in_window(me.snd_una, window)) return ResetPosition::inside;
    return scale_known ? ResetPosition::outside : ResetPosition::unknown;
}

void judge_origin(StoredReset& r, const Segment& s, const Endpoint& me, const Endpoint& peer) {
    if (me.usual_ttl != 0) {
        r.set(StoredReset::ttl_known);
        r.ttl_difference = static_cast<std::int16_t>(s.ip.ttl - me.usual_ttl);
    }
    const bool reply = r.is(StoredReset::reply_shape);
    const bool active = r.is(StoredReset::active_shape);
    if (!s.ip.is_v6 && me.packets > 1 && active && !reply) {
        const auto step = static_cast<std::uint16_t>(s.ip.ip_id - me.last.ip_id);
        const bool backwards_or_far = step > 0x4000;
        if (me.is(Endpoint::ip_id_counts) && me.packets > 2 && backwards_or_far) {
            r.set(StoredReset::ip_id_foreign);
        }
    }
    // Linux sends SYN-ACKs and reply resets with ID 0 and DF (ip_build_and_send_pkt(),
    // ip_send_unicast_reply()): one with an ID is not from a host whose SYN-ACK had none.
    const bool linux_like = me.first.present() && me.first.control().syn() &&
                            me.first.control().ack() && me.first.ip_id == 0 &&
                            me.is(Endpoint::always_df);
    if (!s.ip.is_v6 && reply && linux_like && (s.ip.ip_id != 0 || !s.ip.dont_fragment)) {
        r.set(StoredReset::ip_id_foreign);
    }
    if (active && !reply && me.is(Endpoint::timestamps) && peer.is(Endpoint::timestamps) &&
        !s.options.has_timestamps && !s.oddities.has(Oddity::options_cut)) {
        r.set(StoredReset::lacks_timestamps);
    }
    if (!s.flags.ack() && s.window != 0) r.set(StoredReset::window_foreign);
}

void judge_delivery(StoredReset& r, const Connection& c, const Segment& s, Party from) {
    const Endpoint& me = c.end(from);
    const Endpoint& peer = c.end(other(from));
    if (me.has_sent_fin()) r.set(StoredReset::sender_had_fin);
    if (peer.has_sent_fin()) r.set(StoredReset::peer_had_fin);
    // An active reset's own ACK acknowledges too.
    const Seq received =
        s.flags.ack() && r.is(StoredReset::active_shape) && s.ack.is_after(peer.snd_una)
            ? s.ack
            : peer.snd_una;
    const std::uint32_t fin = peer.has_sent_fin() && received.is_before(peer.fin.end()) ? 1U : 0U;
    const bool peer_delivered = received.plus(fin).is_at_or_after(peer.snd_nxt);
    if (peer_delivered && me.outstanding_payload() == 0) r.set(StoredReset::after_all_delivered);
    if (peer.outstanding_payload() != 0) r.set(StoredReset::peer_data_unacked);

    const Mark& asked = peer.newest_data();
    const Mark& replied = me.newest_data();
    const bool acknowledged = asked.present() && received.is_at_or_after(asked.end());
    if (acknowledged && (!replied.present() || replied.time < asked.time)) {
        r.set(StoredReset::peer_data_unanswered);
    }
    if (!me.last.present() || me.last.control().syn()) return;
    const std::uint32_t last_window = me.window_bytes(me.last.window, peer);
    if (last_window < me.max_window / 2) {
        r.set(StoredReset::window_shut);
        if (me.window_bytes(s.window, peer) > last_window) r.set(StoredReset::window_reopened);
    }
}

// Several resets of one side whose sequence numbers differ although no segment asked for each.
bool steps_from(const ResetTrouble& trouble, const StoredReset& r) {
    if (r.answers != Trigger::none) return false;
    for (std::size_t at = 0; at < trouble.stored; ++at) {
        const StoredReset& earlier = trouble.resets[at];
        if (earlier.mark.has(Mark::from_server) == r.mark.has(Mark::from_server) &&
            earlier.mark.seq != r.mark.seq) {
            return true;
        }
    }
    return false;
}

void store(ResetTrouble& trouble, const StoredReset& r, Party from) {
    ++trouble.count[static_cast<std::size_t>(from)];
    if (steps_from(trouble, r)) trouble.step = true;
    if (trouble.stored < trouble.resets.size()) trouble.resets[trouble.stored++] = r;
}

}  // namespace

void track_reset(Connection& c, const Segment& s, Party from, ColdStorage& cold) {
    Endpoint& me = c.end(from);
    Endpoint& peer = c.end(other(from));
    if (s.options.mptcp_reset_reason >= 0) me.mptcp_reset_reason = s.options.mptcp_reset_reason;
    const Mark mark = Mark::of(s, from, c.first_frame);
    if (c.opening != 0) {
        OpeningTrouble& opening = cold.openings[c.opening];
        const Mark& stale = opening.ack_of_syn_stale;
        if (from == Party::client && stale.present() && !c.is(Connection::established) &&
            s.seq == stale.ack && !opening.reset_of_stale.present()) {
            opening.reset_of_stale = mark;
            return;
        }
    }
    StoredReset r;
    r.mark = mark;
    find_trigger(r, s, peer);
    r.position = position_of(s, me, peer);
    judge_shape(r, s, me, peer);
    judge_origin(r, s, me, peer);
    judge_delivery(r, c, s, from);
    const Timestamp before = r.trigger.present() ? r.trigger.time : s.time;
    const Mark& own = me.last;
    const Mark& theirs = peer.last.time < before ? peer.last : peer.last_data;
    Timestamp newest = c.start;
    for (const Mark* m : {&own, &theirs}) {
        if (m->present() && m->time < before) newest = std::max(newest, m->time);
    }
    r.idle_before = before - newest;
    if (prove_state(c, other(from)) == TcpState::time_wait) r.set(StoredReset::in_time_wait);

    ResetTrouble& trouble = cold.reset_of(c);
    if (trouble.stored == 0 && me.has_sent_fin() && peer.newest_data().present() &&
        peer.newest_data().time > me.fin.time) {
        trouble.data_after_fin = peer.newest_data();
    }
    store(trouble, r, from);
    if (r.position == ResetPosition::exact || r.position == ResetPosition::unknown) {
        c.set(Connection::ended_by_reset);
    }
}

}  // namespace tcpwhy
