#include "packet/icmp.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t code_at = 1;
constexpr std::uint32_t mtu_at = 6;
constexpr std::uint32_t mtu_v6_at = 4;
constexpr std::uint32_t header_size = 8;

// RFC 792, RFC 1812 5.2.7.1.
enum : std::uint8_t {
    echo_reply = 0,
    unreachable = 3,
    source_quench = 4,
    time_exceeded = 11,
    parameter_problem = 12,
};

// RFC 4443.
enum : std::uint8_t {
    v6_unreachable = 1,
    v6_too_big = 2,
    v6_time_exceeded = 3,
    v6_parameter_problem = 4,
    v6_echo_reply = 129,
};

IcmpMeaning meaning_of_unreachable(std::uint8_t code) {
    switch (code) {
        case 0:
        case 6:
        case 11:
            return IcmpMeaning::network_unreachable;
        case 1:
        case 7:
        case 12:
            return IcmpMeaning::host_unreachable;
        case 2:
            return IcmpMeaning::protocol_unreachable;
        case 3:
            return IcmpMeaning::port_unreachable;
        case 4:
            return IcmpMeaning::packet_too_big;
        case 9:
        case 10:
        case 13:
            return IcmpMeaning::prohibited;
        default:
            return IcmpMeaning::other;
    }
}

IcmpMeaning meaning_of_unreachable_v6(std::uint8_t code) {
    switch (code) {
        case 0:
            return IcmpMeaning::network_unreachable;
        case 1:
        case 2:  // beyond the scope of the source address: a router's refusal as well
        case 5:
        case 6:
            return IcmpMeaning::prohibited;
        case 3:
            return IcmpMeaning::host_unreachable;
        case 4:
            return IcmpMeaning::port_unreachable;
        default:
            return IcmpMeaning::other;
    }
}

IcmpMeaning meaning_of(std::uint8_t type, std::uint8_t code) {
    switch (type) {
        case unreachable:
            return meaning_of_unreachable(code);
        case time_exceeded:
            return code == 0 ? IcmpMeaning::time_exceeded : IcmpMeaning::other;
        default:
            return IcmpMeaning::other;
    }
}

IcmpMeaning meaning_of_v6(std::uint8_t type, std::uint8_t code) {
    switch (type) {
        case v6_unreachable:
            return meaning_of_unreachable_v6(code);
        case v6_too_big:
            return IcmpMeaning::packet_too_big;
        case v6_time_exceeded:
            return code == 0 ? IcmpMeaning::time_exceeded : IcmpMeaning::other;
        case v6_parameter_problem:
            return code == 1 ? IcmpMeaning::protocol_unreachable : IcmpMeaning::other;
        default:
            return IcmpMeaning::other;
    }
}

}  // namespace

std::optional<IcmpMessage> read_icmp(const Slice& slice) {
    if (!slice.has(2)) return std::nullopt;
    IcmpMessage message;
    message.type = load_u8(slice.bytes, 0);
    message.code = load_u8(slice.bytes, code_at);
    message.is_echo_reply = message.type == echo_reply;
    message.is_error = message.type == unreachable || message.type == source_quench ||
                       message.type == time_exceeded || message.type == parameter_problem;
    message.meaning = meaning_of(message.type, message.code);
    if (message.meaning == IcmpMeaning::packet_too_big && slice.has(mtu_at + 2)) {
        message.mtu = load_be16(slice.bytes, mtu_at);  // RFC 1191 4; 0 from older routers
    }
    message.quote = slice.from(header_size);
    return message;
}

std::optional<IcmpMessage> read_icmpv6(const Slice& slice) {
    if (!slice.has(2)) return std::nullopt;
    IcmpMessage message;
    message.type = load_u8(slice.bytes, 0);
    message.code = load_u8(slice.bytes, code_at);
    message.is_echo_reply = message.type == v6_echo_reply;
    message.is_error = message.type >= v6_unreachable && message.type <= v6_parameter_problem;
    message.meaning = meaning_of_v6(message.type, message.code);
    if (message.meaning == IcmpMeaning::packet_too_big && slice.has(mtu_v6_at + 4)) {
        message.mtu = load_be32(slice.bytes, mtu_v6_at);
    }
    message.quote = slice.from(header_size);
    return message;
}

}  // namespace tcpwhy::wire
