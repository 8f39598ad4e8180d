#include "packet/test_packets.h"

namespace tcpwhy {

using namespace test;

namespace {

// The SYN behind one extension header.
Packet behind(int kind, std::string_view extension) {
    return ipv6(kind, hex(extension) + tcp_syn());
}

}  // namespace

TEST(Ipv6, HeaderIsReadInFull) {
    Decoder decode;
    Packet packet = ipv6(6, tcp_syn());
    packet[1] = 0x1a;
    const Decoded& decoded = decode.ip(packet);
    ASSERT_TRUE(is_the_syn(decoded));
    const IpInfo& ip = decoded.segment.ip;
    EXPECT_EQ(ip.src.to_string(), "2001:db8::1");
    EXPECT_EQ(ip.dst.to_string(), "2001:db8::2");
    EXPECT_TRUE(ip.is_v6);
    EXPECT_EQ(ip.tos, 0x01);
    EXPECT_EQ(ip.flow_label, 0xabcdeU);
    EXPECT_EQ(ip.ttl, 64);
    EXPECT_EQ(ip.ip_length, 80U);
    EXPECT_EQ(ip.ip_id, 0);
    EXPECT_FALSE(ip.dont_fragment);
}

TEST(Ipv6, EveryExtensionHeaderIsSteppedOver) {
    Decoder decode;
    EXPECT_TRUE(is_the_syn(decode.ip(behind(0, "06 00 0502 0000 0100"))));    // hop by hop
    EXPECT_TRUE(is_the_syn(decode.ip(behind(60, "06 00 010400000000"))));     // destination
    EXPECT_TRUE(is_the_syn(decode.ip(behind(44, "06 00 0000 00000007"))));    // atomic fragment
    EXPECT_TRUE(is_the_syn(decode.ip(behind(135, "06 00 0000 0000 0000"))));  // mobility
    EXPECT_TRUE(is_the_syn(decode.ip(behind(139, "06 00 0000 0000 0000"))));  // host identity
    EXPECT_TRUE(is_the_syn(decode.ip(behind(140, "06 00 0000 0000 0000"))));  // shim6
    EXPECT_TRUE(
        is_the_syn(decode.ip(behind(51, "06 04 0000 00000001 00000001 000000000000000000000000"))));
    EXPECT_TRUE(is_the_syn(
        decode.ip(behind(0, "3c 00 010400000000 2b 00 010400000000 06 00 04 00 00000000"))));
    EXPECT_FALSE(
        decode.ip(behind(44, "06 00 0000 00000007")).segment.oddities.has(Oddity::fragment));
}

TEST(Ipv6, DestinationIsTheLastOfTheRoute) {
    Decoder decode;
    const auto destination = [&](const char* routing) {
        const Decoded& decoded = decode.ip(behind(43, routing));
        EXPECT_TRUE(is_the_syn(decoded));
        return decoded.segment.ip.dst.to_string();
    };
    EXPECT_EQ(destination("06 04 00 01 00000000 20010db8000000000000000000000008"
                          "20010db8000000000000000000000009"),
              "2001:db8::9");
    EXPECT_EQ(destination("06 04 04 01 01000000 20010db8000000000000000000000009"
                          "20010db8000000000000000000000008"),
              "2001:db8::9");
    EXPECT_EQ(destination("06 02 00 00 00000000 20010db8000000000000000000000009"), "2001:db8::2");
}

TEST(Ipv6, JumboOptionSaysTheLength) {
    Decoder decode;
    Packet packet = behind(0, "06 00 c204 00011000");  // 69632 bytes
    packet[4] = packet[5] = 0;
    const Decoded& decoded = decode.ip(packet, 69632 - 48);
    ASSERT_EQ(decoded.kind, PacketKind::segment);
    EXPECT_EQ(decoded.segment.ip.ip_length, 69672U);
    EXPECT_EQ(decoded.segment.length, 69632U - 8 - 40);
    EXPECT_FALSE(decoded.segment.oddities.has(Oddity::length_from_capture));
}

TEST(Ipv6, LengthZeroWithoutTheOptionMeansTheLengthOnTheWire) {
    Decoder decode;
    Packet packet = ipv6(6, tcp_data());
    packet[4] = packet[5] = 0;
    const Decoded& decoded = decode.ip(packet, 100000);
    ASSERT_EQ(decoded.kind, PacketKind::segment);
    EXPECT_EQ(decoded.segment.length, 100004U);
    EXPECT_TRUE(decoded.segment.oddities.has(Oddity::length_from_capture));
}

TEST(Ipv6, EndlessAndCutExtensionHeadersEndTheWalk) {
    Decoder decode;
    Packet many;
    for (int i = 0; i < 200; ++i) many = many + hex("3c 00 010400000000");
    EXPECT_EQ(decode.ip(ipv6(60, many)).kind, PacketKind::other_ip);
    EXPECT_EQ(decode.ip(ipv6(60, hex("06 ff 0104 00000000"))).kind, PacketKind::other_ip);
    EXPECT_EQ(decode.ip(ipv6(59, {})).kind, PacketKind::other_ip);
}

}  // namespace tcpwhy
