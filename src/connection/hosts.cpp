#include "connection/hosts.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace tcpwhy {

namespace {

using namespace std::chrono_literals;

constexpr Duration accept_nearby = 10s;
constexpr Duration burst_gap = 100ms;
// A second with at least this many SYNs of which less than a fifth completed is part of a flood.
// Busy servers complete nearly all of theirs; scans reach many ports, not one.
constexpr std::uint32_t flood_syns_per_second = 100;
constexpr std::uint32_t flood_completion_share = 5;

std::int64_t second_of(Timestamp t) {
    return std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count();
}

// Neighbouring ports are an arithmetic progression after the one multiplication of KeyedHash, and
// may share few bits; another round (splitmix64's) spreads them.
std::uint64_t bit_of(std::uint64_t hash) {
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9ULL;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebULL;
    return 1ULL << (hash >> 58);
}

// Linear counting over a bitmap of 64: good up to some 100 different ones.
std::uint32_t count_of_bitmap(std::uint64_t bitmap) {
    const int zeros = 64 - std::popcount(bitmap);
    if (zeros == 0) return 300;  // saturated: "hundreds"
    return static_cast<std::uint32_t>(std::lround(64.0 * std::log(64.0 / zeros)));
}

void close_second(ListenerRecord& l) {
    const std::uint32_t half_open =
        l.second_syns > l.second_completed ? l.second_syns - l.second_completed : 0;
    l.worst_half_open = std::max(l.worst_half_open, half_open);
    if (l.second_syns < flood_syns_per_second ||
        l.second_completed * flood_completion_share >= l.second_syns) {
        return;
    }
    if (!l.flooded) l.flood_first = l.second;
    l.flooded = true;
    l.flood_last = l.second;
}

void enter_second(ListenerRecord& l, Timestamp now) {
    const std::int64_t second = second_of(now);
    if (second == l.second) return;
    close_second(l);
    l.second = second;
    l.second_syns = 0;
    l.second_completed = 0;
}

}  // namespace

void DistinctCounter::add(std::uint64_t hash) {
    std::uint8_t& reg = registers_[hash & 63];
    // The lowest six bits choose the register; the rank counts zeros in the other 58.
    const auto rank = static_cast<std::uint8_t>(std::countl_zero(hash | 64) + 1);
    reg = std::max(reg, rank);
}

std::uint32_t DistinctCounter::estimate() const {
    constexpr int fraction_bits = 58;  // 2^-reg as a fixed-point number; reg is at most 58
    std::uint64_t sum = 0;
    int zeros = 0;
    for (const std::uint8_t reg : registers_) {
        sum += std::uint64_t{1} << (fraction_bits - reg);
        if (reg == 0) ++zeros;
    }
    constexpr double registers = 64;
    const double raw =
        0.709 * registers * registers / std::ldexp(static_cast<double>(sum), -fraction_bits);
    if (raw < 2.5 * registers && zeros != 0) {
        return static_cast<std::uint32_t>(std::lround(registers * std::log(registers / zeros)));
    }
    return static_cast<std::uint32_t>(std::lround(raw));
}

HostRecord* HostTable::host(const IpAddress& a) {
    return hosts_.find_or_add(a, hash_.of_address(a.bytes, 1));
}
const HostRecord* HostTable::host(const IpAddress& a) const {
    return hosts_.find(a, hash_.of_address(a.bytes, 1));
}
ListenerRecord* HostTable::listener(const SocketAddress& a) {
    return listeners_.find_or_add(a, hash_.of_address(a.addr.bytes, a.port));
}
const ListenerRecord* HostTable::listener(const SocketAddress& a) const {
    return listeners_.find(a, hash_.of_address(a.addr.bytes, a.port));
}
PairRecord* HostTable::pair(const IpAddress& client, const IpAddress& server) {
    return pairs_.find_or_add({client, server},
                              hash_.of_address(client.bytes, hash_.of_address(server.bytes, 2)));
}
const PairRecord* HostTable::pair(const IpAddress& client, const IpAddress& server) const {
    return pairs_.find({client, server},
                       hash_.of_address(client.bytes, hash_.of_address(server.bytes, 2)));
}

void HostTable::mark_alive(HostRecord& h, std::uint64_t frame, Timestamp time) {
    if (h.alive_frame == 0) {
        h.alive_frame = frame;
        h.first_alive = time;
    }
    h.last_alive = std::max(h.last_alive, time);
}

void HostTable::prefetch_syn(const Segment& s) const {
    hosts_.prefetch(hash_.of_address(s.ip.src.bytes, 1));
    listeners_.prefetch(hash_.of_address(s.ip.dst.bytes, s.dst_port));
    pairs_.prefetch(hash_.of_address(s.ip.src.bytes, hash_.of_address(s.ip.dst.bytes, 2)));
}

void HostTable::saw_syn(Connection& c, const Segment& s) {
    const SocketAddress& server = c.address(Party::server);
    if (ListenerRecord* l = listener(server)) {
        enter_second(*l, s.time);
        ++l->syns;
        ++l->second_syns;
        l->sources.add(counting_hash_.of_address(s.ip.src.bytes, 3));
    }
    if (PairRecord* p = pair(s.ip.src, s.ip.dst)) {
        p->ports |= bit_of(counting_hash_.of(s.dst_port, 4));
        p->last_syn = s.time;
    }
    if (HostRecord* h = host(s.ip.src)) {
        h->peers_tried |= bit_of(counting_hash_.of_address(s.ip.dst.bytes, 5));
        if (s.options.has_md5) h->uses_md5 = true;
        if (s.options.has_ao) h->uses_ao = true;
        if (!s.options.has_timestamps) return;
        const bool older = Seq(s.options.tsval).is_before(Seq(h->last_syn_tsval));
        if (h->sent_syn_with_tsval && older) c.set(Connection::tsval_backwards);
        if (!h->sent_syn_with_tsval || !older) h->last_syn_tsval = s.options.tsval;
        h->sent_syn_with_tsval = true;
    }
}

void HostTable::saw_syn_ack(Connection& c, const Segment& s) {
    if (HostRecord* h = host(s.ip.src)) {
        h->answers_tcp = true;
        h->ttl = s.ip.ttl;
        if (s.options.has_md5) h->uses_md5 = true;
        if (s.options.has_ao) h->uses_ao = true;
    }
    const Mark& syn = c.end(Party::client).first;
    if (!syn.present() || !syn.has(Mark::has_timestamps)) return;
    if (PairRecord* p = pair(s.ip.dst, s.ip.src)) {
        if (!p->any_answered || Seq(syn.tsval).is_after(Seq(p->answered_tsval))) {
            p->answered_tsval = syn.tsval;
        }
        p->any_answered = true;
        ++p->answered;
        if (c.is(Connection::tsval_backwards)) p->backwards_answered = true;
        p->answered_at = s.time;
    }
}

void HostTable::saw_completion(const Connection& c, Timestamp now) {
    port_uses_.saw_handshake(c.address(Party::client), c.address(Party::server), now);
    if (PairRecord* p = pair(c.address(Party::client).addr, c.address(Party::server).addr)) {
        p->completed_ports |= bit_of(counting_hash_.of(c.address(Party::server).port, 4));
    }
    ListenerRecord* l = listener(c.address(Party::server));
    if (l == nullptr) return;
    enter_second(*l, now);
    ++l->completed;
    ++l->second_completed;
    if (l->accept_spans != 0) {
        AcceptSpan& newest = l->accepts[l->newest_span];
        if (now - newest.last <= accept_nearby) {
            newest.last = std::max(newest.last, now);
            return;
        }
        l->newest_span = static_cast<std::uint8_t>((l->newest_span + 1) % l->accepts.size());
    }
    l->accepts[l->newest_span] = {now, now};
    if (l->accept_spans < l->accepts.size()) ++l->accept_spans;
}

void HostTable::saw_side(const Connection& c, const Segment& s) {
    HostRecord* h = host(s.ip.src);
    if (h == nullptr) return;
    mark_alive(*h, s.frame, s.time);
    ++h->connections_seen;
    if (!s.flags.rst()) (s.flags.syn() ? h->other_ttl : h->ttl) = s.ip.ttl;
    if (s.flags.rst() && c.end(Party::client).last.control().syn()) h->answers_tcp = true;
}

std::uint32_t HostTable::saw_reset(const Connection& c, const Segment& s, Party from) {
    ListenerRecord* l = listener(c.address(Party::server));
    if (l == nullptr || from != Party::server) return 0;
    if (!c.is(Connection::established)) {
        ++l->refused;
        return 0;
    }
    if (l->burst == 0 || s.time - l->burst_last > burst_gap) {
        if (bursts_.size() >= max_bursts) return 0;
        bursts_.emplace_back();
        l->burst = static_cast<std::uint32_t>(bursts_.size());
    }
    l->burst_last = s.time;
    ResetBurst& burst = bursts_[l->burst - 1];
    ++burst.count;
    if (c.end(Party::server).bytes() == 0) ++burst.silent;
    return l->burst;
}

void HostTable::saw_silent_accept(const SocketAddress& server) {
    ListenerRecord* l = listeners_.find(server, hash_.of_address(server.addr.bytes, server.port));
    if (l != nullptr) l->spares_silent = true;
}

void HostTable::saw_last(const IpAddress& address, Timestamp time) {
    HostRecord* h = hosts_.find(address, hash_.of_address(address.bytes, 1));
    if (h != nullptr) h->last_alive = std::max(h->last_alive, time);
}

void HostTable::saw_other(const OtherPacket& p) {
    if (p.ip.src.is_multicast() || p.ip.src.is_unspecified()) return;
    HostRecord* h = host(p.ip.src);
    if (h == nullptr) return;
    mark_alive(*h, p.frame, p.time);
    h->alive_otherwise = true;
    h->other_ttl = p.ip.ttl;
}

void HostTable::saw_neighbor_reply(const NeighborMessage& m) {
    if (HostRecord* h = host(m.target)) {
        mark_alive(*h, m.frame, m.time);
        h->alive_otherwise = true;
    }
}

bool HostTable::alive_since(const IpAddress& address, Timestamp since) const {
    const HostRecord* h = host(address);
    return h != nullptr && h->alive_frame != 0 && h->last_alive >= since;
}

bool HostTable::syn_since(const IpAddress& client, const IpAddress& server, Timestamp since) const {
    const PairRecord* p = pair(client, server);
    return p != nullptr && p->last_syn >= since;
}

bool HostTable::is_listener(const SocketAddress& address) const {
    const ListenerRecord* l = listener(address);
    return l != nullptr && l->syns != 0;
}

void HostTable::fill(const Connection& c, std::uint32_t burst, HostFacts& facts) const {
    const SocketAddress& server = c.address(Party::server);
    if (const HostRecord* h = host(server.addr)) {
        const std::uint32_t here = c.end(Party::server).first.present() ? 1 : 0;
        facts.server_alive = h->alive_otherwise || h->connections_seen > here;
        facts.server_answers_tcp = h->answers_tcp && h->connections_seen > here;
        facts.server_ttl = h->ttl != 0 ? h->ttl : h->other_ttl;
        facts.md5_peer_uses = h->uses_md5;
        facts.ao_peer_uses = h->uses_ao;
        facts.alive_proof.frame = facts.server_alive ? h->alive_frame : 0;
        facts.alive_proof.time = h->first_alive;
        if (facts.server_alive) facts.alive_until = h->last_alive;
        facts.alive_proof.from = Party::server;
    }
    if (burst != 0) {
        facts.resets_together = bursts_[burst - 1].count;
        facts.silent_accepts_reset_together = bursts_[burst - 1].silent;
    }
    fill_client(c, facts);
    const ListenerRecord* l = listener(server);
    if (l == nullptr) return;
    ListenerRecord now = *l;
    close_second(now);
    const std::uint32_t own = c.is(Connection::counted_complete) ? 1 : 0;
    facts.listener_spares_silent = now.spares_silent;
    facts.listener_syns = now.syns;
    facts.listener_completed = now.completed;
    facts.port_accepts = now.completed > own;
    const std::uint32_t answered = now.completed + now.refused;
    facts.listener_half_open = now.syns > answered ? now.syns - answered : 0;
    facts.listener_sources = now.sources.estimate();
    facts.listener_half_open_per_second = now.worst_half_open;
    const std::int64_t second = second_of(c.start);
    // A flood begins and ends within a second, and what it leaves half open lasts longer.
    facts.flooded_now =
        now.flooded && second >= now.flood_first - 1 && second <= now.flood_last + 1;
    if (!facts.port_accepts) return;
    const PairRecord* own_pair = pair(c.address(Party::client).addr, server.addr);
    facts.port_accepted_this_client =
        own_pair != nullptr &&
        (own_pair->completed_ports & bit_of(counting_hash_.of(server.port, 4))) != 0;
    for (std::size_t at = 0; at < now.accept_spans; ++at) {
        const AcceptSpan& span = now.accepts[at];
        if (span.first - c.start <= accept_nearby && c.start - span.last <= accept_nearby) {
            facts.port_accepted_nearby = true;
        }
    }
}

void HostTable::fill_client(const Connection& c, HostFacts& facts) const {
    const IpAddress& client = c.address(Party::client).addr;
    if (const HostRecord* h = host(client)) {
        facts.client_ttl = h->ttl != 0 ? h->ttl : h->other_ttl;
        facts.hosts_tried = count_of_bitmap(h->peers_tried);
    }
    facts.tsval_backwards = c.is(Connection::tsval_backwards);
    const PairRecord* p = pair(client, c.address(Party::server).addr);
    if (p == nullptr) return;
    facts.ports_tried = count_of_bitmap(p->ports);
    const Mark& syn = c.end(Party::client).first;
    facts.tsvals_answered = p->answered;
    facts.backwards_tsval_answered = p->backwards_answered;
    facts.newer_tsval_answered = p->any_answered && syn.has(Mark::has_timestamps) &&
                                 p->answered_at >= c.start &&
                                 Seq(p->answered_tsval).is_after(Seq(syn.tsval));
}

}  // namespace tcpwhy
