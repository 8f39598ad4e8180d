#include "packet/test_packets.h"

namespace tcpwhy {

using namespace test;

TEST(Ipv4, HeaderIsReadInFull) {
    Decoder decode;
    const Decoded& decoded = decode.ip(hex(R"(
        45b8 003c            # version, DSCP 46, length 60
        abcd 4000            # id, DF
        3906 0000            # TTL 57, TCP
        c0000201 c0000202
    )") + tcp_syn());
    ASSERT_EQ(decoded.kind, PacketKind::segment);
    const IpInfo& ip = decoded.segment.ip;
    EXPECT_EQ(ip.src.to_string(), "192.0.2.1");
    EXPECT_EQ(ip.dst.to_string(), "192.0.2.2");
    EXPECT_FALSE(ip.is_v6);
    EXPECT_EQ(ip.tos, 0xb8);
    EXPECT_EQ(ip.ip_id, 0xabcd);
    EXPECT_TRUE(ip.dont_fragment);
    EXPECT_EQ(ip.ttl, 57);
    EXPECT_EQ(ip.ip_length, 60U);
    EXPECT_EQ(ip.chain, 0U);
    EXPECT_EQ(decoded.segment.frame, 1U);
}

TEST(Ipv4, OptionsAreSteppedOver) {
    Decoder decode;
    const Packet packet =
        hex("4600 0040 0001 0000 4006 0000 0a000001 0a000002 94040000") + tcp_syn();
    EXPECT_TRUE(is_the_syn(decode.ip(packet)));
    EXPECT_EQ(decode.ip(packet).segment.ip.ip_length, 64U);
}

TEST(Ipv4, LengthZeroMeansTheLengthOnTheWire) {
    Decoder decode;
    Packet packet = ipv4(6, tcp_data());
    packet[2] = packet[3] = 0;
    const Decoded& decoded = decode.ip(packet, 70000);
    ASSERT_EQ(decoded.kind, PacketKind::segment);
    EXPECT_TRUE(decoded.segment.oddities.has(Oddity::length_from_capture));
    EXPECT_EQ(decoded.segment.length, 70004U);
    EXPECT_EQ(decoded.segment.payload.size(), 4U);
    EXPECT_EQ(decoded.segment.ip.ip_length, 70044U);
}

TEST(Ipv4, LengthStaysWhatTheHeaderSaysWhereTheSnaplenCut) {
    Decoder decode;
    Packet packet = ipv4(6, tcp_data());
    packet[2] = 0x05;
    packet[3] = 0xdc;
    EXPECT_EQ(decode.ip(packet, 1400).segment.length, 1460U);
}

TEST(Ipv4, HeaderSizeBelowFiveWordsIsOdd) {
    Decoder decode;
    Packet packet = inner();
    packet[0] = 0x44;
    const Decoded& decoded = decode.ip(packet);
    EXPECT_TRUE(is_the_syn(decoded));
    EXPECT_TRUE(decoded.segment.oddities.has(Oddity::ip_header_short));
}

TEST(Ipv4, LengthBelowTheHeaderIsMalformed) {
    Decoder decode;
    Packet packet = inner();
    packet[3] = 19;
    EXPECT_EQ(decode.ip(packet).kind, PacketKind::malformed);
}

TEST(Ipv4, CutOptionsStillProveThatTheSourceLives) {
    Decoder decode;
    const Decoded& decoded =
        decode.ip(hex("4f00 0064 0001 0000 4006 0000 0a000001 0a000002 0101"), 78);
    ASSERT_EQ(decoded.kind, PacketKind::other_ip);
    EXPECT_EQ(decoded.other.protocol, 6);
    EXPECT_TRUE(decoded.other.oddities.has(Oddity::ip_header_short));
}

TEST(Ipv4, AuthenticationHeaderIsSteppedOver) {
    Decoder decode;
    EXPECT_TRUE(is_the_syn(decode.ip(
        ipv4(51, hex("06 04 0000 00000001 00000001 000000000000000000000000") + tcp_syn()))));
    EXPECT_EQ(decode.ip(ipv4(51, hex("06 ff 0000 00000001 00000001 0000"))).kind,
              PacketKind::other_ip);
}

TEST(Ipv4, OtherProtocolsAreProofOfLife) {
    Decoder decode;
    const Decoded& decoded = decode.ip(ipv4(17, udp(53, hex("0102"))));
    ASSERT_EQ(decoded.kind, PacketKind::other_ip);
    EXPECT_EQ(decoded.other.protocol, 17);
    EXPECT_EQ(decoded.other.frame, 1U);
    EXPECT_FALSE(decoded.other.is_echo_reply);
    EXPECT_EQ(decode.ip(ipv4(58, hex("8100000000000000"))).kind, PacketKind::other_ip);
}

}  // namespace tcpwhy
