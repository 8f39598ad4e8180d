#include "packet/decode.h"

#include "packet/checksum.h"
#include "packet/icmp.h"
#include "packet/link_types.h"
#include "packet/neighbors.h"
#include "packet/tcp.h"
#include "packet/walk.h"

namespace tcpwhy {

namespace {

using wire::Arrival;
using wire::Layer;
using wire::NeighborReading;
using wire::Walk;

// Beyond an Ethernet's MTU a "packet" is what receive offload merged of several: the checksum in
// it is the first one's. It is also where summing costs more than all the rest of decoding.
constexpr std::uint32_t largest_summed_packet = 1500;

template <typename Message>
void stamp(const RawPacket& packet, Message& message) {
    message.frame = packet.frame;
    message.time = packet.time;
    message.interface = packet.interface;
}

bool is_summable(const Arrival& arrival, const Segment& segment) {
    return arrival.slice.missing == 0 && arrival.slice.bytes.size() >= 20 &&
           segment.ip.ip_length <= largest_summed_packet && !arrival.checksum_unknowable;
}

// REQUIRES: out.segment.ip is filled in.
PacketKind finish_tcp(const RawPacket& packet, const Arrival& arrival, bool verify_checksum,
                      Segment& segment) {
    stamp(packet, segment);
    segment.oddities = arrival.oddities;
    if (!wire::read_tcp(arrival.slice, segment)) [[unlikely]] {
        return PacketKind::malformed;
    }
    if (verify_checksum && is_summable(arrival, segment) &&
        wire::is_checksum_bad(arrival.slice.bytes, segment.ip)) [[unlikely]] {
        segment.oddities.add(Oddity::bad_checksum);
    }
    return PacketKind::segment;
}

PacketKind finish_other(const RawPacket& packet, const Arrival& arrival, Decoded& out) {
    stamp(packet, out.other);
    out.other.ip = out.segment.ip;
    out.other.protocol = arrival.protocol;
    out.other.is_echo_reply = false;
    out.other.oddities = arrival.oddities;
    return PacketKind::other_ip;
}

// Whether the quoted packet is, in its innermost, a TCP segment of which enough is there.
bool read_quote(const RawPacket& packet, const wire::IcmpMessage& message, bool v6,
                IcmpError& error) {
    // What is quoted came through the same links as the error that quotes it.
    Walk walk(nullptr, packet.time, error.ip.chain, error.quoted);
    const Arrival& arrival =
        walk.run(v6 ? Layer::ipv6 : Layer::ipv4, message.quote.bytes, message.quote.missing);
    if (arrival.end != Layer::tcp) return false;
    const auto quoted = wire::read_quoted_tcp(arrival.slice);
    if (!quoted) return false;
    error.quoted_src_port = quoted->src_port;
    error.quoted_dst_port = quoted->dst_port;
    error.quoted_seq = quoted->seq;
    error.quoted_flags_known = quoted->flags_known;
    error.quoted_flags = quoted->flags;
    return true;
}

PacketKind finish_icmp(const RawPacket& packet, const Arrival& arrival, Decoded& out) {
    const bool v6 = arrival.end == Layer::icmpv6;
    const IpInfo& ip = out.segment.ip;
    if (v6) {
        const auto reading = wire::read_neighbor_discovery(arrival.slice, ip, out.neighbor);
        if (reading == NeighborReading::read) {
            stamp(packet, out.neighbor);
            out.neighbor.chain = ip.chain;
            return PacketKind::neighbor;
        }
    }
    finish_other(packet, arrival, out);
    const auto message = v6 ? wire::read_icmpv6(arrival.slice) : wire::read_icmp(arrival.slice);
    if (!message) return PacketKind::other_ip;
    out.other.is_echo_reply = message->is_echo_reply;
    if (!message->is_error) return PacketKind::other_ip;
    stamp(packet, out.icmp_error);
    out.icmp_error.ip = ip;
    out.icmp_error.meaning = message->meaning;
    out.icmp_error.type = message->type;
    out.icmp_error.code = message->code;
    out.icmp_error.mtu = message->mtu;
    return read_quote(packet, *message, v6, out.icmp_error) ? PacketKind::icmp_error
                                                            : PacketKind::other_ip;
}

PacketKind finish_arp(const RawPacket& packet, const Arrival& arrival, NeighborMessage& message) {
    switch (wire::read_arp(arrival.slice, message)) {
        case NeighborReading::read:
            break;
        case NeighborReading::other:
            return PacketKind::not_ip;
        case NeighborReading::cut_short:
            return PacketKind::malformed;
    }
    stamp(packet, message);
    message.chain = arrival.chain;
    return PacketKind::neighbor;
}

PacketKind finish(const RawPacket& packet, const Arrival& arrival, Decoded& out) {
    switch (arrival.end) {
        case Layer::icmp:
        case Layer::icmpv6:
            return finish_icmp(packet, arrival, out);
        case Layer::other_ip:
            return finish_other(packet, arrival, out);
        case Layer::arp:
            return finish_arp(packet, arrival, out.neighbor);
        case Layer::fragment:
            return PacketKind::fragment;
        case Layer::not_ip:
            return PacketKind::not_ip;
        case Layer::encrypted:
            return PacketKind::encrypted;
        case Layer::unknown_link_type:
            return PacketKind::unknown_link_type;
        default:
            return PacketKind::malformed;
    }
}

}  // namespace

void decode(const RawPacket& packet, FragmentTable& fragments, Decoded& out,
            DecodeOptions options) {
    const auto captured = static_cast<std::uint32_t>(packet.bytes.size());
    const std::uint32_t missing =
        packet.original_length > captured ? packet.original_length - captured : 0;
    // The innermost IP header goes straight to where a segment has it, which is what most
    // packets are; the others copy it from there.
    Walk walk(&fragments, packet.time, 0, out.segment.ip);
    const Arrival& arrival = walk.run(wire::first_layer(packet.link_type), packet.bytes, missing);
    out.kind = arrival.end == Layer::tcp
                   ? finish_tcp(packet, arrival, options.verify_checksums, out.segment)
                   : finish(packet, arrival, out);
}

}  // namespace tcpwhy
