// One side of a connection as its packets prove it.
#pragma once

#include <cstdint>

#include "connection/mark.h"

namespace tcpwhy {

/// How a segment stands to what its sender had sent before.
enum class SegmentRole : std::uint8_t {
    no_payload,      ///< takes no sequence space
    new_data,        ///< begins at or after SND.NXT
    fills_gap,       ///< bytes that were skipped before: reordering on the way
    retransmission,  ///< bytes (or FIN) that were sent before
    keepalive,       ///< seq = SND.NXT - 1, 0 or 1 byte, everything acknowledged
    window_probe,    ///< sent against a window of 0
};

/// An endpoint's own numbers (RFC 9293 3.3.1) as an observer sees them, and its habits. What an
/// ordinary packet touches fills the first two cache lines.
struct alignas(64) Endpoint {
    Mark last;    ///< its newest segment that is no reset
    Seq snd_nxt;  ///< one beyond the highest sequence number it was seen to send
    Seq snd_una;  ///< the highest acknowledgement of its sequence space
    std::uint32_t packets = 0;
    std::uint32_t facts = 0;        ///< the bits below
    std::int8_t window_scale = -1;  ///< from its SYN; -1 = none or unknown
    std::uint8_t usual_ttl = 0;     ///< of its segments that are no resets; 0 = none seen
    std::uint64_t ip_bytes = 0;
    Timestamp
        progress{};  ///< when it last was acknowledged something new, or began to wait for that
    std::uint32_t largest_sent = 0;   ///< largest payload since everything was acknowledged
    std::uint32_t largest_acked = 0;  ///< largest payload that was acknowledged

    Seq isn;                       ///< from its SYN; else the first number seen, minus 1
    std::uint32_t wraps = 0;       ///< how often SND.NXT passed 2^32 since isn
    std::uint32_t max_window = 0;  ///< bytes
    std::uint32_t data_segments = 0;
    std::uint32_t retransmitted = 0;
    Seq hole_begin;  ///< with has_hole: [hole_begin, hole_end) was skipped
    Seq hole_end;
    std::uint32_t transfer = 0;  ///< index + 1 into the pool of SideTrouble; 0 = none
    std::uint16_t mss = 0;
    std::uint16_t first_ip_id = 0;
    std::int16_t mptcp_reset_reason = -1;
    // Touched more seldom.
    Mark first;  ///< its first segment
    Mark first_data;
    Mark last_data;  ///< kept when something else follows it; see newest_data()
    Mark fin;        ///< its first FIN

    static constexpr std::uint32_t seen = 1;
    static constexpr std::uint32_t isn_known = 2;
    static constexpr std::uint32_t timestamps = 4;
    static constexpr std::uint32_t md5 = 8;
    static constexpr std::uint32_t ao = 16;
    static constexpr std::uint32_t mptcp = 32;
    static constexpr std::uint32_t has_hole = 64;
    static constexpr std::uint32_t acked_unseen = 128;
    static constexpr std::uint32_t last_was_probe = 256;  ///< `last` is a keepalive or window probe
    static constexpr std::uint32_t ip_id_counts = 512;    ///< its IP IDs rise by small steps
    static constexpr std::uint32_t ip_id_zero = 1024;     ///< all its IP IDs were 0
    static constexpr std::uint32_t cut_headers = 2048;
    static constexpr std::uint32_t always_df = 4096;  ///< all its IPv4 packets had DF
    static constexpr std::uint32_t sack_permitted = 8192;
    static constexpr std::uint32_t plain_syn = 16384;  ///< its SYN had no options, or only MSS
    static constexpr std::uint32_t gap_acked = 32768;  ///< its hole was acknowledged unseen
    static constexpr std::uint32_t presumed =
        65536;  ///< numbers known from the peer's acknowledgements alone

    [[nodiscard]] bool is(std::uint32_t fact) const { return (facts & fact) != 0; }
    void set(std::uint32_t fact) { facts |= fact; }
    void unset(std::uint32_t fact) { facts &= ~fact; }

    [[nodiscard]] bool has_sent_fin() const { return fin.present(); }
    [[nodiscard]] bool fin_acked() const {
        return has_sent_fin() && snd_una.is_at_or_after(fin.end());
    }
    /// Sequence space sent and not acknowledged: SND.NXT - SND.UNA.
    [[nodiscard]] std::uint32_t outstanding() const {
        return snd_nxt.is_after(snd_una) ? snd_nxt.offset_from(snd_una) : 0;
    }
    /// The same without the FIN's own number.
    [[nodiscard]] std::uint32_t outstanding_payload() const {
        const std::uint32_t all = outstanding();
        return all != 0 && has_sent_fin() && !fin_acked() ? all - 1 : all;
    }
    /// Payload bytes by sequence space, SYN and FIN left out.
    [[nodiscard]] std::uint64_t bytes() const;
    [[nodiscard]] const Mark& newest_data() const { return last.length != 0 ? last : last_data; }
    /// Its advertised window in bytes. The scale holds only if both sides sent one (RFC 7323 1.3).
    [[nodiscard]] std::uint32_t window_bytes(std::uint16_t field, const Endpoint& peer) const {
        return window_scale > 0 && peer.window_scale >= 0
                   ? static_cast<std::uint32_t>(field) << window_scale
                   : field;
    }

    /// How `s` stands to what this side had sent. REQUIRES: is(seen), s is neither SYN nor RST.
    [[nodiscard]] SegmentRole role_of(const Segment& s, const Endpoint& peer) const;
    /// Takes the sequence space of a segment into account: SND.NXT, the hole.
    void advance(const Segment& s);
    /// Notes the sender's habits (TTL, IP ID, timestamps, header cut by the snaplen).
    void learn_habits(const Segment& s);
    /// First sight of this side in mid-stream.
    void start_midstream(const Segment& s);
    /// Takes an acknowledgement by the peer; returns whether it is of something new.
    bool acknowledge(Seq ack, Timestamp now);
};

}  // namespace tcpwhy
