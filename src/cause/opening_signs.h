// What several rules ask about the opening of a connection: the SYN and what became of it.
#pragma once

#include <cstdint>
#include <string_view>

#include "cause/cause.h"
#include "connection/evidence.h"

namespace tcpwhy::cause {

/// What answered the SYN, as a reason why "nothing answered" is not it; empty if nothing did
/// although an answer was due.
[[nodiscard]] std::string_view what_answered_syn(const Evidence& e);

/// Whether the same SYN was seen so often, each time a hop further, that it goes in a circle.
[[nodiscard]] bool goes_round(const Evidence& e);

/// Whether an answer was due: the sender tried again, or the capture goes on for longer than the
/// first retransmission takes.
[[nodiscard]] bool is_overdue(const Run& tries, const Evidence& e);

/// Whether so many tries went by, or so much time after the last of them, that a missing answer
/// is no accident of a capture that ends early.
[[nodiscard]] bool waited_long_enough(const Run& tries, const Evidence& e);

/// Whether the server's host sent IP packets of any kind outside this connection.
[[nodiscard]] bool host_is_alive(const Evidence& e);

/// Whether the last of them came after this connection's first SYN, so that it was alive then.
[[nodiscard]] bool host_was_alive_meanwhile(const Evidence& e);

/// Why the SYN was not refused by a reset; empty if it was.
[[nodiscard]] std::string_view not_refused_by_reset(const Evidence& e);

/// Where the reset that refused the SYN was made, by its TTL against the host's other packets.
enum class ResetOrigin : std::uint8_t {
    unknown,    ///< nothing to compare with, or the difference is within route noise
    host,       ///< from the host's own distance
    elsewhere,  ///< from a machine nearer or farther than the host
};
[[nodiscard]] ResetOrigin origin_of_refusal(const Evidence& e);

/// A closed port's answer copies the DSCP of the SYN (tcp_v4_send_reset()), a filter rule's does
/// not (nf_send_reset()). Tells only where the SYN's DSCP is not 0.
enum class Dscp : std::uint8_t { says_nothing, copied, lost };
[[nodiscard]] Dscp dscp_of_refusal(const Evidence& e);

/// Why a reset does not look like the answer of a closed port on the host itself; empty if it
/// does. listener-elsewhere and wrong-transport leave the same bytes as no-listener.
[[nodiscard]] std::string_view not_like_a_closed_port(const Evidence& e);

/// Whether the handshake went on, so that an ICMP error about the SYN was no failure.
[[nodiscard]] bool handshake_went_on(const Evidence& e);

/// Index into Evidence::icmp of the first error with that meaning that quotes the client's SYN
/// with a sequence number really sent; -1 = none.
[[nodiscard]] std::int8_t icmp_about_syn(const Evidence& e, IcmpMeaning meaning);

/// Whether the error came as a router's failed neighbour look-up makes it: seconds after the SYN
/// and not once for each. A rule that rejects answers every SYN at once.
[[nodiscard]] bool came_like_failed_lookup(const Evidence& e, std::int8_t icmp);

/// An opinion that an ICMP error decides.
[[nodiscard]] constexpr Opinion by_icmp(Opinion opinion, std::int8_t icmp) {
    opinion.icmp = icmp;
    return opinion;
}

/// The client's reset in answer to the SYN,ACK: bare, with the SYN,ACK's acknowledgement number.
[[nodiscard]] bool client_reset_the_syn_ack(const Evidence& e);

/// From the first SYN to the first SYN,ACK.
[[nodiscard]] Duration wait_for_syn_ack(const Evidence& e);

/// Whether the server sent nothing after its SYN,ACKs but (perhaps) resets.
[[nodiscard]] bool server_said_nothing_more(const Evidence& e);

}  // namespace tcpwhy::cause
