#include "connection/track.h"

namespace tcpwhy {

namespace {

void learn_from_syn(Endpoint& me, const Segment& s) {
    me.set(Endpoint::isn_known);
    me.isn = s.seq;
    me.snd_nxt = s.end();
    me.snd_una = s.seq;
    me.wraps = 0;
    me.mss = s.options.mss;
    me.window_scale = s.options.window_scale;
    if (s.options.has_md5) me.set(Endpoint::md5);
    if (s.options.has_ao) me.set(Endpoint::ao);
    if (s.options.sack_permitted) me.set(Endpoint::sack_permitted);
    const bool more_than_mss = s.options.sack_permitted || s.options.has_timestamps ||
                               s.options.window_scale >= 0 || s.options.has_md5 ||
                               s.options.has_ao || s.options.mptcp_subtype >= 0;
    if (!more_than_mss && !s.oddities.has(Oddity::options_cut)) me.set(Endpoint::plain_syn);
    me.progress = s.time;
    me.max_window = s.window;
}

void track_plain_syn(Connection& c, const Segment& s, Party from, ColdStorage& cold) {
    Endpoint& me = c.end(from);
    const Mark mark = Mark::of(s, from, c.first_frame);
    const bool repeated = me.is(Endpoint::isn_known) && me.isn == s.seq;
    if (!repeated) learn_from_syn(me, s);
    if (from == Party::server) {
        cold.opening_of(c).crossed_syn = mark;
        return;
    }
    if (c.syn_count < 0xffff) ++c.syn_count;
    if (s.length != 0) c.set(Connection::syn_payload);
    if (!repeated) return;
    ++me.retransmitted;
    OpeningTrouble& opening = cold.opening_of(c);
    opening.last_syn = mark;
    opening.copies_of_this_syn = 0;
    if (opening.reset_of_stale.present() && !opening.syn_after_stale.present()) {
        opening.syn_after_stale = mark;
    }
}

void track_syn_ack(Connection& c, const Segment& s, Party from, ColdStorage& cold) {
    Endpoint& me = c.end(from);
    Endpoint& peer = c.end(other(from));
    const Mark mark = Mark::of(s, from, c.first_frame);
    const bool repeated = me.is(Endpoint::isn_known) && me.isn == s.seq;
    const bool crossed = repeated && me.first.present() && !me.first.control().ack();
    if (!repeated) {
        learn_from_syn(me, s);
        me.first = mark;
    } else if (!crossed) {
        ++me.retransmitted;
    }
    if (from == Party::server) {
        if (c.syn_ack_count < 0xffff) ++c.syn_ack_count;
        if (c.syn_ack_count > 1) cold.opening_of(c).last_syn_ack = mark;
        if (c.handshake_ack.present()) ++cold.opening_of(c).syn_acks_after_ack;
        if (s.window == 0) c.set(Connection::proxied);
    }
    if (!peer.is(Endpoint::isn_known)) return;
    if (s.ack == peer.isn.plus(1) && peer.snd_una == peer.isn && c.is(Connection::syn_payload)) {
        // RFC 7413 4.2.2: the cookie was refused; the data will come again, and is no
        // retransmission.
        peer.snd_nxt = s.ack;
    }
    const bool acceptable = s.ack.is_after(peer.isn) && s.ack.is_at_or_before(peer.snd_nxt);
    if (!acceptable) {
        cold.opening_of(c).bad_syn_ack = true;
    } else {
        peer.acknowledge(s.ack, s.time);
    }
}

}  // namespace

void track_syn(Connection& c, const Segment& s, Party from, ColdStorage& cold) {
    if (s.flags.ack()) {
        track_syn_ack(c, s, from, cold);
    } else {
        track_plain_syn(c, s, from, cold);
    }
}

}  // namespace tcpwhy
