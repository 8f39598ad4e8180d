// The TCP header.
#pragma once

#include <optional>

#include "packet/bytes.h"
#include "packet/segment.h"

namespace tcpwhy::wire {

/// Reads a TCP header (RFC 9293 3.1) and its options into `segment`, all but frame, time,
/// interface, ip and what is already in `oddities`. False where not even the flags are there.
[[nodiscard]] bool read_tcp(const Slice& slice, Segment& segment);

/// The front of a TCP header as an ICMP error quotes it.
struct QuotedTcp {
    std::uint16_t src_port = 0;
    std::uint16_t dst_port = 0;
    Seq seq;
    bool flags_known = false;
    TcpFlags flags;
};

/// At least the ports and the sequence number (RFC 792 promises these eight bytes).
[[nodiscard]] std::optional<QuotedTcp> read_quoted_tcp(const Slice& slice);

/// Reads TCP options in one pass. `area` is what was captured of them, `cut` whether there was
/// more on the wire.
void read_tcp_options(Bytes area, bool cut, TcpOptions& options, Oddities& oddities);

}  // namespace tcpwhy::wire
