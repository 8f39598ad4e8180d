// ARP (RFC 826) for IPv4 over any hardware.
#include "packet/neighbors.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t protocol_at = 2;
constexpr std::uint32_t hardware_size_at = 4;
constexpr std::uint32_t protocol_size_at = 5;
constexpr std::uint32_t operation_at = 6;
constexpr std::uint32_t header_size = 8;
constexpr std::uint32_t address_size = 4;
constexpr std::uint16_t ipv4 = 0x0800;
constexpr std::uint16_t request = 1;
constexpr std::uint16_t reply = 2;

}  // namespace

NeighborReading read_arp(const Slice& slice, NeighborMessage& message) {
    if (!slice.has(header_size)) return NeighborReading::cut_short;
    const Bytes bytes = slice.bytes;
    const std::uint16_t operation = load_be16(bytes, operation_at);
    if (load_be16(bytes, protocol_at) != ipv4 || load_u8(bytes, protocol_size_at) != address_size ||
        (operation != request && operation != reply)) {
        return NeighborReading::other;
    }
    const std::size_t hardware_size = load_u8(bytes, hardware_size_at);
    const std::size_t sender_at = header_size + hardware_size;
    const std::size_t target_at = sender_at + address_size + hardware_size;
    if (!slice.has(target_at + address_size)) return NeighborReading::cut_short;
    message.sender = IpAddress::from_v4(bytes.subspan(sender_at, address_size));
    message.target = IpAddress::from_v4(bytes.subspan(target_at, address_size));
    // RFC 5227 3: an announcement asks for its own address, and nobody is to answer.
    const bool announces = message.sender == message.target;
    message.kind = operation == reply || announces ? NeighborMessage::Kind::reply
                                                   : NeighborMessage::Kind::request;
    // A reply speaks for its sender; its target is whom it is sent to.
    if (message.kind == NeighborMessage::Kind::reply) message.target = message.sender;
    return NeighborReading::read;
}

}  // namespace tcpwhy::wire
