#include "packet/test_packets.h"

namespace tcpwhy {

using namespace test;

namespace {

// An error about `quote`, from 10.9.9.9.
Packet error(std::string_view header, const Packet& quote) {
    return ipv4(1, hex(header) + quote, "0a090909 0a000001");
}

Packet error_v6(std::string_view header, const Packet& quote) {
    return ipv6(58, hex(header) + quote);
}

Packet first(const Packet& packet, std::size_t size) {
    return {packet.begin(), packet.begin() + static_cast<std::ptrdiff_t>(size)};
}

IcmpMeaning meaning(std::string_view header) {
    Decoder decode;
    const Decoded& decoded = decode.ip(error(header, inner()));
    EXPECT_EQ(decoded.kind, PacketKind::icmp_error) << header;
    return decoded.icmp_error.meaning;
}

IcmpMeaning meaning_v6(std::string_view header) {
    Decoder decode;
    const Decoded& decoded = decode.ip(error_v6(header, ipv6(6, tcp_syn())));
    EXPECT_EQ(decoded.kind, PacketKind::icmp_error) << header;
    return decoded.icmp_error.meaning;
}

}  // namespace

TEST(Icmp, ErrorNamesTheSegmentThatItQuotes) {
    Decoder decode;
    const Decoded& decoded = decode.ip(error("0303 0000 00000000", inner()));
    ASSERT_EQ(decoded.kind, PacketKind::icmp_error);
    const IcmpError& icmp = decoded.icmp_error;
    EXPECT_EQ(icmp.ip.src.to_string(), "10.9.9.9");
    EXPECT_EQ(icmp.meaning, IcmpMeaning::port_unreachable);
    EXPECT_EQ(icmp.type, 3);
    EXPECT_EQ(icmp.code, 3);
    EXPECT_EQ(icmp.quoted.src.to_string(), "10.0.0.1");
    EXPECT_EQ(icmp.quoted.dst.to_string(), "10.0.0.2");
    EXPECT_EQ(icmp.quoted.ttl, 64);
    EXPECT_EQ(icmp.quoted.ip_length, 60U);
    EXPECT_EQ(icmp.quoted_src_port, 40000);
    EXPECT_EQ(icmp.quoted_dst_port, 80);
    EXPECT_EQ(icmp.quoted_seq, Seq(0x01020304));
    EXPECT_TRUE(icmp.quoted_flags_known);
    EXPECT_TRUE(icmp.quoted_flags.syn());
    EXPECT_EQ(icmp.quoted.chain, 0U);
    EXPECT_EQ(icmp.frame, 1U);
}

TEST(Icmp, EightQuotedBytesAreEnough) {
    Decoder decode;
    const Decoded& decoded = decode.ip(error("0301 0000 00000000", first(inner(), 28)));
    ASSERT_EQ(decoded.kind, PacketKind::icmp_error);
    EXPECT_EQ(decoded.icmp_error.quoted_seq, Seq(0x01020304));
    EXPECT_FALSE(decoded.icmp_error.quoted_flags_known);
    EXPECT_EQ(decode.ip(error("0301 0000 00000000", first(inner(), 27))).kind,
              PacketKind::other_ip);
}

TEST(Icmp, Meanings) {
    EXPECT_EQ(meaning("0300 0000 00000000"), IcmpMeaning::network_unreachable);
    EXPECT_EQ(meaning("030b 0000 00000000"), IcmpMeaning::network_unreachable);
    EXPECT_EQ(meaning("0301 0000 00000000"), IcmpMeaning::host_unreachable);
    EXPECT_EQ(meaning("0302 0000 00000000"), IcmpMeaning::protocol_unreachable);
    EXPECT_EQ(meaning("0309 0000 00000000"), IcmpMeaning::prohibited);
    EXPECT_EQ(meaning("030a 0000 00000000"), IcmpMeaning::prohibited);
    EXPECT_EQ(meaning("030d 0000 00000000"), IcmpMeaning::prohibited);
    EXPECT_EQ(meaning("0305 0000 00000000"), IcmpMeaning::other);
    EXPECT_EQ(meaning("0b00 0000 00000000"), IcmpMeaning::time_exceeded);
    EXPECT_EQ(meaning("0b01 0000 00000000"), IcmpMeaning::other);
    EXPECT_EQ(meaning("0400 0000 00000000"), IcmpMeaning::other);
    EXPECT_EQ(meaning("0c00 0000 00000000"), IcmpMeaning::other);
}

TEST(Icmp, MeaningsInIpv6) {
    EXPECT_EQ(meaning_v6("0100 0000 00000000"), IcmpMeaning::network_unreachable);
    EXPECT_EQ(meaning_v6("0101 0000 00000000"), IcmpMeaning::prohibited);
    EXPECT_EQ(meaning_v6("0102 0000 00000000"), IcmpMeaning::prohibited);
    EXPECT_EQ(meaning_v6("0103 0000 00000000"), IcmpMeaning::host_unreachable);
    EXPECT_EQ(meaning_v6("0104 0000 00000000"), IcmpMeaning::port_unreachable);
    EXPECT_EQ(meaning_v6("0105 0000 00000000"), IcmpMeaning::prohibited);
    EXPECT_EQ(meaning_v6("0200 0000 00000500"), IcmpMeaning::packet_too_big);
    EXPECT_EQ(meaning_v6("0300 0000 00000000"), IcmpMeaning::time_exceeded);
    EXPECT_EQ(meaning_v6("0401 0000 00000028"), IcmpMeaning::protocol_unreachable);
}

TEST(Icmp, MtuOfTheNextHop) {
    Decoder decode;
    EXPECT_EQ(decode.ip(error("0304 0000 0000 0578", inner())).icmp_error.mtu, 1400U);
    EXPECT_EQ(decode.ip(error("0301 0000 0000 0578", inner())).icmp_error.mtu, 0U);
    EXPECT_EQ(decode.ip(error_v6("0200 0000 00000500", ipv6(6, tcp_syn()))).icmp_error.mtu, 1280U);
}

TEST(Icmp, QuoteInTheByteOrderOfAnOldHost) {
    Decoder decode;
    Packet quote = inner();
    std::swap(quote[2], quote[3]);
    std::swap(quote[6], quote[7]);
    const Decoded& decoded = decode.ip(error("0303 0000 00000000", quote));
    ASSERT_EQ(decoded.kind, PacketKind::icmp_error);
    EXPECT_EQ(decoded.icmp_error.quoted.ip_length, 60U);
    EXPECT_TRUE(decoded.icmp_error.quoted.dont_fragment);
}

TEST(Icmp, QuoteOfALongPacketWithZeroedLength) {
    Decoder decode;
    Packet quote = first(inner(), 28);
    quote[2] = quote[3] = 0;
    EXPECT_EQ(decode.ip(error("0304 0000 00000578", quote)).kind, PacketKind::icmp_error);
}

TEST(Icmp, QuoteOfATunnelNamesTheInnermostSegment) {
    Decoder decode;
    const Packet tunnelled[] = {
        ipv4(4, inner(), "c0000201 c0000202"),
        ipv4(47, hex("0000 0800") + inner(), "c0000201 c0000202"),
        ipv4(17, udp(4789, hex("08000000 00006400") + ethernet("0800", inner())),
             "c0000201 c0000202"),
    };
    for (const Packet& quote : tunnelled) {
        const TunnelChain chain = decode.ip(quote).segment.ip.chain;
        const Decoded& decoded = decode.ip(error("0301 0000 00000000", quote));
        ASSERT_EQ(decoded.kind, PacketKind::icmp_error);
        EXPECT_EQ(decoded.icmp_error.quoted.src.to_string(), "10.0.0.1");
        EXPECT_EQ(decoded.icmp_error.quoted.chain, chain);
    }
}

TEST(Icmp, QuoteCameThroughTheLinksOfTheError) {
    Decoder decode;
    const TunnelChain vlan = decode.frame(ethernet("8100 0005 0800", inner())).segment.ip.chain;
    EXPECT_EQ(decode.frame(ethernet("8100 0005 0800", error("0301 0000 00000000", inner())))
                  .icmp_error.quoted.chain,
              vlan);
}

TEST(Icmp, QuotedFragmentsCountWhereTheyHaveThePorts) {
    Decoder decode;
    Packet quote = inner();
    quote[6] = 0x20;
    EXPECT_EQ(decode.ip(error("0b01 0000 00000000", quote)).kind, PacketKind::icmp_error);
    quote[7] = 0x20;
    EXPECT_EQ(decode.ip(error("0b01 0000 00000000", quote)).kind, PacketKind::other_ip);
    EXPECT_EQ(
        decode.ip(error_v6("0300 0000 00000000", ipv6(44, hex("06 00 0001 00000007") + tcp_syn())))
            .kind,
        PacketKind::icmp_error);
}

TEST(Icmp, EverythingElseIsProofOfLife) {
    Decoder decode;
    EXPECT_TRUE(decode.ip(ipv4(1, hex("0000 0000 00010001"))).other.is_echo_reply);
    EXPECT_FALSE(decode.ip(ipv4(1, hex("0800 0000 00010001"))).other.is_echo_reply);
    EXPECT_TRUE(decode.ip(ipv6(58, hex("8100 0000 00010001"))).other.is_echo_reply);
    EXPECT_EQ(decode.ip(error("0303 0000 00000000", ipv4(17, udp(53, hex("01"))))).kind,
              PacketKind::other_ip);
    EXPECT_EQ(decode.ip(error("0501 0000 0a000003", inner())).kind, PacketKind::other_ip);
    EXPECT_EQ(decode.ip(ipv4(1, hex("03"))).kind, PacketKind::other_ip);
}

TEST(Icmp, CutAnywhereDoesNoHarm) {
    Decoder decode;
    const Packet whole = error("0303 0000 00000000", ipv4(4, inner()));
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        const PacketKind kind = decode.ip(first(whole, size), whole.size() - size).kind;
        EXPECT_EQ(kind == PacketKind::icmp_error, size >= 20 + 8 + 20 + 20 + 8) << size;
    }
}

}  // namespace tcpwhy
