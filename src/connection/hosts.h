// What is known of hosts and listeners across connections.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/flat_map.h"
#include "base/hash.h"
#include "connection/connection.h"
#include "connection/evidence.h"
#include "connection/port_uses.h"
#include "packet/segment.h"

namespace tcpwhy {

/// Estimates how many different things were counted (HyperLogLog, 64 registers: ±13 %).
class DistinctCounter {
public:
    void add(std::uint64_t hash);
    [[nodiscard]] std::uint32_t estimate() const;

private:
    std::array<std::uint8_t, 64> registers_{};
};

/// One address.
struct HostRecord {
    Timestamp first_alive{};
    Timestamp last_alive{};  ///< newest of: first packet of a connection, other IP, neighbour reply
    std::uint64_t alive_frame = 0;       ///< the first packet from it; 0 = none
    std::uint32_t connections_seen = 0;  ///< connections on which it sent something
    std::uint32_t last_syn_tsval = 0;
    bool sent_syn_with_tsval = false;
    bool alive_otherwise = false;  ///< a packet that is of no connection came from it
    bool answers_tcp = false;
    bool uses_md5 = false;
    bool uses_ao = false;
    std::uint8_t ttl = 0;           ///< of its SYN-ACKs and data; 0 = none seen
    std::uint8_t other_ttl = 0;     ///< of its other packets
    std::uint64_t peers_tried = 0;  ///< bitmap over hashes of the servers it sent SYNs to
};

/// A stretch of time in which a listener completed handshakes at least every ten seconds.
struct AcceptSpan {
    Timestamp first{};
    Timestamp last{};
};

/// One server address and port.
struct ListenerRecord {
    std::uint32_t syns = 0;
    std::uint32_t completed = 0;
    std::uint32_t refused = 0;
    bool spares_silent = false;  ///< HostFacts::listener_spares_silent
    DistinctCounter sources;
    std::int64_t second = 0;  ///< the one being counted
    std::uint32_t second_syns = 0;
    std::uint32_t second_completed = 0;
    std::uint32_t worst_half_open = 0;  ///< per second
    std::int64_t flood_first = 0;       ///< seconds; where flooded
    std::int64_t flood_last = 0;
    bool flooded = false;
    std::array<AcceptSpan, 8> accepts{};
    std::uint8_t accept_spans = 0;
    std::uint8_t newest_span = 0;
    std::uint32_t burst = 0;  ///< index + 1 of the newest reset burst
    Timestamp burst_last{};
};

/// Resets that one listener's host sent within 100 ms of each other.
struct ResetBurst {
    std::uint32_t count = 0;
    std::uint32_t silent = 0;  ///< …on connections on which it had sent no byte
};

/// A client and a server.
struct PairRecord {
    std::uint64_t ports = 0;            ///< bitmap over hashes of the ports tried
    std::uint64_t completed_ports = 0;  ///< …of those on which a handshake completed
    Timestamp last_syn{};
    Timestamp answered_at{};
    std::uint32_t answered_tsval = 0;  ///< newest TSval of a SYN that was answered
    bool any_answered = false;
    bool backwards_answered =
        false;                   ///< a SYN with an older TSval than an earlier one's was answered
    std::uint32_t answered = 0;  ///< SYNs with timestamps that were answered
};

/// Hosts, listeners and pairs; each kind bounded, nothing is added beyond.
class HostTable {
public:
    explicit HostTable(KeyedHash hash) : hash_(hash), port_uses_(hash) {}

    /// Brings into the cache what saw_syn() will touch.
    void prefetch_syn(const Segment& s) const;
    void saw_syn(Connection& c, const Segment& s);
    void saw_syn_ack(Connection& c, const Segment& s);
    void saw_completion(const Connection& c, Timestamp now);
    /// The first packet of a side on a connection.
    void saw_side(const Connection& c, const Segment& s);
    /// A reset; returns the burst it belongs to (index + 1), 0 for none.
    [[nodiscard]] std::uint32_t saw_reset(const Connection& c, const Segment& s, Party from);
    /// A connection to that listener on which the client waited silently and in peace.
    void saw_silent_accept(const SocketAddress& server);
    /// The last packet of an address on a connection.
    void saw_last(const IpAddress& address, Timestamp time);
    void saw_other(const OtherPacket& p);
    void saw_neighbor_reply(const NeighborMessage& m);
    /// Whether anything came from that address at or after `since`.
    [[nodiscard]] bool alive_since(const IpAddress& address, Timestamp since) const;
    /// Whether `client` sent `server` a SYN at or after `since`.
    [[nodiscard]] bool syn_since(const IpAddress& client, const IpAddress& server,
                                 Timestamp since) const;
    /// Whether that address and port ever completed a handshake or answered a SYN with SYN-ACK.
    [[nodiscard]] bool is_listener(const SocketAddress& address) const;
    void fill(const Connection& c, std::uint32_t burst, HostFacts& facts) const;
    void fill_client(const Connection& c, HostFacts& facts) const;
    [[nodiscard]] const PortUses& port_uses() const { return port_uses_; }

private:
    [[nodiscard]] HostRecord* host(const IpAddress& a);
    [[nodiscard]] const HostRecord* host(const IpAddress& a) const;
    [[nodiscard]] ListenerRecord* listener(const SocketAddress& a);
    [[nodiscard]] const ListenerRecord* listener(const SocketAddress& a) const;
    [[nodiscard]] PairRecord* pair(const IpAddress& client, const IpAddress& server);
    [[nodiscard]] const PairRecord* pair(const IpAddress& client, const IpAddress& server) const;
    void mark_alive(HostRecord& h, std::uint64_t frame, Timestamp time);

    struct AddressPair {
        IpAddress client;
        IpAddress server;
        friend bool operator==(const AddressPair&, const AddressPair&) = default;
    };
    // Bounds: about 100 bytes a host, 350 a listener, 80 a pair; at most some 150 MB in all.
    static constexpr std::size_t max_hosts = 1U << 18;
    static constexpr std::size_t max_listeners = 1U << 16;
    static constexpr std::size_t max_pairs = 1U << 18;
    static constexpr std::size_t max_bursts = 1U << 20;

    /// Estimates must not change from run to run; whoever knows this key can only spoil a count.
    static constexpr KeyedHash counting_hash_{0x7463707768790001ULL};

    KeyedHash hash_;
    PortUses port_uses_;
    FlatMap<IpAddress, HostRecord> hosts_{max_hosts};
    FlatMap<SocketAddress, ListenerRecord> listeners_{max_listeners};
    FlatMap<AddressPair, PairRecord> pairs_{max_pairs};
    std::vector<ResetBurst> bursts_;
};

}  // namespace tcpwhy
