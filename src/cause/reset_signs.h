// What several rules ask of the reset that ended a connection.
#pragma once

#include <cstdint>
#include <string_view>

#include "cause/cause.h"
#include "connection/evidence.h"

namespace tcpwhy::cause {

/// Whether the resets did nothing: both sides went on, or the receiver challenged one that did
/// not fit exactly (RFC 5961 3.2).
[[nodiscard]] bool reset_was_ignored(const Evidence& e);

/// Why no rule about an established connection that ended by a reset applies; empty if one may.
[[nodiscard]] std::string_view no_reset_that_ended_it(const Evidence& e);

/// Whether the reset answers a segment that was captured a moment before it.
[[nodiscard]] bool answers_promptly(const ResetFacts& reset);

/// Whether the reset came right after some traffic, so that whoever sent it may have seen that.
[[nodiscard]] bool follows_traffic(const ResetFacts& reset);

/// Whether nothing but resets was captured of its sender, or of anybody.
[[nodiscard]] bool sender_sent_only_resets(const Evidence& e);
[[nodiscard]] bool nothing_but_resets(const Evidence& e);

/// Whether a reset is its sender's own, as far as its packets tell.
enum class Origin : std::uint8_t { own, doubtful, foreign };

/// One foreign sign makes an origin doubtful, two (or a distance that no route noise explains)
/// make it foreign. A feature that could not be compared is no sign.
[[nodiscard]] Origin origin_of(const ResetFacts& reset, const Evidence& e);

/// Whether the TTL says that another machine than the reset's supposed sender made it.
[[nodiscard]] bool from_another_distance(const ResetFacts& reset);

/// Whether bytes that the reset's sender had not read shut its window, which the reset opens: the
/// one sound sign of a close with unread data, because the queue is emptied before the reset is
/// made.
[[nodiscard]] bool window_shows_unread_data(const Evidence& e);

/// Whether the reset's sender had acknowledged data after which it sent none of its own.
[[nodiscard]] bool left_data_unanswered(const Evidence& e);

/// Whether the conversation was complete: what was said last was the server's answer.
[[nodiscard]] bool server_spoke_last(const Evidence& e);

/// An opinion with the packets to show, where possible() or ruled_out() made it.
template <typename... Moments>
[[nodiscard]] constexpr Opinion showing(Opinion opinion, const Moments&... moments) {
    static_assert(sizeof...(Moments) <= Opinion::max_moments);
    opinion.moments = {&moments...};
    return opinion;
}

}  // namespace tcpwhy::cause
