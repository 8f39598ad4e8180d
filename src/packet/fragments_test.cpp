#include "packet/fragments.h"

#include "packet/test_packets.h"

namespace tcpwhy {

using namespace test;
using std::chrono::seconds;

namespace {

// Part [first, last) of a datagram in IPv4.
Packet part(const Packet& datagram, std::size_t first, std::size_t last, int id = 1,
            int protocol = 6) {
    const Packet piece(datagram.begin() + static_cast<std::ptrdiff_t>(first),
                       datagram.begin() + static_cast<std::ptrdiff_t>(last));
    Packet packet = ipv4(protocol, piece);
    packet[4] = static_cast<std::uint8_t>(id >> 8);
    packet[5] = static_cast<std::uint8_t>(id);
    packet[6] = static_cast<std::uint8_t>(first / 8 >> 8 | (last < datagram.size() ? 0x20 : 0));
    packet[7] = static_cast<std::uint8_t>(first / 8);
    return packet;
}

Packet long_segment() {
    return tcp_data() + Packet(1000, 'x');
}

}  // namespace

TEST(Fragments, TheLastOneToArriveGivesTheSegment) {
    for (const bool reversed : {false, true}) {
        Decoder decode;
        const Packet one = part(long_segment(), 0, 512);
        const Packet two = part(long_segment(), 512, 1024);
        EXPECT_EQ(decode.ip(reversed ? two : one).kind, PacketKind::fragment);
        EXPECT_EQ(decode.fragments().incomplete(), 1U);
        const Decoded& decoded = decode.ip(reversed ? one : two);
        ASSERT_EQ(decoded.kind, PacketKind::segment);
        EXPECT_EQ(decoded.segment.src_port, 40000);
        EXPECT_EQ(decoded.segment.length, 1004U);
        EXPECT_EQ(decoded.segment.ip.ip_length, 1044U);
        EXPECT_EQ(decoded.segment.frame, 2U);
        EXPECT_TRUE(decoded.segment.oddities.has(Oddity::fragment));
        EXPECT_FALSE(decoded.segment.oddities.has(Oddity::bad_checksum));
        EXPECT_EQ(decoded.segment.payload.size(), 192U - 20);
        EXPECT_EQ(decode.fragments().incomplete(), 0U);
    }
}

TEST(Fragments, TinyOnesInAnyOrderStillGiveTheHeader) {
    Decoder decode;
    const Packet segment = tcp_syn();
    for (const std::size_t at : {16U, 32U, 0U, 24U}) {
        EXPECT_EQ(decode.ip(part(segment, at, at + 8)).kind, PacketKind::fragment) << at;
    }
    EXPECT_TRUE(is_the_syn(decode.ip(part(segment, 8, 16))));
}

TEST(Fragments, WhatTheSnaplenCutIsUnknownNotAbsent) {
    Decoder decode;
    Packet one = part(long_segment(), 0, 512);
    one.resize(20 + 43);
    EXPECT_EQ(decode.ip(one, 469).kind, PacketKind::fragment);
    Packet two = part(long_segment(), 512, 1024);
    two.resize(60);
    const Decoded& decoded = decode.ip(two, 472);
    ASSERT_EQ(decoded.kind, PacketKind::segment);
    EXPECT_EQ(decoded.segment.length, 1004U);
    EXPECT_EQ(decoded.segment.payload.size(), 20U) << "whole units of the 43 captured bytes";
}

TEST(Fragments, CopiesOfACompleteDatagramAreNoNewOne) {
    Decoder decode;
    const Packet one = part(long_segment(), 0, 512);
    const Packet two = part(long_segment(), 512, 1024);
    EXPECT_EQ(decode.ip(one).kind, PacketKind::fragment);
    EXPECT_EQ(decode.ip(one).kind, PacketKind::fragment);
    EXPECT_EQ(decode.ip(two).kind, PacketKind::segment);
    EXPECT_EQ(decode.ip(two).kind, PacketKind::fragment);
    EXPECT_EQ(decode.fragments().incomplete(), 0U);
}

TEST(Fragments, AnIdentificationMayBeUsedAgain) {
    Decoder decode;
    EXPECT_EQ(decode.ip(part(long_segment(), 0, 512)).kind, PacketKind::fragment);
    EXPECT_EQ(decode.ip(part(long_segment(), 512, 1024)).kind, PacketKind::segment);
    const Timestamp later{seconds(2)};
    EXPECT_EQ(decode.ip(part(long_segment(), 0, 512), 0, later).kind, PacketKind::fragment);
    EXPECT_EQ(decode.ip(part(long_segment(), 512, 1024), 0, later).kind, PacketKind::segment);
}

TEST(Fragments, RestThatComesTooLateIsNotUsed) {
    Decoder decode;
    EXPECT_EQ(decode.ip(part(long_segment(), 0, 512)).kind, PacketKind::fragment);
    EXPECT_EQ(decode.ip(part(long_segment(), 512, 1024), 0, Timestamp{seconds(31)}).kind,
              PacketKind::fragment);
    EXPECT_EQ(decode.fragments().incomplete(), 2U);
}

TEST(Fragments, ProtocolsIdentificationsAndChainsAreKeptApart) {
    Decoder decode;
    EXPECT_EQ(decode.ip(part(long_segment(), 0, 512)).kind, PacketKind::fragment);
    EXPECT_EQ(decode.ip(part(long_segment(), 512, 1024, 2)).kind, PacketKind::fragment);
    EXPECT_EQ(decode.ip(part(long_segment(), 512, 1024, 1, 17)).kind, PacketKind::fragment);
    EXPECT_EQ(decode.frame(ethernet("8100 0005 0800", part(long_segment(), 512, 1024))).kind,
              PacketKind::fragment);
    EXPECT_EQ(decode.ip(part(long_segment(), 512, 1024)).kind, PacketKind::segment);
}

TEST(Fragments, AFloodDisplacesTheOldestAndIsCounted) {
    Decoder decode;
    for (int id = 0; id < 1000; ++id) {
        EXPECT_EQ(decode.ip(part(long_segment(), 0, 512, id)).kind, PacketKind::fragment);
    }
    EXPECT_EQ(decode.fragments().incomplete(), 1000U);
    EXPECT_EQ(decode.ip(part(long_segment(), 512, 1024, 999)).kind, PacketKind::segment);
    EXPECT_EQ(decode.ip(part(long_segment(), 512, 1024, 0)).kind, PacketKind::fragment);
}

TEST(Fragments, OverlapKeepsWhatCameFirst) {
    Decoder decode;
    EXPECT_EQ(decode.ip(part(long_segment(), 0, 512)).kind, PacketKind::fragment);
    EXPECT_EQ(decode.ip(part(Packet(1024, 0xee), 0, 256)).kind, PacketKind::fragment);
    const Decoded& decoded = decode.ip(part(long_segment(), 256, 1024));
    ASSERT_EQ(decoded.kind, PacketKind::segment);
    EXPECT_EQ(decoded.segment.src_port, 40000);
}

TEST(Fragments, AbsurdOnesDoNoHarm) {
    Decoder decode;
    Packet beyond = part(long_segment(), 0, 512);
    beyond[6] = 0x1f;
    beyond[7] = 0xff;  // the "ping of death": ends beyond 65535
    EXPECT_EQ(decode.ip(beyond).kind, PacketKind::fragment);
    EXPECT_EQ(decode.ip(part(long_segment(), 0, 13)).kind, PacketKind::fragment);
    EXPECT_EQ(decode.ip(part(long_segment(), 8, 8)).kind, PacketKind::fragment);
    EXPECT_EQ(decode.fragments().incomplete(), 0U);
}

TEST(Fragments, TooManyGapsNeverBecomeComplete) {
    Decoder decode;
    const Packet datagram(8000, 0);
    for (std::size_t at = 0; at < 7984; at += 16) {
        EXPECT_EQ(decode.ip(part(datagram, at, at + 8)).kind, PacketKind::fragment);
    }
    EXPECT_EQ(decode.fragments().incomplete(), 1U);
}

TEST(Fragments, OfIpv6) {
    Decoder decode;
    const Packet segment = tcp_syn();
    const Packet front(segment.begin(), segment.begin() + 16);
    const Packet rest(segment.begin() + 16, segment.end());
    EXPECT_EQ(decode.ip(ipv6(44, hex("06 00 0001 00000007") + front)).kind, PacketKind::fragment);
    const Decoded& decoded = decode.ip(ipv6(44, hex("06 00 0010 00000007") + rest));
    EXPECT_TRUE(is_the_syn(decoded));
    EXPECT_EQ(decoded.segment.ip.ip_length, 40U + 8 + 40);
}

TEST(Fragments, OfATunnel) {
    Decoder decode;
    const Packet datagram = udp(4789, hex("08000000 00006400") + ethernet("0800", inner()));
    EXPECT_EQ(decode.ip(part(datagram, 0, 48, 1, 17)).kind, PacketKind::fragment);
    EXPECT_TRUE(is_the_syn(decode.ip(part(datagram, 48, datagram.size(), 1, 17))));
}

}  // namespace tcpwhy
