// One TCP connection as the table keeps it: what each packet touches, and what only troubled
// connections need.
#pragma once

#include <array>
#include <cstdint>

#include "connection/endpoint.h"
#include "connection/evidence.h"
#include "connection/history.h"
#include "connection/mark.h"
#include "packet/segment.h"
#include "tcpwhy/address.h"

namespace tcpwhy {

/// What tells connections apart. `low` and `high` are the two ends in address order, so that both
/// directions have one key.
struct ConnectionKey {
    SocketAddress low;
    SocketAddress high;
    TunnelChain chain = 0;
    friend bool operator==(const ConnectionKey&, const ConnectionKey&) = default;
};

/// A side's trouble with getting data through.
struct SideTrouble {
    MarkRun unanswered;  ///< retransmissions since the last progress
    Mark unanswered_original;
    std::uint32_t smallest_unacked = 0;
    std::uint32_t keepalives_answered = 0;
    MarkRun keepalive_probes;  ///< since the peer last said anything
    MarkRun window_probes;
    MarkRun challenge_acks;
    Mark zero_window;  ///< beginning of the present stretch of window 0
    bool sack_beyond_hole = false;
};

/// What happened beyond the ordinary while the connection was opened.
struct OpeningTrouble {
    Mark last_syn;  ///< the newest repeat of the client's SYN
    Mark last_syn_ack;
    Mark crossed_syn;
    Mark ack_of_syn_stale;
    Mark reset_of_stale;
    Mark syn_after_stale;
    Mark proxied_update;
    std::uint32_t syn_acks_after_ack = 0;
    std::uint32_t copies_of_this_syn = 0;  ///< with a smaller TTL, since the newest SYN
    std::uint32_t ttl_falling_copies = 0;  ///< the largest of these
    bool bad_syn_ack = false;
    bool syn_ack_ttl_foreign = false;
};

/// One reset as it was judged when it arrived: ResetFacts in stored form.
struct StoredReset {
    Mark mark;
    Mark trigger;
    Trigger answers = Trigger::none;
    ResetPosition position = ResetPosition::unknown;
    std::int16_t ttl_difference = 0;
    std::uint16_t facts = 0;
    Duration idle_before{};

    static constexpr std::uint16_t active_shape = 1;
    static constexpr std::uint16_t reply_shape = 2;
    static constexpr std::uint16_t ttl_known = 4;
    static constexpr std::uint16_t ip_id_foreign = 8;
    static constexpr std::uint16_t lacks_timestamps = 16;
    static constexpr std::uint16_t window_foreign = 32;
    static constexpr std::uint16_t sender_had_fin = 64;
    static constexpr std::uint16_t peer_had_fin = 128;
    static constexpr std::uint16_t after_all_delivered = 256;
    static constexpr std::uint16_t sender_spoke_after = 512;
    static constexpr std::uint16_t peer_data_unanswered = 1024;
    static constexpr std::uint16_t peer_data_unacked = 2048;
    static constexpr std::uint16_t window_shut = 4096;
    static constexpr std::uint16_t window_reopened = 8192;
    static constexpr std::uint16_t in_time_wait = 16384;  ///< reached a side in TIME_WAIT

    [[nodiscard]] bool is(std::uint16_t fact) const { return (facts & fact) != 0; }
    void set(std::uint16_t fact) { facts = static_cast<std::uint16_t>(facts | fact); }
};

/// The resets of a connection.
struct ResetTrouble {
    std::array<StoredReset, 4> resets;
    std::uint8_t stored = 0;
    bool step = false;                     ///< ResetFacts: sequence numbers step or scatter
    std::array<std::uint32_t, 2> count{};  ///< by Party
    Mark data_after_fin;
    std::uint32_t burst = 0;  ///< index + 1 into the listener bursts; 0 = none
};

/// The rare rest.
struct OddTrouble {
    std::array<IcmpFacts, 4> icmp{};
    std::uint32_t icmp_count = 0;
    PreviousConnection previous;
    Segment odd_syn;  ///< a SYN inside the connection, kept whole in case it opens a new one
    Mark odd_syn_mark;
    Segment odd_syn_answer;  ///< the challenge ACK it got
    Mark odd_syn_answer_mark;
    bool odd_syn_foreign = false;
};

/// One connection. Numbers of records in pools; 0 = none. An ordinary packet touches the first two
/// cache lines and the first two of each end: ConnectionTable::prefetch_connection().
struct alignas(64) Connection {
    ConnectionKey key;
    std::uint32_t facts = 0;  ///< the bits below
    std::uint32_t opening = 0;
    std::uint32_t reset = 0;
    std::uint32_t odd = 0;
    Timestamp last_activity{};

    std::uint64_t first_frame = 0;
    std::uint16_t syn_count = 0;
    std::uint16_t syn_ack_count = 0;
    std::uint16_t acks_of_syn_ack = 0;
    History history;
    std::array<Endpoint, 2> ends;  ///< by Party

    Mark handshake_ack;
    Timestamp start{};
    std::uint32_t next_by_start = 0;  ///< the table's list: numbers, 0 = none
    std::uint32_t previous_by_start = 0;

    static constexpr std::uint32_t client_is_low = 1U << 0;
    static constexpr std::uint32_t established = 1U << 1;
    static constexpr std::uint32_t midstream = 1U << 2;
    static constexpr std::uint32_t client_guessed = 1U << 3;
    static constexpr std::uint32_t self_connect = 1U << 4;
    static constexpr std::uint32_t syn_payload = 1U << 5;
    static constexpr std::uint32_t copies = 1U << 6;
    static constexpr std::uint32_t ended_by_reset = 1U << 7;
    static constexpr std::uint32_t in_use = 1U << 8;
    static constexpr std::uint32_t indexed = 1U << 9;      ///< still found by its key
    static constexpr std::uint32_t quote_only = 1U << 10;  ///< known from ICMP quotes alone
    static constexpr std::uint32_t evicted = 1U << 11;
    static constexpr std::uint32_t closing_listed = 1U << 12;
    static constexpr std::uint32_t counted_complete = 1U << 13;
    static constexpr std::uint32_t proxied = 1U << 14;  ///< SYN-ACK with window 0
    static constexpr std::uint32_t flipped = 1U << 15;  ///< began with a SYN-ACK
    static constexpr std::uint32_t tsval_backwards = 1U << 16;
    static constexpr std::uint32_t newer_tsval_answered = 1U << 17;

    static constexpr std::uint32_t handshake_acked = 1U << 31;  ///< handshake_ack is there

    [[nodiscard]] bool is(std::uint32_t fact) const { return (facts & fact) != 0; }
    void set(std::uint32_t fact) { facts |= fact; }
    void unset(std::uint32_t fact) { facts &= ~fact; }

    [[nodiscard]] Endpoint& end(Party p) { return ends[static_cast<std::size_t>(p)]; }
    [[nodiscard]] const Endpoint& end(Party p) const { return ends[static_cast<std::size_t>(p)]; }
    [[nodiscard]] const SocketAddress& address(Party p) const {
        return (p == Party::client) == is(client_is_low) ? key.low : key.high;
    }
    /// Both FINs acknowledged, or a reset that its receiver acts on.
    [[nodiscard]] bool finished() const {
        return is(ended_by_reset) || (ends[0].fin_acked() && ends[1].fin_acked());
    }
};

}  // namespace tcpwhy
