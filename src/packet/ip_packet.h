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
    std::uint8_t protocol = 0;  ///< of `slice`, after all extension headers
    bool is_fragment = false;   ///< `slice` is a part of a datagram
    bool more_fragments = false;
    bool checksum_unknowable = false;  ///< the addresses that TCP's checksum covers are others
    std::uint32_t fragment_id = 0;
    std::uint32_t fragment_offset = 0;  ///< bytes
    std::uint32_t header_size = 0;      ///< up to `slice`, extension headers included
    Slice slice;
    Oddities oddities;
};

/// Reads an IPv4 header (RFC 791) and an authentication header behind it (RFC 4302). Fills all of
/// `info` but the chain.
[[nodiscard]] IpPayload read_ipv4(const Slice& slice, Trust trust, IpInfo& info);

/// Reads an IPv6 header (RFC 8200) and the extension headers up to the payload or a fragment.
/// Fills all of `info` but the chain.
[[nodiscard]] IpPayload read_ipv6(const Slice& slice, Trust trust, IpInfo& info);

/// Steps over the extension headers at the front of `payload.slice`, up to the payload or to a
/// fragment. `payload.protocol` says what the first of them is.
void skip_ipv6_extensions(IpPayload& payload, IpInfo& info);

/// Steps over an authentication header. False where it is cut off.
bool skip_authentication(IpPayload& payload);

}  // namespace tcpwhy::wire
