#include "packet/test_packets.h"

namespace tcpwhy {

using namespace test;

namespace {

constexpr std::string_view there = "c0000201 c0000202";
constexpr std::string_view back = "c0000202 c0000201";

// One tunnel: its headers over IP, in either direction of the conversation.
struct Tunnel {
    const char* name;
    int protocol;
    const char* there;  // after the outer IP header
    const char* back;
    int udp_port = 0;
    bool bridges = false;  // an Ethernet header follows
};

Packet wrap(const Tunnel& tunnel, bool forwards) {
    const Packet segment = inner(forwards ? forward : backward);
    const Packet payload = hex(forwards ? tunnel.there : tunnel.back) +
                           (tunnel.bridges ? ethernet("0800", segment) : segment);
    return ipv4(tunnel.protocol, tunnel.udp_port != 0 ? udp(tunnel.udp_port, payload) : payload,
                forwards ? there : back);
}

class TunnelTest : public testing::TestWithParam<Tunnel> {};

}  // namespace

TEST_P(TunnelTest, BothDirectionsHaveOneChain) {
    Decoder decode;
    EXPECT_TRUE(is_the_syn(decode.ip(wrap(GetParam(), true))));
    EXPECT_EQ(decode.ip(wrap(GetParam(), true)).segment.ip.src, IpAddress::from_v4(0x0a000001U));
    const TunnelChain chain = decode.ip(wrap(GetParam(), true)).segment.ip.chain;
    EXPECT_NE(chain, 0U);
    EXPECT_EQ(decode.ip(wrap(GetParam(), false)).segment.ip.src, IpAddress::from_v4(0x0a000002U));
    EXPECT_EQ(decode.ip(wrap(GetParam(), false)).segment.ip.chain, chain);
}

TEST_P(TunnelTest, OtherEndPointsAreAnotherChain) {
    Decoder decode;
    Packet packet = wrap(GetParam(), true);
    const TunnelChain chain = decode.ip(packet).segment.ip.chain;
    packet[19] = 99;
    EXPECT_NE(decode.ip(packet).segment.ip.chain, chain);
}

TEST_P(TunnelTest, CutAnywhereItIsAPacketOfTheOuterHost) {
    Decoder decode;
    const Packet whole = wrap(GetParam(), true);
    for (std::size_t size = 20; size < whole.size() - 60; ++size) {
        const Packet cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        const Decoded& decoded = decode.ip(cut, whole.size() - size);
        ASSERT_EQ(decoded.kind, PacketKind::other_ip) << size;
        EXPECT_EQ(decoded.other.ip.src, IpAddress::from_v4(0xc0000201U)) << size;
        EXPECT_EQ(decoded.other.protocol, GetParam().protocol) << size;
    }
}

constexpr Tunnel tunnels[] = {
    {"Ipip", 4, "", ""},
    {"Gre", 47, "0000 0800", "0000 0800"},
    {"GreWithKeyChecksumAndNumber", 47, "b000 0800 00000000 00000007 00000001",
     "b000 0800 00000000 00000007 00000009"},
    {"GreBridged", 47, "0000 6558", "0000 6558", 0, true},
    {"Nvgre", 47, "2000 6558 000123 aa", "2000 6558 000123 bb", 0, true},
    {"Pptp", 47, "3081 880b 0044 0001 00000001 00000001 21",
     "3081 880b 0044 0002 00000001 00000001 21"},
    {"WebCacheRedirect", 47, "0000 883e 00000000", "0000 883e"},
    {"ErspanI", 47, "0000 88be", "0000 88be", 0, true},
    {"ErspanII", 47, "1000 88be 00000001 1000 0001 00000000",
     "1000 88be 00000002 1000 0002 00000000", 0, true},
    {"ErspanIII", 47, "1000 22eb 00000001 2000 0001 00000000 0000 0000",
     "1000 22eb 00000001 2000 0001 00000000 0000 0001 0000000000000000", 0, true},
    {"EtherIp", 97, "3000", "3000", 0, true},
    {"MplsInIp", 137, "00010140", "00020140"},
    {"Vxlan", 17, "08 000000 000064 00", "08 000000 000064 00", 4789, true},
    {"VxlanOfOldLinux", 17, "08 000000 000064 00", "08 000000 000064 00", 8472, true},
    {"VxlanGpe", 17, "0c 0000 01 000064 00", "0c 0000 01 000064 00", 4790},
    {"Geneve", 17, "00 00 6558 000064 00", "01 00 6558 000064 00 00000000", 6081, true},
    {"GeneveOverIp", 17, "00 00 0800 000064 00", "00 00 0800 000064 00", 6081},
    {"Gtp", 17, "30 ff 0050 00000001", "30 ff 0050 00000002", 2152},
    {"GtpWithExtensions", 17, "34 ff 0058 00000001 0000 00 85 01 1000 00",
     "36 ff 005c 00000002 0001 00 85 01 1000 c0 01 0001 00", 2152},
    {"L2tp", 17, "0002 0001 0001 ff03 0021", "4a02 0050 0002 0002 0000 0000 0001 aa 0021", 1701},
};

INSTANTIATE_TEST_SUITE_P(All, TunnelTest, testing::ValuesIn(tunnels),
                         [](const auto& one) { return one.param.name; });

TEST(Tunnels, IdentifiersKeepNetworksApart) {
    Decoder decode;
    const auto chain = [&](std::string_view header, int port) {
        return decode.ip(ipv4(17, udp(port, hex(header) + ethernet("0800", inner()))))
            .segment.ip.chain;
    };
    EXPECT_NE(chain("08000000 00006400", 4789), chain("08000000 00006500", 4789));
    EXPECT_NE(chain("08000000 00006400", 4789), chain("00006558 00006400", 6081));
}

TEST(Tunnels, Ipv6InIpv4AndBack) {
    Decoder decode;
    EXPECT_TRUE(is_the_syn(decode.ip(ipv4(41, ipv6(6, tcp_syn())))));
    EXPECT_TRUE(decode.ip(ipv4(41, ipv6(6, tcp_syn()))).segment.ip.is_v6);
    EXPECT_TRUE(is_the_syn(decode.ip(ipv6(4, inner()))));
    EXPECT_TRUE(is_the_syn(decode.ip(ipv6(47, hex("0000 86dd") + ipv6(6, tcp_syn())))));
    EXPECT_TRUE(is_the_syn(decode.ip(ipv6(143, ethernet("0800", inner())))));
}

TEST(Tunnels, ArpInVxlanKeepsItsChain) {
    Decoder decode;
    const Packet arp = ethernet("0806", hex("0001 0800 06 04 0001 020000000001 0a000001 "
                                            "000000000000 0a000002"));
    const Decoded& decoded = decode.ip(ipv4(17, udp(4789, hex("08000000 00006400") + arp)));
    ASSERT_EQ(decoded.kind, PacketKind::neighbor);
    EXPECT_NE(decoded.neighbor.chain, 0U);
}

TEST(Tunnels, APortAloneProvesNoTunnel) {
    Decoder decode;
    const Decoded& decoded = decode.ip(ipv4(17, udp(8472, hex("1234 8180 0001 0001 00000000"))));
    ASSERT_EQ(decoded.kind, PacketKind::other_ip);
    EXPECT_EQ(decoded.other.protocol, 17);
    EXPECT_EQ(decoded.other.ip.chain, 0U);
    EXPECT_EQ(decoded.other.ip.src, IpAddress::from_v4(0x0a000001U));
}

TEST(Tunnels, DepthIsBounded) {
    Decoder decode;
    Packet packet = inner();
    for (int i = 0; i < 14; ++i) packet = ipv4(4, packet);
    EXPECT_TRUE(is_the_syn(decode.ip(packet)));
    for (int i = 0; i < 100; ++i) packet = ipv4(4, packet);
    const Decoded& decoded = decode.ip(packet);
    ASSERT_EQ(decoded.kind, PacketKind::other_ip);
    EXPECT_TRUE(decoded.other.oddities.has(Oddity::tunnel_too_deep));
    Packet tags;
    for (int i = 0; i < 1000; ++i) tags = tags + hex("0001 8100");
    EXPECT_EQ(decode.frame(ethernet("8100", tags)).kind, PacketKind::malformed);
}

}  // namespace tcpwhy
