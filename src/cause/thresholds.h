// The numbers that rules judge by, each with its reason.
#pragma once

#include <chrono>
#include <cstdint>

#include "tcpwhy/time.h"

namespace tcpwhy::cause {

/// So many tries without an answer are no accident of a capture that ends early: two lost packets
/// in a row are ordinary congestion, and the third try comes a second or more after the first.
inline constexpr std::uint32_t tries_that_prove_silence = 3;

/// The retransmission time of a path that was not measured: RFC 6298 2.1.
inline constexpr Duration initial_rto = std::chrono::seconds(1);

/// A reset that answers a segment follows it within a round trip; this is a generous one.
inline constexpr Duration prompt_answer = std::chrono::seconds(1);

/// How long Linux itself waits for the peer's FIN once nobody owns the socket
/// (net.ipv4.tcp_fin_timeout).
inline constexpr Duration half_close_patience = std::chrono::seconds(60);

/// Below this silence nothing on a path forgets a connection for being idle: the shortest idle
/// timeouts of load balancers and NATs in use lie between 30 s and 60 s.
inline constexpr Duration shortest_idle_timeout = std::chrono::seconds(30);

/// Load-balanced routes of one host differ by a hop or two.
inline constexpr int route_ttl_noise = 2;

/// The least payload of a full-size segment: RFC 1122 4.2.2.6's default MSS, less some options.
inline constexpr std::uint32_t least_full_payload = 512;

}  // namespace tcpwhy::cause
