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

/// The first three SYNs of every stack in use lie within three seconds (RFC 6298 2.1 and 5.5: 0, 1,
/// 3 s; Linux since 6.5: 0, 1, 2 s), so a silence as long as that is worth three tries.
inline constexpr Duration time_of_three_tries = std::chrono::seconds(3);

/// A router asks a neighbour three times, a second apart, before it gives up (Linux's
/// mcast_solicit and retrans_time_ms; others alike). One second is left for clocks and other
/// stacks.
inline constexpr Duration shortest_failed_lookup = std::chrono::seconds(2);

/// What one event on a host sends to several waiting packets or sockets goes out together.
inline constexpr Duration one_burst = std::chrono::milliseconds(100);

/// Within this distance a path is a LAN or a site, where all flows take one route.
inline constexpr int hops_without_route_noise = 4;

/// Programs that lose patience do so after a second or more; round trips of the whole Internet,
/// satellites included, lie below.
inline constexpr Duration slow_answer = std::chrono::seconds(1);

/// One client that tries this many ports of one host within a capture looks for open ones.
inline constexpr std::uint32_t ports_of_a_scan = 10;

/// How long Linux tries to connect: seven tries with doubling gaps (tcp_syn_retries 6) end after
/// 127 s, with the linear start of 6.5 after 131 s. A proxy has learned the worst by then.
inline constexpr Duration longest_connect_attempt = std::chrono::seconds(131);

/// The longest TIME_WAIT in use: twice RFC 9293's maximum segment lifetime of two minutes.
inline constexpr Duration longest_time_wait = std::chrono::minutes(4);

/// A bridge, a router or a host's inner networks show one packet two or three times, each a hop
/// further; more often only a loop does.
inline constexpr std::uint32_t copies_that_prove_a_loop = 4;

/// No stack starts with less (the oldest use 32); a smaller TTL was chosen to expire (traceroute).
inline constexpr int least_initial_ttl = 30;

/// So many timestamps that grow by chance alone are one case in twenty-four (4!).
inline constexpr std::uint32_t timestamps_that_prove_order = 4;

}  // namespace tcpwhy::cause
