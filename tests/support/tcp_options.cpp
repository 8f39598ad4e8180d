#include "support/tcp_options.h"

#include <algorithm>

namespace tcpwhy::test {

namespace {

using Kind = NotationOption::Kind;

void put_option(Octets& out, std::uint8_t kind, const Octets& body) {
    put8(out, kind);
    put8(out, static_cast<std::uint32_t>(body.size() + 2));
    put(out, body);
}

/// Bytes that stand for keys and cookies: nothing here looks into them.
Octets filler(std::size_t length) {
    return Octets(length, 0xc5);
}

Octets timestamps_body(const NotationOption& option) {
    Octets body;
    put32(body, option.value);
    put32(body, option.echo);
    return body;
}

Octets sack_body(const NotationOption& option, std::uint32_t peer_isn) {
    Octets body;
    for (const auto& [first, last] : option.blocks) {
        put32(body, first + peer_isn);
        put32(body, last + peer_isn);
    }
    return body;
}

/// RFC 8684 3: the subtype is the first half-byte.
Octets mptcp_body(const NotationOption& option) {
    if (option.kind == Kind::mptcp_capable) return Octets{0x01, 0x81};
    if (option.kind == Kind::mptcp_reset) {
        return Octets{0x80, static_cast<std::uint8_t>(option.value)};
    }
    Octets join{0x10, 0x01};
    put(join, filler(8));  // token and random number
    return join;
}

void put_option(Octets& out, const NotationOption& option, std::uint32_t peer_isn) {
    const auto value = static_cast<std::uint8_t>(option.value);
    switch (option.kind) {
        case Kind::end:
            return put8(out, 0);
        case Kind::nop:
            return put8(out, 1);
        case Kind::mss:
            return put_option(out, 2, {static_cast<std::uint8_t>(option.value >> 8), value});
        case Kind::window_scale:
            return put_option(out, 3, {value});
        case Kind::sack_permitted:
            return put_option(out, 4, {});
        case Kind::sack:
            return put_option(out, 5, sack_body(option, peer_isn));
        case Kind::timestamps:
        case Kind::clock_timestamps:
            return put_option(out, 8, timestamps_body(option));
        case Kind::md5:
            return put_option(out, 19, filler(16));
        case Kind::ao:
            return put_option(out, 29, filler(14));
        case Kind::mptcp_capable:
        case Kind::mptcp_join:
        case Kind::mptcp_reset:
            return put_option(out, 30, mptcp_body(option));
        case Kind::fast_open:
            return put_option(out, 34, {});
        case Kind::fast_open_cookie:
            return put_option(out, 34, filler(8));
        case Kind::other:
            return put_option(out, value, {});
    }
}

bool offers(const std::vector<NotationOption>& options, Kind kind) {
    return std::ranges::any_of(options, [kind](const auto& o) { return o.kind == kind; });
}

NotationOption option(Kind kind, std::uint32_t value = 0) {
    return {.kind = kind, .value = value, .echo = 0, .blocks = {}};
}

}  // namespace

Octets encode_options(const std::vector<NotationOption>& options, std::uint32_t peer_isn) {
    Octets out;
    for (const auto& one : options) put_option(out, one, peer_isn);
    while (out.size() % 4 != 0) put8(out, 0);
    return out;
}

bool options_fit(const std::vector<NotationOption>& options) {
    constexpr std::size_t most = 40;  // RFC 9293 3.1: the data offset has four bits
    return encode_options(options, 0).size() <= most;
}

std::vector<NotationOption> usual_syn_options() {
    return {option(Kind::mss, 1460), option(Kind::sack_permitted), option(Kind::clock_timestamps),
            option(Kind::nop), option(Kind::window_scale, 7)};
}

std::vector<NotationOption> usual_answer(const std::vector<NotationOption>& offered) {
    const bool timestamps =
        offers(offered, Kind::timestamps) || offers(offered, Kind::clock_timestamps);
    const bool sack = offers(offered, Kind::sack_permitted);
    std::vector<NotationOption> answer;
    if (offers(offered, Kind::mss)) answer.push_back(option(Kind::mss, 1460));
    if (timestamps) {
        // SACK-permitted takes the place of the two bytes of padding (tcp_options_write()).
        if (sack) answer.push_back(option(Kind::sack_permitted));
        if (!sack) answer.insert(answer.end(), 2, option(Kind::nop));
        answer.push_back(option(Kind::clock_timestamps));
    } else if (sack) {
        answer.insert(answer.end(), 2, option(Kind::nop));
        answer.push_back(option(Kind::sack_permitted));
    }
    if (offers(offered, Kind::window_scale)) {
        answer.push_back(option(Kind::nop));
        answer.push_back(option(Kind::window_scale, 7));
    }
    return answer;
}

}  // namespace tcpwhy::test
