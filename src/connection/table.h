// All connections of a capture, in bounded memory.
#pragma once

#include <cstdint>
#include <vector>

#include "base/hash.h"
#include "connection/cold_storage.h"
#include "connection/connection_index.h"
#include "connection/copies.h"
#include "connection/evidence_builder.h"
#include "connection/hosts.h"
#include "connection/neighbors.h"
#include "packet/segment.h"

namespace tcpwhy {

/// Takes the evidence on each connection when the table lets it go.
class EvidenceSink {
public:
    virtual ~EvidenceSink() = default;
    virtual void evidence(const Evidence& e) = 0;
};

/// What the table counts beside the connections themselves.
struct TableCounts {
    std::uint64_t connections = 0;
    std::uint64_t evicted = 0;  ///< let go before their end
    std::uint64_t midstream = 0;
    std::uint64_t one_direction = 0;
    std::uint64_t copies = 0;
    std::uint64_t larger_than_mtu = 0;
    std::uint64_t bad_checksums = 0;
    std::uint64_t cut_headers = 0;
    std::uint64_t acked_unseen = 0;
};

/// The connections of one vantage point. Packets go in; evidence comes out: by each connection's
/// start when finish() is called (or when room is needed), or, unordered, some time after each
/// connection's end. At most `max_connections` are held, ended ones that wait included.
class ConnectionTable {
public:
    /// REQUIRES: max_connections > 0. `sink` must outlive the table.
    ConnectionTable(std::uint32_t max_connections, bool unordered, EvidenceSink& sink);

    /// A hash of a segment's connection, for prefetch() and segment().
    [[nodiscard]] std::uint64_t hash_of(const Segment& s) const;
    /// Brings the index slot (first) and the connection (second) of a hash into the cache.
    void prefetch_slot(const Segment& s, std::uint64_t hash) const {
        index_.prefetch(hash);
        if (s.flags.syn() && !s.flags.ack()) hosts_.prefetch_syn(s);
    }
    void prefetch_connection(std::uint64_t hash) const;

    void segment(const Segment& s, std::uint64_t hash);
    void icmp_error(const IcmpError& error);
    void neighbor(const NeighborMessage& message);
    void other(const OtherPacket& packet);
    /// A packet that is of no use but to tell how long the capture lasted.
    void passing_time(Timestamp time) { note_time(time); }
    /// The capturing program says that it dropped packets.
    void note_dropped_packets() { span_.dropped_packets = true; }
    /// Lets everything go. Nothing may be put in afterwards.
    void finish();

    [[nodiscard]] const TableCounts& counts() const { return counts_; }

private:
    [[nodiscard]] std::uint64_t flow_hash(const ConnectionKey& key) const;
    [[nodiscard]] std::uint64_t hash_of(const ConnectionKey& key) const;
    [[nodiscard]] std::uint32_t find(const ConnectionKey& key, std::uint64_t hash) const;
    Connection& open(const ConnectionKey& key, std::uint64_t hash, std::uint64_t frame,
                     Timestamp time);
    Connection& open_with(const Segment& s, const ConnectionKey& key, std::uint64_t hash);
    Connection& reopen_with(const Segment& s, std::uint32_t number, const ConnectionKey& key,
                            std::uint64_t hash);
    void decide_client(Connection& c, const Segment& s) const;
    [[nodiscard]] Connection& connection_for(const Segment& s, const ConnectionKey& key,
                                             std::uint64_t hash);
    [[nodiscard]] bool handle_odd_syn(std::uint32_t number, const Segment& s, Party from);
    Connection* resolve_odd_syn(std::uint32_t number, const Segment& s, Party from,
                                const ConnectionKey& key, std::uint64_t hash);
    void take(Connection& c, const Segment& s, Party from);
    void remember_icmp(Connection& c, const IcmpError& error, Party quoted_from);

    void note_time(Timestamp time);
    void count(const Segment& s);
    void list_if_finished(Connection& c, std::uint32_t number);
    void release_closed();
    void make_room();
    void let_go(std::uint32_t number);
    void unlink(const Connection& c);
    [[nodiscard]] bool was_spared(const Connection& c) const;
    void emit_neighbors_before(Timestamp time);

    KeyedHash hash_;
    std::uint32_t max_connections_;
    bool unordered_;
    EvidenceSink& sink_;
    Pool<Connection> connections_;
    ColdStorage cold_;
    ConnectionIndex index_;
    CopyFilter copies_;
    HostTable hosts_;
    NeighborTable neighbors_;
    CaptureSpan span_;
    TableCounts counts_;
    bool any_packet_ = false;
    std::uint32_t oldest_ = 0;  ///< the list by start
    std::uint32_t newest_ = 0;
    std::uint64_t both_directions_ = 0;
    std::vector<std::uint32_t> closed_;  ///< unordered: ended connections, oldest end first
    std::size_t closed_front_ = 0;
    std::vector<NeighborRun> unanswered_;  ///< while finishing
    std::size_t unanswered_front_ = 0;
};

}  // namespace tcpwhy
