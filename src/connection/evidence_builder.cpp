#include "connection/evidence_builder.h"

#include <algorithm>

#include "connection/states.h"

namespace tcpwhy {

namespace {

/// Turns stored marks into moments of one connection.
struct Builder {
    const Connection& c;
    const ColdStorage& cold;

    [[nodiscard]] Moment moment(const Mark& m) const { return m.moment(c.first_frame); }
    [[nodiscard]] Run run(const MarkRun& r) const {
        if (r.count == 0) return {};
        return {r.count, moment(r.first), moment(r.last)};
    }
    void side(Party party, EvidenceSide& out) const;
    void troubles(const Endpoint& me, EvidenceSide& out) const;
    void opening(Evidence& e) const;
    void opening_troubles(Evidence& e) const;
    [[nodiscard]] ResetFacts reset(const StoredReset& r, const HostFacts& hosts) const;
    void resets(Evidence& e) const;
    void decisive_reset(const ResetTrouble& trouble, const StoredReset& r, Evidence& e) const;
    void odd(Evidence& e) const;
    void quality(const CaptureSpan& span, Evidence& e) const;
};

void Builder::side(Party party, EvidenceSide& out) const {
    const Endpoint& me = c.end(party);
    const Endpoint& peer = c.end(other(party));
    out.address = c.address(party);
    out.state = prove_state(c, party);
    out.seen = me.first.present();
    out.isn_known = me.is(Endpoint::isn_known);
    out.isn = me.isn;
    out.packets = me.packets;
    out.ip_bytes = me.ip_bytes;
    out.bytes = me.is(Endpoint::seen) || me.is(Endpoint::presumed) ? me.bytes() : 0;
    out.data_segments = me.data_segments;
    out.retransmitted = me.retransmitted;
    out.first = moment(me.first);
    out.last = moment(me.last);
    out.first_data = moment(me.first_data);
    out.last_data = moment(me.newest_data());
    out.fin = moment(me.fin);
    out.fin_acked = me.fin_acked();
    out.everything_acked = me.outstanding() == 0;
    out.unacked_bytes = me.outstanding();
    out.acked_unseen = me.is(Endpoint::acked_unseen) && me.is(Endpoint::seen);
    out.gap = me.is(Endpoint::has_hole) || me.is(Endpoint::gap_acked);
    out.mss = me.mss;
    out.window_scale = me.window_scale;
    out.timestamps = me.is(Endpoint::timestamps);
    out.has_md5 = me.is(Endpoint::md5);
    out.has_ao = me.is(Endpoint::ao);
    out.mptcp = me.is(Endpoint::mptcp);
    out.mptcp_reset_reason = me.mptcp_reset_reason;
    out.usual_ttl = me.usual_ttl;
    const bool scaled = me.last.present() && !me.last.control().syn();
    out.scaled_window = scaled ? me.window_bytes(me.last.window, peer) : me.last.window;
    out.max_window = me.max_window;
    out.largest_acked = me.largest_acked;
    troubles(me, out);
}

void Builder::troubles(const Endpoint& me, EvidenceSide& out) const {
    if (me.transfer == 0) return;
    const SideTrouble& t = cold.transfers[me.transfer];
    out.unanswered = run(t.unanswered);
    if (out.unanswered) {
        out.unanswered_original = moment(t.unanswered_original);
        out.smallest_unacked = t.smallest_unacked;
        out.sack_beyond_hole = t.sack_beyond_hole;
    }
    out.keepalive_probes = run(t.keepalive_probes);
    out.keepalives_answered = t.keepalives_answered;
    out.window_probes = run(t.window_probes);
    out.challenge_acks = run(t.challenge_acks);
    const bool shut = me.last.present() && me.last.window == 0;
    if (shut) out.zero_window = moment(t.zero_window);
    out.zero_window_at_end = shut && t.zero_window.present();
}

void Builder::opening(Evidence& e) const {
    const Endpoint& client = c.end(Party::client);
    const Endpoint& server = c.end(Party::server);
    if (c.syn_count != 0) {
        e.syns.count = c.syn_count;
        e.syns.first = moment(client.first);
        e.syns.last = e.syns.first;
    }
    if (c.syn_ack_count != 0) {
        e.syn_acks.count = c.syn_ack_count;
        e.syn_acks.first = moment(server.first);
        e.syn_acks.last = e.syn_acks.first;
    }
    e.handshake_ack = moment(c.handshake_ack);
    e.acks_of_syn_ack = c.acks_of_syn_ack;
    e.established = c.is(Connection::established);
    e.self_connect = c.is(Connection::self_connect);
    e.syn_has_payload = c.is(Connection::syn_payload);
    e.syn_bare = c.syn_count != 0 && client.is(Endpoint::plain_syn);
    e.server_silent = server.bytes() == 0;
    opening_troubles(e);
    const Mark& answer = c.syn_ack_count != 0 ? server.first : Mark{};
    if (!e.syns || !answer.present()) return;
    // With several SYNs, the echoed timestamp says which one was answered (RFC 7323 4).
    const bool of_first =
        e.syns.count < 2 ||
        (answer.has(Mark::has_timestamps) && answer.tsecr == e.syns.first.tsval) ||
        answer.time < e.syns.last.time;
    e.rtt = answer.time - (of_first ? e.syns.first.time : e.syns.last.time);
}

void Builder::opening_troubles(Evidence& e) const {
    if (c.opening == 0) return;
    const OpeningTrouble& o = cold.openings[c.opening];
    if (o.last_syn.present()) e.syns.last = moment(o.last_syn);
    if (o.last_syn_ack.present()) e.syn_acks.last = moment(o.last_syn_ack);
    e.crossed_syn = moment(o.crossed_syn);
    e.syn_acks_after_ack = o.syn_acks_after_ack;
    e.bad_syn_ack = o.bad_syn_ack;
    e.ack_of_syn_stale = moment(o.ack_of_syn_stale);
    e.reset_of_stale = moment(o.reset_of_stale);
    e.syn_after_stale = moment(o.syn_after_stale);
    e.proxied_update = moment(o.proxied_update);
    e.syn_ack_ttl_foreign = o.syn_ack_ttl_foreign;
    e.ttl_falling_copies = o.ttl_falling_copies;
}

ResetFacts Builder::reset(const StoredReset& r, const HostFacts& hosts) const {
    ResetFacts f;
    f.moment = moment(r.mark);
    f.trigger = moment(r.trigger);
    f.answers = r.answers;
    f.position = r.position;
    f.active_shape = r.is(StoredReset::active_shape);
    f.reply_shape = r.is(StoredReset::reply_shape);
    f.ttl_known = r.is(StoredReset::ttl_known);
    f.ttl_difference = r.ttl_difference;
    const std::uint8_t elsewhere =
        f.moment.from == Party::server ? hosts.server_ttl : hosts.client_ttl;
    const Endpoint& sender = c.end(f.moment.from);
    if (!f.ttl_known && sender.usual_ttl != 0) {
        f.ttl_known = true;  // learned after the reset
        f.ttl_difference = f.moment.ttl - sender.usual_ttl;
    } else if (!f.ttl_known && elsewhere != 0) {
        f.ttl_known = true;
        f.ttl_difference = f.moment.ttl - elsewhere;
    }
    f.ip_id_foreign = r.is(StoredReset::ip_id_foreign);
    f.lacks_timestamps = r.is(StoredReset::lacks_timestamps);
    f.window_foreign = r.is(StoredReset::window_foreign);
    f.sender_had_fin = r.is(StoredReset::sender_had_fin);
    f.peer_had_fin = r.is(StoredReset::peer_had_fin);
    f.after_all_delivered = r.is(StoredReset::after_all_delivered);
    f.sender_spoke_after = r.is(StoredReset::sender_spoke_after);
    f.idle_before = r.idle_before;
    if (f.trigger) f.since_trigger = f.moment.time - f.trigger.time;
    return f;
}

void Builder::decisive_reset(const ResetTrouble& trouble, const StoredReset& r, Evidence& e) const {
    e.reset = reset(r, e.hosts);
    e.peer_data_unanswered = r.is(StoredReset::peer_data_unanswered);
    e.peer_data_unacked = r.is(StoredReset::peer_data_unacked);
    e.window_shut_before_reset = r.is(StoredReset::window_shut);
    e.window_reopened_in_reset = r.is(StoredReset::window_reopened);
    e.data_after_fin = moment(trouble.data_after_fin);
}

void Builder::resets(Evidence& e) const {
    if (c.reset == 0) return;
    const ResetTrouble& trouble = cold.resets[c.reset];
    e.resets_from_client = trouble.count[0];
    e.resets_from_server = trouble.count[1];
    e.resets_step = trouble.step;
    if (trouble.stored == 0) return;
    std::size_t decisive = 0;
    for (std::size_t at = 0; at < trouble.stored; ++at) {
        if (trouble.resets[at].position == ResetPosition::exact) {
            decisive = at;
            break;
        }
    }
    decisive_reset(trouble, trouble.resets[decisive], e);
    for (std::size_t at = 0; at < trouble.stored; ++at) {
        const StoredReset& r = trouble.resets[at];
        if (r.is(StoredReset::in_time_wait) && !e.reset_in_time_wait) {
            e.reset_in_time_wait = moment(r.mark);
        }
        if (at == decisive) continue;
        const bool same_side =
            r.mark.has(Mark::from_server) == (e.reset.moment.from == Party::server);
        ResetFacts& place = same_side ? e.second_reset : e.reset_of_other_side;
        if (!place.moment) place = reset(r, e.hosts);
    }
    const bool answered_syn = e.reset.answers == Trigger::syn && !e.syn_acks;
    if (answered_syn && e.rtt < Duration{}) e.rtt = e.reset.since_trigger;
}

void Builder::odd(Evidence& e) const {
    if (c.odd == 0) return;
    const OddTrouble& o = cold.odds[c.odd];
    e.icmp = o.icmp;
    e.icmp_count = o.icmp_count;
    e.previous = o.previous;
    e.forged_syn = moment(o.odd_syn_mark);
    e.syn_challenged = moment(o.odd_syn_answer_mark);
    e.forged_syn_foreign = o.odd_syn_foreign;
    if (e.forged_syn) {
        (e.forged_syn.from == Party::client ? e.client : e.server).packets += 1;
    }
}

void Builder::quality(const CaptureSpan& span, Evidence& e) const {
    CaptureQuality& q = e.quality;
    q.starts_midstream = c.is(Connection::midstream);
    q.client_guessed = c.is(Connection::client_guessed);
    q.one_direction =
        e.client.seen != e.server.seen && !c.is(Connection::self_connect) &&
        (e.client.seen ? c.end(Party::server) : c.end(Party::client)).is(Endpoint::presumed);
    q.one_direction_everywhere = span.one_direction_everywhere;
    q.lost_packets = span.dropped_packets || e.client.acked_unseen || e.server.acked_unseen;
    q.cut_headers = c.ends[0].is(Endpoint::cut_headers) || c.ends[1].is(Endpoint::cut_headers);
    q.copies_removed = c.is(Connection::copies);
    q.evicted = c.is(Connection::evicted);
    q.icmp_quote_only = c.is(Connection::quote_only);
    q.capture_start = span.start;
    q.capture_end = span.end;
}

}  // namespace

Evidence make_evidence(const Connection& c, const ColdStorage& cold, const HostTable& hosts,
                       const NeighborTable& neighbors, const CaptureSpan& span) {
    const Builder builder{c, cold};
    Evidence e;
    e.start = c.start;
    e.end = c.last_activity;
    e.silence = std::max(Duration{}, span.end - c.last_activity);
    builder.side(Party::client, e.client);
    builder.side(Party::server, e.server);
    builder.opening(e);
    const std::uint32_t burst = c.reset != 0 ? cold.resets[c.reset].burst : 0;
    // Nobody asks for the neighbourhood of a connection that both sides closed in order.
    const bool closed_in_order =
        c.ends[0].fin_acked() && c.ends[1].fin_acked() && c.reset == 0 && c.odd == 0;
    if (!closed_in_order) {
        hosts.fill(c, burst, e.hosts);
        e.hosts.neighbor_requests =
            neighbors.requests(e.client.address.addr, e.server.address.addr);
        e.hosts.neighbor_answered = hosts.alive_since(e.server.address.addr, span.start);
    }
    builder.resets(e);
    builder.odd(e);
    builder.quality(span, e);
    if (e.reset.moment && e.quality.starts_midstream) {
        const Party sender = e.reset.moment.from;
        e.hosts.port_busy_elsewhere = hosts.port_uses().busy_elsewhere(
            c.address(sender), c.address(other(sender)), e.reset.moment.time);
    }
    e.conn_state = zeek_conn_state(c, {e.resets_from_client, e.resets_from_server});
    e.history = c.history.text();
    return e;
}

Evidence make_evidence(const NeighborRun& run, const CaptureSpan& span) {
    Evidence e;
    e.neighbor_only = true;
    e.client.address.addr = run.asker;
    e.server.address.addr = run.target;
    e.client.seen = true;
    e.start = run.first;
    e.end = run.last;
    e.silence = std::max(Duration{}, span.end - run.last);
    e.neighbor_requests.count = run.count;
    e.neighbor_requests.first.frame = run.first_frame;
    e.neighbor_requests.first.time = run.first;
    e.neighbor_requests.last.frame = run.last_frame;
    e.neighbor_requests.last.time = run.last;
    e.hosts.neighbor_requests = run.count;
    e.quality.capture_start = span.start;
    e.quality.capture_end = span.end;
    e.conn_state = "-";
    return e;
}

}  // namespace tcpwhy
