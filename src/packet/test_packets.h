// Packets for tests: annotated hex, put together from the outside in.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

#include "packet/decode.h"

namespace tcpwhy::test {

using Packet = std::vector<std::uint8_t>;

/// Bytes from hex digits. Everything from '#' to the end of a line is a note.
inline Packet hex(std::string_view text) {
    Packet packet;
    int high = -1;
    bool in_note = false;
    for (const char c : text) {
        if (c == '#') in_note = true;
        if (c == '\n') in_note = false;
        const auto digit = std::string_view("0123456789abcdef").find(c);
        if (in_note || digit == std::string_view::npos) continue;
        if (high < 0) {
            high = static_cast<int>(digit);
        } else {
            packet.push_back(static_cast<std::uint8_t>(high * 16 + static_cast<int>(digit)));
            high = -1;
        }
    }
    EXPECT_EQ(high, -1) << "an odd number of digits: " << text;
    return packet;
}

inline Packet operator+(Packet front, const Packet& back) {
    front.insert(front.end(), back.begin(), back.end());
    return front;
}

inline Packet operator+(std::string_view front, const Packet& back) {
    return hex(front) + back;
}

inline Packet be16(std::size_t number) {
    return {static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
}

/// 10.0.0.1:40000 > 10.0.0.2:80 SYN with the options that Linux sends, checksum right for IPv4.
inline Packet tcp_syn() {
    return hex(R"(
        9c40 0050            # ports
        01020304 00000000    # seq, ack
        a002 faf0 9812 0000  # 40 bytes, SYN; window 64240, checksum, urgent pointer
        020405b4 0402        # MSS 1460, SACK permitted
        080a 00000064 00000000 01 030307  # timestamps, NOP, window scale 7
    )");
}

/// The same connection's 10.0.0.1:40000 > 10.0.0.2:80 ACK with 4 bytes, no options.
inline Packet tcp_data() {
    return hex(R"(
        9c40 0050 01020305 05060708
        5018 01f6 0551 0000  # PSH,ACK; window 502
        74657374             # "test"
    )");
}

inline constexpr std::string_view forward = "0a000001 0a000002";
inline constexpr std::string_view backward = "0a000002 0a000001";

inline Packet byte(int number) {
    return {static_cast<std::uint8_t>(number)};
}

/// An IPv4 packet with id 0x1234, DF and TTL 64.
inline Packet ipv4(int protocol, const Packet& payload, std::string_view addresses = forward) {
    return hex("4500") + be16(20 + payload.size()) + hex("1234 4000 40") + byte(protocol) +
           hex("0000") + hex(addresses) + payload;
}

/// An IPv6 packet with flow label 0xabcde and hop limit 64, from 2001:db8::1 to 2001:db8::2.
inline Packet ipv6(int next_header, const Packet& payload) {
    return hex("600abcde") + be16(payload.size()) + byte(next_header) + hex("40") +
           hex("20010db8000000000000000000000001 20010db8000000000000000000000002") + payload;
}

inline Packet udp(int port, const Packet& payload) {
    return hex("c000") + be16(static_cast<std::size_t>(port)) + be16(8 + payload.size()) +
           hex("0000") + payload;
}

inline Packet ethernet(std::string_view type, const Packet& payload) {
    return hex("020000000001 020000000002") + hex(type) + payload;
}

/// A segment in IPv4 in the given direction, as tunnels carry it.
inline Packet inner(std::string_view addresses = forward) {
    return ipv4(6, tcp_syn(), addresses);
}

/// Decodes packets out of memory of exactly their size, so that a sanitizer sees every byte too
/// many that is read.
class Decoder {
public:
    /// `cut` bytes more were on the wire than are in `packet`.
    const Decoded& operator()(LinkType type, const Packet& packet, std::size_t cut = 0,
                              Timestamp time = {}) {
        bytes_ = std::make_unique<std::uint8_t[]>(packet.size());
        std::ranges::copy(packet, bytes_.get());
        RawPacket raw;
        raw.frame = ++frame_;
        raw.time = time;
        raw.bytes = {bytes_.get(), packet.size()};
        raw.original_length = static_cast<std::uint32_t>(packet.size() + cut);
        raw.link_type = type;
        decode(raw, *fragments_, decoded_);
        return decoded_;
    }

    const Decoded& frame(const Packet& packet, std::size_t cut = 0) {
        return (*this)(1, packet, cut);
    }
    const Decoded& ip(const Packet& packet, std::size_t cut = 0, Timestamp time = {}) {
        return (*this)(101, packet, cut, time);
    }

    [[nodiscard]] const FragmentTable& fragments() const { return *fragments_; }

private:
    std::unique_ptr<std::uint8_t[]> bytes_;
    std::unique_ptr<FragmentTable> fragments_ = std::make_unique<FragmentTable>();
    Decoded decoded_;
    std::uint64_t frame_ = 0;
};

/// Whether this is tcp_syn(), however it was wrapped.
inline testing::AssertionResult is_the_syn(const Decoded& decoded) {
    if (decoded.kind != PacketKind::segment) {
        return testing::AssertionFailure() << "kind " << static_cast<int>(decoded.kind);
    }
    const Segment& segment = decoded.segment;
    if (segment.src_port != 40000 || segment.dst_port != 80 || segment.seq != Seq(0x01020304) ||
        !segment.flags.syn() || segment.options.mss != 1460 || segment.length != 0) {
        return testing::AssertionFailure() << "another segment";
    }
    return testing::AssertionSuccess();
}

}  // namespace tcpwhy::test
