#include "connection/table.h"

#include <algorithm>

#include "connection/track.h"

namespace tcpwhy {

namespace {

using namespace std::chrono_literals;

// Longer than the usual stragglers after an end (a late RST, a repeated FIN), and short enough
// that output keeps up with the capture.
constexpr Duration linger = 10s;
// When room is needed, this part of the table is let go at once, so that choosing costs little.
constexpr std::uint32_t evicted_part = 8;
// The first repeat of a SYN-ACK comes after a second (RFC 6298 2.1); the rest is for the way.
constexpr Duration syn_ack_comes_again = 3s;
// A sign of life this much later than the first is worth a look-up of the host.
constexpr Duration lasts_long = 1s;
// Ethernet's MTU: a larger segment was merged by segmentation or receive offload, unless the
// network has jumbo frames, which its MSS says.
constexpr std::uint32_t usual_mtu = 1500;

ConnectionKey key_of(const SocketAddress& a, const SocketAddress& b, TunnelChain chain) {
    return a < b ? ConnectionKey{a, b, chain} : ConnectionKey{b, a, chain};
}

ConnectionKey key_of(const Segment& s) {
    return key_of({s.ip.src, s.src_port}, {s.ip.dst, s.dst_port}, s.ip.chain);
}

Party sender_of(const Connection& c, const SocketAddress& source) {
    return c.address(Party::client) == source ? Party::client : Party::server;
}

PreviousConnection previous_of(const Connection& old, const Connection& now) {
    PreviousConnection p;
    const bool same_roles = old.address(Party::client) == now.address(Party::client);
    const Endpoint& client = old.end(same_roles ? Party::client : Party::server);
    const Endpoint& server = old.end(same_roles ? Party::server : Party::client);
    p.seen = true;
    p.end = old.last_activity;
    p.closed_by_fin = client.has_sent_fin() && server.has_sent_fin();
    p.reset = old.is(Connection::ended_by_reset);
    const bool client_first =
        client.has_sent_fin() &&
        (!server.has_sent_fin() || client.fin.frame_offset < server.fin.frame_offset);
    p.first_fin_from = client_first ? Party::client : Party::server;
    p.server_isn = server.isn;
    p.server_next = server.snd_nxt;
    p.client_next = client.snd_nxt;
    return p;
}

}  // namespace

ConnectionTable::ConnectionTable(std::uint32_t max_connections, bool unordered, EvidenceSink& sink)
    : hash_(KeyedHash::with_random_key()),
      max_connections_(max_connections),
      unordered_(unordered),
      sink_(sink),
      copies_(hash_),
      hosts_(hash_),
      neighbors_(hash_) {}

std::uint64_t ConnectionTable::flow_hash(const ConnectionKey& key) const {
    const std::uint64_t ports = (static_cast<std::uint64_t>(key.low.port) << 16) | key.high.port;
    return hash_.of_address(key.low.addr.bytes, hash_.of_address(key.high.addr.bytes, ports));
}

std::uint64_t ConnectionTable::hash_of(const ConnectionKey& key) const {
    const std::uint64_t flow = flow_hash(key);
    return key.chain == 0 ? flow : hash_.of(flow, key.chain);
}

std::uint64_t ConnectionTable::hash_of(const Segment& s) const {
    return hash_of(key_of(s));
}

void ConnectionTable::prefetch_connection(std::uint64_t hash) const {
    const std::uint32_t number = index_.guess(hash);
    if (number == 0) return;
    const Connection& c = connections_[number];
    constexpr std::size_t line = 64;
    for (const void* part : {static_cast<const void*>(&c), static_cast<const void*>(&c.ends[0]),
                             static_cast<const void*>(&c.ends[1])}) {
        __builtin_prefetch(part, 1);
        __builtin_prefetch(static_cast<const char*>(part) + line, 1);
    }
}

std::uint32_t ConnectionTable::find(const ConnectionKey& key, std::uint64_t hash) const {
    return index_.find(hash, [&](std::uint32_t n) { return connections_[n].key == key; });
}

void ConnectionTable::note_time(Timestamp time) {
    if (!any_packet_) {
        any_packet_ = true;
        span_.start = time;
        span_.end = time;
    }
    span_.start = std::min(span_.start, time);
    span_.end = std::max(span_.end, time);
}

void ConnectionTable::count(const Segment& s) {
    if (s.oddities.has(Oddity::bad_checksum)) ++counts_.bad_checksums;
    if (s.oddities.has(Oddity::options_cut)) ++counts_.cut_headers;
    if (s.ip.ip_length > usual_mtu) ++counts_.larger_than_mtu;
}

Connection& ConnectionTable::open(const ConnectionKey& key, std::uint64_t hash, std::uint64_t frame,
                                  Timestamp time) {
    if (connections_.size() >= max_connections_) make_room();
    const std::uint32_t number = connections_.add();
    Connection& c = connections_[number];
    c.key = key;
    c.first_frame = frame;
    c.start = time;
    c.last_activity = time;
    c.set(Connection::in_use | Connection::indexed);
    if (key.low == key.high) c.set(Connection::self_connect);
    c.previous_by_start = newest_;
    if (newest_ != 0) connections_[newest_].next_by_start = number;
    newest_ = number;
    if (oldest_ == 0) oldest_ = number;
    index_.add(hash, number);
    ++counts_.connections;
    return c;
}

// Who opened: the sender of a SYN, the receiver of a SYN-ACK. In mid-stream it is a guess: a known
// listener is the server, else the lower port is.
void ConnectionTable::decide_client(Connection& c, const Segment& s) const {
    const SocketAddress source{s.ip.src, s.src_port};
    const SocketAddress target{s.ip.dst, s.dst_port};
    bool source_is_client = true;
    if (s.flags.syn()) {
        source_is_client = !s.flags.ack();
        if (s.flags.ack()) {
            c.set(Connection::flipped);
            c.history.note_flip();
        }
    } else {
        c.set(Connection::client_guessed);
        const bool source_listens = hosts_.is_listener(source);
        const bool target_listens = hosts_.is_listener(target);
        source_is_client =
            source_listens == target_listens ? s.src_port >= s.dst_port : target_listens;
    }
    const SocketAddress& client = source_is_client ? source : target;
    if (c.key.low == client) c.set(Connection::client_is_low);
}

Connection& ConnectionTable::open_with(const Segment& s, const ConnectionKey& key,
                                       std::uint64_t hash) {
    Connection& c = open(key, hash, s.frame, s.time);
    decide_client(c, s);
    return c;
}

// A new connection on the same four-tuple: the old one can no longer be found by its key.
Connection& ConnectionTable::reopen_with(const Segment& s, std::uint32_t number,
                                         const ConnectionKey& key, std::uint64_t hash) {
    index_.remove(hash, number);
    connections_[number].unset(Connection::indexed);
    Connection& c = open(key, hash, s.frame, s.time);
    decide_client(c, s);
    // open() may have let the old one go to make room.
    const Connection& old = connections_[number];
    if (old.is(Connection::in_use) && &old != &c && old.key == key) {
        cold_.odd_of(c).previous = previous_of(old, c);
    }
    return c;
}

// A SYN with another sequence number on a connection that is not over: a forged one, or a client
// that has forgotten the connection and starts anew. What follows tells; until then it is kept.
bool ConnectionTable::handle_odd_syn(std::uint32_t number, const Segment& s, Party from) {
    Connection& c = connections_[number];
    OddTrouble& odd = cold_.odd_of(c);
    odd.odd_syn = s;
    odd.odd_syn.payload = {};
    odd.odd_syn_mark = Mark::of(s, from, c.first_frame);
    odd.odd_syn_answer_mark = {};
    const Endpoint& me = c.end(from);
    const bool other_ttl = me.usual_ttl != 0 && me.usual_ttl != s.ip.ttl;
    const bool other_options =
        me.is(Endpoint::isn_known) &&
        (me.mss != s.options.mss || me.window_scale != s.options.window_scale);
    odd.odd_syn_foreign = other_ttl || other_options;
    c.last_activity = s.time;
    c.history.note_unless_same('s', from, false);
    return true;
}

// What comes after an odd SYN: its own SYN-ACK, or its sender's reset of the challenge ACK, proves
// that the SYN was honest and opened a new connection. Replays what belongs to that.
Connection* ConnectionTable::resolve_odd_syn(std::uint32_t number, const Segment& s, Party from,
                                             const ConnectionKey& key, std::uint64_t hash) {
    const Connection& old = connections_[number];
    if (old.odd == 0) return nullptr;
    const OddTrouble& odd = cold_.odds[old.odd];
    if (!odd.odd_syn_mark.present()) return nullptr;
    const Party opener = odd.odd_syn_mark.has(Mark::from_server) ? Party::server : Party::client;
    const bool answered = s.flags.syn() && s.flags.ack() && from != opener &&
                          s.ack == odd.odd_syn.seq.plus(odd.odd_syn.sequence_length());
    const bool reset = s.flags.rst() && from == opener && odd.odd_syn_answer_mark.present() &&
                       s.seq == odd.odd_syn_answer.ack;
    if (!answered && !reset) return nullptr;
    const Segment syn = odd.odd_syn;
    const Segment challenge = odd.odd_syn_answer;
    if (reset) track(connections_[number], s, from, cold_);
    cold_.odds[old.odd].odd_syn_mark = {};
    cold_.odds[old.odd].odd_syn_answer_mark = {};
    Connection& c = reopen_with(syn, number, key, hash);
    take(c, syn, Party::client);
    if (reset) take(c, challenge, Party::server);
    return &c;
}

Connection& ConnectionTable::connection_for(const Segment& s, const ConnectionKey& key,
                                            std::uint64_t hash) {
    const std::uint32_t number = find(key, hash);
    if (number == 0) return open_with(s, key, hash);
    Connection& c = connections_[number];
    if (c.is(Connection::quote_only)) {  // an ICMP error came before the packet that it quotes
        c.unset(Connection::quote_only);
        c.ends = {};
        c.syn_count = 0;
        return c;
    }
    const Party from = sender_of(c, {s.ip.src, s.src_port});
    if (Connection* renewed = resolve_odd_syn(number, s, from, key, hash)) return *renewed;
    const Endpoint& me = c.end(from);
    const bool same_number = me.is(Endpoint::isn_known) && me.isn == s.seq;
    if (!s.flags.syn() || s.flags.rst() || same_number || c.is(Connection::self_connect)) return c;
    const bool opening = !c.is(Connection::established);
    if (s.flags.ack()) {
        return c.finished() && me.is(Endpoint::isn_known) ? reopen_with(s, number, key, hash) : c;
    }
    if (c.finished()) return reopen_with(s, number, key, hash);
    if (opening && from == Party::client) return reopen_with(s, number, key, hash);
    return c;
}

void ConnectionTable::segment(const Segment& s, std::uint64_t hash) {
    note_time(s.time);
    count(s);
    const ConnectionKey key = key_of(s);
    if (copies_.is_copy(s, key.chain == 0 ? hash : flow_hash(key))) {
        ++counts_.copies;
        const std::uint32_t number = find(key, hash);
        if (number == 0) return;
        Connection& c = connections_[number];
        track_copy(c, s, sender_of(c, {s.ip.src, s.src_port}), cold_);
        return;
    }
    if (unordered_) release_closed();
    Connection& c = connection_for(s, key, hash);
    const Party from = sender_of(c, {s.ip.src, s.src_port});
    const Endpoint& me = c.end(from);
    const bool odd_syn = s.flags.syn() && !s.flags.ack() && !s.flags.rst() &&
                         c.is(Connection::established) && !c.is(Connection::self_connect) &&
                         !(me.is(Endpoint::isn_known) && me.isn == s.seq);
    if (odd_syn && handle_odd_syn(find(key, hash), s, from)) return;
    take(c, s, from);
    if (c.is(Connection::self_connect)) take(c, s, Party::server);
}

void ConnectionTable::take(Connection& c, const Segment& s, Party from) {
    Endpoint& me = c.end(from);
    const bool first_of_side = me.packets == 0;
    const bool was_established = c.is(Connection::established);
    const std::uint16_t syns = c.syn_count;
    const std::uint16_t syn_acks = c.syn_ack_count;
    track(c, s, from, cold_);
    if (first_of_side) {
        hosts_.saw_side(c, s);
        if (c.end(tcpwhy::other(from)).first.present()) ++both_directions_;
    }
    if (c.syn_count != syns && syns == 0) hosts_.saw_syn(c, s);
    if (c.syn_ack_count != syn_acks && syn_acks == 0) hosts_.saw_syn_ack(c, s);
    if (!was_established && c.is(Connection::established) && c.syn_count != 0) {
        c.set(Connection::counted_complete);
        hosts_.saw_completion(c, s.time);
    }
    if (s.flags.rst() && c.reset != 0) {
        ResetTrouble& trouble = cold_.resets[c.reset];
        if (trouble.burst == 0) trouble.burst = hosts_.saw_reset(c, s, from);
    }
    if (unordered_ && c.finished() && !c.is(Connection::closing_listed)) {
        c.set(Connection::closing_listed);
        closed_.push_back(find(c.key, hash_of(c.key)));
    }
}

void ConnectionTable::remember_icmp(Connection& c, const IcmpError& error, Party quoted_from) {
    OddTrouble& odd = cold_.odd_of(c);
    if (odd.icmp_count++ >= odd.icmp.size()) return;
    IcmpFacts& f = odd.icmp[odd.icmp_count - 1];
    const Endpoint& sender = c.end(quoted_from);
    f.frame = error.frame;
    f.time = error.time;
    f.meaning = error.meaning;
    f.type = error.type;
    f.code = error.code;
    f.is_v6 = error.ip.is_v6;
    f.router = error.ip.src;
    f.from_peer_itself = error.ip.src == error.quoted.dst;
    f.quoted_from = quoted_from;
    f.quotes_syn = sender.is(Endpoint::isn_known) && error.quoted_seq == sender.isn;
    f.quote_fits = error.quoted_seq.is_at_or_after(sender.isn) &&
                   error.quoted_seq.is_at_or_before(sender.snd_nxt);
    if (sender.last.present()) f.delay = error.time - sender.last.time;
    f.mtu = error.mtu;
    c.last_activity = std::max(c.last_activity, error.time);
}

void ConnectionTable::icmp_error(const IcmpError& error) {
    note_time(error.time);
    const SocketAddress source{error.quoted.src, error.quoted_src_port};
    const SocketAddress target{error.quoted.dst, error.quoted_dst_port};
    const ConnectionKey key = key_of(source, target, error.quoted.chain);
    const std::uint64_t hash = hash_of(key);
    std::uint32_t number = find(key, hash);
    if (number == 0) {
        Connection& c = open(key, hash, error.frame, error.time);
        number = newest_;
        c.set(Connection::quote_only);
        if (c.key.low == source) c.set(Connection::client_is_low);
        Endpoint& client = c.end(Party::client);
        client.isn = error.quoted_seq;
        client.snd_nxt = error.quoted_seq.plus(1);
        client.snd_una = error.quoted_seq;
        const bool certainly_no_syn = error.quoted_flags_known && !error.quoted_flags.syn();
        if (certainly_no_syn) {
            c.set(Connection::midstream | Connection::client_guessed);
        } else {
            client.set(Endpoint::isn_known);
            c.syn_count = 1;
        }
    }
    Connection& c = connections_[number];
    remember_icmp(c, error, sender_of(c, source));
}

void ConnectionTable::neighbor(const NeighborMessage& message) {
    note_time(message.time);
    if (message.kind == NeighborMessage::Kind::reply) {
        hosts_.saw_neighbor_reply(message);
        return;
    }
    NeighborMessage asker_is_alive = message;
    asker_is_alive.target = message.sender;
    if (!message.sender.is_unspecified()) hosts_.saw_neighbor_reply(asker_is_alive);
    neighbors_.request(message, hosts_);
}

void ConnectionTable::other(const OtherPacket& packet) {
    note_time(packet.time);
    hosts_.saw_other(packet);
}

void ConnectionTable::unlink(const Connection& c) {
    if (c.previous_by_start != 0) {
        connections_[c.previous_by_start].next_by_start = c.next_by_start;
    } else {
        oldest_ = c.next_by_start;
    }
    if (c.next_by_start != 0) {
        connections_[c.next_by_start].previous_by_start = c.previous_by_start;
    } else {
        newest_ = c.previous_by_start;
    }
}

void ConnectionTable::let_go(std::uint32_t number) {
    Connection& c = connections_[number];
    const Evidence e = make_evidence(c, cold_, hosts_, neighbors_, span_);
    if (e.quality.starts_midstream) ++counts_.midstream;
    if (e.quality.one_direction) ++counts_.one_direction;
    if (e.client.acked_unseen || e.server.acked_unseen) ++counts_.acked_unseen;
    if (e.quality.evicted) ++counts_.evicted;
    unlink(c);
    if (c.is(Connection::indexed)) index_.remove(hash_of(c.key), number);
    c.unset(Connection::in_use | Connection::indexed);
    cold_.release(c);
    connections_.release(number);
    sink_.evidence(e);
}

void ConnectionTable::release_closed() {
    while (closed_front_ < closed_.size()) {
        const std::uint32_t number = closed_[closed_front_];
        const Connection& c = connections_[number];
        const bool still_listed = c.is(Connection::in_use) && c.is(Connection::closing_listed);
        if (still_listed && span_.end - c.last_activity < linger) break;
        ++closed_front_;
        if (still_listed) let_go(number);
    }
    if (closed_front_ > closed_.size() / 2 && closed_front_ > 1024) {
        closed_.erase(closed_.begin(),
                      closed_.begin() + static_cast<std::ptrdiff_t>(closed_front_));
        closed_front_ = 0;
    }
}

// Lets go what is over first, then what has been idle longest; in order of start.
void ConnectionTable::make_room() {
    struct Candidate {
        bool open;
        Timestamp last_activity;
        std::uint32_t number;
    };
    std::vector<Candidate> candidates;
    candidates.reserve(connections_.size());
    for (std::uint32_t n = oldest_; n != 0; n = connections_[n].next_by_start) {
        const Connection& c = connections_[n];
        candidates.push_back({!c.finished(), c.last_activity, n});
    }
    const auto wanted = static_cast<std::ptrdiff_t>(
        std::min<std::size_t>(candidates.size(), max_connections_ / evicted_part + 1));
    std::nth_element(candidates.begin(), candidates.begin() + wanted - 1, candidates.end(),
                     [](const Candidate& a, const Candidate& b) {
                         if (a.open != b.open) return !a.open;
                         return a.last_activity < b.last_activity;
                     });
    candidates.resize(static_cast<std::size_t>(wanted));
    std::sort(candidates.begin(), candidates.end(), [this](const Candidate& a, const Candidate& b) {
        return connections_[a.number].first_frame < connections_[b.number].first_frame;
    });
    for (const Candidate& candidate : candidates) {
        if (candidate.open) connections_[candidate.number].set(Connection::evicted);
        let_go(candidate.number);
    }
}

// Whether the client sent nothing for long after its ACK without getting the SYN-ACK again.
bool ConnectionTable::was_spared(const Connection& c) const {
    if (c.syn_ack_count != 1 || !c.handshake_ack.present()) return false;
    const Mark& data = c.end(Party::client).first_data;
    const Timestamp until = data.present() ? data.time : span_.end;
    return until - c.handshake_ack.time > syn_ack_comes_again;
}

void ConnectionTable::emit_neighbors_before(Timestamp time) {
    while (unanswered_front_ < unanswered_.size() && unanswered_[unanswered_front_].first <= time) {
        sink_.evidence(make_evidence(unanswered_[unanswered_front_++], span_));
    }
}

void ConnectionTable::finish() {
    std::size_t one_sided = 0;
    for (std::uint32_t n = oldest_; n != 0; n = connections_[n].next_by_start) {
        const Connection& c = connections_[n];
        if (c.ends[0].is(Endpoint::presumed) || c.ends[1].is(Endpoint::presumed)) ++one_sided;
        // Short connections were noticed when they began.
        for (const Party party : {Party::client, Party::server}) {
            const Mark& last = c.end(party).last;
            const bool late = last.present() && last.time - c.start > lasts_long;
            if (late) hosts_.saw_last(c.address(party).addr, last.time);
        }
        if (was_spared(c)) hosts_.saw_silent_accept(c.address(Party::server));
    }
    span_.one_direction_everywhere = both_directions_ == 0 && one_sided != 0;
    unanswered_ = neighbors_.unanswered(hosts_);
    counts_.connections += unanswered_.size();
    while (oldest_ != 0) {
        emit_neighbors_before(connections_[oldest_].start);
        let_go(oldest_);
    }
    emit_neighbors_before(Timestamp::max());
}

}  // namespace tcpwhy
