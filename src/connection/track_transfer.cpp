#include <algorithm>

#include "connection/track.h"

namespace tcpwhy {

namespace {

// A challenge ACK (RFC 5961) follows what provoked it within a round trip; this is a generous one.
constexpr Duration challenge_delay = std::chrono::seconds(2);

// Takes numbers for a side that was not seen yet from what its peer acknowledges.
void presume(Endpoint& side, Seq ack) {
    side.isn = ack.minus(1);
    side.snd_nxt = ack;
    side.snd_una = ack;
    side.set(Endpoint::presumed);
}

void begin_side(Connection& c, const Segment& s, Party from) {
    Endpoint& me = c.end(from);
    if (!me.is(Endpoint::isn_known) && !me.is(Endpoint::seen)) {
        if (!me.is(Endpoint::presumed)) me.start_midstream(s);
        me.progress = s.time;
        if (c.syn_count == 0 && c.syn_ack_count == 0) c.set(Connection::midstream);
    }
    Endpoint& peer = c.end(other(from));
    const bool peer_known =
        peer.is(Endpoint::isn_known) || peer.is(Endpoint::seen) || peer.is(Endpoint::presumed);
    if (s.flags.ack() && !peer_known) presume(peer, s.ack);
    if (s.flags.ack() && c.is(Connection::midstream)) c.set(Connection::established);
}

// A capture that starts with a keepalive probe shows a number one below SND.NXT.
void correct_midstream_probe(Endpoint& peer, Seq ack) {
    if (!peer.is(Endpoint::isn_known) && peer.is(Endpoint::seen) && peer.data_segments == 0 &&
        peer.snd_una == peer.snd_nxt && ack == peer.snd_nxt.plus(1)) {
        peer.isn = peer.isn.plus(1);
        peer.snd_nxt = ack;
        peer.snd_una = ack;
    }
}

// Returns whether the segment answers the SYN with the numbers of an older connection.
bool track_handshake_ack(Connection& c, const Segment& s, Party from, ColdStorage& cold) {
    Endpoint& me = c.end(from);
    Endpoint& peer = c.end(other(from));
    if (!s.flags.ack()) return false;
    if (from == Party::client && peer.is(Endpoint::isn_known)) {
        const bool of_syn_ack = s.ack == peer.isn.plus(1);
        if (of_syn_ack && peer.last.control().syn() && c.acks_of_syn_ack < 0xffff) {
            ++c.acks_of_syn_ack;
        }
        if (!c.is(Connection::handshake_acked) && s.ack.is_after(peer.isn)) {
            c.handshake_ack = Mark::of(s, from, c.first_frame);
            c.set(Connection::handshake_acked);
            c.set(Connection::established);
        }
    }
    if (from != Party::server || c.is(Connection::midstream)) return false;
    if (c.syn_ack_count == 0 && me.packets != 0 && me.is(Endpoint::isn_known) &&
        s.ack.is_after(peer.isn)) {
        c.set(Connection::established);  // simultaneous open, completed by the other side's ACK
    }
    if (c.syn_ack_count == 0 && c.syn_count != 0 && !me.is(Endpoint::isn_known)) {
        if (s.ack == peer.isn.plus(1) || s.ack == peer.snd_nxt) {
            c.set(Connection::established);  // its SYN,ACK is missing from the capture
        } else if (!c.is(Connection::established) && s.length == 0) {
            Mark& stale = cold.opening_of(c).ack_of_syn_stale;
            if (!stale.present()) stale = Mark::of(s, from, c.first_frame);
            return true;
        }
    }
    return false;
}

void track_proxy_signs(Connection& c, const Segment& s, Party from, ColdStorage& cold) {
    if (from != Party::server || c.syn_ack_count == 0) return;
    const Endpoint& me = c.end(from);
    if (!me.last.control().syn()) return;  // only the first packet after the SYN,ACK tells
    if (c.is(Connection::proxied) && s.length == 0 && s.window != 0) {
        cold.opening_of(c).proxied_update = Mark::of(s, from, c.first_frame);
    }
    if (me.last.ttl != s.ip.ttl) cold.opening_of(c).syn_ack_ttl_foreign = true;
}

void note_unanswered(Connection& c, const Segment& s, Party from, ColdStorage& cold) {
    Endpoint& me = c.end(from);
    if (s.end().is_at_or_before(me.snd_una) || s.seq.is_after(me.snd_una)) return;
    SideTrouble& trouble = cold.transfer_of(me);
    if (trouble.unanswered.count == 0) {
        trouble.smallest_unacked = s.length;
        trouble.unanswered_original = {};
        for (const Mark* original : {&me.last, &me.last_data, &me.fin}) {
            if (original->present() && original->seq == s.seq && !original->control().syn()) {
                trouble.unanswered_original = *original;
            }
        }
    }
    if (s.length != 0) trouble.smallest_unacked = std::min(trouble.smallest_unacked, s.length);
    trouble.unanswered.add(Mark::of(s, from, c.first_frame));
}

void track_sequence(Connection& c, const Segment& s, Party from, ColdStorage& cold) {
    Endpoint& me = c.end(from);
    const Endpoint& peer = c.end(other(from));
    me.unset(Endpoint::last_was_probe);
    const SegmentRole role = me.role_of(s, peer);
    const Mark mark = Mark::of(s, from, c.first_frame);
    if (s.length != 0) {
        if (++me.data_segments == 1) me.first_data = mark;
    }
    switch (role) {
        case SegmentRole::no_payload:
            break;
        case SegmentRole::new_data:
            if (me.outstanding() == 0) me.progress = s.time;
            me.largest_sent = std::max(me.largest_sent, s.length);
            me.advance(s);
            break;
        case SegmentRole::fills_gap:
            me.advance(s);
            break;
        case SegmentRole::retransmission:
            ++me.retransmitted;
            if (s.length != 0) c.history.note_scaled('t', from);
            note_unanswered(c, s, from, cold);
            break;
        case SegmentRole::keepalive:
            me.set(Endpoint::last_was_probe);
            cold.transfer_of(me).keepalive_probes.add(mark);
            break;
        case SegmentRole::window_probe:
            me.set(Endpoint::last_was_probe);
            cold.transfer_of(me).window_probes.add(mark);
            break;
    }
    if (s.flags.fin() && !me.fin.present()) me.fin = mark;
}

void track_acknowledgement(Connection& c, const Segment& s, Party from, ColdStorage& cold) {
    Endpoint& peer = c.end(other(from));
    if (!s.flags.ack()) return;
    correct_midstream_probe(peer, s.ack);
    const bool had_hole = peer.is(Endpoint::gap_acked);
    const bool advanced = peer.acknowledge(s.ack, s.time);
    if (!had_hole && peer.is(Endpoint::gap_acked)) c.history.note_scaled('g', other(from));
    // The SACK comes a round trip after the loss, before the first retransmission.
    const bool sacks_later =
        s.options.sack_count != 0 && s.options.sack[0].first.is_after(peer.snd_una);
    if (peer.transfer == 0 && !sacks_later) return;
    SideTrouble& trouble = cold.transfer_of(peer);
    if (advanced) {
        trouble.unanswered.clear();
        trouble.sack_beyond_hole = false;
    }
    if (sacks_later) trouble.sack_beyond_hole = true;
    trouble.keepalives_answered += trouble.keepalive_probes.count;
    trouble.keepalive_probes.clear();
    if (s.window != 0) trouble.window_probes.clear();
}

void track_window(Connection& c, const Segment& s, Party from, ColdStorage& cold) {
    Endpoint& me = c.end(from);
    const Endpoint& peer = c.end(other(from));
    me.max_window = std::max(me.max_window, me.window_bytes(s.window, peer));
    if (s.window == 0 &&
        (!me.is(Endpoint::seen) || me.last.window != 0 || me.last.control().syn())) {
        cold.transfer_of(me).zero_window = Mark::of(s, from, c.first_frame);
    }
}

void track_challenge(Connection& c, const Segment& s, Party from, ColdStorage& cold) {
    if (!s.flags.ack() || s.length != 0 || s.flags.fin()) return;
    Endpoint& me = c.end(from);
    if (s.seq != me.snd_nxt) return;
    const Mark mark = Mark::of(s, from, c.first_frame);
    if (c.odd != 0) {
        OddTrouble& odd = cold.odds[c.odd];
        const bool from_peer = odd.odd_syn_mark.has(Mark::from_server) != (from == Party::server);
        if (odd.odd_syn_mark.present() && from_peer && !odd.odd_syn_answer_mark.present() &&
            s.time - odd.odd_syn_mark.time < challenge_delay) {
            odd.odd_syn_answer_mark = mark;
            odd.odd_syn_answer = s;
            odd.odd_syn_answer.payload = {};
            cold.transfer_of(me).challenge_acks.add(mark);
            return;
        }
    }
    if (c.reset == 0) return;
    const ResetTrouble& resets = cold.resets[c.reset];
    if (resets.stored == 0) return;
    const StoredReset& newest = resets.resets[resets.stored - 1U];
    const bool from_peer = newest.mark.has(Mark::from_server) != (from == Party::server);
    if (from_peer && newest.position != ResetPosition::exact &&
        s.time - newest.mark.time < challenge_delay) {
        cold.transfer_of(me).challenge_acks.add(mark);
    }
}

}  // namespace

void track_transfer(Connection& c, const Segment& s, Party from, ColdStorage& cold) {
    begin_side(c, s, from);
    // Such numbers say nothing about the new connection.
    if (track_handshake_ack(c, s, from, cold)) return;
    track_proxy_signs(c, s, from, cold);
    if (c.odd != 0 || c.reset != 0) track_challenge(c, s, from, cold);
    track_sequence(c, s, from, cold);
    track_acknowledgement(c, s, from, cold);
    track_window(c, s, from, cold);
}

}  // namespace tcpwhy
