#include "packet/test_packets.h"

namespace tcpwhy {

using namespace test;

namespace {

const Segment& read(Decoder& decode, const Packet& tcp, std::size_t cut = 0) {
    Packet packet = ipv4(6, tcp);
    const std::size_t length = packet.size() + cut;
    packet[2] = static_cast<std::uint8_t>(length >> 8);
    packet[3] = static_cast<std::uint8_t>(length);
    const Decoded& decoded = decode.ip(packet, cut);
    EXPECT_EQ(decoded.kind, PacketKind::segment);
    return decoded.segment;
}

}  // namespace

TEST(Tcp, HeaderIsReadInFull) {
    Decoder decode;
    const Segment& segment = read(decode, tcp_data());
    EXPECT_EQ(segment.src_port, 40000);
    EXPECT_EQ(segment.dst_port, 80);
    EXPECT_EQ(segment.seq, Seq(0x01020305));
    EXPECT_EQ(segment.ack, Seq(0x05060708));
    EXPECT_TRUE(segment.flags.psh());
    EXPECT_TRUE(segment.flags.ack());
    EXPECT_EQ(segment.window, 502);
    EXPECT_EQ(segment.checksum, 0x0551);
    EXPECT_EQ(segment.length, 4U);
    EXPECT_EQ(std::string(segment.payload.begin(), segment.payload.end()), "test");
    EXPECT_EQ(segment.options, TcpOptions{});
    EXPECT_EQ(segment.oddities, Oddities{});
}

TEST(Tcp, NothingStaysFromThePacketBefore) {
    Decoder decode;
    read(decode, tcp_syn());
    EXPECT_EQ(read(decode, tcp_data()).options, TcpOptions{});
    EXPECT_FALSE(decode.ip(inner()).segment.oddities.has(Oddity::bad_checksum));
}

TEST(Tcp, NonsenseIsReadAndNotRefused) {
    Decoder decode;
    const Segment& segment = read(decode, hex("0000 0000 00000000 00000000 5fff ffff 0000 0001"));
    EXPECT_EQ(segment.src_port, 0);
    EXPECT_TRUE(segment.flags.syn() && segment.flags.fin() && segment.flags.rst());
    EXPECT_EQ(segment.flags.bits, 0x1ff);
    EXPECT_TRUE(segment.oddities.has(Oddity::reserved_bits));
    EXPECT_TRUE(segment.oddities.has(Oddity::urgent_pointer));
    EXPECT_NE(segment.urgent, 0);
}

TEST(Tcp, DataOffsetBelowFiveOrBeyondThePacketIsOdd) {
    Decoder decode;
    Packet tcp = tcp_data();
    tcp[12] = 0x40;
    EXPECT_TRUE(read(decode, tcp).oddities.has(Oddity::tcp_header_short));
    EXPECT_EQ(read(decode, tcp).length, 4U);
    tcp[12] = 0xf0;
    EXPECT_TRUE(read(decode, tcp).oddities.has(Oddity::tcp_header_short));
    EXPECT_EQ(read(decode, tcp).length, 0U);
}

TEST(Tcp, CutBehindTheFlagsItIsStillASegment) {
    Decoder decode;
    const Packet syn = tcp_syn();
    for (std::size_t size = 14; size < syn.size(); ++size) {
        const Packet front(syn.begin(), syn.begin() + static_cast<std::ptrdiff_t>(size));
        const Segment& segment = read(decode, front, syn.size() - size);
        EXPECT_TRUE(segment.flags.syn());
        EXPECT_EQ(segment.length, 0U);
        EXPECT_TRUE(segment.oddities.has(Oddity::options_cut)) << size;
        EXPECT_FALSE(segment.oddities.has(Oddity::options_malformed)) << size;
        EXPECT_FALSE(segment.oddities.has(Oddity::bad_checksum)) << size;
        EXPECT_EQ(segment.window, size >= 16 ? 64240 : 0);
    }
}

TEST(Tcp, WithoutFlagsItIsMalformed) {
    Decoder decode;
    EXPECT_EQ(decode.ip(ipv4(6, hex("9c40 0050 01020304 00000000 a0"))).kind,
              PacketKind::malformed);
}

TEST(Tcp, CutPayloadKeepsItsLength) {
    Decoder decode;
    const Segment& segment = read(decode, tcp_data(), 1000);
    EXPECT_EQ(segment.length, 1004U);
    EXPECT_EQ(segment.payload.size(), 4U);
    EXPECT_FALSE(segment.oddities.has(Oddity::options_cut));
    EXPECT_EQ(segment.end(), Seq(0x01020305).plus(1004));
}

TEST(TcpChecksum, WrongOnesAreSeen) {
    Decoder decode;
    Packet tcp = tcp_data();
    EXPECT_FALSE(read(decode, tcp).oddities.has(Oddity::bad_checksum));
    tcp.back() ^= 1;
    EXPECT_TRUE(read(decode, tcp).oddities.has(Oddity::bad_checksum));
    tcp.push_back(0);  // an odd length
    EXPECT_TRUE(read(decode, tcp).oddities.has(Oddity::bad_checksum));
}

TEST(TcpChecksum, OfIpv6) {
    Decoder decode;
    Packet tcp = tcp_syn();
    EXPECT_TRUE(decode.ip(ipv6(6, tcp)).segment.oddities.has(Oddity::bad_checksum));
    tcp[16] = 0x50;
    tcp[17] = 0xa0;
    EXPECT_FALSE(decode.ip(ipv6(6, tcp)).segment.oddities.has(Oddity::bad_checksum));
}

TEST(TcpChecksum, LeftForTheDeviceIsNotWrong) {
    Decoder decode;
    for (const int partial : {0x1431, 0x1409, 0x0000}) {
        Packet tcp = tcp_syn();
        tcp[16] = static_cast<std::uint8_t>(partial >> 8);
        tcp[17] = static_cast<std::uint8_t>(partial);
        EXPECT_FALSE(read(decode, tcp).oddities.has(Oddity::bad_checksum)) << partial;
    }
}

TEST(TcpChecksum, OfMergedSegmentsIsNotSummed) {
    Decoder decode;
    EXPECT_FALSE(read(decode, tcp_data() + Packet(3000, 1)).oddities.has(Oddity::bad_checksum));
}

}  // namespace tcpwhy
