// IPv4 and IPv6 headers, read into the same values.
#pragma once

#include <cstdint>

#include "packet/bytes.h"
#include "packet/segment.h"

namespace tcpwhy::wire {

/// Where an IP packet's lengths come from.
enum class Trust : std::uint8_t {
    lengths,  ///< a packet of its own: its header says where it ends
    bytes,    ///< a quote within an ICMP error: cut short, and old hosts changed its numbers
};

/// What an IP header says besides the addresses and what else is in IpInfo.
struct IpPayload {
    bool readable = false;      ///< false: too short, or contradicts itself
    bool header_cut = false;    ///< the addresses are there, the rest of the header is not
    std::uint8_t protocol = 0;  ///< what follows, after all extension headers
    bool is_fragment = false;   ///< what follows is a part of a datagram
    bool more_fragments = false;
    bool checksum_unknowable = false;  ///< the addresses that TCP's checksum covers are others
    std::uint32_t fragment_id = 0;
    std::uint32_t fragment_offset = 0;  ///< bytes
    std::uint32_t header_size = 0;      ///< extension headers included
    Oddities oddities;
};

/// Reads an IPv4 header (RFC 791) and an authentication header behind it (RFC 4302). Moves `slice`
/// on to what follows and fills all of `info` but the chain. REQUIRES: `payload` is a new one.
void read_ipv4(Slice& slice, Trust trust, IpInfo& info, IpPayload& payload);

/// The same for an IPv6 header (RFC 8200) and its extension headers, up to the payload or to a
/// fragment.
void read_ipv6(Slice& slice, Trust trust, IpInfo& info, IpPayload& payload);

/// Steps over the extension headers at the front of `slice`, up to the payload or to a fragment.
/// `payload.protocol` says what the first of them is.
void skip_ipv6_extensions(Slice& slice, IpInfo& info, IpPayload& payload);

/// Steps over an authentication header (RFC 4302 2). False where it is cut off.
bool skip_authentication(Slice& slice, IpPayload& payload);

}  // namespace tcpwhy::wire
