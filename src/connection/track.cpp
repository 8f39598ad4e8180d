#include "connection/track.h"

#include <algorithm>

namespace tcpwhy {

namespace {

// Zeek's update_history(): one letter for the control bits, or data, or a pure ACK.
void note_history(Connection& c, const Segment& s, Party from, const ResetTrouble* resets) {
    const Endpoint& me = c.end(from);
    const int control = (s.flags.syn() ? 1 : 0) + (s.flags.fin() ? 1 : 0) + (s.flags.rst() ? 1 : 0);
    if (control > 1) {
        c.history.note_once(s.flags.fin() && s.flags.rst() ? 'i' : 'q', from);
    } else if (s.flags.syn()) {
        const bool repeated = me.is(Endpoint::isn_known) && me.isn == s.seq;
        c.history.note_unless_same(s.flags.ack() ? 'h' : 's', from, repeated);
    } else if (s.flags.fin()) {
        const bool repeated = me.has_sent_fin() && me.fin.end() == s.end();
        c.history.note_unless_same('f', from, repeated);
    } else if (s.flags.rst()) {
        bool repeated = false;
        for (std::size_t at = 0; resets != nullptr && at < resets->stored; ++at) {
            const Mark& earlier = resets->resets[at].mark;
            const Party sender = earlier.has(Mark::from_server) ? Party::server : Party::client;
            if (sender == from) repeated = earlier.seq == s.seq;
        }
        c.history.note_unless_same('r', from, repeated);
    } else if (s.length != 0) {
        c.history.note_once('d', from);
    } else if (s.flags.ack()) {
        c.history.note_once('a', from);
    }
    if (s.window == 0 && !s.flags.rst()) c.history.note_scaled('w', from);
    if (s.oddities.has(Oddity::bad_checksum)) c.history.note_scaled('c', from);
}

// A side that went on after "its" reset did not send that reset. Bytes beyond the reset's
// sequence number prove it; a bare ACK proves it only if it is no straggler of before.
void note_life_after_reset(Connection& c, const Segment& s, Party from, ColdStorage& cold) {
    constexpr Duration straggler = std::chrono::milliseconds(5);
    ResetTrouble& trouble = cold.resets[c.reset];
    for (std::size_t at = 0; at < trouble.stored; ++at) {
        StoredReset& reset = trouble.resets[at];
        if (reset.mark.has(Mark::from_server) != (from == Party::server)) continue;
        if (reset.answers == Trigger::syn_ack || s.flags.syn()) continue;
        const bool beyond = s.length != 0 && s.seq.is_at_or_after(reset.mark.seq);
        const bool both_stamped = s.options.has_timestamps && reset.mark.has(Mark::has_timestamps);
        const bool later = both_stamped ? Seq(s.options.tsval).is_after(Seq(reset.mark.tsval))
                                        : s.time - reset.mark.time > straggler;
        if (beyond || (later && s.flags.ack())) reset.set(StoredReset::sender_spoke_after);
    }
}

}  // namespace

void track(Connection& c, const Segment& s, Party from, ColdStorage& cold) {
    Endpoint& me = c.end(from);
    c.last_activity = s.time;
    note_history(c, s, from, c.reset != 0 ? &cold.resets[c.reset] : nullptr);
    const Mark mark = Mark::of(s, from, c.first_frame);
    if (me.packets == 0) me.first = mark;
    if (s.flags.rst()) {
        track_reset(c, s, from, cold);
    } else {
        if (c.reset != 0) note_life_after_reset(c, s, from, cold);
        me.learn_habits(s);
        if (s.flags.syn()) {
            track_syn(c, s, from, cold);
        } else {
            track_transfer(c, s, from, cold);
        }
        if (me.last.length != 0 && s.length == 0) me.last_data = me.last;
        me.last = mark;
        me.set(Endpoint::seen);
    }
    ++me.packets;
    me.ip_bytes += s.ip.ip_length;
}

void track_copy(Connection& c, const Segment& s, Party from, ColdStorage& cold) {
    c.set(Connection::copies);
    const Endpoint& me = c.end(from);
    if (s.flags.syn() && !s.flags.ack() && s.ip.ttl < me.last.ttl) {
        OpeningTrouble& opening = cold.opening_of(c);
        ++opening.copies_of_this_syn;
        opening.ttl_falling_copies =
            std::max(opening.ttl_falling_copies, opening.copies_of_this_syn);
    }
}

}  // namespace tcpwhy
