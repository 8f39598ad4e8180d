// A Moment as the table stores it: 40 bytes.
#pragma once

#include <cstdint>

#include "connection/moment.h"
#include "packet/segment.h"

namespace tcpwhy {

/// A remembered segment. Frames are stored as distance from the connection's first frame, plus 1,
/// so that 0 means "there was none"; a distance beyond 2^32 - 2 saturates.
struct Mark {
    Timestamp time{};
    std::uint32_t frame_offset = 0;
    Seq seq;
    Seq ack;
    std::uint32_t length = 0;
    std::uint32_t tsval = 0;
    std::uint32_t tsecr = 0;
    std::uint16_t window = 0;
    std::uint16_t ip_id = 0;
    std::uint8_t ttl = 0;
    std::uint8_t tos = 0;
    std::uint8_t flags = 0;  ///< the low eight control bits; AE is not needed here
    std::uint8_t bits = 0;

    static constexpr std::uint8_t from_server = 1;
    static constexpr std::uint8_t dont_fragment = 2;
    static constexpr std::uint8_t has_timestamps = 4;
    static constexpr std::uint8_t has_options = 8;

    [[nodiscard]] bool present() const { return frame_offset != 0; }
    [[nodiscard]] bool has(std::uint8_t bit) const { return (bits & bit) != 0; }
    [[nodiscard]] TcpFlags control() const { return TcpFlags{flags}; }
    [[nodiscard]] std::uint32_t sequence_length() const {
        return length + (control().syn() ? 1U : 0U) + (control().fin() ? 1U : 0U);
    }
    [[nodiscard]] Seq end() const { return seq.plus(sequence_length()); }

    static Mark of(const Segment& s, Party from, std::uint64_t first_frame) {
        const std::uint64_t offset = s.frame - first_frame + 1;
        Mark m;
        m.time = s.time;
        m.frame_offset = offset > 0xffffffffU ? 0xffffffffU : static_cast<std::uint32_t>(offset);
        m.seq = s.seq;
        m.ack = s.ack;
        m.length = s.length;
        m.tsval = s.options.tsval;
        m.tsecr = s.options.tsecr;
        m.window = s.window;
        m.ip_id = s.ip.ip_id;
        m.ttl = s.ip.ttl;
        m.tos = s.ip.tos;
        m.flags = static_cast<std::uint8_t>(s.flags.bits);
        m.bits = static_cast<std::uint8_t>((from == Party::server ? from_server : 0) |
                                           (s.ip.dont_fragment ? dont_fragment : 0) |
                                           (s.options.has_timestamps ? has_timestamps : 0) |
                                           (s.options.layout != 0 ? has_options : 0));
        return m;
    }

    [[nodiscard]] Moment moment(std::uint64_t first_frame) const {
        Moment m;
        if (!present()) return m;
        m.frame = first_frame + frame_offset - 1;
        m.time = time;
        m.from = has(from_server) ? Party::server : Party::client;
        m.flags = control();
        m.seq = seq;
        m.ack = ack;
        m.length = length;
        m.tsval = tsval;
        m.tsecr = tsecr;
        m.window = window;
        m.ip_id = ip_id;
        m.ttl = ttl;
        m.tos = tos;
        m.dont_fragment = has(dont_fragment);
        m.has_timestamps = has(has_timestamps);
        m.has_options = has(has_options);
        return m;
    }
};
static_assert(sizeof(Mark) == 40);

/// A run of like segments as stored.
struct MarkRun {
    std::uint32_t count = 0;
    Mark first;
    Mark last;

    void add(const Mark& m) {
        if (count == 0) first = m;
        last = m;
        ++count;
    }
    void clear() { count = 0; }
};

}  // namespace tcpwhy
