#include "packet/decode.h"

#include "packet/test_packets.h"

namespace tcpwhy {

using namespace test;

namespace {

std::vector<Packet> samples() {
    const Packet bridged = ethernet("0800", inner());
    return {
        bridged,
        ethernet("86dd", ipv6(6, tcp_syn())),
        ethernet("88a8 0007 8100 0005 8864 11 00 0001 0040 0021", inner()),
        ethernet("8847 00010040 00010140 00000000", bridged),
        ethernet("0800", ipv4(17, udp(4789, hex("08000000 00006400") + bridged))),
        ethernet("0800", ipv4(17, udp(6081, hex("02006558 00006400 0000000000000000") + bridged))),
        ethernet("0800", ipv4(17, udp(2152, hex("34ff0060 00000001 00000085 01100000") + inner()))),
        ethernet("0800", ipv4(47, hex("100088be 00000001 10000001 00000000") + bridged)),
        ethernet("0800", ipv4(47, hex("3081880b 00440001 00000001 00000001 21") + inner())),
        ethernet("86dd",
                 ipv6(0, hex("2b00010400000000 3c00040000000000 06000104 00000000") + tcp_syn())),
        ethernet("0800", ipv4(1, hex("0303000000000000") + ipv4(4, inner()))),
        ethernet("86dd", ipv6(58, hex("0104000000000000") + ipv6(6, tcp_syn()))),
        ethernet("0054 aaaa03 000000 0800", inner()),
    };
}

}  // namespace

// The decoder's memory is exactly as long as the packet, so a sanitizer sees any byte too many.
TEST(Decode, NoPrefixOfAPacketIsReadBeyondItsEnd) {
    Decoder decode;
    for (const Packet& sample : samples()) {
        for (std::size_t size = 0; size <= sample.size(); ++size) {
            const Packet cut(sample.begin(), sample.begin() + static_cast<std::ptrdiff_t>(size));
            for (LinkType type = 0; type < 300; ++type) {
                EXPECT_LE(decode(type, cut, sample.size() - size).kind,
                          PacketKind::unknown_link_type);
            }
        }
    }
}

TEST(Decode, OneBitOffIsNeverHarmful) {
    Decoder decode;
    for (const Packet& sample : samples()) {
        for (std::size_t bit = 0; bit < sample.size() * 8; ++bit) {
            Packet damaged = sample;
            damaged[bit / 8] = static_cast<std::uint8_t>(damaged[bit / 8] ^ 1 << bit % 8);
            EXPECT_LE(decode.frame(damaged).kind, PacketKind::unknown_link_type);
        }
    }
}

TEST(Decode, OptionBombsEnd) {
    Decoder decode;
    for (const char* option : {"0300", "0301", "0302", "ff02", "1e02", "fe02", "2202", "0502"}) {
        Packet tcp = hex("9c40 0050 01020305 05060708 f010 01f6 0000 0000");
        for (int i = 0; i < 20; ++i) tcp = tcp + hex(option);
        EXPECT_EQ(decode.ip(ipv4(6, tcp)).kind, PacketKind::segment) << option;
    }
}

TEST(Decode, OriginalLengthBelowTheCapturedOneIsNotBelieved) {
    FragmentTable fragments;
    Decoded decoded;
    const Packet packet = inner();
    RawPacket raw;
    raw.bytes = packet;
    raw.original_length = 10;
    raw.link_type = 101;
    decode(raw, fragments, decoded);
    EXPECT_TRUE(is_the_syn(decoded));
}

TEST(Decode, FrameTimeAndInterfaceComeFromTheCapture) {
    FragmentTable fragments;
    Decoded decoded;
    const Packet packet = inner();
    RawPacket raw;
    raw.frame = 17;
    raw.time = Timestamp(std::chrono::seconds(5));
    raw.interface = 3;
    raw.bytes = packet;
    raw.link_type = 101;
    decode(raw, fragments, decoded);
    EXPECT_EQ(decoded.segment.frame, 17U);
    EXPECT_EQ(decoded.segment.time, raw.time);
    EXPECT_EQ(decoded.segment.interface, 3);
}

TEST(Decode, ChecksumsAreVerifiedOnlyWhereAsked) {
    FragmentTable fragments;
    Decoded decoded;
    Packet packet = inner();
    packet.back() ^= 1;
    RawPacket raw;
    raw.bytes = packet;
    raw.link_type = 101;
    decode(raw, fragments, decoded);
    EXPECT_TRUE(decoded.segment.oddities.has(Oddity::bad_checksum));
    decode(raw, fragments, decoded, {.verify_checksums = false});
    EXPECT_FALSE(decoded.segment.oddities.has(Oddity::bad_checksum));
}

}  // namespace tcpwhy
