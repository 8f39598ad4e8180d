// TCP's checksum (RFC 9293 3.1).
#pragma once

#include "packet/bytes.h"
#include "packet/segment.h"

namespace tcpwhy::wire {

/// Whether a TCP segment's checksum is wrong in a way that no offload explains. `segment` is the
/// whole TCP header and payload. Not wrong: one that is left for the network device to write
/// (0, or the sum of the pseudo-header alone: CHECKSUM_PARTIAL of Linux and its like elsewhere).
[[nodiscard]] bool is_checksum_bad(Bytes segment, const IpInfo& ip);

}  // namespace tcpwhy::wire
