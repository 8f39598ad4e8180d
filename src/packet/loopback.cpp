// The BSD loopback header: an address family of four bytes (LINKTYPE_NULL and LINKTYPE_LOOP).
#include "packet/readers.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t header_size = 4;

}  // namespace

// LINKTYPE_NULL is in the byte order of the capturing machine, which the file need not share, and
// LINKTYPE_LOOP in network order: families are small numbers, so the order shows by itself.
Step read_loopback(const Slice& slice) {
    if (!slice.has(header_size)) return {};
    std::uint32_t family = load_be32(slice.bytes, 0);
    if (family > 0xffff) family = swap_bytes(family);
    switch (family) {
        case 2:
            return {Layer::ipv4, header_size};
        case 10:  // AF_INET6 of Linux
        case 23:  // …of Windows
        case 24:  // …of NetBSD, OpenBSD
        case 26:  // …of Solaris
        case 28:  // …of FreeBSD
        case 30:
            return {Layer::ipv6, header_size};  // …of Darwin
        default:
            return {Layer::not_ip, header_size};
    }
}

}  // namespace tcpwhy::wire
